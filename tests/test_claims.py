"""What a sentence asserts, family by family; sentences of our own, in the words of newspapers."""

import unicodedata

import pytest
from articles import article

from extractors.pipeline import extract


def facts(text, **options):
    """(type, countries, date, basis) of every claim, with level and direction where there is one."""
    found = []
    for claim in extract(article(text, **options), entities="none").claims:
        more = [
            part for part in (claim.level, claim.from_country and f"{claim.from_country}>{claim.to_country}") if part
        ]
        found.append(" ".join([claim.type, "-".join(claim.countries), str(claim.date), claim.basis, *more]))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Ngày 23/9/1992, Việt Nam và Azerbaijan chính thức thiết lập quan hệ ngoại giao.",
            ["established AZ-VN 1992-09-23 explicit"],
            id="date before, pair before",
        ),
        pytest.param(
            "Việt Nam thiết lập quan hệ ngoại giao với Phần Lan ngày 25/1/1973.",
            ["established FI-VN 1973-01-25 explicit"],
            id="object behind với",
        ),
        pytest.param(
            "Hai bên tổ chức lễ kỷ niệm 50 năm thiết lập quan hệ ngoại giao Việt Nam - Ba Lan (4/2/1950 - 4/2/2000).",
            ["established PL-VN 1950-02-04 range"],
            id="event and anniversary in brackets",
        ),
        pytest.param(
            "Năm 2027, Việt Nam và Uzbekistan sẽ kỷ niệm 35 năm thiết lập quan hệ ngoại giao.",
            ["established UZ-VN 1992 count"],
            id="count from a stated year, though the celebration is to come",
        ),
        pytest.param(
            "Kỷ niệm 45 năm quan hệ ngoại giao Việt Nam - Nhật Bản (1973-2018).",
            ["established JP-VN 1973 range"],
            id="only «quan hệ ngoại giao» after a count",
        ),
        pytest.param(
            "Kỷ niệm 47 năm ngày Giải phóng miền Nam (30/04/1975 – 30/04/2022) và 30 năm thiết lập quan hệ ngoại giao "
            "Việt Nam-Kazakhstan (29/6/1992 – 29/6/2022).",
            ["liberation VN 1975-04-30 range", "established KZ-VN 1992-06-29 range"],
            id="two events, each with its own dates",
        ),
        pytest.param(
            "Trung Quốc và Pháp lập quan hệ ngoại giao năm 1964. Hai nước ký nhiều hiệp định.",
            ["established CN-FR 1964 explicit"],
            id="a pair without Việt Nam",
        ),
        pytest.param(
            "Việt Nam thiết lập quan hệ ngoại giao với Bỉ, Hà Lan và Luxembourg năm 1973.",
            ["established BE-VN 1973 explicit", "established NL-VN 1973 explicit", "established LU-VN 1973 explicit"],
            id="a list of objects",
        ),
        pytest.param(
            "Việt Nam nâng cấp quan hệ với Nhật Bản và Hàn Quốc lên đối tác chiến lược năm 2009.",
            ["partnership JP-VN 2009 explicit strategic", "partnership KR-VN 2009 explicit strategic"],
            id="two objects are not a pair",
        ),
        pytest.param(
            "Trong năm 1973, Việt Nam thiết lập quan hệ ngoại giao với Pháp (12/4), Anh (11/9) và Italy (23/3).",
            [
                "established FR-VN 1973-04-12 explicit",
                "established GB-VN 1973-09-11 explicit",
                "established IT-VN 1973-03-23 explicit",
            ],
            id="a list whose days share the year at the head",
        ),
        pytest.param(
            "Việt Nam nâng cấp quan hệ lên Đối tác chiến lược toàn diện với Mỹ tháng 9/2023, Nhật Bản tháng 11/2023 "
            "và Pháp tháng 10/2024.",
            [
                "partnership US-VN 2023-09 explicit comprehensive-strategic",
                "partnership JP-VN 2023-11 explicit comprehensive-strategic",
                "partnership FR-VN 2024-10 explicit comprehensive-strategic",
            ],
            id="a list in which each state has its date",
        ),
        pytest.param(
            "Bangladesh được Việt Nam công nhận độc lập ngày 11/2/1973.",
            ["recognised BD-VN 1973-02-11 explicit VN>BD"],
            id="recognised by, in the passive",
        ),
        pytest.param(
            "Tháng 7/2013, trong chuyến thăm Mỹ, Chủ tịch nước Trương Tấn Sang hội đàm với Tổng thống Barack Obama.",
            ["visit US-VN 2013-07 explicit VN>US"],
            id="the visitor is the subject behind the circumstance",
        ),
        pytest.param(
            "Thủ tướng Hà Lan Mark Rutte nhắc lại chuyến thăm của ông tới Việt Nam năm 2014.",
            ["visit NL-VN 2014 explicit NL>VN"],
            id="a pronoun owns the visit",
        ),
        pytest.param(
            "Thủ tướng Việt Nam Phạm Minh Chính đã thăm chính thức và làm việc tại Hungary từ ngày 18-20/1/2024.",
            ["visit HU-VN 2024-01-18/2024-01-20 explicit VN>HU"],
            id="who works there is there",
        ),
        pytest.param(
            "Vào ngày 5/9/1962, sau khi Hiệp định Geneva được ký, Việt Nam và Lào thiết lập quan hệ ngoại giao.",
            ["established LA-VN 1962-09-05 explicit"],
            id="an aside between date and fact",
        ),
        pytest.param(
            "Hai nước Nhật Bản và Ấn Độ thiết lập quan hệ đối tác chiến lược hướng tới tương lai trong chuyến thăm của "
            "Thủ tướng Ấn Độ Manmohan Singh năm 2006.",
            ["partnership IN-JP 2006 explicit strategic"],
            id="done in a visit, on its date",
        ),
        pytest.param(
            "Sáng 29-5, Thủ tướng Nguyễn Xuân Phúc bắt đầu chuyến thăm chính thức Hoa Kỳ từ ngày 29 đến ngày 31-5-2017, "
            "theo lời mời của Tổng thống Mỹ Donald Trump.",
            ["visit US-VN 2017-05-29/2017-05-31 explicit VN>US"],
            id="who invites is not the visitor",
        ),
        pytest.param(
            "Trung Quốc và Mỹ cạnh tranh. Đối với Hoa Kỳ, quan hệ song phương đã nâng cấp lên Đối tác chiến lược toàn diện "
            "từ tháng 9/2023, mức cao nhất của Việt Nam.",
            ["partnership US-VN 2023-09 explicit comprehensive-strategic"],
            id="two states of the sentence itself are meant before those of the one before",
        ),
        pytest.param(
            "Azerbaijan từng là một phần của Liên Xô trước khi độc lập vào ngày 18/10/1991.",
            ["independence AZ 1991-10-18 explicit"],
            id="independent, without a verb of its own",
        ),
        pytest.param(
            "Kỷ niệm lần thứ 110 ngày sinh của Tổng Bí thư Đỗ Mười (2/2/1917 - 2/2/2027).",
            ["birth VN 1917-02-02 range"],
            id="an anniversary of a birth by its number",
        ),
        pytest.param(
            "Việt Nam và Hà Lan có Đối tác chiến lược về quản lý nước (ký năm 2010) và Đối tác chiến lược về nông nghiệp "
            "(ký năm 2014).",
            [
                "partnership NL-VN 2010 explicit sectoral-strategic",
                "partnership NL-VN 2014 explicit sectoral-strategic",
            ],
            id="two partnerships, each signed in brackets",
        ),
        pytest.param(
            "Bulgaria là một trong mười nước đầu tiên trên thế giới thiết lập quan hệ ngoại giao với Việt Nam kể từ ngày "
            "8/2/1950.",
            ["established BG-VN 1950-02-08 explicit"],
            id="one of the first in the world is somebody",
        ),
        pytest.param(
            "Mỹ từ năm 1979 cắt đứt quan hệ ngoại giao với Đài Loan.",
            ["severed TW-US 1979 explicit"],
            id="since when, right before the verb",
        ),
        pytest.param(
            "Các chuyến thăm Việt Nam của Tổng thống Chile Ricardo Lagos năm 2002, Tổng thống Michelle Bachelet "
            "(11/2006) và Tổng thống Sebastián Piñera tháng 3/2012 đã thúc đẩy quan hệ.",
            [
                "visit CL-VN 2002 explicit CL>VN",
                "visit CL-VN 2006-11 explicit CL>VN",
                "visit CL-VN 2012-03 explicit CL>VN",
            ],
            id="a list of visitors, each with a date",
        ),
        pytest.param(
            "Quan hệ ngoại giao giữa Việt Nam và Mông Cổ được thiết lập ngày 17-11-1954.",
            ["established MN-VN 1954-11-17 explicit"],
            id="passive",
        ),
        pytest.param(
            "Việt Nam và Hungary có quan hệ tốt đẹp. Hai nước thiết lập quan hệ ngoại giao từ ngày 3/2/1950.",
            ["established HU-VN 1950-02-03 explicit"],
            id="hai nước from the sentence before",
        ),
        pytest.param(
            "Singapore và Malaysia là láng giềng. Việt Nam và Cuba có quan hệ đặc biệt. "
            "Hai nước thiết lập quan hệ ngoại giao ngày 2/12/1960.",
            ["established CU-VN 1960-12-02 explicit"],
            id="hai nước means the nearest pair",
        ),
        pytest.param(
            "Thuỵ Sĩ là một trong những nước phương Tây đầu tiên công nhận và thiết lập quan hệ ngoại giao với Việt Nam "
            "(11/10/1971).",
            ["recognised CH-VN 1971-10-11 explicit CH>VN", "established CH-VN 1971-10-11 explicit"],
            id="recognised and established share a date",
        ),
        pytest.param(
            "Cuba công nhận độc lập của Belarus năm 1992.", ["recognised BY-CU 1992 explicit CU>BY"], id="recognised"
        ),
        pytest.param(
            "Hoa Kỳ và Việt Nam bình thường hóa quan hệ vào tháng 7/1995.",
            ["normalised US-VN 1995-07 explicit"],
            id="normalised to the month",
        ),
        pytest.param(
            "Mỹ cắt đứt quan hệ ngoại giao với Cuba ngày 3/1/1961 và hai nước nối lại quan hệ ngoại giao ngày 20/7/2015.",
            ["severed CU-US 1961-01-03 explicit", "normalised CU-US 2015-07-20 explicit"],
            id="severed and restored",
        ),
        pytest.param(
            "Washington và Havana khôi phục quan hệ ngoại giao năm 2015.",
            ["normalised CU-US 2015 explicit"],
            id="capitals stand for states",
        ),
    ],
)
def test_relations(text, expected):
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Việt Nam và Hàn Quốc nâng cấp quan hệ lên Đối tác chiến lược toàn diện tháng 12/2022.",
            ["partnership KR-VN 2022-12 explicit comprehensive-strategic"],
            id="upgraded",
        ),
        pytest.param(
            "Năm 2013, Việt Nam và Pháp thiết lập quan hệ đối tác chiến lược.",
            ["partnership FR-VN 2013 explicit strategic"],
            id="set up",
        ),
        pytest.param(
            "Quan hệ đối tác toàn diện Việt Nam - Đan Mạch được thiết lập năm 2013.",
            ["partnership DK-VN 2013 explicit comprehensive"],
            id="passive behind the pair",
        ),
        pytest.param(
            "Các đối tác chiến lược toàn diện của Việt Nam gồm Trung Quốc (2008), Nga (2012) và Ấn Độ (9/2016).",
            [
                "partnership CN-VN 2008 explicit comprehensive-strategic",
                "partnership RU-VN 2012 explicit comprehensive-strategic",
                "partnership IN-VN 2016-09 explicit comprehensive-strategic",
            ],
            id="a list with a date for each",
        ),
        pytest.param(
            "Việt Nam và Hà Lan là đối tác chiến lược trong lĩnh vực ứng phó biến đổi khí hậu từ năm 2010.",
            ["partnership NL-VN 2010 explicit sectoral-strategic"],
            id="of one sector",
        ),
        pytest.param("Hai công ty Việt Nam và Nhật Bản là đối tác chiến lược của nhau.", [], id="companies, no date"),
        pytest.param("ASEAN và Australia thiết lập quan hệ đối tác chiến lược năm 2014.", [], id="ASEAN is no state"),
    ],
)
def test_partnerships(text, expected):
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Ngày 27/12/1991, Belarus trở thành quốc gia độc lập.", ["independence BY 1991-12-27 explicit"], id="became"
        ),
        pytest.param(
            "Algeria giành độc lập từ Pháp năm 1962.", ["independence DZ 1962 explicit"], id="not the former ruler"
        ),
        pytest.param(
            "Kỷ niệm 80 năm ngày giải phóng Belarus (3/7/1944 - 3/7/2024).",
            ["liberation BY 1944-07-03 range"],
            id="liberation",
        ),
        pytest.param("Chúc mừng Quốc khánh Việt Nam 2-9.", ["national-day VN --09-02 explicit"], id="a yearly day"),
        pytest.param(
            "Lễ kỷ niệm 50 năm Quốc khánh Lào (2/12/1975 - 2/12/2025) diễn ra tại Viêng Chăn.",
            ["national-day LA 1975-12-02 range"],
            id="national day with its years",
        ),
        pytest.param("Nghỉ lễ Quốc khánh năm 2025 kéo dài bốn ngày.", [], id="a holiday, no fact"),
    ],
)
def test_states(text, expected):
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Thủ tướng Phạm Minh Chính thăm chính thức Nhật Bản từ ngày 22 đến 25/11/2021.",
            ["visit JP-VN 2021-11-22/2021-11-25 explicit VN>JP"],
            id="days from to",
        ),
        pytest.param(
            "Trong chuyến thăm Việt Nam của Tổng thống Mỹ Joe Biden vào tháng 9/2023, nhiều văn kiện được ký.",
            ["visit US-VN 2023-09 explicit US>VN"],
            id="visit of",
        ),
        pytest.param(
            "Việt Nam đã đón Tổng thống Nga Vladimir Putin vào tháng 6/2024.",
            ["visit RU-VN 2024-06 explicit RU>VN"],
            id="received",
        ),
        pytest.param(
            "Chủ tịch Hồ Chí Minh thăm Mông Cổ năm 1955.", ["visit MN-VN 1955 explicit VN>MN"], id="Vietnamese office"
        ),
        pytest.param(
            "Chuyến thăm chính thức Pháp của Tổng Bí thư Tô Lâm diễn ra trong hai ngày 6 và 7/10/2024.",
            ["visit FR-VN 2024-10-06/2024-10-07 explicit VN>FR"],
            id="took place on two days",
        ),
        pytest.param(
            "Trước đó, tháng 1/2018, Thủ tướng Nguyễn Xuân Phúc thăm Ấn Độ.",
            ["visit IN-VN 2018-01 explicit VN>IN"],
            id="a date behind «Trước đó»",
        ),
        pytest.param("Thủ tướng Phạm Minh Chính sẽ thăm Lào vào tháng 1/2025.", [], id="planned"),
        pytest.param("Ông Nguyễn Văn An thăm Pháp du lịch năm 2019.", [], id="a tourist"),
        pytest.param("Thủ tướng thăm tỉnh Lào Cai ngày 5/9/2024.", [], id="at home"),
    ],
)
def test_visits(text, expected):
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        pytest.param("Năm nay, Việt Nam và Lào kỷ niệm 60 năm thiết lập quan hệ ngoại giao.", "2022-03-01",
                     ["established LA-VN 1962 relative"], id="this year"),
        pytest.param("Năm nay, Việt Nam và Lào kỷ niệm 60 năm thiết lập quan hệ ngoại giao.", None, [], id="this year of no known year"),
        pytest.param("Ngày 28/4, tại Hà Nội đã diễn ra lễ gặp mặt nhân dịp kỷ niệm 30 năm thiết lập quan hệ ngoại giao Việt Nam - Ukraine.",
                     "2022-05-02", ["commemoration UA-VN 2022-04-28 relative", "established UA-VN 1992 relative"], id="an occasion just held"),
        pytest.param("Hướng tới kỷ niệm 50 năm thiết lập quan hệ ngoại giao Việt Nam - Đức.", "2024-08-15", [], id="an anniversary to come"),
        pytest.param("Tổng thống Timor-Leste Jose Ramos-Horta thăm cấp Nhà nước Việt Nam từ ngày 31/7 đến 3/8.", "2024-08-05",
                     ["visit TL-VN 2024-07-31/2024-08-03 relative TL>VN"], id="days without a year"),
        pytest.param("Tổng thống Chile Gabriel Boric thăm Việt Nam ngày 20/12.", "2025-01-10",
                     ["visit CL-VN 2024-12-20 relative CL>VN"], id="over the turn of the year"),
    ],
)  # fmt: skip
def test_dates_from_the_publication_date(text, published, expected):
    assert facts(text, published=published) == expected


