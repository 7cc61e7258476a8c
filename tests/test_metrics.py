"""What /metrics, /health and /ready tell."""

import pytest
from conftest import TOKEN, open_service
from graph_samples import EXTRACTIONS, reference
from prometheus_client.parser import text_string_to_metric_families

from app.graph.snapshots import publish

PAIR = "/api/pairs/AZ/VN/anniversaries"


def samples(client):
    """Every sample, by its name and labels."""
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = list(text_string_to_metric_families(response.text))
    assert len({family.name for family in families}) == len(families)
    return {(one.name, *sorted(one.labels.items())): one.value for family in families for one in family.samples}


def requests_of(client, route, method="GET", status="200"):
    labels = (("method", method), ("route", route), ("status", status))
    return samples(client).get(("banggiao_http_requests_total", *labels), 0)


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        ("GET", PAIR, "/api/pairs/{a}/{b}/anniversaries", "200"),
        ("HEAD", PAIR, "/api/pairs/{a}/{b}/anniversaries", "200"),
        ("GET", "/api/events/none", "/api/events/{event_id}", "404"),
        ("POST", "/api/countries", "/api/countries", "405"),
        ("GET", "/no/such", "(none)", "404"),
        ("BREW", "/no/such", "(none)", "404"),
    ],
)
def test_requests_are_counted_by_route_method_and_status(service, method, path, route, status):
    counted = "other" if method == "BREW" else method
    before = requests_of(service, route, counted, status)
    for _ in range(3):
        service.request(method, path)
    assert requests_of(service, route, counted, status) == before + 3


def test_times_are_in_a_histogram(service):
    service.get(PAIR)
    found = samples(service)
    route = ("route", "/api/pairs/{a}/{b}/anniversaries")
    count = found[("banggiao_http_request_seconds_count", route)]
    assert found[("banggiao_http_request_seconds_bucket", ("le", "+Inf"), route)] == count > 0
    assert found[("banggiao_http_request_seconds_sum", route)] > 0


def test_what_is_being_answered_is_the_request_that_asks(service):
    assert samples(service)[("banggiao_http_requests_in_flight",)] == 1


def test_the_snapshot_is_told_with_its_age_and_size(tmp_path):
    publication = publish(tmp_path / "store", EXTRACTIONS[:1], reference=reference())
    with open_service(tmp_path / "store") as client:
        first = samples(client)
        second_publication = publish(tmp_path / "store", EXTRACTIONS[1:])
        second = samples(client)
    assert first[("banggiao_snapshot_info", ("snapshot", publication.snapshot_id))] == 1
    assert first[("banggiao_snapshot_triples",)] == publication.quads
    assert first[("banggiao_snapshot_age_seconds",)] >= 0, "also where the clock was set back"
    assert [key for key in second if key[0] == "banggiao_snapshot_info"] == [
        ("banggiao_snapshot_info", ("snapshot", second_publication.snapshot_id))
    ]
    assert second[("banggiao_snapshot_triples",)] == second_publication.quads


def test_health_counts_a_snapshot_once(tmp_path, monkeypatch):
    publish(tmp_path / "store", EXTRACTIONS[:1], reference=reference())
    asked = []
    from app.routes import health

    counts = health.counts
    monkeypatch.setattr(health, "counts", lambda store: asked.append(store.snapshot_id) or counts(store))
    monkeypatch.setattr(health, "_counted", type(health._counted)(4))
    with open_service(tmp_path / "store") as client:
        first = [client.get("/health").json() for _ in range(3)]
        publish(tmp_path / "store", EXTRACTIONS[1:])
        second = client.get("/health").json()
    assert first[0] == first[1] == first[2]
    assert second["articles"] > first[0]["articles"]
    assert len(asked) == 2


def test_a_service_without_a_snapshot_is_alive_and_not_ready(empty_service):
    assert (empty_service.get("/health").status_code, empty_service.get("/health").json()["status"]) == (200, "ok")
    response = empty_service.get("/ready")
    assert (response.status_code, response.json()["type"].rpartition("/")[2]) == (503, "not-ready")
    assert response.headers["retry-after"]
    stored = empty_service.post(
        "/api/articles",
        json={"id": "a", "text": "Ngày 5/9/1962, Việt Nam và Lào thiết lập quan hệ ngoại giao."},
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    assert stored.status_code == 201
    assert empty_service.get("/ready").json() == {"status": "ready", "snapshot": stored.json()["snapshot"]}


def test_a_service_whose_only_snapshot_is_damaged_is_alive_and_not_ready(tmp_path):
    publication = publish(tmp_path / "store", EXTRACTIONS[:1], reference=reference())
    graph = tmp_path / "store" / "snapshots" / publication.snapshot_id / "graph"
    for path in graph.iterdir():
        path.unlink()
    with open_service(tmp_path / "store") as client:
        health = client.get("/health")
        assert (health.status_code, health.json()["status"]) == (200, "degraded")
        assert health.json()["reason"]
        ready = client.get("/ready")
        assert (ready.status_code, ready.headers["content-type"]) == (503, "application/problem+json")
        assert client.get(PAIR).status_code == 503
        assert client.get("/metrics").status_code == 200
