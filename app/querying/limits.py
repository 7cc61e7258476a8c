"""What a query may take, and how many there may be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """The limits of a pool; each says its unit."""

    timeout_s: float = 10.0
    """Longest time for a query to run, and again to wait for its turn."""
    memory_bytes: int = 1_000_000_000
    """Address space that a child may take beyond what it has with its graph opened."""
    max_result_bytes: int = 50_000_000
    max_query_bytes: int = 100_000
    processes: int = 2
    """Queries that can run at once, each in a child."""
    short_at_once: int = 2
    """Of these, those that have run for less than a moment: as many as there are processors for them."""
    max_queued: int = 32
    """Queries that wait for a child."""
    max_queries_per_child: int = 20_000
    """After so many a child is replaced by a fresh one, whatever it has gathered by then."""

    @property
    def retained_bytes(self) -> int:
        """Resident memory that a child may keep between queries, beyond what it had before the first."""
        return self.memory_bytes // 2
