"""Old Vietnamese encodings and mojibake: turned back, refused by name, or left alone. All sentences are our own."""

import contextlib
import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.readers import ReadError, read_bytes, read_record
from extractors.readers.decoding import decode_text
from extractors.readers.legacy_encodings import find_legacy_encoding, load_legacy_encodings, to_look_alikes
from extractors.readers.recovery import recover_text
from extractors.readers.syllables import is_syllable
from extractors.tables import DATA_DIR, TableError, read_table

ENCODINGS = {encoding.name: encoding for encoding in load_legacy_encodings()}
TONES = "\u0300\u0301\u0303\u0309\u0323"
LETTERS = sorted(
    {row["letter"] for row in read_table(DATA_DIR / "encodings" / "viscii.csv", ("bytes", "letter", "source"))}
)
SMALL = [letter for letter in LETTERS if letter.islower()]
STORY = (
    "Sáng mùa thu ấy, hai người thợ già ngồi bên bờ sông Hồng, kể cho nhau nghe chuyện những chuyến tàu đã đưa họ "
    "đi khắp bốn biển. Đường về nhà vẫn thế: cỏ ướt, gió nhẹ, tiếng trẻ gọi mẹ ở đầu ngõ."
)
SHORT = "Đại sứ đã tới Hà Nội tối qua"


def _apart(letter: str) -> str:
    """The letter with its tone mark behind it, as Windows-1258 writes it; ă, â, đ, ê, ô, ơ and ư stay whole."""
    marks = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in marks if mark in TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES)) + tone


def encode(name: str, text: str) -> bytes:
    """Encode by the table that decoding reads, turned round."""
    letters = {letter: look_alike for look_alike, letter in ENCODINGS[name].letters.items()}
    if name == "Windows-1258":
        return "".join(map(_apart, text)).encode("cp1258")
    found = (letters.get(char, char) for char in text)
    return b"".join(part.encode("latin-1" if max(part) < "\u0100" else "cp1252") for part in found)


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("text", [STORY, SHORT, f"{STORY}\n\n{SHORT}\r\n"], ids=["story", "short", "lines"])
def test_an_old_encoding_is_turned_back(name: str, text: str) -> None:
    data = encode(name, text)
    assert decode_text(data, "x") == text
    assert recover_text(to_look_alikes(data), "x") == text
    assert decode_text(to_look_alikes(data).encode(), "x") == text


