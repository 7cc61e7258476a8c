"""What a reader says of an input that gives no article: an error for one input, a record among many."""

from dataclasses import dataclass


class ReadError(ValueError):
    """An input that no article can be read from; the message names the input and the reason."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that gave no article: `source` is a path, with `:line` for JSON Lines; `reason` a clause in English."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"
