"""Templates to pages, in the language of the reader.

The language is that of ?lang=, which then goes on through all links, else the one that the browser likes best: there is
nothing to remember, so there is no cookie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.catalogues import catalogue
from app.languages import LANGUAGES, Language, as_language, choose_language
from app.web.addresses import article_path
from app.wording import Words, words

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_LANG = "lang"
_OF_OTHER_PAGES = frozenset({"country", "cursor"})
_HEADERS = {"Vary": "Accept-Language"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is, for its links: `root` is the service's address as the reader knows it, `asked` is ?lang=."""

    root: str
    path: str
    query: tuple[tuple[str, str], ...]
    asked: Language | None

    def link(self, path: str, /, **parameters: object) -> str:
        """The address of another page, in the same language; parameters without a value are left out."""
        path, hash_mark, fragment = path.partition("#")
        pairs: list[tuple[str, object]] = []
        for name, value in parameters.items():
            values = value if isinstance(value, list | tuple | set | frozenset) else (value,)
            pairs += [(name, one) for one in values if one not in (None, "")]
        if self.asked is not None:
            pairs.append((_LANG, self.asked))
        return f"{path}?{urlencode(pairs)}{hash_mark}{fragment}" if pairs else path + hash_mark + fragment

    def here(self, /, **changed: object) -> str:
        """This page with some parameters changed, or without them."""
        kept: dict[str, Any] = {}
        for name, value in self.query:
            kept.setdefault(name, []).append(value)
        return self.link(self.path, **(kept | changed))

    def in_language(self, language: Language) -> str:
        """This page in a language."""
        pairs = [*self.query, (_LANG, language)]
        return f"{self.path}?{urlencode(pairs)}"

    @property
    def canonical(self) -> str:
        """The full address of this page in its language, without what only sorts, narrows or asks."""
        kept = {name: value for name, value in self.query if name in _OF_OTHER_PAGES}
        return self.root + self.link(self.path, **kept).removeprefix("/")


def language_of(request: Request) -> Language:
    """The language in which a request is answered."""
    accepted = request.headers.get("accept-language")
    return as_language(request.query_params.get(_LANG)) or choose_language(
        accepted.encode("latin-1") if accepted else None
    )


def words_of(request: Request) -> Words:
    """The words of the language in which a request is answered."""
    return words(language_of(request))


def place_of(request: Request) -> Place:
    """Where a request leads."""
    pairs = parse_qsl(request.url.query, keep_blank_values=False)
    return Place(
        root=str(request.base_url),
        # with two slashes in front, a link would lead to another host
        path=f"/{quote(request.scope['path'].lstrip('/'))}",
        query=tuple((name, value) for name, value in pairs if name != _LANG),
        asked=as_language(request.query_params.get(_LANG)),
    )


def is_web_address(url: str | None) -> bool:
    """Whether an address that articles or imported data give can be a link: what else a browser would run is none."""
    return url is not None and url.lower().startswith(("https://", "http://"))


def page(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A page in the reader's language."""
    language = language_of(request)
    text = (
        _environment(language)
        .get_template(template)
        .render(words=words(language), language=language, languages=LANGUAGES, place=place_of(request), **context)
    )
    return HTMLResponse(text, status, headers=_HEADERS)


@lru_cache(maxsize=2)
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.tests["web_address"] = is_web_address
    environment.globals["article_path"] = article_path  # every source that is an article has one
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]  # of the extension
    return environment
