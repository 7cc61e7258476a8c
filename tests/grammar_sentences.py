"""Sentences made at random from the words that the grammar looks for: nearer to its corners than any newspaper."""

from hypothesis import strategies as st

from extractors.lexicon import load_lexicon

STATES = (
    "Việt Nam",
    "Lào",
    "Hoa Kỳ",
    "Mỹ",
    "Liên Xô",
    "Nga",
    "Hà Nội",
    "Bắc Kinh",
    "Việt - Nhật",
    "A-déc-bai-gian",
    "ASEAN",
)
POINTERS = ("hai nước", "hai bên", "nước này", "nước ta", "ông", "của ông", "các nước")
DATES = (
    "ngày 23/9/1992", "năm 1973", "tháng 12/2023", "(24/6/1967 - 24/6/2017)", "từ 8-10/9/2018", "ngày mùng 2 tháng Chín",
    "45 năm", "cách đây 67 năm", "ngày 31/2/1990", "Ngày 5/5", "(1973-2018)", "nhiệm kỳ 2015-2021", "mùng 10 tháng Ba âm lịch",
    "thứ Năm, ngày 24/6/1967", "từ tháng 6 năm 1993 đến tháng 10 năm 2003", "năm ngoái", "9999", "00/00/0000",
)  # fmt: skip
PEOPLE = (
    "Thủ tướng Phạm Minh Chính", "Tổng thống Nga Vladimir Putin", "Bộ trưởng Ngoại giao hai nước", "Đại sứ Anar Imanov",
    "Chủ tịch Hội hữu nghị Việt Nam - Belarus", "Kim Jong-un", "Nữ hoàng Anh",
)  # fmt: skip
FACTS = (
    "thiết lập quan hệ ngoại giao", "bình thường hóa quan hệ", "cắt đứt quan hệ ngoại giao", "công nhận", "nâng cấp quan hệ lên",
    "đối tác chiến lược toàn diện", "thăm chính thức", "chuyến thăm", "ký Hiệp định thương mại", "Hiệp ước hữu nghị được ký",
    "kỷ niệm", "sinh", "giành độc lập", "Quốc khánh", "mở Đại sứ quán tại", "thành lập Hội hữu nghị Việt Nam - Lào",
    "Đại hội đại biểu toàn quốc lần thứ II", "là Tổng thống", "giải phóng miền Nam", "đón", "đến",
)  # fmt: skip
JOINTS = (
    " ", ", ", " và ", " với ", " của ", " - ", " (", ") ", "; ", ". ", "\n\n", "\r\n", " giữa ", " được ", " trong ", " sẽ ",
    ' "', '" ', "…", " – ",
)  # fmt: skip
NOISE = ("\u200b", "\u00ad", "\ufeff", "\u0301", "\u00a0", "\t", "‑", "“", "”", "😀", "\u2028", "\x85", "ﬁ", "İ")

fragments = st.one_of(*(st.sampled_from(words) for words in (STATES, POINTERS, DATES, PEOPLE, FACTS)))
joints = st.one_of(st.sampled_from(JOINTS), st.sampled_from(NOISE))
_pairs = st.lists(st.tuples(fragments, joints), min_size=1, max_size=40)
texts = _pairs.map(lambda pairs: "".join(fragment + joint for fragment, joint in pairs))
"""Texts of up to forty fragments."""


def phrases():
    """Texts that match a trigger phrase, whichever."""
    patterns = [phrase.pattern for phrase in load_lexicon().phrases]
    return st.sampled_from(patterns).flatmap(lambda pattern: st.from_regex(pattern, fullmatch=True))
