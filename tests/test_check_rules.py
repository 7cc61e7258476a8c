"""What the checker finds in single sentences, right ones and wrong ones, by rule."""

import pytest
from checking_world import findings, told

JP, KR = "Việt Nam và Nhật Bản", "Việt Nam và Hàn Quốc"
TIES = "thiết lập quan hệ ngoại giao"


def wrong(case, text, kind, quote, suggestion, *, severity="error", published=None):
    return pytest.param(text, published, [(severity, kind, quote, suggestion)], id=case)


def right(case, text, *, published=None):
    return pytest.param(text, published, [], id=case)


DATES = "date-contradicted"
CONTRADICTIONS = [
    wrong("another year", f"Ngày 21/9/1978, {JP} {TIES}.", DATES, "21/9/1978", "21/9/1973"),
    wrong("another day", f"{JP} {TIES} ngày 12 tháng 9 năm 1973.", DATES, "12 tháng 9 năm 1973", "21 tháng 9 năm 1973"),
    wrong("another month, in a word", f"{JP} {TIES} vào tháng Mười năm 1973.", DATES, "Mười năm 1973", "9 năm 1973"),
    wrong("another year alone", f"Năm 1975, {JP} {TIES}.", DATES, "1975", "1973"),
    wrong("zeros before figures", f"{KR} {TIES} ngày 02/12/1992.", DATES, "02/12/1992", "22/12/1992"),
    wrong(
        "to the day where the graph has the year",
        f"Việt Nam và Phần Lan {TIES} ngày 25/1/1974.",
        DATES,
        "25/1/1974",
        "1973",
    ),
    wrong(
        "no pair with Việt Nam", "Mỹ và Cuba cắt đứt quan hệ ngoại giao ngày 3/1/1962.", DATES, "3/1/1962", "3/1/1961"
    ),
    wrong("a recognition", "Việt Nam công nhận Nhà nước Palestine ngày 19/11/1989.", DATES, "19/11/1989", "19/11/1988"),
    wrong(
        "a normalisation", "Việt Nam và Hoa Kỳ bình thường hóa quan hệ ngày 12/7/1996.", DATES, "12/7/1996", "12/7/1995"
    ),
    wrong(
        "a range that adds up",
        f"Kỷ niệm 45 năm {TIES} Việt Nam - Nhật Bản (1978 - 2023).",
        DATES,
        f"45 năm {TIES} Việt Nam - Nhật Bản (1978 - 2023)",
        f"50 năm {TIES} Việt Nam - Nhật Bản (1973 - 2023)",
    ),
    wrong("the independence, a day off", "Việt Nam tuyên bố độc lập ngày 3/9/1945.", DATES, "3/9/1945", "2/9/1945"),
    wrong(
        "the liberation, over a month's end",
        "Miền Nam được giải phóng hoàn toàn ngày 1/5/1975.",
        DATES,
        "1/5/1975",
        "30/4/1975",
    ),
    wrong("a national day", "Quốc khánh Lào (3/12/1975) được tổ chức trọng thể.", DATES, "3/12/1975", "2/12/1975"),
    wrong(
        "the year of a national day in a bracket",
        "Quốc khánh Việt Nam (2/9/1946 - 2/9/2024) được tổ chức trọng thể.",
        DATES,
        "2/9/1946",
        "2/9/1945",
    ),
    wrong(
        "one article against it",
        f"Việt Nam và Mozambique {TIES} ngày 25/6/1976.",
        DATES,
        "25/6/1976",
        "25/6/1975",
        severity="warning",
    ),
    wrong(
        "on the side of one article",
        f"Việt Nam và Myanmar {TIES} ngày 26/5/1975.",
        DATES,
        "26/5/1975",
        "28/5/1975",
        severity="warning",
    ),
    wrong(
        "on the side of curated data: no fault",
        f"Việt Nam và Campuchia {TIES} ngày 8/6/1967.",
        DATES,
        "8/6/1967",
        "24/6/1967",
        severity="info",
    ),
    wrong(
        "a day beside, that one source gives: no fault",
        "Ngày 11/7/1995, Việt Nam và Hoa Kỳ bình thường hóa quan hệ.",
        DATES,
        "11/7/1995",
        "12/7/1995",
        severity="info",
    ),
    right("the day itself", f"{JP} {TIES} ngày 21/9/1973."),
    right("the month of the day", f"Tháng 9/1973, {JP} {TIES}."),
    right("the year of the day", f"Năm 1973, {JP} {TIES}."),
    right("a day in the year that the graph has", f"Ngày 25/1/1973, Việt Nam và Phần Lan {TIES}."),
    right("the predecessor's date", f"Việt Nam và Nga {TIES} ngày 30/1/1950."),
    right("set up again after a break", f"Việt Nam và Chile {TIES} ngày 25/3/1971 và khôi phục quan hệ năm 1990."),
    right("told of as normalised", "Việt Nam và Trung Quốc bình thường hóa quan hệ tháng 11/1991."),
    right("an unknown pair", f"Việt Nam và Togo {TIES} ngày 8/2/1976."),
    right("what one doubtful article says is no measure", f"Việt Nam và Tchad {TIES} năm 1982."),
    right("another of a state's independences", "Ngày 27/12/1991, Belarus tuyên bố độc lập."),
    right("the national day of a year", "Quốc khánh Việt Nam 2/9/2023 được tổ chức trọng thể."),
    right("a day that moves with the ruler", "Quốc khánh Nhật Bản 23/2 là ngày sinh của Nhà vua."),
    right("a plan", f"{JP} dự kiến {TIES} vào năm 1975."),
]
COUNT = "count-mismatch"
COUNTS = [
    wrong(
        "the real case: the first year is wrong",
        "Lễ kỷ niệm 45 năm ngày quan hệ ngoại giao Việt Nam - Nhật Bản (1978-2018) diễn ra tại Hà Nội.",
        COUNT,
        "45 năm ngày quan hệ ngoại giao Việt Nam - Nhật Bản (1978-2018)",
        "45 năm ngày quan hệ ngoại giao Việt Nam - Nhật Bản (1973-2018)",
    ),
    wrong(
        "the number is wrong",
        f"Kỷ niệm 30 năm {TIES} Việt Nam – Azerbaijan (23/9/1992 – 23/9/2023).",
        COUNT,
        f"30 năm {TIES} Việt Nam – Azerbaijan (23/9/1992 – 23/9/2023)",
        f"31 năm {TIES} Việt Nam – Azerbaijan (23/9/1992 – 23/9/2023)",
    ),
    wrong(
        "of what the graph does not know",
        "Kỷ niệm 94 năm ngày thành lập Hội (20/10/1930 – 20/10/2004).",
        COUNT,
        "94 năm ngày thành lập Hội (20/10/1930 – 20/10/2004)",
        None,
    ),
    wrong("a stretch of time", "Sau 45 năm (1978–2018), hợp tác đã phát triển.", COUNT, "45 năm (1978–2018)", None),
    wrong(
        "not the same day",
        f"Kỷ niệm 30 năm {TIES} Việt Nam – Azerbaijan (23/9/1992 – 25/9/2022).",
        COUNT,
        "23/9/1992 – 25/9/2022",
        None,
        severity="warning",
    ),
    wrong(
        "so many years ago",
        f"Cách đây 67 năm (30/1/1950), Việt Nam và Liên Xô {TIES}.",
        COUNT,
        "Cách đây 67 năm",
        "Cách đây 65 năm",
        published="2015-01-30",
    ),
    wrong(
        "on the occasion of, without «kỷ niệm»",
        f"Gặp mặt nhân 60 năm Ngày {TIES} Việt Nam - Nhật Bản (21/9/1973 - 21/9/2023).",
        COUNT,
        f"60 năm Ngày {TIES} Việt Nam - Nhật Bản (21/9/1973 - 21/9/2023)",
        f"50 năm Ngày {TIES} Việt Nam - Nhật Bản (21/9/1973 - 21/9/2023)",
    ),
    wrong(
        "years of relations",
        "Tọa đàm “60 năm quan hệ Việt Nam - Cuba” (1960 - 2025) diễn ra tại Hà Nội.",
        COUNT,
        "60 năm quan hệ Việt Nam - Cuba” (1960 - 2025)",
        "65 năm quan hệ Việt Nam - Cuba” (1960 - 2025)",
    ),
    wrong(
        "the span first",
        "1973-2023: 45 năm quan hệ ngoại giao Việt Nam - Nhật Bản.",
        COUNT,
        "1973-2023: 45 năm",
        None,
    ),
    right("it adds up", f"Kỷ niệm 30 năm {TIES} Việt Nam – Azerbaijan (23/9/1992 – 23/9/2022)."),
    right("both ends counted", "Trong 5 năm (2016-2020), kim ngạch tăng gấp đôi."),
    right("a vague count", f"Gần 50 năm {TIES} Việt Nam - Nhật Bản (1973 - 2022)."),
    right("a term of office", "Nhiệm kỳ 5 năm (2015 - 2021) của Hội đã kết thúc."),
    right(
        "the bracket is of something else", "Sau 3 năm triển khai Chương trình hành động (2016-2025), kết quả rất tốt."
    ),
]
NUMBER = "anniversary-number"
NUMBERS = [
    wrong("by the year stated", f"Năm 2023, Việt Nam và Azerbaijan kỷ niệm 30 năm {TIES}.", NUMBER, "30 năm", "31 năm"),
    wrong(
        "by the year to come",
        f"Năm 2027, {JP} sẽ kỷ niệm 50 năm {TIES}.",
        NUMBER,
        "50 năm",
        "54 năm",
        published="2026-05-05",
    ),
    wrong(
        "by «năm nay»",
        "Năm nay đánh dấu 25 năm bình thường hóa quan hệ Việt Nam - Hoa Kỳ.",
        NUMBER,
        "25 năm",
        "27 năm",
        published="2022-07-01",
    ),
    wrong(
        "by the publication",
        f"Lễ kỷ niệm 30 năm {TIES} Việt Nam – Azerbaijan đã diễn ra tại Hà Nội.",
        NUMBER,
        "30 năm",
        "31 năm",
        severity="warning",
        published="2023-09-20",
    ),
    wrong(
        "by the publication, on the very day",
        f"Nhân dịp 65 năm {TIES} Việt Nam - Cuba (2/12/1960), lễ mít tinh diễn ra.",
        NUMBER,
        "65 năm",
        "64 năm",
        severity="warning",
        published="2024-12-02",
    ),
    wrong(
        "of a date that only the text has",
        f"Kỷ niệm 44 năm {TIES} Việt Nam - Togo (8/2/1976), lễ mít tinh diễn ra.",
        NUMBER,
        "44 năm",
        "45 năm",
        severity="warning",
        published="2021-02-08",
    ),
    wrong(
        "of a date that only the text has, years off",
        f"Kỷ niệm 40 năm {TIES} Việt Nam - Togo (8/2/1976), lễ mít tinh diễn ra.",
        COUNT,
        "40 năm",
        "45 năm",
        published="2021-02-08",
    ),
    wrong(
        "of a national day",
        "Nhân dịp kỷ niệm 48 năm Quốc khánh nước CHDCND Lào, Chủ tịch nước gửi điện mừng.",
        NUMBER,
        "48 năm",
        "49 năm",
        severity="warning",
        published="2024-12-01",
    ),
    right(
        "by a year of its sentence that may be another's",
        f"Nhà vua chào mừng đoàn vào dịp hai nước {JP} kỷ niệm 40 năm {TIES}, nhắc lại chuyến thăm năm 2006.",
    ),
    right("told of then", f"Ông từng dự lễ kỷ niệm 40 năm {TIES} Việt Nam - Nhật Bản.", published="2025-03-03"),
    right(
        "another year in the paragraph",
        f"Năm 2013, ông là đại sứ tại Tokyo. Lễ kỷ niệm 40 năm {TIES} Việt Nam - Nhật Bản rất long trọng.",
        published="2025-03-03",
    ),
    right("the right number", f"Lễ kỷ niệm 31 năm {TIES} Việt Nam – Azerbaijan đã diễn ra.", published="2023-09-20"),
    right(
        "the right number of another year told",
        f"Năm 2022, nhân kỷ niệm 30 năm {TIES}, {KR} tổ chức nhiều hoạt động.",
        published="2024-03-03",
    ),
    right(
        "told three months later", f"Lễ kỷ niệm 30 năm {TIES} Việt Nam – Azerbaijan đã diễn ra.", published="2022-12-20"
    ),
    right(
        "a celebration that runs over into January",
        f"Nhân kỷ niệm 50 năm {TIES} Việt Nam - Nhật Bản, triển lãm khai mạc.",
        published="2024-01-12",
    ),
    right(
        "prepared for in December",
        f"Hai bên sẽ tổ chức kỷ niệm 50 năm {TIES} Việt Nam - Nhật Bản.",
        published="2022-12-12",
    ),
    right(
        "looked ahead to",
        f"Hai nước hướng tới kỷ niệm 50 năm {TIES} Việt Nam - Nhật Bản vào năm 2023.",
        published="2022-03-03",
    ),
    right("a vague number", f"Hơn 50 năm {TIES}, {JP} đã đi một chặng đường dài.", published="2025-03-03"),
    right("a stretch of time, rounded", f"Sau 30 năm {TIES}, {KR} hợp tác sâu rộng.", published="2024-05-05"),
    right("no publication date and no year", f"Lễ kỷ niệm 30 năm {TIES} Việt Nam – Azerbaijan đã diễn ra."),
    right(
        "figures of another year in the sentence",
        f"Nhân kỷ niệm 30 năm {TIES}, {KR} cho biết kim ngạch năm 2021 đạt 78 tỷ USD.",
        published="2022-12-20",
    ),
    right("an unknown pair, no date", f"Lễ kỷ niệm 30 năm {TIES} Việt Nam – Togo đã diễn ra.", published="2023-09-20"),
]
WEEKDAY, IMPOSSIBLE = "weekday-mismatch", "impossible-date"
CALENDAR = [
    wrong(
        "a weekday before",
        "Thứ Hai, ngày 23/9/1992, lễ ký diễn ra.",
        WEEKDAY,
        "Thứ Hai, ngày 23/9/1992",
        "Thứ Tư, ngày 23/9/1992",
    ),
    wrong(
        "a weekday behind",
        "Lễ ký diễn ra ngày 25/8/2021 (thứ hai).",
        WEEKDAY,
        "ngày 25/8/2021 (thứ hai)",
        "ngày 25/8/2021 (thứ tư)",
    ),
    wrong(
        "Sunday",
        "Chủ nhật, ngày 23/9/1992, lễ ký diễn ra.",
        WEEKDAY,
        "Chủ nhật, ngày 23/9/1992",
        "Thứ tư, ngày 23/9/1992",
    ),
    wrong(
        "without its year",
        "Sáng thứ Ba (21/9), lễ ký diễn ra.",
        WEEKDAY,
        "Sáng thứ Ba (21/9)",
        "Sáng thứ Năm (21/9)",
        severity="warning",
        published="2023-09-21",
    ),
    wrong(
        "at the head of a span",
        "Hội nghị diễn ra từ thứ Ba, 5/5/2025 đến thứ Sáu, 9/5/2025.",
        WEEKDAY,
        "thứ Ba, 5/5/2025",
        "thứ Hai, 5/5/2025",
    ),
    wrong(
        "at the end of a span",
        "Hội nghị diễn ra từ thứ Hai, ngày 5/5 đến thứ Bảy, ngày 9/5/2025.",
        WEEKDAY,
        "thứ Bảy, ngày 9/5/2025",
        "thứ Sáu, ngày 9/5/2025",
    ),
    wrong(
        "in a span that ends in another year than a leap year",
        "Từ ngày 29/2 đến 3/3/2023, đoàn thăm Việt Nam.",
        IMPOSSIBLE,
        "29/2",
        None,
    ),
    right("both weekdays of a span", "Hội nghị diễn ra từ thứ Hai, 5/5/2025 đến thứ Sáu, 9/5/2025."),
    wrong("30 February", "Ngày 30 tháng 2 năm 2024, hai bên ký kết.", IMPOSSIBLE, "30 tháng 2 năm 2024", None),
    wrong("29 February of a common year", "Ngày 29/2/2023, đoàn đến Hà Nội.", IMPOSSIBLE, "29/2/2023", None),
    wrong("31 April without its year", "Chiều 31/4, Bộ trưởng tiếp đoàn.", IMPOSSIBLE, "31/4", None),
    wrong("a 32nd", "Ngày 32/1, đoàn đến nơi.", IMPOSSIBLE, "32/1", None),
    wrong("the month first", "Lễ ký diễn ra ngày 9/23/1992.", IMPOSSIBLE, "9/23/1992", None),
    right("the right weekday", "Thứ Tư, ngày 23/9/1992, lễ ký diễn ra."),
    right("an ordinal", "Kỳ họp thứ hai, ngày 23/9/1992 khai mạc."),
    right("without its year and publication", "Sáng thứ Ba (21/9), lễ ký diễn ra."),
    right("without its year, far from the publication", "Sáng thứ Ba (21/9), lễ ký diễn ra.", published="2023-03-03"),
    right(
        "without its year in a story of another",
        "Năm 2021, hai bên đàm phán. Sáng thứ Ba (21/9), lễ ký diễn ra.",
        published="2023-09-21",
    ),
    right("29 February of a leap year", "Ngày 29/2/2024, đoàn đến Hà Nội."),
    right("a lunar date", "Lễ hội diễn ra ngày 30/2 âm lịch."),
    right("a score", "Tỷ lệ 31/4 là rất cao."),
    right("days of two months", "Các trận đấu diễn ra ngày 18 - 19 và 25 - 26/3."),
    right("terms of deposit", "Lãi suất cao nhất: 12 THÁNG 18 THÁNG."),
]
LEVEL = "partnership-level"
PARTNERSHIPS = [
    wrong(
        "the year of an upgrade",
        "Việt Nam và Hoa Kỳ nâng cấp quan hệ lên Đối tác chiến lược toàn diện năm 2022.",
        DATES,
        "2022",
        "2023",
    ),
    wrong(
        "the day of an upgrade",
        "Ngày 7/10/2023, Việt Nam và Pháp nâng cấp quan hệ lên Đối tác chiến lược toàn diện.",
        DATES,
        "7/10/2023",
        "7/10/2024",
    ),
    wrong(
        "the year of a lower level",
        "Năm 2013, Việt Nam và Hoa Kỳ nâng cấp quan hệ lên đối tác chiến lược toàn diện.",
        LEVEL,
        "2013, Việt Nam và Hoa Kỳ nâng cấp quan hệ lên đối tác chiến lược toàn diện",
        None,
    ),
    wrong(
        "another level on that day",
        "Ngày 10/9/2023, Việt Nam và Mỹ nâng cấp quan hệ lên đối tác chiến lược.",
        LEVEL,
        "đối tác chiến lược",
        "đối tác chiến lược toàn diện",
    ),
    wrong(
        "another level on that day, of two",
        "Ngày 7/10/2024, Việt Nam và Pháp thiết lập quan hệ Đối tác chiến lược.",
        LEVEL,
        "Đối tác chiến lược",
        "Đối tác chiến lược toàn diện",
    ),
    wrong(
        "another level in that year",
        "Năm 2013, Việt Nam và Hoa Kỳ thiết lập quan hệ đối tác chiến lược.",
        LEVEL,
        "đối tác chiến lược",
        "đối tác toàn diện",
        severity="warning",
    ),
    wrong(
        "a level that is passed",
        "Quan hệ đối tác toàn diện giữa Việt Nam và Hoa Kỳ hiện nay phát triển tốt.",
        LEVEL,
        "đối tác toàn diện",
        "đối tác chiến lược toàn diện",
        severity="warning",
        published="2025-05-05",
    ),
    right("the right level and year", "Việt Nam và Hoa Kỳ nâng cấp quan hệ lên Đối tác chiến lược toàn diện năm 2023."),
    right(
        "one after the other",
        "Việt Nam và Pháp thiết lập Đối tác chiến lược năm 2013 và Đối tác chiến lược toàn diện năm 2024.",
    ),
    right(
        "a framework of another name",
        "Năm 2014, Việt Nam và Nhật Bản nâng cấp quan hệ lên Đối tác chiến lược sâu rộng.",
    ),
    right(
        "the level of then",
        "Quan hệ đối tác toàn diện giữa Việt Nam và Hoa Kỳ hiện nay phát triển tốt.",
        published="2020-05-05",
    ),
    right(
        "the way to a higher level",
        "Hiện nay Việt Nam và Hoa Kỳ đã nâng quan hệ từ đối tác toàn diện lên tầm cao mới.",
        published="2025-05-05",
    ),
    right(
        "a treaty of nearly that name",
        "Hiện nay, giữa Việt Nam và Anh có Hiệp định Đối tác toàn diện và tiến bộ xuyên Thái Bình Dương.",
        published="2025-05-05",
    ),
    wrong(
        "a level that is passed, at the head of a sentence",
        "Đối tác toàn diện Việt Nam - Hoa Kỳ hiện nay phát triển tốt.",
        LEVEL,
        "Đối tác toàn diện",
        "Đối tác chiến lược toàn diện",
        severity="warning",
        published="2025-05-05",
    ),
    right("a wish", "Việt Nam và Hoa Kỳ mong muốn nâng cấp quan hệ lên đối tác chiến lược toàn diện năm 2022."),
]
OLD, EARLY = "name-outdated", "name-premature"
NAMES = [
    wrong("a name of before 2018", "Năm 2020, Thủ tướng thăm Swaziland.", OLD, "Swaziland", "Eswatini"),
    wrong(
        "an old name in a headline's case", "Chính phủ Miến Điện năm 2020 ký thỏa thuận.", OLD, "Miến Điện", "Myanmar"
    ),
    wrong("a state that is gone", "Năm 2020, Đại sứ Liên Xô tại Việt Nam chào từ biệt.", OLD, "Liên Xô", None),
    wrong(
        "a state that is gone, beside Việt Nam", "Năm 2010, Việt Nam và Tiệp Khắc ký hiệp định.", OLD, "Tiệp Khắc", None
    ),
    wrong(
        "a state that was one of two",
        "Đại sứ Cộng hòa Dân chủ Đức tại Việt Nam năm 1995 đã phát biểu.",
        OLD,
        "Cộng hòa Dân chủ Đức",
        None,
    ),
    wrong(
        "now, by the publication",
        "Tổng thống Macedonia sẽ thăm Việt Nam tuần tới.",
        OLD,
        "Macedonia",
        "Bắc Macedonia",
        severity="warning",
        published="2024-05-05",
    ),
    wrong(
        "not yet in 1985",
        "Năm 1985, Thủ tướng thăm Cộng hòa Séc.",
        EARLY,
        "Cộng hòa Séc",
        "Tiệp Khắc",
        severity="warning",
    ),
    wrong(
        "not yet in 2010",
        "Năm 2010, Quốc vương Eswatini thăm Trung Quốc.",
        EARLY,
        "Eswatini",
        "Swaziland",
        severity="warning",
    ),
    right("the name of its time", "Năm 2010, Thủ tướng thăm Swaziland."),
    right("a state of its time", "Năm 1970, Liên Xô viện trợ cho Việt Nam."),
    right(
        "history told on a later day",
        "Ngày 9/5/2020, nước Nga kỷ niệm 75 năm chiến thắng của Liên Xô trước phát xít Đức.",
    ),
    right("the former one", "Năm 2020, các nước thuộc Liên Xô cũ tham dự hội nghị."),
    right("a life", "Ông từng học tập tại Liên Xô và năm 2020 được tặng Huân chương Hữu nghị."),
    right("both names", "Eswatini (trước đây là Swaziland) có 1,1 triệu dân năm 2020."),
    right("ties that go on are told of under today's name", f"Năm 1950, Việt Nam và Cộng hòa Séc {TIES}."),
    right(
        "a national day, whenever it was", "Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam (2/9/1945 - 2/9/2023)."
    ),
    right("a birth in what is a state now", "Ông sinh năm 1950 tại Cộng hòa Séc."),
    right("a people", "Năm 2019, người Miến Điện tại Thái Lan đón năm mới."),
    right("a region of another state", "Năm 2020, vùng Macedonia của Hy Lạp đón nhiều du khách."),
    right("no date, no office", "Món ăn Miến Điện rất ngon.", published="2024-05-05"),
    right("a region of old", "Năm 2020, tượng Alexander xứ Macedonia được khánh thành."),
    right("no date, no publication", "Tổng thống Macedonia sẽ thăm Việt Nam tuần tới."),
]
VISITS = [
    wrong(
        "another day of the month",
        "Tổng thống Mỹ Joe Biden thăm Việt Nam ngày 12/9/2023.",
        DATES,
        "12/9/2023",
        "10/9/2023–11/9/2023",
        severity="warning",
    ),
    right("a day of the visit", "Tổng thống Mỹ Joe Biden thăm Việt Nam ngày 11/9/2023."),
    right("another visit", "Tổng thống Mỹ Joe Biden thăm Việt Nam ngày 12/10/2023."),
    right("another visitor", "Tổng thống Mỹ Barack Obama thăm Việt Nam ngày 12/9/2023."),
]


