"""A thing on a small page, for the window that a client opens beside a candidate."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.reconciling.facts import Facts, Reference, Value
from app.reconciling.kinds import PROPERTIES, TYPES

_MAX_VALUES = 5
# The window is small: its first lines are for what the name does not say.
_IN_THE_HEADING = frozenset({"name-vi", "name-en", "code"})
_templates = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def preview_page(facts: Facts) -> str:
    """The page in HTML; of a property with many values, the first five and how many more there are."""
    shown = (item for item in facts.values.items() if item[0] not in _IN_THE_HEADING)
    rows = [(PROPERTIES[name].name, _in_words(values)) for name, values in shown]
    return _templates.get_template("preview.html").render(facts=facts, type_name=TYPES[facts.id.type].name, rows=rows)


def _in_words(values: tuple[Value, ...]) -> str:
    shown = ", ".join(one.name if isinstance(one, Reference) else str(one) for one in values[:_MAX_VALUES])
    more = len(values) - _MAX_VALUES
    return f"{shown} (+ {more})" if more > 0 else shown
