"""Sixty spellings of states and pairs, each with what it means: what a table that comes from elsewhere may hold.

CLEAN: names as newspapers and ministries write them today, in Vietnamese and English, with or without diacritics: labels
and official names of data/countries/names.csv, alone and joined by what joins them in running text.
OLD: spellings of former decades, most of them aliases of names.csv (each there with its source: the Ministry of
Finance's tables of 2022, circular 21/2016, newspapers before 2010), in other case, hyphens and pairs than there.
MISSPELT: made by hand from names of the same table, as people mistype: letters left out, doubled, swapped or next to
the right one on the keyboard, a wrong tone mark, blanks lost. None of these is in the table as it stands.
"""

CLEAN = (
    ("Azerbaijan", "country/AZ"),
    ("Việt Nam", "country/VN"),
    ("viet nam", "country/VN"),
    ("VIET-NAM", "country/VN"),
    ("Nhật Bản", "country/JP"),
    ("Nhat Ban", "country/JP"),
    ("Hoa Kỳ", "country/US"),
    ("Vương quốc Anh", "country/GB"),
    ("Republic of Azerbaijan", "country/AZ"),
    ("Cộng hòa Azerbaijan", "country/AZ"),
    ("Cộng hoà Azerbaijan", "country/AZ"),
    ("South Africa", "country/ZA"),
    ("Saint Kitts and Nevis", "country/KN"),
    ("Cộng hòa Dân chủ Congo", "country/CD"),
    ("han quoc", "country/KR"),
    ("Timor-Leste", "country/TL"),
    ("Việt Nam - Azerbaijan", "pair/AZ-VN"),
    ("Azerbaijan - Việt Nam", "pair/AZ-VN"),
    ("Việt Nam – Nhật Bản", "pair/JP-VN"),
    ("viet nam nhat ban", "pair/JP-VN"),
    ("Việt Nam và Hoa Kỳ", "pair/US-VN"),
    ("Vietnam and Japan", "pair/JP-VN"),
    ("Japan-Vietnam", "pair/JP-VN"),
    ("Việt Nam với Lào", "pair/LA-VN"),
    ("Việt - Nhật", "pair/JP-VN"),
    ("Ấn Độ/Việt Nam", "pair/IN-VN"),
    ("VN-AZ", "pair/AZ-VN"),
    ("Hàn Quốc, Việt Nam", "pair/KR-VN"),
    ("Cuba Việt Nam", "pair/CU-VN"),
    ("Vietnam & France", "pair/FR-VN"),
)
OLD = (
    ("A-déc-bai-gian", "country/AZ"),
    ("Adecbaigian", "country/AZ"),
    ("Ai-déc-bai-gian", "country/AZ"),
    ("Mỹ", "country/US"),
    ("An-giê-ri", "country/DZ"),
    ("CHDCND Triều Tiên", "country/KP"),
    ("Ô-xtrây-li-a", "country/AU"),
    ("Liên xô", "country/SU"),
    ("Việt Nam - A-déc-bai-gian", "pair/AZ-VN"),
    ("viet nam ao xtray lia", "pair/AU-VN"),
    ("Miến Điện", "country/MM"),
    ("Swaziland", "country/SZ"),
)
MISSPELT = (
    ("Azerbajan", "country/AZ"),
    ("Azerbaidjan", "country/AZ"),
    ("Azebaijan", "country/AZ"),
    ("Nhật Bãn", "country/JP"),
    ("Viêt Nam", "country/VN"),
    ("Vietnm", "country/VN"),
    ("Kazatxtan", "country/KZ"),
    ("Uzebkistan", "country/UZ"),
    ("Philipinnes", "country/PH"),
    ("Nui Di Lân", "country/NZ"),
    ("Inđônêsa", "country/ID"),
    ("Malaixia", "country/MY"),
    ("Hàn Qốc", "country/KR"),
    ("Viêt Nam - Nhât Bản", "pair/JP-VN"),
    ("Vietnam-Azerbajan", "pair/AZ-VN"),
    ("vietnm azerbajian", "pair/AZ-VN"),
    ("Việt Nam và Kazastan", "pair/KZ-VN"),
    ("viet nam - phillipin", "pair/PH-VN"),
)
