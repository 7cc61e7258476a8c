"""Reading in two steps: payloads of files, of JSON Lines and of compressed files; then articles, here or elsewhere."""

import datetime as dt
import gzip
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.readers import (
    MEDIA_TYPES,
    Metadata,
    Payload,
    Unreadable,
    holds_many,
    iter_payloads,
    read_path,
    read_paths,
    read_payload,
)
from extractors.records import Article

PACKERS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}
LINES = [
    json.dumps({"id": f"r{number}", "text": f"Câu số {number}."}, ensure_ascii=False).encode() for number in range(3)
]
JSON_LINES = b"\n".join(LINES) + b"\n"


def outcomes_of(path: Path, data: bytes, **options: int) -> list[Payload | Unreadable]:
    path.write_bytes(data)
    return list(iter_payloads([path], **options))


def sources_of(outcomes: list[Payload | Unreadable]) -> list[str]:
    return [one.source.rpartition("/")[2] for one in outcomes]


def test_both_steps_together_give_what_read_paths_gives(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Một câu.", encoding="utf-8")
    (tmp_path / "b.jsonl").write_bytes(JSON_LINES + b"{\n")
    (tmp_path / "c.md").write_bytes(b"\xff")
    (tmp_path / "d.pdf").write_bytes(b"%PDF")
    in_two = [one if isinstance(one, Unreadable) else read_payload(one) for one in iter_payloads([tmp_path])]
    assert in_two == list(read_paths([tmp_path]))
    assert [type(one) for one in in_two] == [Article] * 4 + [Unreadable] * 3


def test_payloads_and_what_comes_of_them_can_be_sent_to_another_machine(tmp_path: Path) -> None:
    payload, *_ = outcomes_of(tmp_path / "a.jsonl", JSON_LINES)
    assert isinstance(payload, Payload)
    for one in (payload, read_payload(payload)):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes


@pytest.mark.parametrize("suffix", PACKERS, ids=["plain", "gzip", "zstd"])
def test_json_lines_are_read_compressed_too(tmp_path: Path, suffix: str) -> None:
    outcomes = outcomes_of(tmp_path / f"all.jsonl{suffix}", PACKERS[suffix](JSON_LINES))
    assert sources_of(outcomes) == [f"all.jsonl{suffix}:{number}" for number in (1, 2, 3)]
    assert [one.data for one in outcomes if isinstance(one, Payload)] == LINES


@pytest.mark.parametrize("suffix", PACKERS, ids=["plain", "gzip", "zstd"])
@pytest.mark.parametrize("kind", [".txt", ".md", ".html", ".HTM"])
def test_single_files_are_read_compressed_too(tmp_path: Path, kind: str, suffix: str) -> None:
    text = "<html><body><p>Hà Nội đón một mùa xuân mới, và những người bạn từ xa đến thăm.</p></body></html>"
    path = tmp_path / f"mua.xuan{kind}{suffix}"
    path.write_bytes(PACKERS[suffix](text.encode()))
    (article,) = read_path(path, published=dt.date(2024, 5, 6))
    assert isinstance(article, Article)
    assert (article.id, article.published_on) == ("mua.xuan", dt.date(2024, 5, 6))
    assert not holds_many(path)


@pytest.mark.parametrize("name", ["a.jsonl", "a.JSONL.GZ", "a.warc", "a.warc.zst"])
def test_files_that_hold_many(name: str) -> None:
    assert holds_many(Path(name))


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_several_members_are_one_file(tmp_path: Path, suffix: str) -> None:
    data = b"".join(PACKERS[suffix](line + b"\n") for line in LINES)
    assert len(outcomes_of(tmp_path / f"all.jsonl{suffix}", data)) == 3


# long enough to be decompressed in several pieces, and hard to compress
MANY_LINES = [json.dumps({"text": f"{number * 7919 % 10_007} {number}"}).encode() for number in range(20_000)]
PACKED = {suffix: PACKERS[suffix](b"\n".join(MANY_LINES)) for suffix in (".gz", ".zst")}


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.9999], ids=["start", "middle", "end", "last bytes"])
def test_an_archive_cut_off_gives_the_lines_before_that(tmp_path: Path, suffix: str, share: float) -> None:
    packed = PACKED[suffix]
    *lines, rest = outcomes_of(tmp_path / f"all.jsonl{suffix}", packed[: int(len(packed) * share)])
    assert [one.data for one in lines if isinstance(one, Payload)] == MANY_LINES[: len(lines)]
    assert (
        rest == Unreadable(str(tmp_path / f"all.jsonl{suffix}"), rest.reason) if isinstance(rest, Unreadable) else False
    )
    assert "cut off" in rest.reason
    assert len(lines) > share * 10_000 - 5_000


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_garbage_behind_an_archive_hides_no_line(tmp_path: Path, suffix: str) -> None:
    *lines, rest = outcomes_of(tmp_path / f"all.jsonl{suffix}", PACKED[suffix] + b"garbage")
    assert [one.data for one in lines if isinstance(one, Payload)] == MANY_LINES
    assert isinstance(rest, Unreadable)
    assert "damaged" in rest.reason
    assert "line 20000" in rest.reason


