"""The parts of an organisation's name after its head: fields of work, states, regions, places, names inside it."""

from collections.abc import Sequence

from extractors.name_tables import is_surname, is_syllable, load_words
from extractors.names import Unit, ends_town, field_width, is_plural, is_short_form, word_width
from extractors.organisation_edges import (
    OF_FIELDS,
    capital_run,
    is_foreigner,
    is_person,
    is_proper,
    is_stray,
    joined_width,
    unknown_width,
)

JOINS = (",", "-", "&", "và", "của", "thuộc", "về", "vì")
"""Marks and words that join the parts of a name."""
_MISSIONS = ("embassy",)
_NAMED = ("university", "institute", "company", "bank")
_LONGEST_TOWN = 3  # words: «Hồ Chí Minh», «New York»
_OWNERS = ("agency", "international-organisation")
_WITH_LISTS = (*_NAMED, "ministry", "agency", "organisation", "association")


class Walk:
    """Takes one component of a name after the other, from its head on."""

    def __init__(self, text: str, units: Sequence[Unit], first: int, type_: str, after_role: bool) -> None:
        self.text, self.units, self.first, self.type, self.after_role = text, units, first, type_, after_role
        self.last = first + 1
        self.codes: list[str] = []
        self.inner: list[int] = []
        self.has_capital = self.has_field = self.is_closed = self.has_aim = False

    def advance(self) -> bool:
        """Take the next component, if there is one."""
        unit = self._at(self.last)
        if unit is None:
            return False
        if unit.text == "(":
            return self._take_short_form()
        if unit.text in ("tại", "ở") and self.codes and self._has_post():
            return self._take_states_after(1) or self._take_town(self.last + 1)
        if unit.text == "của":
            return self._take_owner()
        if unit.text == "-":
            return self._take_after_dash()
        if self.is_closed:
            # «Viện Mỹ - Hàn Johns Hopkins»: a foreign name after the states, unless a person is announced
            is_foreign = unit.kind == "capital" and not is_syllable(unit.text)
            return is_foreign and not self.after_role and self.type in _NAMED and self._take_capital(self.last)
        if unit.text in (",", "và", "&"):
            return self._take_listed()
        if unit.text in ("về", "với") and self._take_people_abroad():
            return True
        if unit.text in ("về", "vì") and self.type not in ("company", "bank"):
            following = self._at(self.last + 1)
            self.has_aim = following is not None and following.kind in ("capital", "field")
            return self.has_aim and self._take_word(self.last + 1)
        return self._take_word(self.last)

    def _at(self, place: int) -> Unit | None:
        return self.units[place] if place < len(self.units) else None

    def _take_word(self, place: int) -> bool:
        unit = self._at(place)
        if unit is None:
            return False
        if unit.kind == "country":
            return not self.codes and self._take_states_after(place - self.last)
        if unit.text.lower() == "nước" and not self.codes and self.type in OF_FIELDS:
            return self._take_nation(place)
        if unit.kind in ("field", "region"):
            if unit.text.islower() and unit.kind == "field" and self._alone() == "bare" and self.type != "party":
                return False  # «Quốc hội xây dựng (luật)»
            if unit.kind == "field" and unit.text.islower() and is_proper(self.units[self.last - 1]):
                return False  # «Công ty Vinafood xuất khẩu (gạo)»
            self.has_field = True
            self.has_capital = self.has_capital or unit.is_capitalised
            self.last = place + max(1, joined_width(self.units, place))
            return True
        if unit.kind in ("head", "name", "suffix", "role") and self._is_inner(unit) and self.type != "parliament":
            if unit.kind == "head" and unit.entry is not None and unit.entry.has_nested:
                self.inner.append(place)
            self.has_field, self.last = True, place + 1
            self.has_capital = self.has_capital or unit.is_capitalised
            return True
        if unit.kind == "place":
            return self.type != "ministry" and self._alone() != "bare" and self._take_place(place)
        if unit.kind == "number":
            taken = self.type == "military"
            self.has_capital, self.last = self.has_capital or taken, place + taken
            return taken
        if unit.kind in ("plural", "word"):
            return self._take_several(place) or self._take_line_of_business(place)
        return unit.kind == "capital" and self._take_capital(place)

    def _take_several(self, place: int) -> bool:
        """«Bộ (các Lực lượng vũ trang) Cách mạng Cuba», «Tập đoàn (Các doanh nghiệp …)»."""
        following = self._at(place + 1)
        if self.units[place].text.lower() != "các" or place > self.first + 1 or following is None:
            return False
        is_taken = following.kind == "head" and following.is_capitalised and self.type == "ministry"
        self.last, self.has_capital = self.last + 2 * is_taken, self.has_capital or is_taken
        return is_taken

    def _take_line_of_business(self, place: int) -> bool:
        """«CTCP Đầu tư (golf) Long Thành»: one word that no table has between a field of work and a firm's name."""
        before, after = self.units[place - 1], self._at(place + 1)
        is_inside = (
            self.type == "company"
            and self.units[place].kind == "word"
            and before.kind == "field"
            and after is not None
            and after.kind == "capital"
        )
        if not is_inside or self.units[place].text in (*load_words().clause, *JOINS):
            return False
        return self._take_capital(place + 1)

    def _is_inner(self, unit: Unit) -> bool:
        if unit.entry is None:
            return False
        if unit.kind == "role" and self._is_office():
            return self.last == self.first + 1  # «Văn phòng Thủ tướng», «Văn phòng lãnh đạo (Đài Loan)»
        if unit.kind == "role":
            return unit.is_capitalised and unit.entry.kind == "occupation" and self.last == self.first + 1
        if self.last == self.first + 1 and not self.units[self.first].is_capitalised:
            return False  # «tổ chức Hội nghị …»: to hold one
        return unit.is_capitalised or unit.entry.has_nested

    def _take_states_after(self, skip: int) -> bool:
        unit = self._at(self.last + skip)
        if unit is None or unit.kind != "country" or unit.code is None:
            return False
        self.codes.append(unit.code)
        self.last, self.is_closed = self.last + skip + 1, True
        return True

    def _take_owner(self) -> bool:
        """«Hội đồng An ninh Quốc gia của (Nhà Trắng)»: the body that a body belongs to, if it is known by its name."""
        following = self._at(self.last + 1)
        if following is None or not (self.has_field or self.has_capital):
            return False
        if following.kind == "head" and self.type == "agency" and not self.is_closed and following.is_capitalised:
            is_chamber = following.entry is not None and following.entry.type == "parliament"
            self.last, self.is_closed = self.last + 2 * is_chamber, is_chamber
            return is_chamber and (self._take_states_after(0) or True)
        if following.kind == "country" and self.type in _OWNERS and self.units[self.first].is_capitalised:
            is_proper = any(unit.kind == "capital" for unit in self.units[self.first + 1 : self.last])
            return not (self.codes or is_proper) and self._take_states_after(1)
        owner = load_words().names.get(following.text)  # «Nhà Trắng» can also stand for its state
        if owner is None or owner.type not in _OWNERS:
            return False
        self.last, self.is_closed = self.last + 2, True
        return True

    def _take_people_abroad(self) -> bool:
        """«về người Việt Nam ở nước ngoài»: the people of a state, and where they live."""
        people, state = self._at(self.last + 1), self._at(self.last + 2)
        if people is None or state is None or people.text.lower() != "người" or state.code is None or self.codes:
            return False
        self.codes.append(state.code)
        self.last, self.is_closed = self.last + 3, True
        abroad = [unit.text for unit in self.units[self.last : self.last + 3]]
        self.last += 3 if abroad == ["ở", "nước", "ngoài"] else 0
        return True

    def _take_nation(self, place: int) -> bool:
        """«nước (Cộng hòa Pháp)» after a parliament's name; «Nước (Nga Thống nhất)» may go on in a party's."""
        is_taken = self._take_states_after(place + 1 - self.last)
        self.is_closed = is_taken and not (self.type == "party" and self.units[place].is_capitalised)
        return is_taken

    def _has_post(self) -> bool:
        """Whether what is named stands in another state: an embassy; «Văn phòng Kinh tế Việt Nam tại Đài Bắc»."""
        return self.type in _MISSIONS or self._is_office()

    def _is_office(self) -> bool:
        return self._alone() == "office"

    def _alone(self) -> str:
        entry = self.units[self.first].entry
        return entry.alone if entry is not None else "no"

    def _take_town(self, place: int) -> bool:
        """«tại (thành phố Đà Nẵng)», «tại (TP HCM)»."""
        unit = self._at(place)
        if unit is None or self.after_role:
            return False
        last = place + 1 if unit.kind == "place" else place
        first = last
        while (unit := self._at(last)) is not None and unit.kind == "capital" and last - first < _LONGEST_TOWN:
            last += 1
        self.last = last if last > first else self.last
        return last > first

    def _take_after_dash(self) -> bool:
        unit = self._at(self.last + 1)
        if unit is None:
            return False
        if unit.kind == "country":
            return bool(self.codes or self.has_field) and self._take_states_after(1)
        if unit.kind in ("field", "region") or (unit.kind == "capital" and not is_surname(unit.text)):
            return (not self.after_role or unit.kind != "capital") and self._take_word(self.last + 1)
        return False

    def _take_listed(self) -> bool:
        """«, Kế hoạch và Phát triển»: a comma only when «và» closes the list, and only fields of work in it."""
        if (self._alone() == "bare" and not self.has_aim) or is_plural(self.units, self.first):
            return False
        place = self.last
        while self._at(place) is not None and self.units[place].text == ",":
            width = self._listed_width(place + 1)
            if not width:
                return False
            place += 1 + width
        closing, width = self._at(place), self._listed_width(place + 1)
        may_list = self.has_aim or self.type in _WITH_LISTS
        if closing is None or closing.text not in ("và", "&") or not (width and may_list):
            return False
        self.last, self.has_field, self.has_capital = place + 1 + width, True, True
        return True

    def _listed_width(self, place: int) -> int:
        """How many units from one on are a field of work; in lower case only after another: «quốc phòng và an ninh»."""
        unit, before = self._at(place), self.units[self.last - 1]
        is_open = self.type == "company" or not before.is_capitalised
        goes_on = before.kind == "field" and is_open and self.units[self.first].is_capitalised
        return field_width(self.units, place) or int(goes_on and unit is not None and unit.kind == "field")

    def _take_place(self, place: int) -> bool:
        last = place + 1
        after = self._at(last)
        if after is not None and after.kind == "country" and after.code is not None and not self.codes:
            self.codes.append(after.code)  # «thành phố (Hà Nội)»: a capital stands for its state as well
            self.last, self.has_capital, self.is_closed = last + 1, True, True
            return True
        if after is not None and after.kind in ("modifier", "honorific") and after.is_capitalised:
            last += 1  # «xã Tân Bình», «thị trấn Cô Tô»: here no title
        while (unit := self._at(last)) is not None and unit.kind == "capital" and last - place <= 4:
            if self.after_role and ends_town(self.units, place, last):
                break
            last += 1
        if last == place + 1:
            return False
        self.last, self.has_capital, self.is_closed = last, True, self.after_role
        return True

    def _take_capital(self, place: int) -> bool:
        width = word_width(self.units, place) or unknown_width(self.units, self.first, place)
        if not width and self._may_end(place) and self._begins_other(place):
            return False
        self.last, self.has_capital = place + (width or 1), True
        return True

    def _may_end(self, place: int) -> bool:
        """Whether the name so far can be whole, before the capitalised words at a unit."""
        alone = self._alone()
        # «Thành ủy Nguyễn Văn An»; «Tỉnh ủy Hà Nam»
        is_leaders = alone in ("leader", "capital") and len(capital_run(self.units, place)) > 2
        return self.last > self.first + 1 or alone in ("bare", "state") or is_leaders

    def _begins_other(self, place: int) -> bool:
        """Whether the capitalised word at a unit is no part of the name: a person's, or what comes next."""
        word = self.units[place].text
        if self.type == "party" and place == self.first + 1 and not is_syllable(word):
            # «Chủ tịch Đảng Jean Marlow»; «đảng Likud»
            return self.after_role and len(capital_run(self.units, place)) == 2
        if is_person(self.units, place, self.type) or is_foreigner(self.units, place, self.type):
            return True
        follows_role = self.after_role or self.units[self.last - 1].kind == "role"
        if follows_role and not is_syllable(word) and not is_short_form(word):
            return True
        first_of_party = self.type == "party" and place == self.first + 1
        return not first_of_party and is_stray(self.units, place)

    def _take_short_form(self) -> bool:
        """«(USAID)», «(PV Oil)» after a name are a part of it."""
        if self.last == self.first + 1 and self._alone() == "no":
            return False
        place = self.last + 1
        while (unit := self._at(place)) is not None and unit.kind in ("capital", "name", "suffix", "head", "region"):
            place += 1
        inside = self.units[self.last + 1 : place]
        if not 1 <= len(inside) <= 3 or unit is None or unit.text != ")":
            return False
        text = self.text[inside[0].start : inside[-1].end]
        if not inside[0].is_capitalised or (is_surname(inside[0].text) and len(inside) > 1):
            return False
        if inside[0].kind == "capital" and " " not in text and is_syllable(text) and not text.isupper():
            return False
        self.last, self.has_capital = place + 1, True
        if not self.codes:
            self._take_states_after(0)  # «Hội nghị Nhân dân Tối cao (Quốc hội) Triều Tiên»
        self.is_closed = True
        return True
