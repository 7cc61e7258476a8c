"""Friendship associations, embassies and consulates that were founded; sentences of our own."""

import pytest
from articles import article

from extractors.pipeline import extract


def founded(text, **options):
    """(states, date, basis, name) of every founding claimed."""
    claims = extract(article(text, **options), entities="none").claims
    return [("-".join(c.countries), str(c.date), c.basis, c.name) for c in claims if c.type == "founded"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Hội Hữu nghị Việt Nam - Mozambique được thành lập ngày 12/3/1985.",
            [("MZ-VN", "1985-03-12", "explicit", "Hội Hữu nghị Việt Nam - Mozambique")],
            id="passive",
        ),
        pytest.param(
            "Ngày 3/5/1990, Hội hữu nghị Lào - Việt Nam ra đời tại Viêng Chăn.",
            [("LA-VN", "1990-05-03", "explicit", "Hội hữu nghị Lào - Việt Nam")],
            id="came into being",
        ),
        pytest.param(
            "Lễ kỷ niệm 45 năm ngày thành lập Hội hữu nghị Việt Nam - Mông Cổ (1961-2006) có đông người dự.",
            [("MN-VN", "1961", "range", "Hội hữu nghị Việt Nam - Mông Cổ")],
            id="its anniversary, with both years",
        ),
        pytest.param(
            "Năm 2010, hai bên kỷ niệm 60 năm thành lập Hội hữu nghị Việt Nam - Trung Quốc.",
            [("CN-VN", "1950", "count", "Hội hữu nghị Việt Nam - Trung Quốc")],
            id="counted back from its anniversary",
        ),
        pytest.param(
            "Hội Hữu nghị Xô - Việt (thành lập ngày 31-7-1958) có 5.000 hội viên.",
            [("SU-VN", "1958-07-31", "explicit", "Hội Hữu nghị Xô - Việt")],
            id="in brackets behind the name",
        ),
        pytest.param(
            "Đại sứ quán Phần Lan được mở tại Hà Nội năm 1974.",
            [("FI-VN", "1974", "explicit", "Đại sứ quán Phần Lan")],
            id="an embassy, by its seat",
        ),
        pytest.param(
            "Đại sứ quán Việt Nam tại Kuwait được khai trương ngày 5/5/2004.",
            [("KW-VN", "2004-05-05", "explicit", "Đại sứ quán Việt Nam tại Kuwait")],
            id="an embassy, the seat in its name",
        ),
        pytest.param(
            "Năm 1999, Việt Nam mở Đại sứ quán tại Pretoria.",
            [("VN-ZA", "1999", "explicit", "Đại sứ quán")],
            id="whose it is stands before the verb",
        ),
        pytest.param(
            "Năm 1973, hai nước Việt Nam và Đan Mạch mở Đại sứ quán tại thủ đô của nhau.",
            [("DK-VN", "1973", "explicit", "Đại sứ quán")],
            id="each in the other's capital",
        ),
    ],
)
def test_what_was_founded(text, expected):
    assert founded(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Hội hữu nghị Việt - Nga tỉnh Nghệ An được thành lập năm 1960.", id="a chapter"),
        pytest.param("Việt Nam dự kiến mở Đại sứ quán tại Dublin năm 2025.", id="planned"),
        pytest.param("Năm 1972, Việt Nam và Chile quyết định mở Đại sứ quán.", id="decided"),
        pytest.param("Ngày 3/5/2019, Chủ tịch Hội hữu nghị Việt - Nhật đến dự lễ thành lập trường.", id="another's"),
        pytest.param("Ngày 5/5/2020, công ty khai trương cửa hàng gần Đại sứ quán Nhật Bản.", id="near an embassy"),
        pytest.param("Ngày 23/9/1992, ASEAN mở Đại sứ quán tại Việt Nam.", id="a bloc"),
        pytest.param("Hội Chữ thập đỏ được thành lập năm 1946.", id="another association"),
    ],
)
def test_what_is_no_founding(text):
    assert founded(text) == []
