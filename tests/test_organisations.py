"""Organisations in sentences and in articles."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_people import article, countries

from extractors.folding import fold
from extractors.name_tables import ORGANISATION_TYPES, load_words
from extractors.organisations import find_organisations, is_short_for, organisations
from extractors.records import CountryMention
from extractors.tables import DATA_DIR, TableError


def found(sentence: str) -> list[str]:
    text = fold(sentence).text
    return [mention.name for mention in find_organisations(text, 0, len(text), countries(text))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Hội hữu nghị Việt Nam - Belarus tổ chức gặp mặt.",
            ["Hội hữu nghị Việt Nam - Belarus"],
            id="a pair of states",
        ),
        pytest.param(
            "ông là Chủ tịch Liên hiệp các tổ chức hữu nghị Việt Nam.",
            ["Liên hiệp các tổ chức hữu nghị Việt Nam"],
            id="words in lower case that belong",
        ),
        pytest.param("Đại sứ quán Mỹ tại Việt Nam cho biết", ["Đại sứ quán Mỹ tại Việt Nam"], id="embassy at its post"),
        pytest.param("Bộ Ngoại giao khẳng định", ["Bộ Ngoại giao"], id="ministry"),
        pytest.param(
            "Bộ Nông nghiệp và Phát triển nông thôn báo cáo",
            ["Bộ Nông nghiệp và Phát triển nông thôn"],
            id="two fields of work",
        ),
        pytest.param(
            "Bộ Lao động - Thương binh và Xã hội họp.", ["Bộ Lao động - Thương binh và Xã hội"], id="dash and list"
        ),
        pytest.param("Bộ Quốc phòng và Bộ Công an", ["Bộ Quốc phòng", "Bộ Công an"], id="two ministries are not one"),
        pytest.param(
            "Ủy viên Bộ Chính trị Đảng Cộng sản Cuba",
            ["Bộ Chính trị Đảng Cộng sản Cuba", "Đảng Cộng sản Cuba"],
            id="a party inside a longer name",
        ),
        pytest.param(
            "thông qua Cơ quan phát triển quốc tế (USAID) hỗ trợ",
            ["Cơ quan phát triển quốc tế (USAID)"],
            id="the short form is a part of it",
        ),
        pytest.param(
            "nói tại Diễn đàn hợp tác kinh tế châu Á - Thái Bình Dương (APEC)",
            ["Diễn đàn hợp tác kinh tế châu Á - Thái Bình Dương (APEC)"],
            id="regions",
        ),
        pytest.param(
            "bà Hoa, Chủ tịch UBND tỉnh Quảng Nam Lê Trí Thanh",
            ["UBND tỉnh Quảng Nam"],
            id="a person's name is no part",
        ),
        pytest.param(
            "người phát ngôn Bộ Ngoại giao Trung Quốc Cảnh Sảng", ["Bộ Ngoại giao Trung Quốc"], id="the state ends it"
        ),
        pytest.param("theo hãng tin Reuters và tờ Hurriyet", ["Reuters", "Hurriyet"], id="media without their heads"),
        pytest.param(
            "Hãng hàng không Bamboo Airways bay thẳng", ["Hãng hàng không Bamboo Airways"], id="company with head"
        ),
        pytest.param("chi nhánh của Vietcombank tại Lào", ["Vietcombank"], id="by its ending"),
        pytest.param("quốc hội Mỹ thông qua", ["quốc hội Mỹ"], id="lower case, with its state"),
        pytest.param("trụ sở Trung ương Đảng", ["Trung ương Đảng"], id="the end of an ordinary word is no head"),
        pytest.param("Hai công ty Mỹ và một ngân hàng Pháp", [], id="a kind of company is no company"),
        pytest.param("Ban tổ chức cho biết trung tâm đã đóng cửa", [], id="heads alone"),
        pytest.param("Ảnh: REUTERS, Reuters", [], id="photo credit"),
        pytest.param("Trưởng ban Tổ chức Trung ương phát biểu", [], id="the rest of a role"),
        pytest.param("Theo Bộ Ngoại giao Pháp, hai bên đã họp", ["Bộ Ngoại giao Pháp"], id="after the first word"),
        pytest.param(
            "Các bộ Ngoại giao, Công an và Kế hoạch và Đầu tư phối hợp",
            ["bộ Ngoại giao", "Bộ Công an", "Bộ Kế hoạch và Đầu tư"],
            id="several ministries with one head",
        ),
        pytest.param("Bộ Ngoại giao và Bộ Công Thương", ["Bộ Ngoại giao", "Bộ Công Thương"], id="each with its head"),
        pytest.param(
            "nghị sĩ đảng Bảo thủ và Tự do ủng hộ", ["đảng Bảo thủ", "đảng Tự do"], id="several parties with one head"
        ),
        pytest.param(
            "ứng viên đảng Dân chủ Tim Marlow nói", ["đảng Dân chủ"], id="a foreigner with a short first name"
        ),
        pytest.param("ông gia nhập đảng Xanh và thắng cử", ["đảng Xanh"], id="a party of one word"),
        pytest.param("cử tri đảng Dân chủ Robert Marlow nói", ["đảng Dân chủ"], id="a foreigner's name is no part"),
        pytest.param(
            "Tổng lãnh sự quán Trung Quốc tại thành phố Đà Nẵng khai trương",
            ["Tổng lãnh sự quán Trung Quốc tại thành phố Đà Nẵng"],
            id="consulate in a town",
        ),
        pytest.param(
            "Văn phòng Kinh tế - Văn hóa Cuba tại Đà Nẵng mở cửa",
            ["Văn phòng Kinh tế - Văn hóa Cuba tại Đà Nẵng"],
            id="office in a town",
        ),
        pytest.param("Bí thư Tỉnh ủy Hà Nam phát biểu", ["Tỉnh ủy Hà Nam"], id="a province that begins like a person"),
        pytest.param(
            "Văn phòng Thủ tướng Robert Marlow bác bỏ", ["Văn phòng Thủ tướng"], id="who holds the office is no part"
        ),
        pytest.param("Văn phòng Thủ tướng Pháp thông báo", ["Văn phòng Thủ tướng Pháp"], id="the office of an office"),
        pytest.param(
            "Hiệp hội các quốc gia Đông Nam Á (ASEAN) họp",
            ["Hiệp hội các quốc gia Đông Nam Á (ASEAN)"],
            id="states in general inside a name",
        ),
        pytest.param("nhóm Nhà nước Hồi giáo (IS) tự xưng", ["Nhà nước Hồi giáo (IS)"], id="bare name with short form"),
        pytest.param(
            "Điện Sorvenne ra thông cáo; xe điện Volt chạy", ["Điện Sorvenne"], id="a palace, not electricity"
        ),
        pytest.param("tờ Marlow Courier và Zentrum24 đưa tin", ["Marlow Courier", "Zentrum24"], id="papers unknown"),
        pytest.param("giá giảm, theo QZX.", ["QZX"], id="a station that is cited"),
        pytest.param("QZX ngày 29/9 đưa tin", ["QZX"], id="a station that tells on a day"),
        pytest.param("Tờ Global Times viết", ["Global Times"], id="the word for a paper, at the beginning"),
        pytest.param(
            "ứng viên Mặt trận quốc gia Marine Delorme", ["Mặt trận quốc gia"], id="a foreigner's name after a front's"
        ),
        pytest.param("Tập đoàn T&T và Công ty AT&M", ["Tập đoàn T&T", "Công ty AT&M"], id="ampersand"),
        pytest.param("bà Hoa là Bí thư Thành ủy Nguyễn Văn Sơn", [], id="a name right after a committee"),
        pytest.param("theo trang Baochu.vn", [], id="an address of the web"),
        pytest.param(
            "chi nhánh ở Lào: Vietcombank Lào, mạng lưới lớn nhất Lào", ["Vietcombank Lào"], id="branch in a state"
        ),
        pytest.param("Tổng Bí thư Đảng CS Pháp", ["Đảng CS Pháp"], id="a party's name in short form"),
        pytest.param(
            "Bộ Lao động-Thương binh và Xã hội họp", ["Bộ Lao động-Thương binh và Xã hội"], id="dash without blanks"
        ),
        pytest.param("các đại sứ quán Mỹ, hai Đảng và các công ty Pháp", [], id="more than one of a kind"),
        pytest.param("mục tiêu của Đại hội XIII, thị trường Trung Đông", [], id="ends of ordinary words"),
        pytest.param("tổ chức Lễ Quốc tang tại trung tâm Thủ đô", [], id="to hold, and the centre of a town"),
        pytest.param("Bộ phim Mùa xuân gây tiếng vang", [], id="a film"),
        pytest.param("đạt được Bộ Quy tắc ứng xử ở Biển Đông", [], id="a code of conduct"),
        pytest.param("sau vụ Hải quan thu giữ xe", [], id="an affair"),
        pytest.param("liên minh Mỹ - Pháp rạn nứt", [], id="an alliance in general"),
        pytest.param(
            "gia nhập Tổ chức hợp tác và phát triển biển Bắc (NSCD) năm ngoái",
            ["Tổ chức hợp tác và phát triển biển Bắc (NSCD)"],
            id="the short form ends a name of unknown words",
        ),
        pytest.param(
            "đề nghị của Hội đồng Hợp tác vùng Vịnh và Liên đoàn Ả Rập",
            ["Hội đồng Hợp tác vùng Vịnh", "Liên đoàn Ả Rập"],
            id="parts of the world",
        ),
        pytest.param(
            "Cơ quan Cứu hộ Biển thuộc Bộ Quốc phòng Pháp (CSM) tham gia",
            ["Cơ quan Cứu hộ Biển thuộc Bộ Quốc phòng Pháp (CSM)", "Bộ Quốc phòng Pháp"],
            id="the short form of the whole is not the ministry's",
        ),
        pytest.param("CLB Sao Mai thua Sông Biếc (SB)", ["CLB Sao Mai"], id="a verb ends a name before brackets"),
        pytest.param("dự Hội nghị hợp tác biển (HNB)", [], id="a conference with a short form"),
        pytest.param("Đảng Tiếng nói vì Dân (TVD) thắng", ["Đảng Tiếng nói vì Dân (TVD)"], id="party with short form"),
        pytest.param(
            "Hội đồng An ninh Quốc gia của Nhà Trắng cho biết",
            ["Hội đồng An ninh Quốc gia của Nhà Trắng"],
            id="the body that it belongs to",
        ),
        pytest.param("Chủ tịch Quốc hội nước Pháp", ["Quốc hội nước Pháp"], id="the nation with its word"),
        pytest.param("đảng Nước Pháp Công bằng phản đối", ["đảng Nước Pháp Công bằng"], id="a state in a party's name"),
        pytest.param("đảng Marlowia đối lập", ["đảng Marlowia"], id="a party of one foreign word"),
        pytest.param("lãnh đạo đảng Marlowia Jean Delorme nói", ["đảng Marlowia"], id="a party and its leader"),
        pytest.param("Duma Quốc gia Nga phê chuẩn", ["Duma Quốc gia Nga"], id="a parliament by its own name"),
        pytest.param(
            "Hội đồng quốc phòng và an ninh Pháp họp",
            ["Hội đồng quốc phòng và an ninh Pháp"],
            id="a list in lower case",
        ),
        pytest.param("gửi tại Ngân hàng trung ương Pháp", ["Ngân hàng trung ương Pháp"], id="central bank"),
        pytest.param("Theo Hãng tin Marlow, giá tăng", ["Hãng tin Marlow"], id="an agency's head with a capital"),
        pytest.param("nói với đài RFI Jean Delorme", ["RFI"], id="a reporter's name is no part of the station's"),
        pytest.param("tại điện Sorvenne, hai bên", [], id="a palace as a place"),
        pytest.param("họp ở Phòng Bầu dục sáng nay", [], id="a room"),
        pytest.param("nằm tại Trung tâm châu Á", [], id="the middle of a part of the world"),
        pytest.param("ngày Quốc hội xây dựng luật", ["Quốc hội"], id="a verb after a bare name"),
        pytest.param("Liên minh thuế quan mở rộng", [], id="a field as a part of a longer word, at the beginning"),
        pytest.param(
            "Ủy ban Nhà nước về người Pháp ở nước ngoài họp",
            ["Ủy ban Nhà nước về người Pháp ở nước ngoài"],
            id="the people of a state",
        ),
        pytest.param(
            "Hội Liên lạc với người Pháp họp", ["Hội Liên lạc với người Pháp"], id="with the people of a state"
        ),
        pytest.param("Theo Tổng cục Thuế, giá tăng", ["Tổng cục Thuế"], id="a field of one syllable"),
        pytest.param(
            "Văn phòng Chính phủ và Ngân hàng Nhà nước",
            ["Văn phòng Chính phủ", "Ngân hàng Nhà nước"],
            id="bodies of home by themselves",
        ),
        pytest.param("Tuy vậy, Ủy ban bầu cử quốc gia bác bỏ", ["Ủy ban bầu cử quốc gia"], id="after a comma"),
        pytest.param("UBND xã Tân Bình Yên họp", ["UBND xã Tân Bình Yên"], id="a place that begins like a title"),
        pytest.param("chuyến bay của Air Marlow", ["Air Marlow"], id="airline"),
        pytest.param("theo Trưởng ban Trung ương Phan Văn Minh", [], id="a person after the centre"),
        pytest.param("Đảng Dân hòa Pháp phản đối", ["Đảng Dân hòa Pháp"], id="a word of no table before a state"),
        pytest.param("Chủ tịch Liên đoàn Đấu gậy Nga nói", ["Liên đoàn Đấu gậy Nga"], id="the same after a role"),
        pytest.param(
            "dự Diễn đàn hợp tác vì nông thôn xanh và sạch (H4F) năm nay",
            ["Diễn đàn hợp tác vì nông thôn xanh và sạch (H4F)"],
            id="a figure in the short form",
        ),
        pytest.param(
            "Đảng Nhân dân vì Hòa bình và Tự do thắng", ["Đảng Nhân dân vì Hòa bình và Tự do"], id="two aims of a party"
        ),
        pytest.param(
            "Bộ Tài chính, Thương Mại và Công nghiệp Pháp",
            ["Bộ Tài chính, Thương Mại và Công nghiệp Pháp"],
            id="a field with two capitals in a list",
        ),
        pytest.param(
            "gặp Ủy ban Tài chính và Ngân sách của Quốc hội Pháp",
            ["Ủy ban Tài chính và Ngân sách của Quốc hội Pháp"],
            id="a parliament's committee",
        ),
        pytest.param(
            "theo Cơ quan An toàn hàng hải của Pháp", ["Cơ quan An toàn hàng hải của Pháp"], id="an agency of a state"
        ),
        pytest.param("xem Đài truyền hình TM5 của Pháp", ["Đài truyền hình TM5"], id="a proper name needs no state"),
        pytest.param(
            "Bộ các Lực lượng vũ trang Pháp họp", ["Bộ các Lực lượng vũ trang Pháp"], id="a ministry of several"
        ),
        pytest.param("giữa Cơ quan lập pháp hai nước", [], id="a kind of bodies of two states"),
        pytest.param("mở Văn phòng Xúc tiến du lịch tại một số tỉnh", [], id="offices in several places"),
        pytest.param("vai trò của các cơ quan Liên hợp quốc", [], id="the bodies of a union of states"),
        pytest.param("theo lời mời của Đảng, Nhà nước ta", [], id="party and state together"),
        pytest.param("Bộ Công an thông tin kết quả vụ án", ["Bộ Công an"], id="what the body does, with its object"),
        pytest.param("Công ty Vinamarlow xuất khẩu gạo", ["Công ty Vinamarlow"], id="what the firm does"),
        pytest.param("Viện KSND tối cao kháng nghị", ["Viện KSND tối cao"], id="a field after a short form"),
        pytest.param(
            "CTCP Đầu tư và kinh doanh golf Phú Lộc", ["CTCP Đầu tư và kinh doanh golf Phú Lộc"], id="lines of business"
        ),
        pytest.param("với tập đoàn đóng tàu Marlow về", ["tập đoàn đóng tàu Marlow"], id="a line of business"),
        pytest.param(
            "nhiều doanh nghiệp lớn của Pháp như Marlow, Delorme Sante và ACB đã",
            ["Marlow", "Delorme Sante", "ACB"],
            id="firms after «như»",
        ),
        pytest.param("các doanh nghiệp như Hà Nội mong muốn", [], id="no firm after «như»"),
        pytest.param("nói với Báo Marlow của Pháp", ["Báo Marlow"], id="a paper with a capital inside the sentence"),
        pytest.param("với tờ Marlow, Tạp chí Delorme", ["Marlow", "Tạp chí Delorme"], id="a paper after a comma"),
        pytest.param(
            "với Tập đoàn Các nhà máy thuộc Bộ Quốc phòng Pháp (TCNM)",
            ["Tập đoàn Các nhà máy thuộc Bộ Quốc phòng Pháp (TCNM)", "Bộ Quốc phòng Pháp"],
            id="a firm's short form, and whose it is",
        ),
        pytest.param("thăm Quân đoàn 7 và Hạm đội 3", ["Quân đoàn 7", "Hạm đội 3"], id="numbered units"),
        pytest.param(
            "giữa Lực lượng Cảnh sát biển Pháp và", ["Lực lượng Cảnh sát biển Pháp"], id="a force by its name"
        ),
        pytest.param("Lực lượng Pháp rút đi, lực lượng Hải quân ở lại", [], id="forces without a name"),
        pytest.param(
            "Chủ tịch Nhóm Nghị sỹ hữu nghị Việt Nam - Pháp",
            ["Nhóm Nghị sỹ hữu nghị Việt Nam - Pháp"],
            id="a friendship group, spelt with y",
        ),
        pytest.param("Bộ Tư lệnh Bộ đội Thiết giáp", ["Bộ Tư lệnh Bộ đội Thiết giáp"], id="a head that begins a word"),
        pytest.param("báo cáo Hội nghị tổng kết, Viện trợ Pháp", [], id="words that begin like heads"),
        pytest.param("sẽ tổ chức Hội nghị tổng kết", [], id="to hold a conference"),
        pytest.param(
            "của Công ty Chứng khoán Trần Phát, quận 1",
            ["Công ty Chứng khoán Trần Phát"],
            id="a firm named like a person",
        ),
        pytest.param("tại IPU, ECOWAS và OPCW", ["IPU", "ECOWAS", "OPCW"], id="international bodies by short forms"),
    ],
)
def test_names_of_organisations(sentence: str, expected: list[str]) -> None:
    assert found(sentence) == [fold(name).text for name in expected]


@pytest.mark.parametrize(
    ("sentence", "kind", "country", "states"),
    [
        pytest.param("Đại sứ quán Mỹ tại Việt Nam", "embassy", "US", ("US", "VN"), id="an embassy is of who sends it"),
        pytest.param(
            "Hội hữu nghị Việt Nam - Belarus", "friendship-association", "VN", ("BY", "VN"), id="Vietnamese association"
        ),
        pytest.param(
            "Hội hữu nghị Belarus - Việt Nam", "friendship-association", "BY", ("BY", "VN"), id="its sister abroad"
        ),
        pytest.param("Bộ Ngoại giao Pháp", "ministry", "FR", ("FR",), id="ministry"),
        pytest.param("hãng tin KCNA", "media", "KP", ("KP",), id="known by name"),
        pytest.param("UNESCO", "international-organisation", None, (), id="of no state"),
        pytest.param("Ngân hàng Phát triển Pháp", "bank", "FR", ("FR",), id="bank"),
    ],
)
def test_type_and_states(sentence: str, kind: str, country: str | None, states: tuple[str, ...]) -> None:
    text = fold(sentence).text
    (mention,) = find_organisations(text, 0, len(text), countries(text))
    assert (mention.type, mention.country, mention.countries) == (kind, country, states)


def test_the_ontology_lists_the_same_types() -> None:
    shapes = (DATA_DIR.parent / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    (listed,) = re.findall(r"bg:organisationType .*?sh:in \(([^)]*)\)", shapes, re.DOTALL)
    assert tuple(re.findall(r'"([^"]+)"', listed)) == ORGANISATION_TYPES


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        pytest.param("Đại sứ quán Mỹ", "Đại sứ quán Mỹ tại Việt Nam", True, id="without its post"),
        pytest.param("Bộ Ngoại giao", "Bộ Ngoại giao Mỹ", True, id="without its state"),
        pytest.param("USAID", "Cơ quan phát triển quốc tế (USAID)", True, id="short form"),
        pytest.param("Hội đồng Bảo an LHQ", "Hội đồng Bảo an Liên hợp quốc", True, id="short form at the end"),
        pytest.param("Bamboo Airways", "Hãng hàng không Bamboo Airways", True, id="without its head"),
        pytest.param(
            "Đảng Cộng sản Liên Xô", "Bộ Chính trị Đảng Cộng sản Liên Xô", False, id="a part is no short form"
        ),
        pytest.param("Bộ Ngoại giao Nga", "Bộ Ngoại giao Mỹ", False, id="two states"),
        pytest.param("Đảng", "Đảng Cộng sản Cuba", True, id="the party"),
        pytest.param("UBND tỉnh Long An", "Ủy ban nhân dân tỉnh Long An", True, id="the head's initials"),
        pytest.param("Đại học Thái Nguyên", "trường Đại học Thái Nguyên", True, id="without one of two heads"),
        pytest.param("Hội hữu nghị Nga-Lào", "Hội hữu nghị Nga - Lào", True, id="dash with and without blanks"),
    ],
)
def test_short_names(short: str, full: str, expected: bool) -> None:
    assert is_short_for(fold(short).text, fold(full).text) is expected


def test_one_entry_an_organisation_under_its_fullest_name_as_printed() -> None:
    text, spans = article("Bộ Ngoại giao Mỹ lên tiếng.", "Theo Bộ Ngoại giao, Uỷ ban Kiểm tra họp.")
    assert [entry.name for entry in organisations(text, spans, countries(text))] == [
        "Bộ Ngoại giao Mỹ",
        "Ủy ban Kiểm tra",
    ]


def test_a_body_of_one_state_is_one_whatever_the_state_is_called() -> None:
    text = fold("Quốc hội nước Pháp họp.\nQuốc hội Pháp bế mạc.\nQuốc hội Nga họp.").text
    spans = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    found = organisations(text, spans, countries(text))
    assert [entry.name for entry in found] == ["Quốc hội nước Pháp", "Quốc hội Nga"]


def test_a_capital_in_a_bodys_name_stands_for_its_state() -> None:
    text = fold("UBND thành phố Hà Nội họp").text
    (mention,) = find_organisations(text, 0, len(text), (CountryMention(15, 21, "VN", "capital"),))
    assert (mention.name, mention.country) == ("UBND thành phố Hà Nội", "VN")


def test_a_body_of_a_republic_is_that_of_the_state() -> None:
    text = "Thượng viện Pháp họp. Thượng viện Cộng hòa Pháp biểu quyết."
    found = organisations(text, [(0, 21), (22, len(text))], countries(text))
    assert [entry.name for entry in found] == ["Thượng viện Cộng hòa Pháp"]


def test_embassies_between_the_same_states_are_one() -> None:
    text = fold("Đại sứ quán Mỹ tại Hà Nội mở cửa.\nĐại sứ quán Mỹ tại Việt Nam cảm ơn.").text
    states = (
        CountryMention(12, 14, "US", "label"),
        CountryMention(19, 25, "VN", "capital"),
        CountryMention(46, 48, "US", "label"),
        CountryMention(53, 61, "VN", "label"),
    )
    found = organisations(text, [(0, 33), (34, len(text))], states)
    assert [(entry.name, entry.countries) for entry in found] == [("Đại sứ quán Mỹ tại Việt Nam", ("US", "VN"))]


def test_a_name_that_shares_its_head_is_given_with_it() -> None:
    text, spans = article("Các bộ Y tế, Xây dựng dự họp.")
    found = organisations(text, spans, (), lambda start, end: text[start:end])
    assert [entry.name for entry in found] == ["bộ Y tế", "Bộ Xây dựng"]


@given(st.text(alphabet="Bộ Hội hữu nghị Mỹ - Pháp, và (ASEAN)&đảng các\n", max_size=60))
def test_mentions_lie_inside_the_sentence_under_their_own_words(text: str) -> None:
    text = fold(text).text
    for mention in find_organisations(text, 0, len(text), countries(text)):
        words = " ".join(text[mention.start : mention.end].split())
        assert mention.name == words if mention.is_printed else mention.name.endswith(f" {words}")


def test_an_unknown_type_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources-names.csv").write_text(
        "id,url,publisher,title,retrieved\nviet74k,https://example.org/,a,b,2026-11-22\n", encoding="utf-8"
    )
    (tmp_path / "name-parts.csv").write_text("text,kind,sources\n", encoding="utf-8")
    (tmp_path / "organisation-heads.csv").write_text(
        "phrase,kind,type,country,alone,nests,sources\nbộ,head,office,,no,no,viet74k\n", encoding="utf-8"
    )
    with pytest.raises(TableError, match=r"organisation-heads\.csv:2.*«office» is no type"):
        load_words(tmp_path)


def test_offsets_are_of_the_folded_text() -> None:
    text = fold("Sáng nay, Bộ Ngoại giao Nga thông báo.").text
    (mention,) = find_organisations(text, 0, len(text), (CountryMention(24, 27, "RU", "label"),))
    assert text[mention.start : mention.end] == "Bộ Ngoại giao Nga"
