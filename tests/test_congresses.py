"""Congresses of friendship associations and of ruling parties; of nobody else. Sentences of our own."""

import pytest
from articles import article

from extractors.pipeline import extract


def congresses(text, published="2024-03-01"):
    claims = extract(article(text, published=published), entities="none").claims
    return [("-".join(claim.countries), str(claim.date), claim.basis) for claim in claims if claim.type == "congress"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Đại hội đại biểu toàn quốc lần thứ III, nhiệm kỳ 2019-2024 của Hội Hữu nghị Việt Nam-Bulgaria.",
            ("BG-VN", "2019", "range"),
            id="only its term is dated",
        ),
        pytest.param(
            "Ngày 12/9/2017, Đại hội đại biểu lần thứ IV nhiệm kỳ 2017-2022 Hội hữu nghị Việt Nam - Lào đã được tổ chức "
            "tại Hà Nội.",
            ("LA-VN", "2017-09-12", "explicit"),
            id="its day at the head of the sentence",
        ),
        pytest.param(
            "Ngày 18/12/2022, tại Hà Nội, Hội Hữu nghị và Hợp tác Việt Nam - Chile tổ chức Đại hội đại biểu toàn quốc "
            "lần thứ III, nhiệm kỳ 2022-2027.",
            ("CL-VN", "2022-12-18", "explicit"),
            id="the association holds it",
        ),
        pytest.param(
            "Sáng 20/2, Hội hữu nghị Việt Nam - Ấn Độ tổ chức Đại hội đại biểu toàn quốc lần thứ VI.",
            ("IN-VN", "2024-02-20", "relative"),
            id="a day near the publication date",
        ),
        pytest.param(
            "Ngày 20/2, Hội hữu nghị Việt Nam - Ấn Độ tổ chức Đại hội đại biểu lần thứ IV, nhiệm kỳ 2012-2017.",
            ("IN-VN", "2012", "range"),
            id="an old congress is not dated from the publication date",
        ),
        pytest.param(
            "Đại hội đại biểu toàn quốc lần thứ XII của Đảng Cộng sản Việt Nam được tổ chức từ ngày 20 đến 28/1/2016.",
            ("VN", "2016-01-20/2016-01-28", "explicit"),
            id="the days of a party's congress",
        ),
        pytest.param(
            "Đại hội VI của Đảng (tháng 12/1986) mở đầu đổi mới.", ("VN", "1986-12", "explicit"), id="«Đảng» at home"
        ),
        pytest.param(
            "Tại Đại hội Đảng toàn quốc lần thứ XI vào tháng 1/2011, ông được bầu vào Trung ương.",
            ("VN", "2011-01", "explicit"),
            id="«Đại hội Đảng toàn quốc»",
        ),
        pytest.param(
            "Đại hội XIX Đảng Cộng sản Trung Quốc khai mạc ngày 18/10/2017.",
            ("CN", "2017-10-18", "explicit"),
            id="another state's party",
        ),
        pytest.param(
            "Đại hội đại biểu toàn quốc của Đảng Nhân dân Cách mạng Lào lần thứ X diễn ra từ ngày 18 đến 22/1/2016.",
            ("LA", "2016-01-18/2016-01-22", "explicit"),
            id="the number behind the party",
        ),
    ],
)
def test_reads_congresses(text, expected):
    assert congresses(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Đại hội Đảng bộ tỉnh Hà Nam lần thứ XX diễn ra ngày 5/10/2020.", id="a province's party"),
        pytest.param("Đại hội đảng các cấp tiến tới Đại hội XIV của Đảng năm 2026.", id="all levels"),
        pytest.param("Đại hội XIV của Đảng sẽ diễn ra vào tháng 1/2026.", id="planned"),
        pytest.param("Đại hội XIV của Đảng diễn ra vào tháng 1/2026.", id="after the publication date"),
        pytest.param("Nghị quyết Đại hội XIII của Đảng (2021) đặt mục tiêu cao.", id="a document"),
        pytest.param("Đại hội đồng cổ đông thường niên của ngân hàng họp ngày 26/4/2023.", id="shareholders"),
        pytest.param("Đại hội thể thao toàn quốc lần thứ IX năm 2022 bế mạc.", id="games"),
        pytest.param("Đại hội Đoàn Thanh niên lần thứ XII diễn ra ngày 14/12/2022.", id="a youth union"),
        pytest.param("Đại hội Hội Sinh viên trường lần thứ V, nhiệm kỳ 2020-2023, họp ngày 2/3/2020.", id="students"),
        pytest.param("Đại hội đồng Liên hợp quốc khóa 77 khai mạc ngày 13/9/2022.", id="the United Nations"),
        pytest.param("Đại hội Đảng Xã hội Pháp tại Tours năm 1920 là bước ngoặt.", id="a party that does not rule"),
        pytest.param("Đại hội toàn quốc đảng Dân chủ Mỹ khai mạc ngày 19/8/2024.", id="a convention"),
        pytest.param("Đại hội XX của Đảng năm 2022 tại Trung Quốc bầu ban lãnh đạo.", id="«Đảng» beside another state"),
        pytest.param(
            "Ngày 28/6/2023, Hội hữu nghị Việt Nam - Trung Quốc Thành phố Hồ Chí Minh tổ chức Đại hội lần thứ III.",
            id="a local chapter",
        ),
        pytest.param(
            "Trung Quốc cải tổ quân đội. Báo chí Trung Quốc đưa tin.\n\nÔng bước vào Bộ Chính trị tại Đại hội Đảng lần thứ 18 năm 2012.",
            id="«Đảng» in news of another state",
        ),
        pytest.param("Nhiệm kỳ 2021-2026 của Đại hội lần thứ XIII của Đảng sắp kết thúc.", id="only a term"),
    ],
)
def test_leaves_out(text):
    assert congresses(text) == []


def test_names_the_congress():
    text = (
        "Đại hội đại biểu toàn quốc lần thứ III, nhiệm kỳ 2019-2024 của Hội Hữu nghị Việt Nam–Bulgaria họp tại Hà Nội."
    )
    (claim,) = extract(article(text), entities="none").claims
    assert claim.name == text.partition(" họp")[0].replace("–", "-")
    assert text[claim.start : claim.end] == claim.quote