TEASER = "Ngày 26/01, Tổng thống Kazakhstan thăm Việt Nam."
OWN_YEAR = "Kỷ niệm 76 năm thiết lập quan hệ ngoại giao Việt Nam – Trung Quốc (18/1/1950 – 18/1/2026)."


@pytest.mark.parametrize(
    ("teaser", "expected"),
    [
        pytest.param(TEASER, [], id="a bare day has no known year"),
        pytest.param(OWN_YEAR, ["established CN-VN 1950-01-18 range"], id="its own year is as good as any text"),
    ],
)
def test_a_teaser_does_not_take_the_article_s_date(teaser, expected):
    body = "Bài viết về hợp tác văn hoá."
    sections = (("body", body), ("teaser", teaser))
    assert facts(f"{body}\n\n{teaser}", published="2022-05-13", sections=sections) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Việt Nam và Tonga sẽ thiết lập quan hệ ngoại giao năm 2030.", id="plan"),
        pytest.param("Nếu Mỹ cắt đứt quan hệ ngoại giao với Cuba năm 2019 thì tình hình xấu đi.", id="hypothesis"),
        pytest.param("Năm 1990, Mỹ chưa thiết lập quan hệ ngoại giao với Lào.", id="negation"),
        pytest.param("Hai nước thiết lập quan hệ ngoại giao năm 1975.", id="no two states known"),
        pytest.param("Việt Nam và Lào thiết lập quan hệ ngoại giao từ lâu.", id="no date"),
        pytest.param("Việt Nam và Lào thiết lập quan hệ ngoại giao ngày 31/02/1962.", id="impossible date"),
        pytest.param("Năm 1982, ông nỗ lực thúc đẩy bình thường hóa quan hệ Việt - Mỹ.", id="an effort"),
        pytest.param(
            "Trung Quốc lập quan hệ ngoại giao với Zimbabwe sau khi nước này giành độc lập năm 1980.",
            id="the date is another's",
        ),
    ],
)
def test_what_is_no_relation_is_rejected_with_a_reason(text):
    extraction = extract(article(text), entities="none")
    pairs = [claim for claim in extraction.claims if len(claim.countries) > 1]
    assert pairs == []
    assert extraction.rejections
    assert all(rejection.reason for rejection in extraction.rejections)