@pytest.mark.parametrize(("text", "published", "wanted"), [*CONTRADICTIONS, *VISITS])
def test_dates(text, published, wanted):
    assert told(findings(text, published)) == wanted


@pytest.mark.parametrize(("text", "published", "wanted"), [*COUNTS, *NUMBERS])
def test_counts(text, published, wanted):
    assert told(findings(text, published)) == wanted


@pytest.mark.parametrize(("text", "published", "wanted"), CALENDAR)
def test_calendar(text, published, wanted):
    assert told(findings(text, published)) == wanted


@pytest.mark.parametrize(("text", "published", "wanted"), PARTNERSHIPS)
def test_partnerships(text, published, wanted):
    assert told(findings(text, published)) == wanted


@pytest.mark.parametrize(("text", "published", "wanted"), NAMES)
def test_names(text, published, wanted):
    assert told(findings(text, published)) == wanted


def test_one_cause_is_one_finding():
    text = f"Thứ Hai, ngày 21/9/1978, {JP} {TIES}."
    assert told(findings(text)) == [("error", DATES, "21/9/1978", "21/9/1973")]


def test_each_place_is_told_in_the_order_of_the_text():
    text = f"Thứ Hai, ngày 23/9/1992, lễ ký diễn ra. {JP} {TIES} ngày 21/9/1974. Ngày 31/6/2020, đoàn về nước."
    assert [one.quote for one in findings(text)] == ["Thứ Hai, ngày 23/9/1992", "21/9/1974", "31/6/2020"]


def test_a_finding_has_evidence_and_both_languages():
    every = [
        param.values
        for group in (CONTRADICTIONS, VISITS, COUNTS, NUMBERS, CALENDAR, PARTNERSHIPS, NAMES)
        for param in group
    ]
    found = [one for text, published, _ in every for one in findings(text, published)]
    assert len(found) > 50
    for one in found:
        assert one.evidence
        assert all(item.event or item.shown or item.pages for item in one.evidence)
        assert "{" not in one.reason.vi + one.reason.en
        assert one.reason.vi != one.reason.en


def test_a_teaser_is_not_judged_by_the_publication_day():
    text = "Bài chính.\nSáng thứ Ba (21/9), lễ ký diễn ra."
    sections = (("body", "Bài chính."), ("teaser", "Sáng thứ Ba (21/9), lễ ký diễn ra."))
    assert findings(text, "2023-09-21", sections=sections) == ()


def test_boilerplate_is_read_for_its_calendar_only():
    stamp = f"Thứ Hai, 23/9/1992. {JP} {TIES} ngày 21/9/1974."
    text = f"{stamp}\nBài chính."
    found = findings(text, sections=(("boilerplate", stamp), ("body", "Bài chính.")))
    assert [one.kind for one in found] == [WEEKDAY]
