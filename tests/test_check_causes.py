"""What drafts of others showed to be missed or wrongly told, by its cause: right and wrong sentences for each."""

import pytest
from articles import article
from checking_world import findings, told

from app.checking.checks import check
from app.checking.known import MAX_SUBJECTS
from app.graph.store import EmbeddedStore
from extractors.anniversary_counts import MAX_COUNTS
from extractors.calendar_words import in_letters, number_of
from extractors.gazetteer import load_gazetteer

JP, KR, AU = "Việt Nam và Nhật Bản", "Việt Nam và Hàn Quốc", "Việt Nam và Australia"
TIES = "thiết lập quan hệ ngoại giao"
DATES, COUNT, NUMBER = "date-contradicted", "count-mismatch", "anniversary-number"
LEVEL, WEEKDAY, OLD = "partnership-level", "weekday-mismatch", "name-outdated"


def wrong(case, text, kind, quote, suggestion, *, severity="error", published=None, title=None):
    return pytest.param(text, published, title, [(severity, kind, quote, suggestion)], id=case)


def right(case, text, *, published=None, title=None):
    return pytest.param(text, published, title, [], id=case)


HEADED = [
    wrong("a level, with a colon", "2016: Việt Nam và Malaysia lập quan hệ Đối tác chiến lược.", DATES, "2016", "2015"),
    wrong("ties, behind a bullet", f"* 1975 – {JP} {TIES}.", DATES, "1975", "1973"),
    wrong("an anniversary", f"- 2023: Kỷ niệm 45 năm {TIES} Việt Nam - Nhật Bản.", NUMBER, "45 năm", "50 năm"),
    right(
        "an anniversary of its year",
        f"* 2013 – Kỷ niệm 40 năm {TIES} Việt Nam - Nhật Bản.",
        published="2025-05-05",
    ),
    right("the right level", "2015: Việt Nam và Malaysia lập quan hệ Đối tác chiến lược."),
    right("a span", "2013 - 2016: Việt Nam và Malaysia bàn về quan hệ Đối tác chiến lược."),
]
LETTERS = [
    wrong(
        "the number, with a bracket",
        "Lời chào nhân bảy mươi năm quan hệ ngoại giao Việt Nam - Bulgaria (8/2/1950 – 8/2/2025).",
        COUNT,
        "bảy mươi năm quan hệ ngoại giao Việt Nam - Bulgaria (8/2/1950 – 8/2/2025)",
        "bảy mươi lăm năm quan hệ ngoại giao Việt Nam - Bulgaria (8/2/1950 – 8/2/2025)",
    ),
    wrong(
        "the number, by the year told",
        f"Năm 2022, hai nước kỷ niệm hai mươi lăm năm {TIES} Việt Nam - Hàn Quốc.",
        NUMBER,
        "hai mươi lăm năm",
        "ba mươi năm",
    ),
    wrong(
        "a stretch of time", "Ba mươi năm (1992 - 2023) là một chặng đường.", COUNT, "Ba mươi năm (1992 - 2023)", None
    ),
    right("it adds up", f"Kỷ niệm ba mươi năm {TIES} Việt Nam - Hàn Quốc (1992 - 2022)."),
    right("round about", f"Hơn ba mươi năm {TIES}, {KR} hợp tác sâu rộng.", published="2024-05-05"),
    right("one of two", f"Ba bốn mươi năm {TIES}, {KR} hợp tác sâu rộng.", published="2024-05-05"),
    right("a month", "Tháng mười năm 1975, ông sang Hà Nội.", published="2024-05-05"),
]
BEHIND = [
    wrong(
        "behind the event",
        f"Đêm nhạc mừng ngày {JP} {TIES} tròn 50 năm.",
        NUMBER,
        "50 năm",
        "51 năm",
        severity="warning",
        published="2024-09-21",
    ),
    wrong(
        "of a national day, before its state",
        "Nhân dịp Quốc khánh lần thứ 78 của nước Cộng hòa Indonesia, hội gửi điện mừng tới Việt Nam.",
        NUMBER,
        "lần thứ 78",
        "lần thứ 80",
        severity="warning",
        published="2025-08-17",
    ),
    wrong(
        "of a national day, behind its state",
        "Đoàn chúc mừng Quốc khánh Lào lần thứ 49.",
        NUMBER,
        "lần thứ 49",
        "lần thứ 50",
        severity="warning",
        published="2025-12-02",
    ),
    wrong(
        "to the year ago",
        f"Ngày này cách đây 50 năm, {JP} {TIES}.",
        NUMBER,
        "cách đây 50 năm",
        "cách đây 51 năm",
        severity="warning",
        published="2024-09-21",
    ),
    right("the right number behind", f"Đêm nhạc mừng ngày {JP} {TIES} tròn 51 năm.", published="2024-09-21"),
    right("the right ordinal", "Nhân Quốc khánh lần thứ 80 của Indonesia, hội gửi điện mừng.", published="2025-08-17"),
    right("round about so long ago", f"Cách đây 50 năm, {JP} {TIES}.", published="2024-09-21"),
    right("a session", "Kỳ họp lần thứ 18 của Indonesia và Việt Nam đã khai mạc.", published="2025-08-17"),
    right("days numbered from the first", "Ấn Độ kỷ niệm Ngày Độc lập lần thứ 78.", published="2024-08-15"),
]
TOLD_OF_THEN = [
    right(
        "so many years ago, in its sentence",
        f"Bà nhắc lời hứa hai mươi năm trước, khi hai nước kỷ niệm 30 năm {TIES} Việt Nam - Nhật Bản.",
        published="2023-10-10",
    ),
    right(
        "the bracket is of a war",
        "Phát biểu kỷ niệm 68 năm ký hiệp định đình chiến trong cuộc Chiến tranh Triều Tiên (1950-1953).",
    ),
    right(
        "the count begins at the bracket's end",
        "Lễ kỷ niệm 68 năm ngày đình chiến (1950-1953) đã diễn ra.",
        published="2021-07-27",
    ),
    wrong(
        "the count fits no end of the bracket",
        "Lễ kỷ niệm 68 năm ngày thành lập Hội (1950-2021) đã diễn ra.",
        COUNT,
        "68 năm ngày thành lập Hội (1950-2021)",
        None,
        published="2021-07-27",
    ),
]
CLAUSES = [
    wrong(
        "the next clause has an object of its own",
        f"Ngày 29/9/1973, Trung Quốc và Nhật Bản {TIES}, còn Tokyo chấm dứt quan hệ chính thức với Đài Loan.",
        DATES,
        "29/9/1973",
        "29/9/1972",
    ),
    right(
        "the right day, with the next clause",
        f"Ngày 29/9/1972, Trung Quốc và Nhật Bản {TIES}, còn Tokyo chấm dứt quan hệ chính thức với Đài Loan.",
    ),
    right(
        "since when it was what it was before",
        "Quan hệ Việt Nam - Hàn Quốc được nâng từ Đối tác hợp tác chiến lược, thiết lập tháng 10/2009, lên Đối tác "
        "chiến lược toàn diện.",
    ),
    right(
        "what it was before",
        f"Tháng 12/2022, {KR} nâng cấp quan hệ từ Đối tác chiến lược lên Đối tác chiến lược toàn diện.",
    ),
    wrong(
        "the states of the headline",
        f"Hai nước {TIES} ngày 21/9/1974.",
        DATES,
        "21/9/1974",
        "21/9/1973",
        title="Việt Nam - Nhật Bản: những cột mốc",
    ),
    right("the states of the headline, rightly", f"Hai nước {TIES} ngày 21/9/1973.", title="Việt Nam - Nhật Bản"),
    right("a headline of three states", f"Hai nước {TIES} ngày 21/9/1974.", title="Việt Nam, Nhật Bản và Hàn Quốc"),
]
STATES = [
    wrong(
        "the year of the first one",
        "Bảng thuyết minh nêu nguồn gốc ngày Quốc khánh Lào (2/12/1976).",
        DATES,
        "2/12/1976",
        "2/12/1975",
        published="2025-11-24",
    ),
    wrong(
        "the year of a gain",
        "Algeria giành độc lập năm 1961.",
        DATES,
        "1961",
        "1962",
        severity="warning",
    ),
    wrong("the month of a gain", "Ấn Độ giành độc lập tháng 9/1947.", DATES, "9/1947", "8/1947", severity="warning"),
    wrong(
        "a year before the first one",
        "Quốc khánh Lào (2/12/1974) đánh dấu một thắng lợi.",
        DATES,
        "2/12/1974",
        "2/12/1975",
        published="2025-11-24",
    ),
    right("the year of the gain", "Algeria giành độc lập năm 1962 và Ấn Độ giành độc lập năm 1947."),
    right("years off: another one may be meant", "Algeria tuyên bố độc lập năm 1830."),
    right("declared on the eve", "Uzbekistan tuyên bố độc lập ngày 31/8/1991."),
    right("what was held on it", "Bà được trao huân chương nhân Quốc khánh Lào (2/12/1985).", published="2024-12-10"),
    right("that of last year", "Quốc khánh Lào (2/12/2023) được tổ chức ngoài trời.", published="2024-12-10"),
    right("another day, once", "Từ đó, ngày 11/2 hằng năm trở thành ngày Quốc khánh của Nhật Bản."),
]
STEPS = [
    wrong(
        "since when, with what came then",
        f"Kể từ ngày 21/9/1974 khi {JP} {TIES}, hợp tác phát triển.",
        DATES,
        "21/9/1974",
        "21/9/1973",
    ),
    right("since when, rightly", f"Kể từ ngày 21/9/1973 khi {JP} {TIES}, hợp tác phát triển."),
    right("announced before", "Tháng 12/2014, Tổng thống Mỹ tuyên bố bình thường hóa quan hệ với Cuba."),
    wrong(
        "announced years before",
        "Tháng 12/2012, Tổng thống Mỹ tuyên bố bình thường hóa quan hệ với Cuba.",
        DATES,
        "12/2012",
        "7/2015",
    ),
    wrong("nothing announced", "Mỹ và Cuba bình thường hóa quan hệ ngày 20/7/2014.", DATES, "20/7/2014", "20/7/2015"),
    right(
        "both sides of a disagreement told",
        "Ngày 11/7/1995 (giờ Washington), Việt Nam và Hoa Kỳ bình thường hóa quan hệ; ở Hà Nội đã là 12/7/1995.",
    ),
    wrong(
        "a date that only a page judged mistaken has",
        f"Trung Quốc và Ecuador {TIES} ngày 1/2/1980.",
        DATES,
        "1/2/1980",
        "2/1/1980",
    ),
]
UPGRADES = [
    wrong(
        "by the day of its paragraph",
        f"Ngày 7/3/2024, hai Thủ tướng hội đàm. Kết thúc hội đàm, {AU} nâng cấp quan hệ lên Đối tác chiến lược.",
        LEVEL,
        "Đối tác chiến lược",
        "Đối tác chiến lược toàn diện",
    ),
    wrong(
        "by the day of the news",
        f"Kết thúc hội đàm, {AU} tuyên bố nâng cấp quan hệ lên đối tác chiến lược.",
        LEVEL,
        "đối tác chiến lược",
        "đối tác chiến lược toàn diện",
        published="2024-03-08",
    ),
    right(
        "the right level",
        f"Ngày 7/3/2024, hai Thủ tướng hội đàm. {AU} nâng cấp quan hệ lên Đối tác chiến lược toàn diện.",
    ),
    right(
        "a plan",
        f"Ngày 7/3/2024, hai Thủ tướng hội đàm. {AU} dự kiến nâng cấp quan hệ lên Đối tác chiến lược về biển.",
    ),
    wrong(
        "a framework of its own name, the year",
        f"Năm 2015, {JP} nâng cấp quan hệ lên Đối tác chiến lược sâu rộng.",
        DATES,
        "2015",
        "2014",
        severity="warning",
    ),
    right(
        "a framework of its own name",
        f"Tháng 3/2014, {JP} nâng cấp quan hệ lên Đối tác chiến lược sâu rộng.",
    ),
    right(
        "a framework of another name",
        f"Năm 2015, {JP} nâng cấp quan hệ lên Đối tác chiến lược tăng cường.",
    ),
    right(
        "so many years ago",
        f"Ngày 7/3/2024, hai Thủ tướng hội đàm. {AU} đã thiết lập Đối tác chiến lược cách đây sáu năm.",
    ),
    right(
        "nothing is set up",
        f"Ngày 7/3/2024, hai Thủ tướng hội đàm. {AU} muốn đưa quan hệ Đối tác chiến lược đi vào chiều sâu.",
    ),
    right(
        "what was set up before",
        f"Ngày 7/3/2024, hai Thủ tướng hội đàm. Kể từ khi thiết lập Đối tác chiến lược, {AU} hợp tác chặt chẽ.",
    ),
    right("another day", f"Ngày 8/5/2023, hai Thủ tướng hội đàm. {AU} thiết lập quan hệ Đối tác chiến lược."),
]
TOLD_AS_WRONG = [
    right("a mistake of many", f"Nhiều người nhầm rằng {JP} {TIES} năm 1975."),
    right("not that year", f"Không phải năm 1975, mà năm 1973 {JP} mới {TIES}."),
    right("a slip of an older text", f"Bản cũ ghi sai ngày {JP} {TIES} thành 12/9/1973."),
    wrong("no word of it in its own sentence", f"Nhiều người nhầm. {JP} {TIES} năm 1975.", DATES, "1975", "1973"),
]
EARLIER = [
    right(
        "a tree planted then",
        "Cây trồng trong dịp kỷ niệm 40 năm quan hệ Việt Nam - Nhật Bản đã cao lớn.",
        published="2026-07-10",
    ),
    right(
        "a stamp of then",
        "Con tem “Kỷ niệm 25 năm quan hệ ngoại giao Việt Nam - Hàn Quốc” được đấu giá.",
        published="2026-07-10",
    ),
    wrong(
        "the news is of these days",
        f"Lễ kỷ niệm 40 năm {TIES} Việt Nam - Nhật Bản diễn ra tối qua.",
        NUMBER,
        "40 năm",
        "53 năm",
        severity="warning",
        published="2026-09-20",
    ),
    wrong(
        "a few years off",
        f"Lễ kỷ niệm 50 năm {TIES} Việt Nam - Nhật Bản diễn ra tối qua.",
        NUMBER,
        "50 năm",
        "53 năm",
        severity="warning",
        published="2026-05-20",
    ),
]
PARTNERS = [
    right(
        "firms have partners too",
        "Hiện nay các doanh nghiệp Nhật Bản là đối tác chiến lược của nhiều tập đoàn Việt Nam.",
        published="2025-05-06",
    ),
    right("the level of today", f"Hiện nay, {JP} là đối tác chiến lược toàn diện.", published="2025-05-06"),
    wrong(
        "a level that is passed",
        f"Đến nay, {JP} là đối tác chiến lược của nhau.",
        LEVEL,
        "đối tác chiến lược",
        "đối tác chiến lược toàn diện",
        severity="warning",
        published="2025-05-06",
    ),
    wrong(
        "a level that is passed, in capitals",
        f"Hiện nay, {JP} là Đối tác Chiến lược của nhau.",
        LEVEL,
        "Đối tác Chiến lược",
        "Đối tác chiến lược toàn diện",
        severity="warning",
        published="2025-05-06",
    ),
]
TITLES = [
    right("a book", "Sách Sử ký Miến Điện ra mắt ngày 5/5/2025."),
    right("a road", "Hội thảo ngày 5/5/2025 bàn về con đường Miến Điện thời chiến."),
    right("a land of that name elsewhere", "Ngày 2/5/2025, Macedonia (Hy Lạp) đón nhiều du khách."),
    wrong("the subject", "Năm 2020, Macedonia gia nhập NATO.", OLD, "Macedonia", "Bắc Macedonia"),
    wrong("a party", "Năm 2023, thương mại giữa Lào và Miến Điện tăng nhanh.", OLD, "Miến Điện", "Myanmar"),
    wrong("a place", "Năm 2023, trụ sở tại Miến Điện mở cửa.", OLD, "Miến Điện", "Myanmar"),
]
WEEKDAYS = [
    wrong("in the digits of the draft", "Thứ 4, 05/12/2022, lễ ký.", WEEKDAY, "Thứ 4, 05/12/2022", "Thứ 2, 05/12/2022"),
    wrong(
        "of this week",
        "Sáng thứ Năm tuần này (26/9), đoàn lên đường.",
        WEEKDAY,
        "thứ Năm tuần này (26/9)",
        "thứ Sáu tuần này (26/9)",
        severity="warning",
        published="2025-09-25",
    ),
    wrong(
        "it falls on",
        "Ngày 2/9/2025 rơi vào thứ Tư.",
        WEEKDAY,
        "Ngày 2/9/2025 rơi vào thứ Tư",
        "Ngày 2/9/2025 rơi vào thứ Ba",
    ),
    wrong(
        "it is one",
        "Hôm 24/6/1967, một ngày thứ Sáu, trời nắng.",
        WEEKDAY,
        "Hôm 24/6/1967, một ngày thứ Sáu",
        "Hôm 24/6/1967, một ngày thứ Bảy",
    ),
    right("the right one", "Ngày 2/9/2025 rơi vào thứ Ba. Ngày 30/4/1975 là thứ Tư."),
    right("of this week, rightly", "Sáng thứ Sáu tuần này (26/9), đoàn lên đường.", published="2025-09-25"),
    right("a number of meetings", "Cuộc họp ngày 6/5/2025 là lần thứ hai."),
]
NAMES = [
    wrong(
        "the leaders of a state",
        "Lãnh đạo Việt Nam gửi điện thăm hỏi tới lãnh đạo Miến Điện.",
        OLD,
        "Miến Điện",
        "Myanmar",
        severity="warning",
        published="2025-03-30",
    ),
    wrong(
        "between two states",
        "Thỏa thuận ngừng bắn giữa Rwanda và Zaire vừa được công bố.",
        OLD,
        "Zaire",
        "Cộng hòa Dân chủ Congo",
        severity="warning",
        published="2024-08-02",
    ),
    wrong(
        "the embassy, in a sentence on former students",
        "Sáng 11/6, đoàn cựu lưu học sinh của tỉnh đã đến chúc mừng Đại sứ quán Liên Xô tại Hà Nội.",
        OLD,
        "Liên Xô",
        None,
        published="2021-06-11",
    ),
    wrong(
        "in a list of states",
        "Tham dự có các nước Botswana, Lesotho, Swaziland và Zambia.",
        OLD,
        "Swaziland",
        "Eswatini",
        severity="warning",
        published="2024-05-06",
    ),
    wrong(
        "our ambassador there",
        "Ông là Đại sứ Việt Nam tại Tiệp Khắc từ năm 2015 đến năm 2018.",
        OLD,
        "Tiệp Khắc",
        None,
    ),
    right(
        "in a list of states of then",
        "Năm 1955, các nước Ấn Độ, Indonesia, Miến Điện và Pakistan mời họp.",
        published="2024-05-06",
    ),
    wrong(
        "who votes, and something first long behind",
        "Tháng 7/2007, cử tri Swaziland đi bỏ phiếu. Năm 2019, cử tri Swaziland lại chọn đại biểu trong cuộc bỏ phiếu "
        "điện tử đầu tiên của mình.",
        OLD,
        "Swaziland",
        "Eswatini",
    ),
    wrong(
        "behind a colon, in a century of ours",
        "Chương mở ra thế kỷ mới: năm 2005, trong một hội nghị rất đông khách mời ở trung tâm Hà Nội, vào giờ chót, "
        "Việt Nam và Tiệp Khắc ký hiệp định.",
        OLD,
        "Tiệp Khắc",
        None,
    ),
    right("the first of them", "Năm 2020, gia đình vị Đại sứ Zaire đầu tiên tại Hà Nội trở lại thăm."),
    right("a century of then", "Năm 2005, sách về Việt Nam và Tiệp Khắc giữa thế kỷ 20 ra mắt."),
    right("who voted then", "Tháng 7/2007, cử tri Swaziland đi bỏ phiếu."),
    right("a former student", "Sáng 11/6, cựu lưu học sinh Liên Xô gặp mặt tại Hà Nội.", published="2021-06-11"),
    right("a former ambassador", "Năm 2020, nguyên Đại sứ Liên Xô kể chuyện xưa.", published="2021-06-11"),
    right("leaders of then", "Năm 1950, lãnh đạo Miến Điện thăm Trung Quốc.", published="2021-06-11"),
    right("a king of old", "Alexander, vua Macedonia, là nhân vật của bộ phim ra mắt năm 2023."),
    right("a building of then", "Năm 2020, trụ sở cũ của Đại sứ quán Tiệp Khắc được trùng tu."),
    right("a people that helped", "Nhân dân Liên Xô đã giúp chúng ta vô tư, bà kể.", published="2024-05-06"),
    right("our own, in an old story", "Chính quyền Việt Nam Dân chủ Cộng hòa còn non trẻ.", published="2024-05-06"),
    right(
        "our own, where the text tells of then",
        "Hà Nội, 1951. Chính phủ Việt Nam Dân chủ Cộng hòa kiên trì đấu tranh.",
        published="2015-02-26",
    ),
]
OTHER_PAIRS = [
    right(
        "a third state named at the head of the paragraph",
        "Việt Nam, Nhật Bản và Hàn Quốc đều có lễ lớn. Với Nhật Bản, năm nay là một mốc tròn. Với Hàn Quốc, đó là 60 năm "
        "quan hệ ngoại giao (5/9/1962 – 5/9/2022).",
        published="2022-07-16",
    ),
    right(
        "the other state is that of another sentence, and the text has more",
        "Năm 2021, Azerbaijan gặp Hàn Quốc.\n\nSang năm 2022 đến lượt Nhật Bản.\n\nCòn năm nay là Việt Nam. Ngày 17 "
        "tháng này, hai nước tròn 70 năm quan hệ ngoại giao (1954 - 2024).",
        published="2024-11-05",
    ),
    right(
        "a date, with another pair in between",
        f"{JP} hợp tác từ lâu. Bà cũng nói về Hàn Quốc. Hai nước {TIES} ngày 22/12/1993.",
    ),
    wrong(
        "the pair in the sentence before",
        f"{JP} hợp tác từ lâu. Hai nước {TIES} ngày 21/9/1974.",
        DATES,
        "21/9/1974",
        "21/9/1973",
    ),
    wrong(
        "the pair in the paragraph before, with a sentence of none",
        f"{JP} hợp tác từ lâu.\n\nMùa thu năm ấy rất đẹp. Hai nước {TIES} ngày 21/9/1974.",
        DATES,
        "21/9/1974",
        "21/9/1973",
    ),
    wrong(
        "the pair in its own sentence, among other pairs",
        f"Hàn Quốc và Azerbaijan là hai bạn hàng. {JP} {TIES} ngày 21/9/1974.",
        DATES,
        "21/9/1974",
        "21/9/1973",
    ),
    wrong(
        "the sum is wrong, whoever is meant",
        "Azerbaijan gặp Hàn Quốc.\n\nCòn năm nay là Việt Nam. Hai nước tròn 70 năm quan hệ ngoại giao (1954 - 2023).",
        COUNT,
        "70 năm quan hệ ngoại giao (1954 - 2023)",
        None,
    ),
]
CAUSES = [
    *(HEADED, LETTERS, BEHIND, TOLD_OF_THEN, CLAUSES, STATES, STEPS, UPGRADES, WEEKDAYS, NAMES, TOLD_AS_WRONG, EARLIER),
    *(PARTNERS, TITLES, OTHER_PAIRS),
]


