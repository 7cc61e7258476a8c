"""Settings: defaults, environment, options over them, and what is refused."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import SettingsError, read_settings, to_environment

SECRET = {"token": "hush"}


@pytest.fixture(autouse=True)
def _no_settings_in_the_environment(monkeypatch):
    for name in ("STORE", "TOKEN", "HOST", "PORT", "WORKERS", "BASE_IRI", "MAX_BODY_BYTES", "QUERY_TIMEOUT_S"):
        monkeypatch.delenv(f"BANGGIAO_{name}", raising=False)


def test_defaults_serve_this_machine_only_and_take_no_writes():
    settings = read_settings()
    assert (settings.store, settings.host, settings.port, settings.token) == (Path(".store"), "127.0.0.1", 8000, None)


def test_the_environment_comes_before_defaults_and_options_before_both(monkeypatch):
    monkeypatch.setenv("BANGGIAO_PORT", "9000")
    monkeypatch.setenv("BANGGIAO_HOST", "127.0.0.2")
    settings = read_settings(port=9001, host=None)
    assert (settings.port, settings.host) == (9001, "127.0.0.2")


def test_an_empty_variable_is_no_setting(monkeypatch):
    monkeypatch.setenv("BANGGIAO_TOKEN", "")
    assert read_settings().token is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param({"port": "many"}, ("BANGGIAO_PORT", "--port", "many"), id="port is no number"),
        pytest.param({"port": 70000}, ("BANGGIAO_PORT", "70000"), id="port out of range"),
        pytest.param({"workers": 0}, ("BANGGIAO_WORKERS",), id="no workers"),
        pytest.param({"rate_limit": "many"}, ("BANGGIAO_RATE_LIMIT", "600/minute", "many"), id="no rate"),
        pytest.param({"log_level": "loud"}, ("BANGGIAO_LOG_LEVEL", "warning"), id="no level"),
        pytest.param({"query_timeout_s": 0}, ("BANGGIAO_QUERY_TIMEOUT_S", "--query-timeout-s"), id="no time"),
        pytest.param({"base_iri": "https://example.org"}, ("BANGGIAO_BASE_IRI", "slash"), id="base without a slash"),
        pytest.param({"base_iri": "ftp://example.org/"}, ("BANGGIAO_BASE_IRI", "http"), id="base of another scheme"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_the_reason(options, words):
    with pytest.raises(SettingsError) as caught:
        read_settings(**options)
    assert [word for word in words if word not in str(caught.value)] == []


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        read_settings().port = 1


def test_the_token_is_never_shown():
    assert "hush" not in repr(read_settings(**SECRET))


def test_workers_get_the_same_settings_through_the_environment(monkeypatch):
    settings = read_settings(port=8123, **SECRET, store="elsewhere", query_timeout_s=2.5)
    for name, value in to_environment(settings).items():
        monkeypatch.setenv(name, value)
    assert read_settings() == settings
