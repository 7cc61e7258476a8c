"""Terms of office: from when to when a named person held one; sentences of our own, in the words of newspapers."""

import pytest
from articles import article

from extractors.pipeline import extract


def terms(text, published="2024-03-01"):
    claims = extract(article(text, published=published), entities="none").claims
    return [
        (claim.person, claim.name, "-".join(claim.countries), str(claim.date))
        for claim in claims
        if claim.type == "term"
    ]


def reasons(text, published="2024-03-01"):
    rejections = extract(article(text, published=published), entities="none").rejections
    return "; ".join(rejection.reason for rejection in rejections if rejection.type == "term")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Rustam Sobirov là vị Tổng thống đầu tiên của nước Uzbekistan từ tháng 3 năm 1990 đến tháng 9 năm 2016.",
            ("Rustam Sobirov", "Tổng thống đầu tiên của nước Uzbekistan", "UZ", "1990-03/2016-09"),
            id="months, the state's name behind the office",
        ),
        pytest.param(
            "Tham dự có bà Nguyễn Thị Hoa, Chủ tịch Hội hữu nghị Việt Nam - Bulgaria nhiệm kỳ 2014-2019.",
            ("Nguyễn Thị Hoa", "Chủ tịch Hội hữu nghị Việt Nam - Bulgaria", "BG-VN", "2014/2019"),
            id="an association's chair: a pair",
        ),
        pytest.param(
            "Chủ tịch Hội Hữu nghị và Hợp tác Việt Nam - Mông Cổ Trần Văn Bình (nhiệm kỳ 2010 - 2015) trao quà.",
            ("Trần Văn Bình", "Chủ tịch Hội Hữu nghị và Hợp tác Việt Nam - Mông Cổ", "MN-VN", "2010/2015"),
            id="office, name, term in brackets",
        ),
        pytest.param(
            "Ông Phạm Văn Đông (1910-1995) là Thủ tướng từ năm 1961 đến 1979.",
            ("Phạm Văn Đông", "Thủ tướng", "VN", "1961/1979"),
            id="the years of a life are not the term",
        ),
        pytest.param(
            "Ông Lê Văn Duy là Tổng Bí thư Ban Chấp hành Trung ương Đảng từ năm 1976 đến năm 1986.",
            ("Lê Văn Duy", "Tổng Bí thư Ban Chấp hành Trung ương Đảng", "VN", "1976/1986"),
            id="the home state's party",
        ),
        pytest.param(
            "Bà Anna Weber giữ chức Thủ tướng Đức từ ngày 22/11/2005 đến ngày 8/12/2021.",
            ("Anna Weber", "Thủ tướng Đức", "DE", "2005-11-22/2021-12-08"),
            id="days",
        ),
        pytest.param(
            "Thủ tướng Malaysia (1981-2003) Ahmad Razali là người khởi xướng chính sách hướng Đông.",
            ("Ahmad Razali", "Thủ tướng Malaysia", "MY", "1981/2003"),
            id="years in brackets behind the office",
        ),
        pytest.param(
            "Cựu Tổng thống Hàn Quốc Kim Min-jun (nhiệm kỳ 1998-2003) từng thăm Hà Nội.",
            ("Kim Min-jun", "Tổng thống Hàn Quốc", "KR", "1998/2003"),
            id="a former president",
        ),
        pytest.param(
            "Đại sứ Việt Nam tại Ukraine nhiệm kỳ 2016-2019 Nguyễn Văn Minh kể lại.",
            ("Nguyễn Văn Minh", "Đại sứ Việt Nam tại Ukraine", "VN", "2016/2019"),
            id="an ambassador serves the state that sends",
        ),
        pytest.param(
            "Ông Triệu Minh Đức là Thủ tướng Trung Quốc từ năm 1998 đến năm 2003.",
            ("Triệu Minh Đức", "Thủ tướng Trung Quốc", "CN", "1998/2003"),
            id="a Chinese name in Vietnamese syllables",
        ),
    ],
)
def test_reads_terms(text, expected):
    assert terms(text) == [expected]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("Ông Pavel Sidorov là Tổng thống Belarus từ năm 1994 đến nay.", "", id="without an end"),
        pytest.param(
            "Ông Trần Văn Bình giữ chức Chủ tịch nước nhiệm kỳ 2021-2026.", "is not over", id="not over on that day"
        ),
        pytest.param(
            "Quốc hội bầu ông Trần Văn Bình giữ chức Chủ tịch nước nhiệm kỳ 2016-2021.",
            "may not have held all of it",
            id="chosen, perhaps in the midst of a term",
        ),
        pytest.param(
            "Hội công bố tân Chủ tịch Hội hữu nghị Việt Nam - Cuba Trần Thị Mai (nhiệm kỳ 2013-2018).",
            "may not have held all of it",
            id="a new chair",
        ),
        pytest.param("Chủ tịch nước Tôn Đức Toàn (1888-1980) quê An Giang.", "", id="the years of a life"),
        pytest.param(
            "Thủ tướng Phạm Văn An giai đoạn 2016-2021 phê duyệt đề án.", "of something else", id="years of a plan"
        ),
        pytest.param("Ông Lê Minh An là Chủ tịch công ty từ năm 2010 đến năm 2015.", "", id="a company"),
        pytest.param(
            "Bà Lê Thị An giữ chức Chủ tịch UBND tỉnh Hà Nam từ năm 2010 đến năm 2015.", "", id="a province's office"
        ),
        pytest.param("Bộ trưởng Y tế Lê Minh An giữ chức từ năm 2016 đến năm 2020.", "", id="another minister"),
        pytest.param("Ca sĩ Lê An là Đại sứ du lịch từ năm 2018 đến năm 2020.", "whose ambassador", id="an ambassador of tourism"),
        pytest.param(
            "Chủ tịch Hội hữu nghị Việt Nam - Trung Quốc thành phố Cần Thơ nhiệm kỳ 2017-2022 Lê Văn An phát biểu.",
            "local chapter",
            id="a local chapter",
        ),
        pytest.param(
            "Thủ tướng phê duyệt chương trình phát triển đô thị từ năm 2010 đến năm 2020.", "too far", id="a programme"
        ),
        pytest.param("Phó Thủ tướng Lê Văn An (nhiệm kỳ 2011-2016) dự lễ.", "", id="a deputy"),
        pytest.param(
            "Trung Quốc cải cách kinh tế. Báo chí Trung Quốc đưa tin.\n\nÔng Lý Minh là Thủ tướng từ năm 1988 đến năm 1998.",
            "not said",
            id="an office in news of another state",
        ),
        pytest.param(
            "Trung Quốc khi đó do ông Lý Minh lãnh đạo. Ông Lý Minh là Thủ tướng từ năm 1988 đến năm 1998.",
            "not said",
            id="a Chinese leader is no Vietnamese",
        ),
    ],
)  # fmt: skip
def test_leaves_out(text, reason):
    assert terms(text) == []
    assert reason in reasons(text)


def test_a_term_dates_nothing_else():
    text = "Cựu Thủ tướng Malaysia Ahmad Razali (nhiệm kỳ 1981-2003) thăm Hà Nội."
    assert [claim.type for claim in extract(article(text), entities="none").claims] == ["term"]


def test_the_quote_stands_where_it_says():
    text = "Hội thảo mời ông Lê Văn An, Chủ tịch Hội hữu nghị Việt Nam – Lào nhiệm kỳ 2012–2017."
    (claim,) = extract(article(text), entities="none").claims
    assert text[claim.start : claim.end] == claim.quote
    assert claim.quote == "Lê Văn An, Chủ tịch Hội hữu nghị Việt Nam – Lào nhiệm kỳ 2012–2017"