@pytest.mark.parametrize(("text", "published", "title", "wanted"), [case for cases in CAUSES for case in cases])
def test_a_cause(text, published, title, wanted):
    assert told(findings(text, published, title=title)) == wanted


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        pytest.param(
            "Kỷ niệm 45 năm ngày quan hệ ngoại giao Việt Nam - Nhật Bản (1978-2018).",
            None,
            "1978 sai: «established JP VN» là 21/9/1973, và 1973 + 45 = 2018.",
            id="the first year",
        ),
        pytest.param(
            f"Kỷ niệm 45 năm {TIES} Việt Nam - Nhật Bản (1978-2023).",
            None,
            "1978 sai: «established JP VN» là 21/9/1973; 2023 − 1973 = 50, không phải 45 năm.",
            id="the first year, and so the number",
        ),
        pytest.param(
            f"Kỷ niệm 50 năm {TIES} Việt Nam - Nhật Bản (1973-2022).",
            "2023-09-20",
            "2022 sai: «established JP VN» là 21/9/1973, và 1973 + 50 = 2023.",
            id="the last year",
        ),
        pytest.param(
            f"Kỷ niệm 45 năm {TIES} Việt Nam - Nhật Bản (1973-2023).",
            None,
            "Từ 1973 đến 2023 là 50 năm, không phải 45 năm («established JP VN»: 21/9/1973).",
            id="the number",
        ),
        pytest.param(
            "Sau 45 năm (1978–2018), hợp tác đã phát triển.",
            None,
            "Từ 1978 đến 2018 là 40 năm, không phải 45 năm: sai số năm, hoặc sai một trong hai năm "
            "(1978 + 45 = 2023; 2018 − 45 = 1973).",
            id="one of the three",
        ),
        pytest.param(
            f"Năm 2023, Việt Nam và Azerbaijan kỷ niệm 30 năm {TIES}.",
            None,
            "2023 − 1992 = 31: năm 2023 là 31 năm «established AZ VN» (23/9/1992), không phải 30 năm.",
            id="the anniversary",
        ),
        pytest.param(
            f"Trung Quốc và Ecuador {TIES} ngày 1/2/1980.",
            None,
            "«established CN EC»: nguồn ghi 2/1/1980; 1/2/1980 như trong bài cũng có ở Một danh sách, nhưng đó là nhầm.",
            id="a page judged mistaken",
        ),
    ],
)
def test_the_reason_works_out_the_right_number(text, published, words):
    (one,) = findings(text, published)
    assert one.reason.vi == words


