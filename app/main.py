"""The HTTP application: settings, store and routes wired together. `uvicorn app.main:app` starts it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app.cors import AnyOrigin
from app.graph.repositories import open_snapshot
from app.house import VERSION
from app.middleware import BodyLimit, HeadAsGet, SecurityHeaders
from app.presentation import Presenter
from app.problems import add_problem_handlers
from app.query_runner import QueryRunner
from app.routes import (
    anniversaries,
    checks,
    datasets,
    graph_store,
    health,
    identifiers,
    pages,
    pairs,
    sparql,
    texts,
    things,
    verdicts,
    vocabulary,
)
from app.routes.dependencies import Services
from app.settings import Settings, read_settings

_STATIC = Path(__file__).resolve().parent / "static"
_ROUTERS = (
    pairs.router,
    anniversaries.router,
    things.router,
    texts.router,
    checks.router,
    verdicts.router,
    sparql.router,
    graph_store.router,
    vocabulary.router,
    datasets.router,
    identifiers.router,
)


def _now() -> dt.datetime:
    """This moment."""
    return dt.datetime.now(dt.UTC)


def create_app(settings: Settings, now: Callable[[], dt.datetime] = _now) -> FastAPI:
    """The application over the store that the settings name; a store that does not exist yet is an empty graph."""
    services = Services(
        settings=settings,
        snapshots=open_snapshot(settings.address, falls_back=True),
        queries=QueryRunner(
            timeout_s=settings.query_timeout_s,
            max_queries=settings.max_queries,
            max_result_bytes=settings.max_result_bytes,
        ),
        presenter=Presenter(settings.base_iri),
        now=now,
    )

    app = FastAPI(
        title="banggiao",
        summary="Relations between states: dates with their sources, anniversaries, SPARQL",
        version=VERSION,
        # the pages of FastAPI load their scripts from a third party; /docs is a page of our own
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = services
    for router in (*_ROUTERS, health.router, pages.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    add_problem_handlers(app)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(HeadAsGet)
    app.add_middleware(AnyOrigin)
    app.add_middleware(SecurityHeaders)
    return app


app = create_app(read_settings())
