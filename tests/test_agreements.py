"""What states signed, sentence by sentence; sentences of our own, in the words of newspapers."""

import pytest
from articles import article

from extractors.pipeline import extract


def signed(text, **options):
    """(states, date, name) of every agreement claimed."""
    claims = extract(article(text, **options), entities="none").claims
    return [("-".join(claim.countries), str(claim.date), claim.name) for claim in claims if claim.type == "agreement"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Ngày 4/5/1998, Việt Nam và Ai Cập ký Hiệp định tránh đánh thuế hai lần.",
            [("EG-VN", "1998-05-04", "Hiệp định tránh đánh thuế hai lần")],
            id="two states before the verb",
        ),
        pytest.param(
            "Năm 2003, Mông Cổ đã ký kết Hiệp ước hợp tác biên giới với Kazakhstan.",
            [("KZ-MN", "2003", "Hiệp ước hợp tác biên giới")],
            id="the other party behind với",
        ),
        pytest.param(
            "Hiệp định thương mại giữa Chính phủ Peru và Chính phủ Thái Lan được ký ngày 12/11/2005.",
            [("PE-TH", "2005-11-12", "Hiệp định thương mại giữa Chính phủ Peru và Chính phủ Thái Lan")],
            id="passive, the parties in the name",
        ),
        pytest.param(
            "Việt Nam và Maroc có Hiệp định vận tải biển (ký năm 2004).",
            [("MA-VN", "2004", "Hiệp định vận tải biển")],
            id="signed, in brackets",
        ),
        pytest.param(
            "Nghị định thư về kiểm dịch do Bộ trưởng Nông nghiệp Việt Nam và Chile ký ngày 9/8/2012 vẫn còn giá trị.",
            [("CL-VN", "2012-08-09", "Nghị định thư về kiểm dịch")],
            id="by whom, before the verb",
        ),
        pytest.param(
            "Năm 1994, Việt Nam và Áo ký Hiệp định hàng không, Hiệp định đầu tư và Bản ghi nhớ về lâm nghiệp.",
            [
                ("AT-VN", "1994", "Hiệp định hàng không"),
                ("AT-VN", "1994", "Hiệp định đầu tư"),
                ("AT-VN", "1994", "Bản ghi nhớ về lâm nghiệp"),
            ],
            id="a list with one date",
        ),
        pytest.param(
            "Việt Nam và Kenya đã ký Hiệp định hàng không năm 2009 và Bản ghi nhớ về du lịch năm 2013.",
            [("KE-VN", "2009", "Hiệp định hàng không"), ("KE-VN", "2013", "Bản ghi nhớ về du lịch")],
            id="a list in which each has its date",
        ),
        pytest.param(
            "Ngày 6/7/2010, hai nước Việt Nam và Bulgaria ký Chương trình và Nghị định thư văn hóa giai đoạn 2010-2013.",
            [("BG-VN", "2010-07-06", "Nghị định thư văn hóa giai đoạn 2010-2013")],
            id="a period in the name is no date of the signing",
        ),
        pytest.param(
            'Đến năm 2016, Việt Nam và Israel ký "Bản ghi nhớ về nông nghiệp, thủy lợi và nước sạch".',
            [("IL-VN", "2016", "Bản ghi nhớ về nông nghiệp, thủy lợi và nước sạch")],
            id="a name in quotation marks may hold commas",
        ),
        pytest.param(
            "Năm 2017, hai nước kỷ niệm 40 năm ngày ký Hiệp ước Hữu nghị Campuchia - Lào.",
            [("KH-LA", "1977", "Hiệp ước Hữu nghị Campuchia - Lào")],
            id="the anniversary of a signing",
        ),
        pytest.param(
            "Năm 2008, họ nâng quan hệ lên đối tác chiến lược và vào năm 2011, Ấn Độ và Brazil ký Hiệp định thị thực.",
            [("BR-IN", "2011", "Hiệp định thị thực")],
            id="the date of its own clause",
        ),
        pytest.param(
            "Các doanh nghiệp Nhật Bản tin rằng với việc hai nước ký Hiệp định bảo hộ đầu tư cuối năm 2003, đầu tư ở "
            "Việt Nam sẽ tăng.",
            [("JP-VN", "2003", "Hiệp định bảo hộ đầu tư")],
            id="those who speak of it do not sign it",
        ),
        pytest.param(
            "Ngày 1/2/1999, Ethiopia và Eritrea ký Tuyên bố chung tại Algiers.",
            [("ER-ET", "1999-02-01", "Tuyên bố chung")],
            id="where it was signed is no party; a joint statement is a name by itself",
        ),
    ],
)
def test_agreements_that_states_signed(text, expected):
    assert signed(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("Năm 2010, Việt Nam và Séc đã ký nhiều hiệp định.", "not named", id="many, none by name"),
        pytest.param("Năm 2010, Việt Nam và Séc ký một thỏa thuận song phương.", "not named", id="one without a name"),
        pytest.param(
            "Việt Nam và Séc sẽ ký Hiệp định lao động vào tháng 6/2025.", "not asserted", id="what will be signed"
        ),
        pytest.param("Năm 2019, Việt Nam và Séc chưa ký Hiệp định lao động.", "not asserted", id="what was not signed"),
        pytest.param(
            "Ngày 5/5/2015, Việt Nam và Séc bàn về việc hướng tới ký Hiệp định lao động.",
            "not asserted",
            id="what they work towards",
        ),
        pytest.param(
            "Ngày 7/3/2016, tại Việt Nam, Tập đoàn Hải Long ký thỏa thuận cung cấp gạo với Philippines.",
            "others than states",
            id="a company signs",
        ),
        pytest.param(
            "Ngày 7/3/2016, Việt Nam ký thỏa thuận mua máy bay với Bombardier của Canada.",
            "",
            id="a company is the other party",
        ),
        pytest.param(
            "Ngày 9/9/2014, Đại học Huế ký Bản ghi nhớ về đào tạo với các trường của Hàn Quốc và Nhật Bản.",
            "others than states",
            id="a university signs",
        ),
        pytest.param(
            "Năm 1982, Jamaica cùng nhiều nước ký Hiệp định về biển với Fiji.", "nobody by name", id="many states sign"
        ),
        pytest.param(
            "Năm 1993, hai nước Na Uy và Thụy Điển vui mừng khi Hiệp định Oslo được ký.", "", id="a place in the name"
        ),
        pytest.param("Năm 2005, ASEAN và Nga ký Hiệp định hợp tác kinh tế.", "not a state", id="a bloc is no state"),
        pytest.param("Thư ký của ông đăng ký dự thi ngày 5/5/2015.", "", id="other words that end in ký"),
    ],
)
def test_what_is_no_agreement_of_two_states(text, reason):
    extraction = extract(article(text), entities="none")
    assert [claim for claim in extraction.claims if claim.type == "agreement"] == []
    rejected = [rejection.reason for rejection in extraction.rejections if rejection.type == "agreement"]
    assert not reason or any(reason in said for said in rejected), rejected


def test_an_agreement_told_in_the_future_of_its_publication_is_left_out():
    assert signed("Ngày 4/5/2028, Việt Nam và Ai Cập ký Hiệp định hàng hải.", published="2026-01-01") == []


def test_a_signing_takes_nothing_from_the_facts_beside_it():
    text = "Ngày 22/12/1992, Việt Nam và Hàn Quốc ký Tuyên bố chung về việc thiết lập quan hệ ngoại giao."
    types = sorted(claim.type for claim in extract(article(text), entities="none").claims)
    assert types == ["agreement", "established"]


def test_a_partnership_hoped_for_in_the_name_of_a_statement_is_none_yet():
    text = 'Ngày 19/10/2006, Việt Nam và Nhật Bản ký Tuyên bố chung "Hướng tới quan hệ đối tác chiến lược".'
    assert [claim.type for claim in extract(article(text), entities="none").claims] == ["agreement"]