@pytest.mark.parametrize(
    ("name", "look_alikes", "text"),
    [
        ("TCVN3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("TCVN3", "CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TCVN3", "B¸o c¸o cña UBND tØnh Hµ TÜNH", "Báo cáo của UBND tỉnh Hà TĨNH"),
        ("TCVN3", "A¸o vµ ¢Ên §é", "Áo và Ấn Độ"),
        ("TCVN3", "®\u00adêng", "đường"),
        ("VNI", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("VNI", "ÑÖÔØNG XA VAÏN DAËM, YÙ", "ĐƯỜNG XA VẠN DẶM, Ý"),
        ("VISCII", "Vi®t Nam, ðß¶ng xa", "Việt Nam, đường xa"),
        ("Windows-1258", "Viêòt Nam", "Việt Nam"),
        ("Windows-1258", "ðýõÌng vêÌ", "đường về"),
    ],
)
def test_look_alikes_are_letters(name: str, look_alikes: str, text: str) -> None:
    assert ENCODINGS[name].decode(look_alikes) == text


@pytest.mark.parametrize("name", ENCODINGS)
@given(letters=st.lists(st.sampled_from([*SMALL, *"bcdghklmnpqrstvx .,-\n09"]), max_size=60))
def test_small_letters_make_the_round_trip(name: str, letters: list[str]) -> None:
    # between letters of VNI a blank: «oâ» is «ô», whatever was meant by «o» and «â»
    text = " ".join(letters)
    assert ENCODINGS[name].decode(to_look_alikes(encode(name, text))) == text


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_makes_the_round_trip(name: str, letter: str) -> None:
    assert ENCODINGS[name].decode(to_look_alikes(encode(name, letter))) == letter


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("read", [to_look_alikes, lambda data: data.decode("latin-1")], ids=["windows-1252", "latin-1"])
@pytest.mark.parametrize("text", [STORY, SHORT, f"«{STORY}»… “{SHORT}” – 100 €"], ids=["story", "short", "quotes"])
def test_mojibake_is_turned_back(text, read, times) -> None:  # type: ignore[no-untyped-def]  # a lambda among them
    garbled = text
    for _ in range(times):
        garbled = read(garbled.encode())
    assert garbled != text
    assert recover_text(garbled, "x") == text
    assert decode_text(garbled.encode(), "x") == text


def test_lines_of_mojibake_among_good_lines_are_turned_back() -> None:
    assert recover_text(f"{SHORT}\n{to_look_alikes(STORY.encode())}\n{SHORT}", "x") == f"{SHORT}\n{STORY}\n{SHORT}"


ONCE = to_look_alikes(STORY.encode())
REFUSED = {
    "mojibake that lost its control characters": (re.sub("[\x81\x8d\x8f\x90\x9d]", "", ONCE), "mojibake"),
    "mojibake that lost its no-break spaces": (f"{ONCE} HÃ\xa0 Ná»™i".replace("\xa0", " "), "mojibake"),
    "mojibake and Unicode in one line": (f"{ONCE} {SHORT}", "mojibake"),
    "Unicode with lines of TCVN3": (
        f"{STORY}\n" + to_look_alikes(encode("TCVN3", STORY)),
        "mixes Unicode with TCVN3.* line 2",
    ),
    "Unicode with lines of VNI": (
        f"{SHORT}\n\n" + to_look_alikes(encode("VNI", STORY)),
        "mixes Unicode with VNI.* line 3",
    ),
    "TCVN3 that lost a letter": (to_look_alikes(encode("TCVN3", STORY)).replace("\xad", "").replace("®", "?"), "TCVN3"),
    "TCVN3 and VNI in one text": (
        to_look_alikes(encode("TCVN3", STORY)) + "\n" + to_look_alikes(encode("VNI", SHORT)),
        "TCVN3",
    ),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_turned_back_is_refused_by_name(text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        decode_text(text.encode(), "the-input")
    assert str(caught.value).startswith("the-input: ")


BAD_BYTES = {
    "TCVN3 that lost a letter": (
        encode("TCVN3", STORY).replace(b"\xad", b"").replace(b"\xae", b"?"),
        "at byte 1 .*TCVN3",
    ),
    "TCVN3 with UTF-8": (encode("TCVN3", STORY) + SHORT.encode(), "is not UTF-8 at byte 1 .*TCVN3"),
    "UTF-8 with TCVN3": (STORY.encode() + encode("TCVN3", SHORT), "is not UTF-8 at byte"),
    "UTF-8 with one broken byte": (STORY.encode() + b"\xff", "is not UTF-8 at byte"),
    "French in Latin-1": ("Élevée à Besançon, la fillette rêvait déjà.".encode("latin-1"), "is not UTF-8 at byte 0"),
    "too little to tell": (encode("TCVN3", "Hà"), "is not UTF-8 at byte 1"),
}


@pytest.mark.parametrize(("data", "reason"), BAD_BYTES.values(), ids=BAD_BYTES)
def test_bytes_of_no_encoding_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        decode_text(data, "x")


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("viscii", "VISCII"),
        ("TCVN", "TCVN3"),
        ("TCVN5712-1:1993", "TCVN3"),
        ("x-viet-tcvn5712", "TCVN3"),
        ("x-viet-vni", "VNI"),
        ("windows-1258", "Windows-1258"),
        ("CP1258", "Windows-1258"),
    ],
)
def test_a_declared_old_encoding_is_read_even_where_there_is_little_text(declared: str, name: str) -> None:
    found = find_legacy_encoding(declared)
    assert found is not None
    assert found.name == name
    assert decode_text(encode(name, "Lễ ở Đà Nẵng"), "x", declared=declared) == "Lễ ở Đà Nẵng"


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "utf-8", "x-user-defined", "us-ascii"])
def test_a_declaration_that_names_another_encoding_is_no_hindrance(declared: str) -> None:
    for name in ("TCVN3", "VNI", "Windows-1258"):
        assert decode_text(encode(name, STORY), "x", declared=declared) == STORY


