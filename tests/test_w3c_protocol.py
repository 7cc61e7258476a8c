"""The W3C's tests of the SPARQL 1.1 Protocol, against a real server over a scratch store."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from processes import ROOT, free_port, wait_for

SCRIPT = ROOT.parent / "shared" / "conformance" / "w3c_protocol.py"
TOKEN = "a token of the tests"  # noqa: S105  # it opens nothing
TESTS = 34
# Every test drops and fills the store; where memory serves as a disk, nobody waits for a real one.
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # a directory of its own is made there


@pytest.fixture
def endpoint():
    """The address of a server with an empty store."""
    with tempfile.TemporaryDirectory(dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None) as store:
        port = free_port()
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "BANGGIAO_STORE": f"{store}/store",
            "BANGGIAO_TOKEN": TOKEN,
        }
        command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port), "--log-level", "error"]
        with subprocess.Popen(command, env=environment, cwd=ROOT) as server:
            try:
                wait_for(port)
                yield f"http://127.0.0.1:{port}/sparql"
            finally:
                server.terminate()


@pytest.mark.skipif(not SCRIPT.exists(), reason="the W3C's tests are not part of the project: ../shared/conformance")
def test_all_of_them_pass(endpoint):
    command = [sys.executable, str(SCRIPT), endpoint, "--header", f"Authorization: Bearer {TOKEN}"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert run.stdout.splitlines()[-1:] == [f"passed {TESTS} of {TESTS}"], run.stdout + run.stderr