def test_zeros_behind_a_gzip_archive_are_no_garbage(tmp_path: Path) -> None:
    assert len(outcomes_of(tmp_path / "all.jsonl.gz", gzip.compress(JSON_LINES) + b"\0" * 100_000)) == 3


FAULTY_FILES = {
    "empty lines file": ("a.jsonl", b"", "is empty"),
    "empty archive": ("a.jsonl.zst", b"", "is empty"),
    "archive of nothing": ("a.jsonl.gz", gzip.compress(b""), "is empty"),
    "text that is no gzip": ("a.txt.gz", b"Just text", "or not compressed as its name says"),
    "lines that are no zstd": ("a.jsonl.zst", JSON_LINES, "or not compressed as its name says"),
    "text cut off": ("a.txt.gz", gzip.compress(b"text" * 50)[:-9], "cut off"),
    "text with garbage behind": ("a.txt.zst", zstd.compress(b"text") + b"x" * 9, "damaged"),
    "text with a wrong checksum": ("a.txt.gz", gzip.compress(b"text" * 50)[:-8] + b"\0" * 8, "damaged"),
    "text too large when unpacked": ("a.txt.gz", gzip.compress(b"x" * 2_000), "more than 1,000 bytes"),
    "line too large when unpacked": ("a.jsonl.zst", zstd.compress(b"x" * 2_000), "more than 1,000 bytes"),
    "lines in UTF-16": ("a.jsonl", '{"text": "a"}'.encode("utf-16"), "UTF-16"),
    "unknown kind, compressed": ("a.docx.gz", gzip.compress(b"x"), "unknown kind of file"),
    "compressed, of no kind": ("a.gz", gzip.compress(b"x"), "unknown kind of file"),
}


@pytest.mark.parametrize(("name", "data", "reason"), FAULTY_FILES.values(), ids=FAULTY_FILES)
def test_a_faulty_file_is_named_with_its_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (outcome,) = outcomes_of(tmp_path / name, data, max_bytes=1_000)
    assert isinstance(outcome, Unreadable)
    assert reason in outcome.reason
    assert outcome.source.startswith(str(tmp_path / name))


def test_a_line_may_be_just_as_long_as_the_limit(tmp_path: Path) -> None:
    line = b'{"text": "abc"}'
    data = b"".join((line, b"\r\n", line, b" \n", line, b"\n", line))
    outcomes = outcomes_of(tmp_path / "a.jsonl", data, max_bytes=len(line))
    assert [type(one) for one in outcomes] == [Payload, Unreadable, Payload, Payload]


def test_a_folder_that_links_back_to_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"a")
    (tmp_path / "sub" / "again").symlink_to(tmp_path, target_is_directory=True)
    outcomes = list(iter_payloads([tmp_path]))
    assert sources_of(outcomes) == ["a.txt", "again"]
    assert isinstance(outcomes[1], Unreadable)
    assert "link back" in outcomes[1].reason


def test_a_folder_linked_to_from_beside_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_bytes(b"a")
    (tmp_path / "other").symlink_to(tmp_path / "news", target_is_directory=True)
    assert sources_of(list(iter_payloads([tmp_path / "other"]))) == ["a.txt"]


MARKS = [
    "<p>",
    "</p>",
    "<article>",
    "<table><tr><td>",
    "<!--",
    "<script>",
    "&#55296;",
    "[",
    "{",
    "&a *a",
    '"',
    "\\ud800",
]
WORDS = ["---\n", "a: b\n", "- c\n", "!!binary x", "2024-13-40", "09:05 | 13/05/2022\n", "Ảnh: ", "xin chào "]
TAGS = [
    '<script type="application/ld+json">{"@type":',
    "</script>",
    "<title>",
    "<meta name=date content=",
    "<time datetime=",
]
SPACES = ["\x01", "\r", "\n", "\u2028", "\ufeff", "\u200b"]
ANY_DATA = st.one_of(
    st.binary(max_size=300),
    st.lists(st.sampled_from([*MARKS, *WORDS, *TAGS, *SPACES]), max_size=40).map("".join).map(str.encode),
)
ANY_KIND = st.one_of(
    st.sampled_from(sorted(MEDIA_TYPES)),
    st.tuples(st.sampled_from(sorted(MEDIA_TYPES)), st.text(max_size=8)).map("; charset=".join),
    st.text(max_size=12),
)


def check_outcome(data: bytes, media_type: str) -> None:
    """An article whose sections lie in order within its text, or a reason."""
    outcome = read_payload(Payload("any", data, media_type, Metadata(id="any")))
    if isinstance(outcome, Unreadable):
        assert outcome.reason
        return
    end = 0
    for section in outcome.sections:
        assert end <= section.start < section.end <= len(outcome.text)
        end = section.end


@given(data=ANY_DATA, media_type=ANY_KIND)
@settings(deadline=None, max_examples=150)
def test_any_payload_gives_an_article_or_a_reason(data: bytes, media_type: str) -> None:
    check_outcome(data, media_type)


@pytest.mark.slow
@given(data=ANY_DATA, media_type=ANY_KIND)
@settings(deadline=None, max_examples=20_000)
def test_any_payload_gives_an_article_or_a_reason_at_length(data: bytes, media_type: str) -> None:
    check_outcome(data, media_type)
