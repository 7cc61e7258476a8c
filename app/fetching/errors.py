"""Why something was not fetched. Inside the package these are raised; callers get them as Unreadable."""

from app.errors import BanggiaoError


class NotFetchedError(BanggiaoError):
    """One input that was not fetched; the message is a clause about it, such as «answers 404 Not Found»."""


class RefusedAddressError(NotFetchedError):
    """An address that the policy does not let us visit."""


class UnreachableError(NotFetchedError):
    """A host that did not answer, not in time, or not in HTTP."""
