"""A table of numbers holds what a dict holds."""

from hypothesis import given
from hypothesis import strategies as st

from app.number_tables import NumberTable

NUMBERS = st.integers(0, 2**64 - 1) | st.integers(0, 5) | st.integers(0, 3).map(lambda n: n * 4096 + 9)


@given(st.lists(st.tuples(NUMBERS.filter(lambda n: n != 1), NUMBERS)), st.lists(NUMBERS.filter(lambda n: n != 1)))
def test_a_table_of_numbers_is_a_dict(entries, others):
    table, wanted = NumberTable(), {}
    for key, value in entries:
        table.put(key, value)
        wanted[key] = value
    assert len(table) == len(wanted)
    for key in [*wanted, *others]:
        assert (table.find(key), key in table) == (wanted.get(key), key in wanted)


def test_it_grows():
    table = NumberTable()
    keys = [number * 0x9E3779B97F4A7C15 % 2**64 for number in range(1, 5000)]  # odd, so that no two are the same
    for number, key in enumerate(keys):
        table.put(key, number)
    assert len(table) == len(keys)
    assert [table.find(key) for key in keys] == list(range(len(keys)))
