"""A real `banggiao serve` in processes of its own, and clients that speak to its socket byte by byte."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from processes import ROOT, free_port


@dataclass(frozen=True)
class Service:
    process: subprocess.Popen
    port: int
    log_path: Path

    def get(self, path, headers=None, method="GET", body=None):
        """Status, headers and body of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
        finally:
            connection.close()

    def send(self, *pieces, pause_s=0.0, timeout_s=20):
        """What comes back for bytes as they stand, until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout_s) as connection:
            answer = b""
            try:
                for piece in pieces:
                    connection.sendall(piece)
                    time.sleep(pause_s)
                while chunk := connection.recv(65536):
                    answer += chunk
            except (ConnectionResetError, BrokenPipeError):
                pass
            return answer

    def log(self):
        """The lines of the log, each an object."""
        return [json.loads(line) for line in self.log_path.read_text().splitlines()]

    def stop(self, number=signal.SIGTERM, timeout_s=30):
        self.process.send_signal(number)
        return self.process.wait(timeout=timeout_s)


@contextmanager
def serving(store, *options, **settings):
    """A service on a free port, ready to answer."""
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BANGGIAO_", "PROMETHEUS_"))}
    environment |= {f"BANGGIAO_{name.upper()}": str(value) for name, value in settings.items()}
    environment["PYTHONPATH"] = str(ROOT)
    command = [
        sys.executable,
        "-c",
        "from app.cli import main; main()",
        "serve",
        "--store",
        str(store),
        "--port",
        str(port),
        *options,
    ]
    with tempfile.TemporaryDirectory() as folder:
        log_path = Path(folder) / "log"
        with log_path.open("wb") as log:
            process = subprocess.Popen(command, stderr=log, stdout=log, env=environment, cwd=ROOT)
        service = Service(process, port, log_path)
        try:
            _wait_until_alive(service)
            yield service
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _wait_until_alive(service):
    for _ in range(300):
        assert service.process.poll() is None, service.log_path.read_text()
        try:
            if service.get("/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(service.log_path.read_text())