def test_a_page_in_the_font_of_its_time() -> None:
    page = f"<html><head><title>{SHORT}</title></head><body><font face='.VnTime'><p>{STORY}</p><p>{STORY}</p></font></body></html>"
    for name in ("TCVN3", "VNI", "VISCII"):
        article = read_bytes(encode(name, page), "text/html; charset=iso-8859-1", id="page")
        assert STORY in article.text
        assert article.title == SHORT


def test_offsets_are_those_of_the_text_turned_back() -> None:
    article = read_record({"text": to_look_alikes(encode("VNI", STORY))})
    assert article.text == STORY
    assert [(part.start, part.end) for part in article.sections] == [(0, len(STORY))]


FOREIGN = {
    "English": "The café's résumé — naïve, they said — cost £5 and 20 µm of Häagen®, © 2024 · façade «ok» ½ ± 3°.",
    "French": "Là où l'été s'achève, la forêt brûlée naît à nouveau ; çà et là, le garçon aîné a reçu une pêche mûre.",
    "German": "Für die Söhne übte der Müller größere Sprünge; schön wär's, fröhlich über Äcker und Wälder zu gehen.",
    "Spanish": "El niño soñó que mañana vendrán las cigüeñas; ¿quién lo creyó? ¡Ningún señor, según él, está allí!",
    "Portuguese": "A manhã não é só dos irmãos: amanhã à noite há canções, corações, pães, limões e atenção às crianças.",
    "Italian": "Perché così è più difficile? Là c'è la città, già libera; lunedì e venerdì ci sarà qualità, né più né meno.",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy; děti šly k řece a čekaly, až přijde léto a s ním hosté z města.",
    "Polish": "Wójt z gęsią chodził po łące, aż źródło wyschło; żółte liście spadały, a śnieg już był tuż, tuż.",
    "Danish": "På øen så de små både gå på land; få måger får fløjet, når blæsten så står på fra sø og å.",
    "Swedish": "På ön så små båtar gå på grund; då får måsarna åter flyga när blåsten står på från sjö och å.",
    "Icelandic": "Það er öðru nær að þú þræðir nál með þeirri hönd; æ, sjáðu, já, nú fór það, ó, þú góði.",
    "Turkish": "Çocuklar üç gün önce köyden döndü; öğretmenin şiirleri çok güzeldi, ılık rüzgâr ağaçları okşadı.",
    "Hungarian": "Árvíztűrő tükörfúrógép; őszi szél fúj, és a kút mély, öt kis ló jő, nő a fű, zöld a rét.",
    "Romanian": "Fără să ştie, băiatul a văzut în câmp o căruţă; ţăranii îi aşteptau la marginea pădurii, în mare tăcere.",
    "Catalan": "El pingüí és a l'illa, però l'home més vell no ho sabrà mai; també hi ha cançons, raïm i tot això.",
    "Yoruba": "Ọjọ́ kan, ọmọdé náà lọ sí ọjà; ó rí àwọn ènìyàn púpọ̀ níbẹ̀, ó sì padà sílé pẹ̀lú ayọ̀.",
    "Russian": "Утром дети ушли к реке и долго ждали парохода.",
    "Chinese": "兩個孩子坐在河邊，等著渡船。",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("count", [1, 50])
def test_other_languages_are_left_alone(text: str, count: int) -> None:
    assert recover_text(" ".join([text] * count), "x") == " ".join([text] * count)


def test_other_languages_are_left_alone_together_and_word_by_word() -> None:
    everything = "\n".join(FOREIGN.values())
    assert recover_text(everything, "x") == everything
    assert recover_text(f"{STORY}\n{everything}", "x") == f"{STORY}\n{everything}"
    for word in everything.split():
        assert recover_text(word, "x") == word


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        unicodedata.normalize("NFD", STORY),
        STORY.upper(),
        "Hà Nam, Cà Mau, Lào",
        "Bà Hà và cô Là ở đó: «khá»… rồi «á»— và «lá»",
        "São Paulo, Muñoz, Škoda®, Ødegård và Ögel gặp nhau ở Đà Nẵng",
        "Cô ấy nói: «Ã¡», rồi cười",
        "à",
        "",
        "®",
    ],
)
def test_correct_vietnamese_is_left_alone(text: str) -> None:
    assert recover_text(text, "x") == text


