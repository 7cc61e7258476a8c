"""What looks like a dated fact and is none: each sentence once gave a wrong date, and wrong dates get printed."""

import time

import pytest
from articles import article

from extractors.pipeline import extract

DATED_OTHERWISE = {
    "an occasion held": "Lễ kỷ niệm ngày thiết lập quan hệ ngoại giao Việt Nam - Lào diễn ra ngày 5/9/2024 tại Hà Nội.",
    "a year of commemoration": "Năm 2022 là năm kỷ niệm ngày thiết lập quan hệ ngoại giao Việt Nam - Hàn Quốc.",
    "a revolution": "Mỹ cắt đứt quan hệ ngoại giao với Iran sau Cách mạng Hồi giáo năm 1979.",
    "a coup": "Trung Quốc và Indonesia cắt đứt quan hệ ngoại giao sau cuộc đảo chính năm 1965.",
    "counted on from the date": "Nga công nhận Abkhazia ngày 26/8/2008, khiến Gruzia cắt đứt quan hệ ngoại giao với Nga ba ngày sau đó.",
    "trade since the partnership": "Kể từ khi nâng cấp quan hệ lên Đối tác chiến lược, Việt Nam và Pháp đạt kim ngạch 5 tỷ USD năm 2022.",
    "taking office": "Đại sứ Mỹ, người nhậm chức năm 2017, nhắc lại dấu mốc hai nước thiết lập quan hệ ngoại giao.",
    "a decade": "Đầu những năm 1990, Việt Nam và Hàn Quốc thiết lập quan hệ ngoại giao.",
    "after a year": "Sau năm 1975, Việt Nam thiết lập quan hệ ngoại giao với Thái Lan.",
    "as of a month": "Tính đến tháng 6/2023, Việt Nam đã thiết lập quan hệ ngoại giao với Tonga.",
}
NOT_ASSERTED = {
    "denied": "Bộ Ngoại giao bác bỏ thông tin Hungary cắt đứt quan hệ ngoại giao với Ukraine ngày 10/7/2024.",
    "asked": "Việt Nam và Mỹ thiết lập quan hệ ngoại giao năm 1994?",
    "put off": "Chuyến thăm Việt Nam của Thủ tướng Nhật Bản Kishida Fumio vào tháng 5/2022 đã bị hoãn.",
    "talked about": "Năm 1991, Mỹ bắt đầu trao đổi với Việt Nam về việc bình thường hóa quan hệ.",
}
NOT_BETWEEN_STATES = {
    "trade": "Kỷ niệm 20 năm quan hệ thương mại Việt Nam - Hoa Kỳ (2001-2021).",
    "trade made normal": "Tháng 12/2006, Mỹ và Việt Nam bình thường hóa quan hệ thương mại.",
    "navies": "Hải quân Việt Nam và Hải quân Ấn Độ thiết lập quan hệ từ năm 1980.",
    "a company": "VinFast của Việt Nam và LG Chem (Hàn Quốc) thiết lập quan hệ đối tác chiến lược năm 2019.",
    "a couple": "Vợ chồng anh Đức và chị Nga bình thường hóa quan hệ năm 2019.",
    "market access": "Năm 2022, New Zealand công nhận Việt Nam và Thái Lan đủ điều kiện xuất khẩu bưởi.",
    "an envoy": "Đặc phái viên của Tổng thống Nga Vladimir Putin thăm Việt Nam ngày 5/3/2020.",
    "an embassy at home": "Thủ tướng Phạm Minh Chính thăm Đại sứ quán Lào tại Hà Nội ngày 2/12/2023.",
}
ALL = {**DATED_OTHERWISE, **NOT_ASSERTED, **NOT_BETWEEN_STATES}


@pytest.mark.parametrize("text", ALL.values(), ids=ALL.keys())
def test_no_relation_is_claimed(text):
    claims = extract(article(text), entities="none").claims
    assert [
        (claim.type, str(claim.date)) for claim in claims if claim.type not in ("recognised", "commemoration")
    ] == []


def test_years_that_are_no_anniversary_found_nothing():
    text = (
        "Honduras ngày 26/3/2023 thiết lập quan hệ ngoại giao với Trung Quốc, chấm dứt hơn 80 năm quan hệ với Đài Loan."
    )
    found = {(claim.type, claim.countries, str(claim.date)) for claim in extract(article(text)).claims}
    assert found == {("established", ("CN", "HN"), "2023-03-26")}


def test_a_year_is_never_cut_in_two():
    text = "Kỷ niệm 20 năm thiết lập quan hệ ngoại giao Việt Nam - Timor-Leste (2002 - 28/7/2022)."
    assert all(str(claim.date) == "2002" for claim in extract(article(text), entities="none").claims)


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("Việt Nam và Lào thiết lập quan hệ ngoại giao ngày 5/9/1962, ", id="dated facts"),
        pytest.param("hai nước thiết lập quan hệ ngoại giao năm 1962, ", id="pointers"),
        pytest.param("Quốc khánh Lào ((2/12/1975)", id="open brackets"),
        pytest.param("Hai nước thiết lập quan hệ ngoại giao ngày 5/9. ", id="many sentences in a paragraph"),
    ],
)
def test_time_grows_with_the_text_and_not_faster(phrase):
    def seconds(length):
        started = time.process_time()
        extract(article(phrase * (length // len(phrase)), published="2024-01-01"), entities="none")
        return time.process_time() - started

    seconds(500)
    short, long = seconds(4_000), seconds(32_000)
    # eight times the text: a square would take 64 times as long
    assert long < 24 * short + 0.5
