"""The HTTP application: settings, store and routes wired together. `uvicorn app.main:app` starts it."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.staticfiles import StaticFiles

from app.deliveries import Deliveries
from app.documented_answers import problems
from app.errors import StoreDamagedError, UpstreamError
from app.graph.repositories import open_snapshot
from app.house import VERSION
from app.http.stack import add_layers
from app.openapi import ABOUT, DescribedAPI, operation_id
from app.presentation import Presenter
from app.problems import add_problem_handlers
from app.processes import stop_with_parent
from app.querying.pool import QueryPool
from app.routes import (
    anniversaries,
    checks,
    datasets,
    feeds,
    graph_store,
    health,
    identifiers,
    pages,
    pairs,
    reconciliation,
    sparql,
    texts,
    things,
    verdicts,
    vocabulary,
)
from app.routes.dependencies import Services
from app.settings import Settings, read_settings
from app.web import about, articles, disputed, home, on_this_day, organisations, people, search, sitemap, year_calendar
from app.web import check as check_pages
from app.web import countries as country_pages
from app.web import events as event_pages
from app.web import pairs as pair_pages
from app.web import sparql as sparql_pages

# Answers of the largest size that may wait for slow clients at once.
_LARGEST_ANSWERS_HELD = 4
_STATIC = Path(__file__).resolve().parent / "static"
_ROUTERS = (
    sparql.router,  # first: looking through the others takes as long as a small query
    pairs.router,
    anniversaries.router,
    feeds.router,
    things.router,
    texts.router,
    checks.router,
    reconciliation.router,
    verdicts.router,
    graph_store.router,
    vocabulary.router,
    datasets.router,
    identifiers.router,
)


_PAGES = (
    home.router,
    search.router,
    pair_pages.router,
    event_pages.router,
    sparql_pages.router,
    on_this_day.router,
    year_calendar.router,
    sitemap.router,
    articles.router,
    people.router,
    organisations.router,
    disputed.router,
    check_pages.router,
    country_pages.router,
    about.router,
)


def _now() -> dt.datetime:
    """This moment."""
    return dt.datetime.now(dt.UTC)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    stop_with_parent()  # a supervisor of workers may be killed
    try:
        address = (await run_in_threadpool(services.snapshots.store)).address
    except (StoreDamagedError, UpstreamError):  # told to whoever asks; another snapshot may be published
        address = None
    async with services.queries.running(address):
        yield


def create_app(settings: Settings, now: Callable[[], dt.datetime] = _now) -> FastAPI:
    """The application over the store that the settings name; a store that does not exist yet is an empty graph."""
    services = Services(
        settings=settings,
        snapshots=open_snapshot(settings.address, falls_back=True),
        queries=QueryPool(settings.query_limits),
        deliveries=Deliveries(_LARGEST_ANSWERS_HELD * settings.max_result_bytes),
        presenter=Presenter(settings.base_iri),
        now=now,
    )

    app = DescribedAPI(
        **ABOUT,
        version=VERSION,
        generate_unique_id_function=operation_id,
        responses=problems(400, 414, 429, 500, 503),
        # the pages of FastAPI load their scripts from a third party; /docs is a page of our own
        docs_url=None,
        redoc_url=None,
        # requests are counted and logged by our own layers: looking whether OpenTelemetry is set up takes a tenth of a
        # kept answer
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=_lifespan,
    )
    app.state.services = services
    for router in (*_ROUTERS, health.router, pages.router, *_PAGES):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    add_problem_handlers(app)
    add_layers(app, settings, services.snapshots, services.today)
    return app


app = create_app(read_settings())
