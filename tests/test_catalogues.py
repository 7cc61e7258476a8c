"""The catalogue of what people read: every sentence that is written has its Vietnamese, and nothing else is there."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.catalogues import catalogue, catalogue_path
from app.languages import choose_language

APP = Path(__file__).resolve().parent.parent / "app"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.svg", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true"}, "templates/**.svg": {"trimmed": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "_gettext": None, "_ngettext": (1, 2)}
FIELD = re.compile(r"%\((\w+)\)([a-z])")


@cache
def written():
    """Every sentence in templates and code, with its plural if it has one."""
    found = extract_from_dir(APP, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, strip_comment_tags=True)
    return {message for _, _, message, _, _ in found}


@cache
def translated():
    with catalogue_path("vi").open("rb") as file:
        return [message for message in read_po(file, locale="vi", abort_invalid=True) if message.id]


def test_the_catalogue_has_what_is_written_and_nothing_else():
    assert {message.id for message in translated()} == written()


def test_every_sentence_has_its_vietnamese():
    texts = {message.id: message.string for message in translated()}
    missing = [source for source, text in texts.items() if not (all(text) if isinstance(text, tuple) else text)]
    assert missing == []
    assert [message.id for message in translated() if message.fuzzy] == []


@pytest.mark.parametrize("message", translated(), ids=lambda message: str(message.id)[:60])
def test_the_fields_of_a_sentence_are_those_of_its_vietnamese(message):
    sources = message.id if isinstance(message.id, tuple) else (message.id,)
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    for text in texts:
        assert set(FIELD.findall(text)) == set(FIELD.findall(sources[-1]))


def test_sentences_are_found():
    assert catalogue("vi").gettext("Coming up") == "Sắp tới"
    assert catalogue("en").gettext("Coming up") == "Coming up"
    assert catalogue("vi").ngettext("%(count)d year", "%(count)d years", 35) == "%(count)d năm"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        pytest.param(None, "vi", id="nothing"),
        pytest.param("", "vi", id="empty"),
        pytest.param("en", "en", id="English"),
        pytest.param("en-GB,en;q=0.9,vi;q=0.8", "en", id="English first"),
        pytest.param("fr,vi;q=0.5,en;q=0.4", "vi", id="a language that is not there"),
        pytest.param("fr", "vi", id="only such"),
        pytest.param("vi;q=0,en;q=0.1", "en", id="refused"),
        pytest.param("*", "vi", id="any"),
        pytest.param("en;q=2, vi;q=x, ;;=,q", "vi", id="what cannot be read"),
        pytest.param("EN-us", "en", id="capitals"),
    ],
)
def test_the_language_is_the_one_that_is_liked_best(header, language):
    assert choose_language(None if header is None else header.encode()) == language
