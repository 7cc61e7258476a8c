"""The prefilter is never narrower than the grammar: wherever a trigger phrase stands, it says so."""

import gzip
import json
import re
import sys
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.documents import read_document
from extractors.folding import fold, without_case
from extractors.lexicon import load_lexicon
from extractors.prefilter import load_prefilter
from extractors.readers import read_paths, read_record
from extractors.records import Article
from extractors.required_texts import PatternError, required_texts

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the checkout")
PHRASES = load_lexicon().phrases
EACH_PHRASE = pytest.mark.parametrize(
    "place", range(len(PHRASES)), ids=[f"{place}-{phrase.type}" for place, phrase in enumerate(PHRASES)]
)
# What stands around a phrase in a sentence: its own kind of words, and what patterns look for before and behind.
AROUND = st.sampled_from(
    [
        "",
        " ",
        "Ngày 3/2/1930, ",
        "năm ",
        "(",
        "ông ",
        " Lào",
        " Việt Nam",
        " hỏi",
        " viện",
        " năm 1962",
        ", ",
        ". ",
        "a",
    ]
)


def blind_to_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@pytest.mark.parametrize(
    ("pattern", "texts", "is_beginning"),
    [
        pytest.param("thăm", ("thăm",), True, id="a word"),
        pytest.param("(?:sang |tới )?(?:thăm|viếng)", ("thăm", "viếng", "tới thăm"), True, id="words left out or not"),
        pytest.param("(?<!\\w)(?:đặt|lập) quan hệ(?!\\w)", ("lập quan hệ", "đặt quan hệ"), True, id="looks around"),
        pytest.param("lễ[^.]{0,80}?kỷ niệm", ("kỷ niệm",), False, id="the longer text stands further on"),
        pytest.param("đến(?= (?-i:[A-ZĐ]))", ("đến ",), True, id="what must follow counts too"),
        pytest.param("sinh(?= (?:ngày|năm|\\d))", ("sinh ",), True, id="up to a figure"),
        pytest.param("[Qq]uốc khánh", ("quốc khánh",), True, id="a class of few letters"),
        pytest.param("ký(?: kết)*", ("ký",), True, id="a word any number of times"),
        pytest.param("(?:ký ){2,3}tên", ("ký ",), True, id="a word several times ends the text"),
        pytest.param("(?>ký|ký kết) với", ("ký với", "ký kết với"), False, id="a choice made once cannot be tried"),
    ],
)
def test_required_texts(pattern: str, texts: tuple[str, ...], is_beginning: bool) -> None:
    required = required_texts(blind_to_case(pattern))
    assert set(texts) <= set(required.texts)
    assert (required.beginning is not None) == is_beginning


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("\\w+", id="any word"),
        pytest.param("x?", id="the empty text"),
        pytest.param("[A-ZĐ]{2,5}", id="any capitals"),
        pytest.param("đặt|.*", id="a word or anything"),
        pytest.param("đ", id="a single letter"),
    ],
)
def test_a_pattern_without_fixed_text_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="give it a word to look for"):
        required_texts(blind_to_case(pattern))


@pytest.mark.parametrize(
    ("pattern", "text", "shown"),
    [
        pytest.param("thăm(?! hỏi)", "đến thăm hỏi", "đến thăm", id="what may not follow is hidden"),
        pytest.param("thăm(?!\\w)", "đến thămlại", "đến thăm", id="cut in the middle of a word"),
        pytest.param("độc lập(?: cho(?! ai))?$", "độc lập cho ai", "độc lập", id="the end of what is shown"),
    ],
)
def test_a_beginning_matches_where_less_is_shown(pattern: str, text: str, shown: str) -> None:
    compiled = blind_to_case(pattern)
    match = compiled.search(text, 0, len(shown))
    beginning = required_texts(compiled).beginning
    assert match is not None
    assert compiled.match(text, match.start()) is None
    assert beginning is not None
    assert beginning.match(text, match.start())


