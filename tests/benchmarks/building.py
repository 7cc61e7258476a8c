"""How fast a graph is built from claims beside `oxigraph load` of the same graph, and how much memory that takes.

Both start from files: ours from the records of extraction, one pickle an article, theirs from the N-Quads of the graph
that ours has made. Ours ends with a published snapshot, fused and on disk. Speeds are triples per second, by the clock
and by processor time, which a busy machine falsifies less; memory is the peak over all processes of a build. The goals
are those of the project; nothing here fails when one is missed.

The goal names `oxigraph load` alone, which leaves the files of its batches side by side. In a snapshot they are merged,
as `oxigraph optimize` does: what that takes, and the ratio to both together, stand beside the goal's.

A machine whose speed changes while one of the two runs falsifies their ratio: with `--rounds N` both take turns, and
what is printed is of all rounds together, with the ratio of each.

Memory: the bulk loader, ours and theirs, holds a few batches of a million triples. Of graphs below three million triples
it shows how full these are; whether it grows is seen from some 40,000 events on.

    python tests/benchmarks/building.py 100000 1000000
    python tests/benchmarks/building.py --rounds 7 10000
"""

import argparse
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from made_claims import made_extractions

from app.graph.layout import current_id, snapshot_path
from app.graph.manifests import read_manifest
from app.graph.reference_tables import load_reference
from app.graph.snapshots import publish
from app.graph.store import EmbeddedStore
from extractors.records import Extraction

OXIGRAPH = str(Path(sys.executable).with_name("oxigraph"))
GOAL = 0.5
GROWTH_GOAL = 1.2  # of memory, times, from the smallest to the largest graph
_EVERY_S = 0.2
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and all its descendants took: by the clock, of processors, and of memory at the peak."""

    wall_s: float
    processor_s: float
    peak_mb: float


def main() -> None:
    """Build each size both ways, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--build", nargs=2, metavar=("RECORDS", "STORE"), help=argparse.SUPPRESS)
    parser.add_argument(
        "--keep", type=Path, help="a directory to leave the stores of N events in, as made-N, each made anew"
    )
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="how often each size is built both ways")
    options = parser.parse_args()
    if options.build:
        publish(Path(options.build[1]), _read(Path(options.build[0])), reference=load_reference())
        return
    peaks = [_compare(events, options.rounds, options.keep) for events in options.events]
    if len(peaks) > 1:
        print(f"memory: {peaks[-1] / peaks[0]:.2f} times from the first size to the last (goal: below {GROWTH_GOAL})")


def _compare(events: int, rounds: int, keep: Path | None) -> float:
    ours, theirs, merging = [], [], []
    with tempfile.TemporaryDirectory(prefix="banggiao-building-") as folder:
        directory = Path(folder)
        records, dump = directory / "records", directory / "graph.nq"
        store, loaded = (keep or directory) / f"made-{events}", directory / "loaded"
        _write(events, records)
        for _ in range(rounds):
            for one in (store, loaded):
                shutil.rmtree(one, ignore_errors=True)
            ours.append(_measured([sys.executable, __file__, "--build", str(records), str(store)]))
            graph = snapshot_path(store, current_id(store)) / "graph"
            if not dump.exists():
                quads = read_manifest(graph.parent).quads
                with dump.open("wb") as file:
                    EmbeddedStore.read_only(graph).dump(file)
            theirs.append(_measured([OXIGRAPH, "load", "--location", str(loaded), "--file", str(dump)]))
            merging.append(_measured([OXIGRAPH, "optimize", "--location", str(loaded)]))
    print(f"{events:,} events, {quads:,} triples, rounds: {rounds}")
    for name, costs in (("claims to snapshot", ours), ("oxigraph load", theirs), ("oxigraph optimize", merging)):
        cost = _mean(costs)
        print(
            f"  {name:<20}{quads / cost.wall_s:>10,.0f} triples/s{quads / cost.processor_s:>10,.0f} by processor time"
            f"{cost.wall_s:>9.1f} s{cost.peak_mb:>8,.0f} MB"
        )
    mean = _mean(ours), _mean(theirs), _mean(merging)
    print(f"  ratio to load {_ratio(*mean[:2])} (goal: {GOAL}); to both {_ratio(*mean)}")
    each = sorted(their.wall_s / our.wall_s for our, their in zip(ours, theirs, strict=True))
    print(f"  ratio to load in each round: {' '.join(f'{ratio:.2f}' for ratio in each)}", flush=True)
    return mean[0].peak_mb


def _mean(costs: Sequence[Cost]) -> Cost:
    """The mean time, and the highest peak."""
    count = len(costs)
    return Cost(
        sum(cost.wall_s for cost in costs) / count,
        sum(cost.processor_s for cost in costs) / count,
        max(cost.peak_mb for cost in costs),
    )


def _ratio(ours: Cost, *theirs: Cost) -> str:
    wall_s, processor_s = sum(cost.wall_s for cost in theirs), sum(cost.processor_s for cost in theirs)
    return f"{wall_s / ours.wall_s:.2f}, by processor time {processor_s / ours.processor_s:.2f}"


def _write(events: int, path: Path) -> None:
    with path.open("wb") as file:
        for extraction in made_extractions(events):
            pickle.dump(extraction, file, pickle.HIGHEST_PROTOCOL)


def _read(path: Path) -> Iterator[Extraction]:
    with path.open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)  # noqa: S301  # written by this very run


def _measured(command: list[str]) -> Cost:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = time.monotonic()
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        watch = _Watch(process.pid)
        watch.start()
        code = process.wait()
        wall_s = time.monotonic() - started
        watch.stop()
    if code:
        raise SystemExit(f"{' '.join(command)} ended with status {code}")
    return Cost(wall_s, max(watch.processor_s, 1 / _TICKS_A_SECOND), watch.peak_mb)  # it may be over before it is seen


class _Watch(threading.Thread):
    """Looks at a process and its descendants time and again: each counts with what it had when it was last seen."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._over = threading.Event()
        self._spent: dict[int, float] = {}
        self.peak_mb = 0.0

    @property
    def processor_s(self) -> float:
        """What all of them have spent."""
        return sum(self._spent.values())

    def run(self) -> None:
        """Look until `stop`."""
        while not self._over.wait(_EVERY_S):
            self.peak_mb = max(self.peak_mb, sum(map(self._look, _family(self._process))))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()

    def _look(self, process: int) -> float:
        """Note the time of a process; its memory in MB, without what it shares with others."""
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            _, resident, shared, *_ = Path(f"/proc/{process}/statm").read_text().split()
        except OSError:
            return 0.0
        self._spent[process] = (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND
        return (int(resident) - int(shared)) * _PAGE_MB


def _family(process: int) -> Iterator[int]:
    yield process
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


if __name__ == "__main__":
    main()
