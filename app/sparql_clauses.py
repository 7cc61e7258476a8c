"""What must be known of a query before it is run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clauses:
    """Whether a query asks other servers, and whether it names its graphs."""

    has_service: bool
    has_from: bool
