"""Fuzz the readers under atheris: any bytes of any kind give an article or a reason, and sections lie within the text.

Run with `make fuzz`; what it finds is printed and kept as a file.
"""

import gzip
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["extractors.readers", "trafilatura", "htmldate", "justext"]):
    from extractors.readers import MEDIA_TYPES, Metadata, Payload, Unreadable, iter_payloads, read_payload

KINDS = sorted(MEDIA_TYPES)
ARCHIVES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".warc", ".warc.gz", ".warc.zst", ".txt.gz", ".html.zst")
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-readers-"))


def check_payload(payload: Payload) -> None:
    """Raises AssertionError where the outcome is not what is promised."""
    outcome = read_payload(payload)
    if isinstance(outcome, Unreadable):
        assert outcome.reason
        return
    end = 0
    for section in outcome.sections:
        assert end <= section.start < section.end <= len(outcome.text)
        end = section.end
    assert outcome.text.strip()


def fuzz_one(data: bytes) -> None:
    """One input: its first byte chooses what kind it is."""
    if not data:
        return
    kind, data = data[0] % (len(KINDS) + len(ARCHIVES)), data[1:]
    if kind < len(KINDS):
        check_payload(Payload("fuzz", data, KINDS[kind], Metadata()))
        return
    suffix = ARCHIVES[kind - len(KINDS)]
    path = FOLDER / f"fuzz{suffix}"
    path.write_bytes(gzip.compress(data, 1) if suffix.endswith(".gz") and data[:1] != b"\x1f" else data)
    for outcome in iter_payloads([path], max_bytes=1_000_000):
        if isinstance(outcome, Payload):
            check_payload(outcome)
        else:
            assert outcome.reason


if __name__ == "__main__":
    atheris.Setup(sys.argv, fuzz_one)
    atheris.Fuzz()
