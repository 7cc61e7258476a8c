"""The tables of states against two authorities of their own: ISO 3166 and CLDR."""

import pycountry
import pytest
from babel import Locale

from extractors.gazetteer import UnknownCountryError, load_gazetteer

GAZETTEER = load_gazetteer()
CODES = sorted(GAZETTEER.states)
# User-assigned, not in ISO 3166; CLDR and newspapers use it for Kosovo.
NOT_IN_ISO = {"XK"}
# CLDR's English names with the capital or a second name in them, which nobody types.
CLDR_ONLY = {("CD", "en"), ("CG", "en"), ("MM", "en"), ("PS", "en")}


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_of_iso_3166(code):
    if GAZETTEER.states[code].status == "historical":
        assert code in {getattr(country, "alpha_2", None) for country in pycountry.historic_countries}
    elif code not in NOT_IN_ISO:
        assert pycountry.countries.get(alpha_2=code) is not None


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", CODES)
def test_the_name_in_cldr_is_known(code, language):
    name = Locale(language).territories.get(code)
    if name is None or (code, language) in CLDR_ONLY:
        return
    try:
        found = GAZETTEER.resolve(name)
    except UnknownCountryError:
        pytest.fail(f"CLDR calls {code} «{name}»: nobody who types that finds it")
    assert found == code