@pytest.mark.parametrize("number", range(1, 1000))
def test_numbers_in_letters_come_back(number):
    assert number_of(in_letters(number)) == number


@pytest.mark.parametrize(
    ("number", "words"), [(14, "mười bốn"), (15, "mười lăm"), (21, "hai mươi mốt"), (105, "một trăm linh năm")]
)
def test_numbers_in_letters_as_they_are_written(number, words):
    assert in_letters(number) == words


def long_calendar(count):
    """A draft with one line for each of so many pairs, none of them wrong by the world above."""
    codes = sorted(code for code, state in load_gazetteer().states.items() if state.status != "historical")
    names = {code: load_gazetteer().label(code) for code in codes}
    pairs = [(one, other) for one in codes[:12] for other in codes[12:150]][:count]
    return "\n\n".join(f"{names[one]} và {names[other]} {TIES} ngày 3/4/1999." for one, other in pairs)


def test_what_is_too_long_to_check_is_told():
    (note,) = check(article(long_calendar(MAX_SUBJECTS + 50)), EmbeddedStore.in_memory())
    assert (note.kind, note.severity) == ("not-checked", "info")
    assert f"{MAX_SUBJECTS}" in note.reason.vi
    assert f"{MAX_SUBJECTS}" in note.reason.en


def test_counts_that_are_too_many_to_check_are_told():
    text = "\n\n".join(["Sau 40 năm (1978–2018), hợp tác đã phát triển."] * (MAX_COUNTS + 1))
    (note,) = findings(text)
    assert (note.kind, note.severity) == ("not-checked", "info")
    assert text[note.end :].count("40 năm") == 1
