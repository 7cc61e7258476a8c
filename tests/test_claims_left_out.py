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
SIGNED_BY_OTHERS = {
    "two companies": "Ngày 5/10/2022, PetroVietnam và Rosneft ký Hiệp định thăm dò dầu khí giữa Việt Nam và Nga.",
    "towns": "Hà Nội và Viêng Chăn ký Bản ghi nhớ kết nghĩa giữa hai thủ đô ngày 9/9/2015.",
    "ports": "Ngày 1/7/2023, hai cảng biển của Việt Nam và Bỉ ký Bản ghi nhớ về hàng hải.",
    "twelve states": "Ngày 4/2/2016, 12 nước trong đó có Việt Nam và New Zealand ký Hiệp định Đối tác xuyên Thái Bình Dương.",
    "a movement": "Ngày 29/2/2020, Mỹ và Taliban ký thỏa thuận hòa bình tại Doha, Qatar.",
    "those whom two leaders watch": "Ngày 9/7/2010, Thủ tướng Việt Nam và Thủ tướng Malaysia chứng kiến lễ ký thỏa thuận giữa Petronas và PVN.",
    "scientists": "Ngày 8/5/2020, các nhà khoa học Mỹ và Trung Quốc ký tuyên bố chung về khí hậu.",
    "deputies": "Ngày 8/5/2020, các nghị sĩ Mỹ và Anh ký tuyên bố chung về Hong Kong.",
}
SIGNED_OTHERWISE = {
    "ratified": "Ngày 5/5/2014, Quốc hội Việt Nam phê chuẩn Hiệp định dẫn độ đã ký với Indonesia.",
    "a decision that ratifies": "Chủ tịch nước ký quyết định phê chuẩn Hiệp định dẫn độ giữa Việt Nam và Indonesia ngày 5/5/2014.",
    "a decree that withdraws": "Ngày 8/5/2018, Tổng thống Mỹ Donald Trump ký sắc lệnh rút khỏi thỏa thuận hạt nhân với Iran.",
    "left": "Năm 2019, Mỹ rút khỏi Hiệp ước INF mà nước này đã ký với Nga.",
    "in force": "Ngày 1/1/2012, Hiệp định thương mại tự do Việt Nam - Chile ký trước đó tại Hawaii có hiệu lực.",
    "a stand": "Ngày 8/5/2020, nhiều nhóm ký tuyên bố phản đối Pháp và Đức.",
    "after it was signed": "Sau khi Solomon và Trung Quốc ký thỏa thuận an ninh, ngày 22/4/2022 phái đoàn Mỹ tới Honiara.",
}
BESIDE_A_VISIT = {
    "an announcement": "Ngày 28/8/2023, Nhà Trắng ra thông báo về chuyến thăm Việt Nam của Tổng thống Mỹ Joe Biden.",
    "what was done before it": "Trước chuyến thăm Việt Nam của Tổng thống Mỹ Joe Biden, ngày 28/8/2023 Nhà Trắng ra thông báo.",
    "what was done after it": "Sau chuyến thăm Việt Nam của Tổng thống Mỹ Joe Biden, ngày 20/9/2023 hai bên mở đối thoại.",
    "its results": "Ngày 5/1/2024, hai bên điểm lại kết quả chuyến thăm Việt Nam của Chủ tịch Trung Quốc Tập Cận Bình.",
    "a prize of the visitor": "Tổng thống Mỹ Barack Obama, người nhận giải Nobel Hòa bình năm 2009, thăm Lào hôm qua.",
    "what will be signed": "Thủ tướng Anh Boris Johnson thăm Ấn Độ để bàn về thỏa thuận sẽ ký năm 2022.",
    "cancelled": "Ngày 20/8/2019, Tổng thống Mỹ Donald Trump thông báo hủy chuyến thăm Đan Mạch.",
    "put off, told before": "Thủ tướng Australia hoãn chuyến thăm Ấn Độ tháng 1/2020 vì cháy rừng.",
    "not in office yet": "Tổng thống đắc cử Indonesia Prabowo Subianto thăm Việt Nam ngày 13/9/2024.",
}
NEAR_AN_EMBASSY = {
    "an office of it": "Năm 2009, Phòng Thương vụ thuộc Đại sứ quán Việt Nam tại Nam Phi được mở.",
    "a consulate whose seat is unknown": "Năm 1995, Thái Lan mở Tổng lãnh sự quán tại TP HCM còn Pháp mở Trung tâm Văn hóa.",
    "a year of farming long after": "Hơn 45 năm sau khi thiết lập quan hệ ngoại giao, năm 2019 Việt Nam và Bỉ hợp tác nông nghiệp.",
}
TOLD_OF_A_VISIT = {
    "a film of it": "Bộ phim về chuyến thăm Ấn Độ của Nữ hoàng Anh ra mắt năm 1961.",
    "a memory of it": "Người thợ ảnh chụp Tổng thống Mỹ Bill Clinton thăm Việt Nam kể lại năm 2015.",
    "the way home": "Tổng thống Mỹ thăm Nhật Bản, trở về nước ngày 21/5/2023.",
    "put back": "Ngoại trưởng Mỹ Antony Blinken phải lùi chuyến thăm Trung Quốc hồi tháng 2/2023.",
    "broken off": "Ngày 3/2/2023, Ngoại trưởng Mỹ Antony Blinken tạm dừng chuyến thăm Trung Quốc.",
    "a leader's father": "Bố của Tổng thống Mỹ thăm Việt Nam năm 1995.",
    "only its last day": "Ngoại trưởng Trung Quốc Vương Nghị thăm Campuchia, Singapore và Hàn Quốc đến ngày 15/9/2021.",
}
NAMES_THAT_HOLD_A_STATE = {
    "a company's branch": "Ngày 15/3/2021, Samsung Việt Nam và Bộ Khoa học và Công nghệ ký Thỏa thuận về đổi mới, "
    "góp phần thắt chặt quan hệ Việt Nam - Hàn Quốc.",
    "federations": "Liên đoàn Bóng đá Việt Nam và Liên đoàn Bóng đá Nhật Bản ký đối tác chiến lược năm 2013.",
    "academies": "Học viện Ngoại giao Việt Nam và Học viện Ngoại giao Lào thiết lập đối tác chiến lược năm 2015.",
    "no government": "Ngày 22/6/2023, tổ chức phi chính phủ Na Uy và tỉnh Bắc Kạn, Việt Nam ký thỏa thuận trồng rừng.",
}
DATES_OF_OTHER_THINGS = {
    "signed before": "Ngày 6/10/2008, Thủ tướng Ấn Độ và Tổng thống Mỹ ca ngợi thỏa thuận hạt nhân dân sự ký trước đó.",
    "trade that grew": "Hai nước lập quan hệ ngoại giao, thương mại Việt Nam - Peru năm 2022 tăng 15%.",
    "a day as it is kept": "Ngày Độc lập của Mỹ 4/7/2020, nhiều bang bắn pháo hoa.",
    "before a congress": "Trước thềm Đại hội XIII của Đảng, ngày 20/1/2021 công an ra quân.",
}
ALL = {
    **DATED_OTHERWISE, **NOT_ASSERTED, **NOT_BETWEEN_STATES, **SIGNED_BY_OTHERS, **SIGNED_OTHERWISE, **BESIDE_A_VISIT,
    **NEAR_AN_EMBASSY, **TOLD_OF_A_VISIT, **NAMES_THAT_HOLD_A_STATE, **DATES_OF_OTHER_THINGS,
}  # fmt: skip


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


def test_who_follows_another_is_the_subject():
    text = "Honduras nối gót Nicaragua thiết lập quan hệ ngoại giao với Trung Quốc ngày 26/3/2023."
    assert [claim.countries for claim in extract(article(text), entities="none").claims] == [("CN", "HN")]


def test_an_independence_day_in_brackets_is_its_own_date():
    text = "Ngày độc lập của Indonesia (17/8/1945), nhân dân đổ ra đường."
    found = [(claim.type, str(claim.date)) for claim in extract(article(text), entities="none").claims]
    assert found == [("independence", "1945-08-17")]


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