def test_letters_that_a_pattern_takes_for_one_are_one_without_case() -> None:
    letters = sorted({letter for phrase in PHRASES for text in phrase.required.texts for letter in text})
    alphabet = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    for letter in letters:
        for same in re.findall(re.escape(letter), alphabet, re.IGNORECASE):
            assert without_case(same) == letter


@given(st.text())
def test_text_without_case_has_the_same_offsets(text: str) -> None:
    folded = fold(text)
    assert len(folded.caseless) == len(folded.text)


def assert_hinted(text: str, start: int, end: int, places: range) -> int:
    """Every match of these phrases in folded `text[start:end]` holds a hint of its own; returns how many there are."""
    folded = fold(text)
    assert folded.text == text
    hints = load_prefilter().hints(folded)
    count = 0
    for place in places:
        for match in PHRASES[place].pattern.finditer(text, start, end):
            count += 1
            inside = [hint for hint in hints if match.start() <= hint.start and hint.end <= end]
            assert any(hint.phrase == place for hint in inside), match
    return count


@EACH_PHRASE
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_each_phrase_is_hinted_at_in_whatever_it_matches(place: int, data: st.DataObject) -> None:
    pattern = PHRASES[place].pattern.pattern
    made = st.from_regex(re.compile(pattern, re.IGNORECASE))
    text = fold(data.draw(AROUND) + data.draw(made) + data.draw(AROUND)).text
    text = fold(text).text
    end = data.draw(st.integers(0, len(text)))
    assert_hinted(text, 0, len(text), range(len(PHRASES)))
    assert_hinted(text, 0, end, range(len(PHRASES)))


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_sentences_of_required_texts_are_hinted_at(data: st.DataObject) -> None:
    known = sorted({text for phrase in PHRASES for text in phrase.required.texts})
    written = st.sampled_from([str, str.upper, str.capitalize, str.title])
    words = data.draw(st.lists(st.one_of(st.sampled_from(known), AROUND), max_size=8))
    text = fold("".join(data.draw(written)(word) for word in words)).text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert_hinted(text, start, end, range(len(PHRASES)))


def assert_superset(articles: list[Article]) -> int:
    """The grammar's triggers of each sentence are the ones found among the hinted phrases; returns their number."""
    lexicon, prefilter = load_lexicon(), load_prefilter()
    count = 0
    for article in articles:
        document = read_document(article)
        hints = prefilter.hints(document.folded)
        for sentence in document.sentences:
            among = {hint.phrase for hint in hints if sentence.start <= hint.start < sentence.end}
            wanted = lexicon.triggers(document.text, sentence.start, sentence.end)
            assert lexicon.triggers(document.text, sentence.start, sentence.end, among) == wanted
            count += len(wanted)
    return count


def read_stream(step: int) -> list[Article]:
    """Every so-manieth article of the stream."""
    with gzip.open(CORPUS / "stream-2000.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [read_record(json.loads(line)) for line in islice(lines, 0, None, step)]


def read_folder(folder: Path) -> list[Article]:
    paths = [path for path in folder.iterdir() if path.suffix != ".csv"]
    return [article for article in read_paths(paths) if isinstance(article, Article)]


def test_nothing_is_lost_in_our_own_articles() -> None:
    assert assert_superset(read_folder(ROOT / "data" / "articles")) > 0


@needs_corpus
@pytest.mark.parametrize("folder", ["seeds", "dev"])
def test_nothing_is_lost_in_the_corpus(folder: str) -> None:
    assert assert_superset(read_folder(CORPUS / folder)) > 0


@needs_corpus
def test_nothing_is_lost_in_a_tenth_of_the_stream() -> None:
    assert assert_superset(read_stream(10)) > 0


@needs_corpus
@pytest.mark.slow
def test_nothing_is_lost_in_the_stream() -> None:
    assert assert_superset(read_stream(1)) > 0
