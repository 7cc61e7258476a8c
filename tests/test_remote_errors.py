"""What a remote endpoint can do wrong, and what clients and operators are told; and the settings of one."""

import pickle
import time

import pytest
from conftest import open_service
from pyoxigraph import NamedNode
from sparql_servers import LARGE_CHARS, odd_server, silent_server

from app.errors import BanggiaoError, UpstreamError, UpstreamTimeoutError
from app.graph.endpoints import Endpoint
from app.graph.remote import RemoteStore
from app.graph.remote_reader import RemoteReader
from app.graph.repositories import open_snapshot, publish
from app.settings import SettingsError, read_settings, to_environment

PAIR = "/api/pairs/AZ/VN"
SECRETS = {"store_user": "lan", "store_password": "hush"}


@pytest.fixture(autouse=True)
def _no_settings_in_the_environment(monkeypatch):
    for name in ("STORE", "STORE_UPDATE_URL", "STORE_USER", "STORE_PASSWORD", "STORE_TOKEN", "STORE_TIMEOUT_S"):
        monkeypatch.delenv(f"BANGGIAO_{name}", raising=False)


@pytest.fixture(scope="module")
def odd():
    with odd_server() as found:
        yield found


@pytest.mark.parametrize(
    ("path", "status", "kind", "words"),
    [
        pytest.param("500", 502, "upstream", "status 500", id="error of its own"),
        pytest.param("401", 502, "upstream", "BANGGIAO_STORE_PASSWORD", id="not let in"),
        pytest.param("403", 502, "upstream", "BANGGIAO_STORE_TOKEN", id="forbidden"),
        pytest.param("404", 502, "upstream", "status 404", id="not there"),
        pytest.param("302", 502, "upstream", "points elsewhere", id="redirect"),
        pytest.param("page", 502, "upstream", "text/html", id="a page"),
        pytest.param("half", 502, "upstream", "is this its address", id="half a table"),
        pytest.param("503", 503, "upstream-unavailable", "too much to do", id="too much to do"),
        pytest.param("429", 503, "upstream-unavailable", "too much to do", id="asked too often"),
        pytest.param("cut", 503, "upstream-unavailable", "cannot be reached", id="connection cut"),
        pytest.param("short", 503, "upstream-unavailable", "cannot be reached", id="cut within the answer"),
        pytest.param("504", 504, "upstream-timeout", "status 504", id="gave up"),
    ],
)
def test_an_upstream_error_is_a_problem_that_names_the_endpoint(odd, path, status, kind, words):
    address, _ = odd
    with open_service(f"{address}/{path}") as client:
        answer = client.get(PAIR)
        assert client.get("/health").json()["status"] == "degraded"
    problem = answer.json()
    assert (answer.status_code, problem["type"].rpartition("/")[2]) == (status, kind)
    assert f"{address}/{path}" in problem["detail"]
    assert words in problem["detail"]
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_an_endpoint_that_never_answers_is_given_up_in_time():
    with silent_server() as endpoint, open_service(endpoint.query_url, store_timeout_s=0.3) as client:
        started_at_s = time.monotonic()
        answer = client.get(PAIR)
        assert time.monotonic() - started_at_s < 3
        assert (answer.status_code, answer.json()["detail"].count("0.3 s")) == (504, 1)
        with pytest.raises(UpstreamTimeoutError):
            publish(endpoint, (), wait_s=1)


def test_an_answer_may_come_in_pieces_of_any_size(odd):
    address, _ = odd
    store = RemoteStore.of(Endpoint(f"{address}/large", address))
    assert [len(quad.object.value) for quad in store.quads(NamedNode("urn:g"))] == [LARGE_CHARS]


def test_a_wrong_password_is_told_without_the_password(odd):
    address, seen = odd
    for password, words in (("wrong-one", "does not let"), ("hush", "status 500")):
        endpoint = Endpoint(f"{address}/guarded", address, user="lan", password=password)
        with pytest.raises(UpstreamError, match=words) as caught:
            open_snapshot(endpoint).store()
        assert password not in str(caught.value)
    assert seen


def test_a_token_is_sent_and_not_to_where_a_redirect_points(odd):
    address, seen = odd
    with pytest.raises(UpstreamError):
        open_snapshot(Endpoint(f"{address}/302", address, token="hush")).store()  # noqa: S106  # it opens nothing
    assert seen[-1] == ("/302", "Bearer hush")


def test_a_failure_is_not_looked_for_again_within_a_second(odd):
    address, seen = odd
    moment = [0.0]
    reader = RemoteReader(Endpoint(f"{address}/500", address), lambda: moment[0])
    counts = []
    for moment[0] in (0.0, 0.5, 0.9, 1.5):
        with pytest.raises(BanggiaoError):
            reader.store()
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2] == counts[3] - 1
    assert reader.damage


@pytest.mark.parametrize(
    ("query", "given", "update"),
    [
        pytest.param("http://h.example/query", None, "http://h.example/update", id="Oxigraph"),
        pytest.param("http://h.example/ds/query", None, "http://h.example/ds/update", id="Fuseki, Stardog"),
        pytest.param("https://h.example/sparql", None, "https://h.example/sparql", id="Neptune, Virtuoso"),
        pytest.param(
            "https://h.example/repositories/x",
            "https://h.example/repositories/x/statements",
            "https://h.example/repositories/x/statements",
            id="GraphDB",
        ),
    ],
)
def test_where_updates_go(query, given, update):
    assert read_settings(store=query, store_update_url=given).address == Endpoint(query, update)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param({"store": "https://lan:hush@h.example/query"}, ("BANGGIAO_STORE", "leave"), id="password inside"),
        pytest.param({"store": "http://"}, ("BANGGIAO_STORE", "example.org"), id="no host"),
        pytest.param({"store": "http://h.example:x/"}, ("BANGGIAO_STORE", "no address"), id="port is no number"),
        pytest.param({"store_update_url": "ftp://h.example/"}, ("BANGGIAO_STORE_UPDATE_URL",), id="updates by FTP"),
        pytest.param({"store_user": "lan"}, ("go together",), id="user without password"),
        pytest.param({**SECRETS, "store_token": "hush"}, ("not both",), id="password and token"),
        pytest.param({"store_timeout_s": 0}, ("BANGGIAO_STORE_TIMEOUT_S",), id="no time"),
    ],
)
def test_a_setting_of_an_endpoint_that_cannot_be_used_is_named_without_secrets(options, words):
    with pytest.raises(SettingsError) as caught:
        read_settings(**options)
    assert [word for word in words if word not in str(caught.value)] == []
    assert "hush" not in str(caught.value)


def test_secrets_are_handed_on_and_never_shown(monkeypatch):
    settings = read_settings(store="https://h.example/query", **SECRETS)
    assert "hush" not in repr(settings)
    assert "hush" not in repr(settings.address)
    for name, value in to_environment(settings).items():
        monkeypatch.setenv(name, value)
    assert read_settings() == settings
    assert pickle.loads(pickle.dumps(settings.address)).password == "hush"  # noqa: S105, S301  # ours, opens nothing
