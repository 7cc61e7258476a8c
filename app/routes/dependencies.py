"""What routes need, as types of their arguments."""

import datetime as dt
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, get_args

from fastapi import Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.anniversaries import Rank
from app.calendars.wording import FeedWords, feed_words
from app.days import DAY_FORMS, parse_asked_day
from app.deliveries import Deliveries
from app.documented_answers import problems
from app.errors import UnauthorisedError
from app.graph.readmodel import CountryName
from app.graph.repositories import Reader
from app.graph.store import SnapshotStore
from app.house import day_in_hanoi
from app.http.exchange import Exchange, exchange_of, header
from app.languages import Language, choose_language
from app.negotiation import choose_media_type
from app.paging import CURSOR
from app.pairs import Pair, country_name, resolve_pair
from app.presentation import Presenter
from app.querying.pool import QueryPool
from app.rdf_answers import PAGES, RDF_FORMATS, VARY
from app.settings import Settings
from extractors.gazetteer import load_gazetteer
from extractors.records import ClaimType

TYPES = frozenset(get_args(ClaimType))
PROBLEM_RESPONSES = problems(400, 404, 422, 503)
"""What can go wrong where the graph is asked."""
VARY_BY_LANGUAGE = {"Vary": "Accept-Language"}
"""The header of every answer in the language of who asks."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the application is wired from; `now` tells the moment."""

    settings: Settings
    snapshots: Reader
    queries: QueryPool
    deliveries: Deliveries
    presenter: Presenter
    now: Callable[[], dt.datetime]

    def today(self) -> dt.date:
        """The day that it is in Hà Nội."""
        return day_in_hanoi(self.now())


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list is asked for, and (for the header Link) which one comes after it."""

    limit: int
    cursor: str | None
    exchange: Exchange

    def announce(self, next_cursor: str | None) -> None:
        """Say how the list goes on after the page that is answered."""
        self.exchange.has_pages, self.exchange.next_cursor = True, next_cursor


# These are coroutines although most wait for nothing: FastAPI hands functions to a thread and back, one by one.
async def _services(request: Request) -> Services:
    return services_of(request)


def services_of(request: Request) -> Services:
    """What the application of a request is wired from."""
    services = request.app.state.services
    assert isinstance(services, Services)  # noqa: S101  # put there by main.py
    return services


ServicesDep = Annotated[Services, Depends(_services)]


async def _store(services: ServicesDep) -> SnapshotStore:
    found = services.snapshots.store_at_hand()
    return found if found is not None else await run_in_threadpool(services.snapshots.store)


async def _pair(
    a: Annotated[str, Path(description="Code or name of a state; the order of the two is free", examples=["VN"])],
    b: Annotated[str, Path(description="Code or name of another state", examples=["Azerbaijan"])],
) -> Pair:
    return resolve_pair(load_gazetteer(), a, b)


async def _country(
    country: Annotated[
        str | None, Query(description="Code or name of a state; all states without it", examples=["Việt Nam"])
    ] = None,
) -> CountryName | None:
    return country_name(load_gazetteer(), load_gazetteer().resolve(country)) if country else None


async def _on(
    services: ServicesDep,
    on: Annotated[
        str | None,
        Query(
            description="Day to look from; today in Hà Nội without it",
            examples=["2026-11-21"],
            json_schema_extra=DAY_FORMS,
        ),
    ] = None,
) -> dt.date:
    return services.today() if on is None else parse_asked_day(on, "on")


async def _first(
    first: Annotated[
        str | None,
        Query(alias="from", description="First day", examples=["2026-11-21"], json_schema_extra=DAY_FORMS),
    ] = None,
) -> dt.date | None:
    return None if first is None else parse_asked_day(first, "from")


async def _last(
    last: Annotated[
        str | None,
        Query(alias="to", description="Last day, included", examples=["2026-12-31"], json_schema_extra=DAY_FORMS),
    ] = None,
) -> dt.date | None:
    return None if last is None else parse_asked_day(last, "to")


async def _paging(
    request: Request,
    services: ServicesDep,
    limit: Annotated[
        int,
        Query(
            ge=1,
            description="Most items of a page; of more than the operator allows (500 by default), so many are given",
            examples=[10],
        ),
    ] = 100,
    cursor: Annotated[
        str | None,
        Query(
            description="«next» of the page before; the first page without it", json_schema_extra={"pattern": CURSOR}
        ),
    ] = None,
) -> Paging:
    return Paging(min(limit, services.settings.max_items), cursor, exchange_of(request.scope))


async def _words(
    request: Request,
    lang: Annotated[
        Language | None,
        Query(description="Language of the words; the one that Accept-Language likes best without it", examples=["en"]),
    ] = None,
) -> FeedWords:
    return feed_words(lang or choose_language(header(request.scope, b"accept-language")))


async def _wanted_format(request: Request, response: Response) -> str:
    response.headers.update(VARY)
    return choose_media_type(request.headers.get("accept"), (PAGES[0], *RDF_FORMATS, *PAGES[1:]))


_bearer = HTTPBearer(
    scheme_name="token", description="The token that the operator has set (BANGGIAO_TOKEN).", auto_error=False
)
CredentialsDep = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def check_token(services: ServicesDep, credentials: CredentialsDep) -> None:
    """Let only those write who send the token.

    Raises:
        UnauthorisedError: it is missing or wrong, or there is none.
    """
    token = services.settings.token
    if token is None:
        raise UnauthorisedError("Nothing can be written here: the operator has set no token (BANGGIAO_TOKEN).")
    sent = credentials.credentials if credentials else ""
    if not hmac.compare_digest(sent.encode(), token.get_secret_value().encode()):
        raise UnauthorisedError("Writing needs the token: send it as the header «Authorization: Bearer …».")


StoreDep = Annotated[SnapshotStore, Depends(_store)]
PairDep = Annotated[Pair, Depends(_pair)]
CountryDep = Annotated[CountryName | None, Depends(_country)]
OnDep = Annotated[dt.date, Depends(_on)]
FirstDep = Annotated[dt.date | None, Depends(_first)]
LastDep = Annotated[dt.date | None, Depends(_last)]
FormatDep = Annotated[str, Depends(_wanted_format)]
PagingDep = Annotated[Paging, Depends(_paging)]
WordsDep = Annotated[FeedWords, Depends(_words)]
WriterDep = Depends(check_token)
TypesQuery = Annotated[
    list[ClaimType] | None,
    Query(alias="type", description="Types of events, one or more; all without it", examples=[["established"]]),
]
RanksQuery = Annotated[
    list[Rank] | None,
    Query(alias="rank", description="Ranks of anniversaries, one or more; all without it", examples=[["round"]]),
]