def _parts(name: str) -> list[str]:
    return [row[name] for row in read_table(DATA_DIR / "encodings" / f"{name}s.csv", (name, "example", "source"))]


SYLLABLES = st.builds(
    lambda onset, rime, tone: unicodedata.normalize("NFC", onset + rime + tone),
    st.sampled_from(["", *_parts("onset")]),
    st.sampled_from(_parts("rime")),
    st.sampled_from(["", *TONES]),
)
PUNCTUATION = st.sampled_from([" ", " ", " ", ", ", ". ", "\n", " «", "» ", " – ", "® ", " “", "” ", "…", " 5 µm "])


@given(
    words=st.lists(st.tuples(SYLLABLES, PUNCTUATION), max_size=40),
    first=SYLLABLES.filter(lambda word: any(char in "ăđơưĩũ" or char >= "\u1ea0" for char in word)),
    form=st.sampled_from(["NFC", "NFD"]),
)
@settings(deadline=None)
def test_any_vietnamese_in_unicode_is_left_alone(words, first, form) -> None:  # type: ignore[no-untyped-def]  # hypothesis
    text = unicodedata.normalize(form, "".join([first, " ", *(part for pair in words for part in pair)]))
    assert recover_text(text, "x") == text


@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(st.characters(max_codepoint=0x2FF), max_size=300).map(lambda text: text.encode()),
        st.lists(
            st.sampled_from([to_look_alikes(encode(name, STORY)) for name in ENCODINGS] + [ONCE, SHORT, "á»‡t"]),
            max_size=4,
        )
        .map("\n".join)
        .map(str.encode),
    )
)
@settings(deadline=None)
def test_recovery_is_at_rest_after_one_turn(data: bytes) -> None:
    try:
        text = decode_text(data, "x")
    except ReadError as error:
        assert error.reason
        return
    assert recover_text(text, "x") == text


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("việt", True), ("NGHIÊNG", True), ("gì", True), ("giếng", True), ("quyển", True), ("hoà", True), ("hòa", True),
        ("khuỷu", True), ("ý", True), ("nước", True), ("nườc", False), ("mổt", False), ("café", False), ("đượć", False),
        ("so̱", False), ("", False), ("x" * 5000, False),
    ],
)  # fmt: skip
def test_syllables(word: str, is_one: bool) -> None:
    assert is_syllable(word) is is_one


@pytest.mark.parametrize("name", ["TCVN3", "VNI", "VISCII", "Windows-1258"])
def test_every_reading_has_all_letters(name: str) -> None:
    if name != "Windows-1258":
        assert set(LETTERS) <= set(ENCODINGS[name].letters.values())
    assert len(LETTERS) == 134


@pytest.mark.parametrize("part", ["onset", "rime"])
def test_examples_hold_their_part(part: str) -> None:
    for row in read_table(DATA_DIR / "encodings" / f"{part}s.csv", (part, "example", "source")):
        assert is_syllable(row["example"]), row
        bare = "".join(mark for mark in unicodedata.normalize("NFD", row["example"]) if mark not in TONES)
        assert row[part] in unicodedata.normalize("NFC", bare)


def test_a_fault_in_a_table_names_its_line(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]  # fixtures
    from extractors.readers import legacy_encodings

    (tmp_path / "sources.csv").write_text("id,url,publisher,title,retrieved\na,https://example.org/,A,,2026-11-22\n")
    (tmp_path / "vni.csv").write_text("bytes,letter,source\nZZ,đ,a\n")
    monkeypatch.setattr(legacy_encodings, "_FOLDER", tmp_path)
    with pytest.raises(TableError, match=r"vni\.csv:2: «ZZ»"):
        legacy_encodings._read_letters("vni.csv")


@pytest.mark.parametrize("piece", ["a", "ñ", "á»‡t", "Ã", "ViÖt Nam ", "®", "à "])
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(chars: int) -> float:
        text = (piece * (chars // len(piece))) + "đ"
        begin = time.perf_counter()
        with contextlib.suppress(ReadError):
            recover_text(text, "x")
        return time.perf_counter() - begin

    seconds(1000)
    assert seconds(2_000_000) < 5 + 100 * seconds(100_000)
