"""What is acknowledged is on disk: every file and every directory entry of a publication, seen in its system calls.

POST /api/articles answers 201 after `publish` has returned, and `ingest` prints its line then; so the trace of a process
that publishes twice and prints a line in between is that of both. A model of the disk follows the trace: what was
written since the last fsync is in doubt, for files what is in them, for directories what they hold.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pytest
from test_cli import environment_of

HERE = Path(__file__).resolve().parent
ACKNOWLEDGED = "acknowledged"
PROGRAM = f"""
import sys
from pathlib import Path
from graph_samples import EXTRACTIONS, reference
from app.graph.snapshots import publish
for articles in (EXTRACTIONS[:1], EXTRACTIONS, EXTRACTIONS):
    publish(Path(sys.argv[1]), articles, reference=reference())
    print({ACKNOWLEDGED!r}, flush=True)
"""
CALLS = "openat,write,writev,pwrite64,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,mkdir,mkdirat,unlink,unlinkat,rmdir"
CALL = re.compile(r"(?P<name>\w+)\((?P<given>.*)\)\s+= (?P<result>-?\d+)(?:<(?P<opened>[^>]*)>)?")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
OF_DESCRIPTOR = re.compile(r"^\d+<([^>]*)>")


@dataclass
class Disk:
    """What would be lost in a power cut, below one directory: contents of files, and entries of directories."""

    store: PurePosixPath
    files: set = field(default_factory=set)
    entries: set = field(default_factory=set)
    switches: int = 0

    def follow(self, name, given, opened):
        names = [PurePosixPath(text) for text in QUOTED.findall(given)]
        own = OF_DESCRIPTOR.match(given)
        if name in ("fsync", "fdatasync"):
            path = PurePosixPath(own[1])
            self.files.discard(path)
            self.entries = {entry for entry in self.entries if entry.parent != path}
        elif name in ("write", "writev", "pwrite64", "ftruncate", "fallocate"):
            self.files.add(PurePosixPath(own[1]))
        elif name == "openat" and "O_CREAT" in given:
            self.entries.add(PurePosixPath(opened))
            self.files.add(PurePosixPath(opened))
        elif name.startswith(("mkdir", "link")):
            self.entries.add(names[-1])
        elif name.startswith("rename"):
            self.rename(*names)
        elif name.startswith(("unlink", "rmdir")):
            self.files, self.entries = self.files - {names[-1]}, self.entries - {names[-1]}

    def rename(self, old, new):
        if new.parent.name == "snapshots":
            assert self.below(old) == [], "a build was moved into place before it was on disk"
        if new.name == "CURRENT" and new.parent == self.store:
            self.switches += 1
            assert self.in_doubt() == [], "CURRENT was switched before what it names was on disk"
        for paths in (self.files, self.entries):
            moved = {path for path in paths if path == old or old in path.parents}
            paths -= moved
            paths |= {new / path.relative_to(old) for path in moved}
        self.entries.add(new)

    def below(self, root):
        return sorted(path for path in self.files | self.entries if root in path.parents)

    def in_doubt(self):
        """All that readers need, of the store and of the directories above it."""
        needed = (self.store / "snapshots", self.store / "CURRENT", self.store, *self.store.parents)
        return sorted(
            path for path in self.files | self.entries if path in needed or self.store / "snapshots" in path.parents
        )


def calls(trace):
    """Each call with its arguments and result, where it ended."""
    begun = {}
    for line in trace.splitlines():
        process, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[process] = call.removesuffix("<unfinished ...>").strip()
            continue
        if resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", call):
            call = begun.pop(process) + resumed[1]
        if (found := CALL.match(call)) and int(found["result"]) >= 0:
            yield found["name"], found["given"], found["opened"]


def test_what_is_acknowledged_survives_a_power_cut(tmp_path):
    strace = shutil.which("strace")
    if strace is None or subprocess.run([strace, "-o", "/dev/null", "true"], check=False).returncode:
        pytest.skip("system calls cannot be traced here: this needs strace, and the leave to use it")
    store, trace = tmp_path / "new" / "store", tmp_path / "trace"
    command = [strace, "-f", "-y", "-s", "300", "-e", f"trace={CALLS}", "-o", str(trace)]
    command += [sys.executable, "-c", PROGRAM, str(store)]
    environment = environment_of(PYTHONPATH=f"{HERE}:{HERE.parent}", PYTHONDONTWRITEBYTECODE="1")
    subprocess.run(command, env=environment, check=True, capture_output=True)
    disk, acknowledged = Disk(PurePosixPath(store)), 0
    for name, given, opened in calls(trace.read_text(errors="replace")):
        if name == "write" and ACKNOWLEDGED in given and given.startswith("1<"):
            acknowledged += 1
            assert disk.in_doubt() == []
        disk.follow(name, given, opened)
    assert (acknowledged, disk.switches) == (3, 3), "the empty store, and two publications; the third changed nothing"
