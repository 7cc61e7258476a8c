"""Schemathesis asks the service everything that its description allows, and much that it forbids.

No answer may be a fault of the service or another than the description promises. The same cases in every run; `make
test-api` tries ten times as many.
"""

from collections import Counter
from dataclasses import dataclass, field

import pytest
import schemathesis
from conftest import NOON, TOKEN, open_service
from documented_requests import ON_SCRATCH, operations, write_what_examples_name
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from app.main import app, create_app
from app.rdf_formats import INPUT_FORMATS
from app.settings import Settings

EXAMPLES = 3
MANY_EXAMPLES = 30
OPERATIONS = operations(app.openapi())
WRITING = {one.id for one in OPERATIONS.values() if one.needs_token}
# A window of dates takes as long as it is long, and a dump as the graph is large: these are asked of a small graph.
WHOLE_GRAPH = {"anniversaries", "calendar", "dump_nquads", "dump_trig", "dump_turtle", "dataset"}
# What fits the schema may still be refused with 400: a window that ends before it begins, a state that is none. 422
# says that the schema itself was not met, and never comes back here.
REFUSED_AS_A_WHOLE = ["2xx", "3xx", "400", "401", "403", "404", "406", "409", "415", "429"]
# A text that is longer than the schema allows is refused with 413.
REFUSED = ["400", "401", "404", "405", "406", "409", "413", "415", "422"]
# A body of these kinds is any text: the object that Schemathesis sends in place of one is read as the text «{}».
SPARQL = ["application/sparql-query", "application/sparql-update"]
# «{}» is a whole document of TriG as well.
ANY_TEXT = {"text/markdown", "text/html", "application/trig", *SPARQL}
RDF_TEXTS = [name for name in INPUT_FORMATS if not name.endswith("json")]
schemathesis.serializer.alias([*SPARQL, *RDF_TEXTS], "text/plain")


@dataclass
class Summary:
    """What was asked and what was found."""

    operations: set[str] = field(default_factory=set)
    cases: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        statuses = ", ".join(f"{count} × {status}" for status, count in sorted(self.statuses.items()))
        checks = ", ".join(f"{name} {count}" for name, count in sorted(self.checks.items()))
        return (
            f"schemathesis: {len(self.operations)} operations, {self.cases} cases, {sum(self.checks.values())} checks, "
            f"{len(self.failures)} failures\n  answers: {statuses}\n  checks: {checks}"
        )


def configuration(examples):
    return SchemathesisConfig.from_dict(
        {
            "headers": {"Authorization": f"Bearer {TOKEN}"},
            "continue-on-failure": True,
            "request-timeout": 120,
            "generation": {"max-examples": examples, "deterministic": True, "no-shrink": True, "database": "none"},
            "phases": {name: {"enabled": name != "stateful"} for name in PHASES},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": REFUSED_AS_A_WHOLE},
                "negative_data_rejection": {"expected-statuses": REFUSED},
            },
        }
    )


PHASES = ("examples", "coverage", "fuzzing", "stateful")


def run(service, names, examples):
    described = schemathesis.openapi.from_asgi("/openapi.json", service, config=configuration(examples))
    summary = Summary()
    for event in from_schema(described.include(operation_id=sorted(names))).execute():
        if isinstance(event, events.ScenarioFinished):
            take(summary, event)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            summary.failures.append(repr(event))
    print(f"\n{summary}")
    return summary


def take(summary, event):
    recorder = event.recorder
    if recorder.cases:
        summary.operations.add(event.label)
    summary.cases += len(recorder.cases)
    summary.statuses.update(
        str(one.response.status_code) for one in recorder.interactions.values() if one.response is not None
    )
    for case, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is None:
                summary.checks[check.name] += 1
            elif check.name != "negative_data_rejection" or recorder.cases[case].value.media_type not in ANY_TEXT:
                failure = check.failure_info
                summary.failures.append(f"{event.label} {check.name}: {failure.failure}\n{failure.code_sample}")


def assert_clean(summary, names):
    assert not summary.failures, "\n\n".join(summary.failures)
    assert len(summary.operations) == len(names)


def read_service(store):
    return create_app(Settings(store=store, token=TOKEN), now=lambda: NOON)


@pytest.fixture
def scratch_service(tmp_path):
    with open_service(tmp_path / "store", token=TOKEN) as client:
        write_what_examples_name(client, OPERATIONS)
        yield client.app


@pytest.fixture(params=[EXAMPLES, pytest.param(MANY_EXAMPLES, marks=pytest.mark.slow)], ids=["few", "many"])
def examples(request):
    return request.param


def test_reading_the_shipped_graph(shipped_store, examples):
    names = OPERATIONS.keys() - ON_SCRATCH - WRITING - (WHOLE_GRAPH if examples == EXAMPLES else set())
    assert_clean(run(read_service(shipped_store), names, examples), names)


def test_writing_and_what_is_asked_of_all(scratch_service, examples):
    names = ON_SCRATCH | WRITING | WHOLE_GRAPH
    assert_clean(run(scratch_service, names, examples), names)
