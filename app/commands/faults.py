"""Inputs that gave no article, told on the error stream: each of a kind at first, then only their number.

Of an archive of the web nearly all pages are refused for one reason; a line for each would bury the others.
"""

import re
from collections import Counter

from app.commands.printing import print_fault
from extractors.readers import Unreadable

NAMED_OF_A_KIND = 100

# What differs within a kind: numbers, and what is quoted.
_PARTICULARS = re.compile(r"«[^»]*»|\d[\d.,]*|0x[0-9A-F]+")


class Faults:
    """Tells of refused inputs as they come; `tell_rest` sums up those that were not named."""

    def __init__(self) -> None:
        self.count = 0
        self._kinds: Counter[str] = Counter()

    def tell(self, one: Unreadable) -> None:
        """Print an input with its reason, unless many of its kind have been printed."""
        self.count += 1
        kind = _PARTICULARS.sub("…", one.reason)
        self._kinds[kind] += 1
        if self._kinds[kind] <= NAMED_OF_A_KIND:
            print_fault(one)

    def tell_rest(self) -> None:
        """Print how many more there were of each kind."""
        for kind, count in self._kinds.most_common():
            if count > NAMED_OF_A_KIND:
                print_fault(f"{count - NAMED_OF_A_KIND:,} more inputs: {kind}")
