"""The catalogues of what people read: gettext, compiled from the texts in app/locale when they are first needed.

What is written in templates and code is English; app/locale/vi holds the Vietnamese of each sentence. A test fails on a
sentence without it. `make messages` brings the catalogue up to date with what is written.
"""

import io
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.languages import Language

LOCALE = Path(__file__).resolve().parent / "locale"


def catalogue_path(language: Language) -> Path:
    """Where the texts of a language are."""
    return LOCALE / language / "LC_MESSAGES" / "banggiao.po"


@lru_cache(maxsize=2)
def catalogue(language: Language) -> NullTranslations:
    """The texts of a language: each English sentence and what stands for it.

    Raises:
        OSError: the catalogue is missing.
    """
    if language == "en":
        return NullTranslations()
    with catalogue_path(language).open("rb") as file:
        texts = read_po(file, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, texts)
    compiled.seek(0)
    return GNUTranslations(compiled)
