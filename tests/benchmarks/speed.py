"""How fast extraction is, and how much memory it takes, beside underthesea's `ner` on the same articles: `make bench`.

Speeds are articles per second of processor time, on one core; every ratio is of two speeds taken in turn in one run, and
the median of the runs is printed. `ner` is given line by line what it is best at: on whole articles its time grows with
the square of their length. The goals are those of the project; nothing here fails when one is missed.
"""

import argparse
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

from underthesea import ner

from extractors.pipeline import extract, load_tables
from extractors.readers import read_paths, read_record
from extractors.records import Article

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
COMMAND = (str(Path(sys.executable).with_name("banggiao")), "extract")
STREAM_GOAL = 300  # times ner, articles/s
DEV_GOAL = 10  # times ner, articles/s
MEMORY_GOAL_MB = 400
GROWTH_GOAL = 1.1  # times, for twenty times the input
JOBS_GOAL = 1.8  # times, for two jobs
NER_SAMPLE = 40  # articles of the stream: ner takes up to a second for each
DEV_SAMPLE = 8  # articles, which are longer
SAMPLE_SEED = 3
REPEATS = 20  # of the stream, for the longer input: the start of a second process must not count

Item = TypeVar("Item")


class Row(NamedTuple):
    """A line of the table: what was measured, the value with its unit, and the goal where there is one."""

    name: str
    value: str
    goal: str = ""
    verdict: str = ""


class Child(NamedTuple):
    """What a child process took: seconds by the clock and of the processor, and its largest memory in MB."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with corpus/ (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=3, help="how often each ratio is measured (default: %(default)s)")
    arguments = parser.parse_args()
    stream = arguments.shared / "corpus" / "stream-2000.jsonl.gz"
    if not stream.is_file():
        sys.exit(f"the benchmark needs the evaluation corpus: there is no {stream}")
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    load_tables()
    ner("Thủ tướng Phạm Minh Chính thăm Lào.")  # loads the model, which is no work of either
    with tempfile.TemporaryDirectory() as folder:
        _print(
            chain(
                _stream_rows(stream, arguments.runs),
                _dev_rows(arguments.shared / "corpus" / "dev", arguments.runs),
                _command_rows(stream, Path(folder), cores),
            )
        )


def _stream_rows(stream: Path, runs: int) -> Iterator[Row]:
    """Ordinary news, people and organisations of relevant articles only: from decoded records to extractions."""
    with gzip.open(stream, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    texts = [record["text"] for record in random.Random(SAMPLE_SEED).sample(records, NER_SAMPLE)]
    for record in records:
        _extract_record(record)  # caches and models are warm for both
    speeds = [(_speed(_extract_record, records), _speed(_recognise_names, texts)) for _ in range(runs)]
    yield from _ratio_rows(f"stream, {len(records):,} articles", speeds, STREAM_GOAL)


def _dev_rows(folder: Path, runs: int) -> Iterator[Row]:
    """Articles on relations between states, people and organisations of all."""
    articles = [article for article in read_paths([folder]) if isinstance(article, Article)]
    sample = random.Random(SAMPLE_SEED).sample(articles, min(DEV_SAMPLE, len(articles)))
    texts = [article.text for article in sample]
    speeds = [
        (_speed(lambda article: extract(article, "all"), sample), _speed(_recognise_names, texts)) for _ in range(runs)
    ]
    yield from _ratio_rows(f"dev, entities all, {len(sample)} articles", speeds, DEV_GOAL)


def _extract_record(record: Mapping[str, object]) -> None:
    extract(read_record(record))


def _recognise_names(text: str) -> None:
    for line in filter(str.strip, text.splitlines()):
        ner(line)


def _speed(work: Callable[[Item], object], items: Sequence[Item]) -> float:
    start = time.process_time()
    for item in items:
        work(item)
    return len(items) / (time.process_time() - start)


def _ratio_rows(name: str, speeds: Sequence[tuple[float, float]], goal: int) -> Iterator[Row]:
    ratio = statistics.median(ours / theirs for ours, theirs in speeds)
    yield Row(f"{name}: read and extract", f"{statistics.median(ours for ours, _ in speeds):,.0f} articles/s")
    yield Row(f"{name}: underthesea ner", f"{statistics.median(theirs for _, theirs in speeds):,.1f} articles/s")
    yield Row(f"{name}: ratio", f"{ratio:,.0f} times", f"at least {goal}", _verdict(ratio >= goal))


def _command_rows(stream: Path, folder: Path, cores: set[int]) -> Iterator[Row]:
    """The command as people run it: its memory for the stream and for a longer one, and what a second job gains."""
    lines = gzip.decompress(stream.read_bytes())
    short, long = folder / "stream.jsonl", folder / "long.jsonl"
    short.write_bytes(lines)
    long.write_bytes(lines * REPEATS)
    articles = lines.count(b"\n")
    once, repeated = _run([*COMMAND, str(short)]), _run([*COMMAND, str(long)])
    growth = repeated.peak_mb / once.peak_mb
    yield Row("command, start included", f"{REPEATS * articles / repeated.cpu_s:,.0f} articles/s")
    yield Row(
        f"command: peak memory for {articles:,} articles",
        f"{once.peak_mb:,.0f} MB",
        f"below {MEMORY_GOAL_MB}",
        _verdict(once.peak_mb < MEMORY_GOAL_MB),
    )
    yield Row(
        f"command: peak memory for {REPEATS * articles:,}",
        f"{repeated.peak_mb:,.0f} MB",
        f"at most {GROWTH_GOAL} times",
        _verdict(growth <= GROWTH_GOAL),
    )
    name = f"command: --jobs 2 beside --jobs 1, {REPEATS * articles:,} articles"
    if len(cores) < 2:
        yield Row(name, "not measured: there is one core")
        return
    os.sched_setaffinity(0, cores)
    one, two = (_run([*COMMAND, str(long), "--jobs", jobs]) for jobs in ("1", "2"))
    gain = one.wall_s / two.wall_s
    yield Row(name, f"{gain:.2f} times", f"at least {JOBS_GOAL}", _verdict(gain >= JOBS_GOAL))
    # cores that are shared with others do less than two cores' work: nothing can gain more than this
    start = time.perf_counter()
    pair = [subprocess.Popen([*COMMAND, str(long)], stdout=subprocess.DEVNULL) for _ in range(2)]
    for process in pair:
        process.wait()
    yield Row(
        "two commands at once beside one: what the cores give",
        f"{2 * one.wall_s / (time.perf_counter() - start):.2f} times",
    )


def _run(command: Sequence[str]) -> Child:
    """Run a command to its end, in this process's cores; its output is thrown away, its complaints are shown."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with status {process.returncode}")
    # Linux counts the largest memory in kB
    return Child(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def _print(rows: Iterable[Row]) -> None:
    """One line a row, as soon as it is measured: all of them take some minutes."""
    for name, value, goal, verdict in rows:
        print(f"{name:<56} {value:>20}  {goal:<18} {verdict}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
