"""The addresses that tell of the service itself: never limited, never kept."""

from starlette.types import Scope

OPERATIONAL_PATHS = frozenset({"/health", "/ready", "/metrics"})


def is_operational(scope: Scope) -> bool:
    """Whether a request asks how the service is."""
    return scope["path"] in OPERATIONAL_PATHS
