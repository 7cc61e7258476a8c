"""What the service counts and times for Prometheus; with several workers, of all of them together."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

REQUESTS = Counter(
    "banggiao_http_requests",
    "Requests by route, method and status; 499: the client left",
    ["route", "method", "status"],
)
SECONDS = Histogram(
    "banggiao_http_request_seconds",
    "Time from a request to the end of its answer",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
IN_FLIGHT = Gauge("banggiao_http_requests_in_flight", "Requests that are being answered", multiprocess_mode="livesum")
_ANSWER_CACHE = Counter(
    "banggiao_answer_cache", "Answers that could be kept: hit, miss, fresh (the client had it: 304)", ["outcome"]
)
ANSWERS_HIT, ANSWERS_MISSED, ANSWERS_FRESH = (_ANSWER_CACHE.labels(outcome) for outcome in ("hit", "miss", "fresh"))
RATE_LIMITED = Counter("banggiao_http_rate_limited", "Requests refused because their client had asked too often")
BAD_HEADS = Counter("banggiao_http_bad_heads", "Connections closed because what came was no request", ["status"])


class SnapshotMetrics:
    """What is told of the snapshot that is served: which one, how old, how large."""

    def __init__(self, snapshot_id: str, published: datetime | None, quads: int | None, now: datetime) -> None:
        self._snapshot_id = snapshot_id
        self._published = published
        self._quads = quads
        self._now = now

    def collect(self) -> Iterable[Metric]:
        """One measure each; none of what is not known."""
        yield _gauge("info", "The snapshot that is served", 1.0, {"snapshot": self._snapshot_id})
        if self._published is not None:
            age_s = max(0.0, (self._now - self._published).total_seconds())
            yield _gauge("age_seconds", "Time since the snapshot was published", age_s)
        if self._quads is not None:
            yield _gauge("triples", "Statements of the snapshot", float(self._quads))


def exposition(snapshot: SnapshotMetrics | None, directory: Path | None) -> bytes:
    """All metrics in Prometheus' text format; `directory` is where several workers write theirs."""
    registry = REGISTRY
    if directory is not None:
        registry = CollectorRegistry()
        _forget_dead_workers(directory)
        MultiProcessCollector(registry, path=str(directory))  # type: ignore[no-untyped-call]
    own = CollectorRegistry()
    if snapshot is not None:
        own.register(snapshot)
    return generate_latest(registry) + generate_latest(own)


def _forget_dead_workers(directory: Path) -> None:
    for path in directory.glob("gauge_live*_*.db"):
        pid = path.stem.rpartition("_")[2]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
            mark_process_dead(int(pid), str(directory))  # type: ignore[no-untyped-call]


def _gauge(name: str, documentation: str, value: float, labels: dict[str, str] | None = None) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"banggiao_snapshot_{name}", documentation, labels=tuple(labels or ()))
    family.add_metric(tuple((labels or {}).values()), value)
    return family
