"""Fixtures that several files share: the graph of the shipped data, built once, and the service over it."""

import datetime as dt

import pytest
from browsing import CHROMIUM, chromium
from fastapi.testclient import TestClient
from hypothesis import settings
from live_service import serving
from needed_programs import need
from sparql_servers import OXIGRAPH, OxigraphServer

from app.graph.repositories import publish
from app.graph.snapshots import export_nquads
from app.main import create_app
from app.settings import Settings
from app.shipped import build

# A shared machine is slow at times: that is for the benchmarks to see, not for the properties.
settings.register_profile("banggiao", deadline=None)
settings.load_profile("banggiao")

TODAY = dt.date(2026, 11, 21)
NOON = dt.datetime(2026, 11, 21, 5, tzinfo=dt.UTC)  # in Hà Nội
TOKEN = "a token of the tests"  # noqa: S105  # it opens nothing


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory):
    """The store of the shipped data; read only."""
    store = tmp_path_factory.mktemp("shipped") / "store"
    assert build(store).unreadable == ()
    return store


@pytest.fixture(scope="session")
def service(shipped_store):
    """A client of the service over the shipped data, on 21 November 2026."""
    with open_service(shipped_store) as client:
        yield client


@pytest.fixture(scope="session")
def site(shipped_store):
    """The address of a real `banggiao serve` over the shipped data, today."""
    with serving(shipped_store) as live:
        yield f"http://127.0.0.1:{live.port}"


@pytest.fixture(scope="module")
def browser():
    """Chromium; no longer than a module, as no other event loop can run in its process meanwhile."""
    need(CHROMIUM, "there is no chromium: install the package of that name (apt install chromium)")
    with chromium() as started:
        yield started


@pytest.fixture
def empty_service(tmp_path):
    """A client of a service over a store that does not exist yet; it takes the token."""
    with open_service(tmp_path / "store", token=TOKEN, max_body_bytes=20_000) as client:
        yield client


def open_service(store, **options):
    """A client; a fault of the service comes back as the 500 that a real client would see."""
    settings = Settings(store=store, **options)
    return TestClient(create_app(settings, now=lambda: NOON), raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory):
    """Oxigraph's own server as a process of its own, over an empty directory; whoever needs it empty clears it."""
    if not OXIGRAPH.exists():
        pytest.skip(f"{OXIGRAPH} is not there: it comes with the development dependencies (PyPI: oxigraph)")
    server = OxigraphServer(tmp_path_factory.mktemp("oxigraph") / "data").start()
    yield server
    server.kill()


@pytest.fixture
def endpoint(oxigraph):
    """An empty endpoint."""
    oxigraph.clear()
    return oxigraph.endpoint


@pytest.fixture(scope="session")
def shipped_endpoint(shipped_store, tmp_path_factory):
    """An endpoint with the shipped data, which was put there by the means of Oxigraph; read only."""
    if not OXIGRAPH.exists():
        pytest.skip(f"{OXIGRAPH} is not there: it comes with the development dependencies (PyPI: oxigraph)")
    folder = tmp_path_factory.mktemp("shipped-oxigraph")
    with (folder / "dump.nq").open("wb") as out:
        export_nquads(shipped_store, out)
    server = OxigraphServer(folder / "data")
    server.load(folder / "dump.nq")
    server.start()
    publish(server.endpoint, ())  # which takes it over
    yield server.endpoint
    server.kill()