def test_a_count_that_does_not_add_up_is_kept_and_said():
    text = "Kỷ niệm 45 năm quan hệ ngoại giao Việt Nam - Nhật Bản (1978-2018)."
    (claim,) = extract(article(text), entities="none").claims
    assert str(claim.date) == "1978"
    assert "45" in claim.issues[0]
    assert "40" in claim.issues[0]
    assert claim.confidence < 0.8


def test_the_more_precise_of_two_statements_stays():
    text = "Việt Nam và Lào thiết lập quan hệ ngoại giao năm 1962. Ngày 5/9/1962, Việt Nam và Lào thiết lập quan hệ ngoại giao."
    assert facts(text) == ["established LA-VN 1962-09-05 explicit"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("hyphen", ["-", "–", "—", "‑"])
def test_quotes_stand_where_they_say(form, hyphen):
    text = f"Lễ kỷ niệm 55 năm thiết lập quan hệ ngoại giao Việt Nam {hyphen} Cam\u00adpuchia (24/6/1967{hyphen}24/6/2022)."
    text = unicodedata.normalize(form, text)
    (claim,) = extract(article(text), entities="none").claims
    assert str(claim.date) == "1967-06-24"
    assert text[claim.start : claim.end] == claim.quote
    assert claim.quote.endswith("2022)")
