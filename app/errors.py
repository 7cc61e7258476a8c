"""The one tree of errors: each knows its HTTP status and prints a sentence that a person can act on."""

from typing import ClassVar


class BanggiaoError(Exception):
    """What went wrong, in a sentence; `status`, `kind` and `title` make it an RFC 9457 problem document."""

    status: ClassVar[int] = 500
    kind: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong inside"


class BadRequestError(BanggiaoError):
    """The request itself is at fault: a wrong value, a wrong combination."""

    status: ClassVar[int] = 400
    kind: ClassVar[str] = "bad-request"
    title: ClassVar[str] = "The request cannot be answered as it stands"


class QuerySyntaxError(BadRequestError):
    """Text that is no SPARQL; the message says where it stops making sense."""

    kind: ClassVar[str] = "query-syntax"
    title: ClassVar[str] = "The query is not valid SPARQL"


class UnauthorisedError(BanggiaoError):
    """Writing without the token, or with a wrong one."""

    status: ClassVar[int] = 401
    kind: ClassVar[str] = "unauthorised"
    title: ClassVar[str] = "This needs the token"


class NotFoundError(BanggiaoError):
    """A thing that the graph does not hold; `suggestions` are the nearest names or keys, best first."""

    status: ClassVar[int] = 404
    kind: ClassVar[str] = "not-found"
    title: ClassVar[str] = "There is no such thing here"

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class NoSuchDayError(NotFoundError):
    """A day that no year has; `suggestions` are the nearest that there are, as `--02-29`."""

    kind: ClassVar[str] = "no-such-day"
    title: ClassVar[str] = "There is no such day in any year"


class NoSuchYearError(NotFoundError):
    """A year that the calendar does not have; `suggestions` are the nearest that it has."""

    kind: ClassVar[str] = "no-such-year"
    title: ClassVar[str] = "The calendar does not have this year"


class ConflictError(BanggiaoError):
    """What is asked for contradicts what stands; the message names it."""

    status: ClassVar[int] = 409
    kind: ClassVar[str] = "conflict"
    title: ClassVar[str] = "This contradicts what stands"


class TooLargeError(BanggiaoError):
    """An input or an answer beyond a stated limit; the message names the limit with its unit."""

    status: ClassVar[int] = 413
    kind: ClassVar[str] = "too-large"
    title: ClassVar[str] = "This is larger than the limit"


class UnsupportedMediaError(BanggiaoError):
    """A body of a kind that cannot be read."""

    status: ClassVar[int] = 415
    kind: ClassVar[str] = "unsupported-media"
    title: ClassVar[str] = "This kind of content cannot be read"


class StoreReadOnlyError(BanggiaoError):
    """A write to a store that was opened for reading: a fault of ours, not of the caller."""

    kind: ClassVar[str] = "store-read-only"
    title: ClassVar[str] = "The store was opened for reading"


class StoreBusyError(BanggiaoError):
    """Another writer holds the store's lock."""

    status: ClassVar[int] = 503
    kind: ClassVar[str] = "store-busy"
    title: ClassVar[str] = "Another writer is at work"


class StoreDamagedError(BanggiaoError):
    """A snapshot that cannot be read; the message names it and the reason."""

    status: ClassVar[int] = 503
    kind: ClassVar[str] = "store-damaged"
    title: ClassVar[str] = "The stored graph cannot be read"


class StoreFullError(BanggiaoError):
    """There is no room to write what was asked for: nothing of it is stored, and what was published stays."""

    status: ClassVar[int] = 507
    kind: ClassVar[str] = "store-full"
    title: ClassVar[str] = "There is no room to store this"


class BuildFailedError(BanggiaoError):
    """A build of the graph that could not be finished; what was published before stays."""

    kind: ClassVar[str] = "build-failed"
    title: ClassVar[str] = "The graph could not be built"


class NotAcceptableError(BanggiaoError):
    """None of the media types that the client accepts can be given; the message lists those that can."""

    status: ClassVar[int] = 406
    kind: ClassVar[str] = "not-acceptable"
    title: ClassVar[str] = "None of the accepted formats can be given"


class QueryTimeoutError(BanggiaoError):
    """A query that ran longer than the limit; the message names the limit in seconds."""

    status: ClassVar[int] = 503
    kind: ClassVar[str] = "query-timeout"
    title: ClassVar[str] = "The query takes too long"


class QueryMemoryError(BanggiaoError):
    """A query that needs more memory than the limit; the message names the limit in bytes."""

    status: ClassVar[int] = 413
    kind: ClassVar[str] = "query-memory"
    title: ClassVar[str] = "The query takes too much memory"


class QueryLostError(BanggiaoError):
    """A query whose process ended by itself; the message says how."""

    status: ClassVar[int] = 503
    kind: ClassVar[str] = "query-lost"
    title: ClassVar[str] = "The query was lost"


class UpdateLimitError(BanggiaoError):
    """An update that took more time or memory than it may; the message names the limit with its unit."""

    status: ClassVar[int] = 503
    kind: ClassVar[str] = "update-limit"
    title: ClassVar[str] = "The update takes too much"


class ServerBusyError(BanggiaoError):
    """As much is being done as may be done at once."""

    status: ClassVar[int] = 503
    kind: ClassVar[str] = "server-busy"
    title: ClassVar[str] = "As much is being done as may be done at once"


class BodyTimeoutError(BanggiaoError):
    """A body that does not come within the time limit; the message names the limit in seconds."""

    status: ClassVar[int] = 408
    kind: ClassVar[str] = "body-timeout"
    title: ClassVar[str] = "The body of the request comes too slowly"


class HeadTimeoutError(BanggiaoError):
    """The head of a request that does not come within the time limit; the message names the limit in seconds."""

    status: ClassVar[int] = 408
    kind: ClassVar[str] = "head-timeout"
    title: ClassVar[str] = "The request comes too slowly"


class AddressTooLongError(BanggiaoError):
    """An address beyond the limit; the message names the limit in bytes."""

    status: ClassVar[int] = 414
    kind: ClassVar[str] = "address-too-long"
    title: ClassVar[str] = "The address is longer than the limit"


class RateLimitedError(BanggiaoError):
    """A client that asks for more than its share; `retry_after_s` are the seconds until it may ask again."""

    status: ClassVar[int] = 429
    kind: ClassVar[str] = "rate-limited"
    title: ClassVar[str] = "Too many requests from one address"

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class HeadTooLargeError(BanggiaoError):
    """Headers beyond the limit; the message names the limit in bytes."""

    status: ClassVar[int] = 431
    kind: ClassVar[str] = "headers-too-large"
    title: ClassVar[str] = "The headers of the request are larger than the limit"


class NotReadyError(BanggiaoError):
    """No snapshot can be served yet."""

    status: ClassVar[int] = 503
    kind: ClassVar[str] = "not-ready"
    title: ClassVar[str] = "There is no graph to serve yet"


class UpstreamError(BanggiaoError):
    """The endpoint behind this service answers with what is of no use; names it, never what it is entered with."""

    status: ClassVar[int] = 502
    kind: ClassVar[str] = "upstream"
    title: ClassVar[str] = "The store behind this service does not answer as it should"


class UpstreamUnavailableError(UpstreamError):
    """The endpoint behind this service cannot be reached, or has too much to do; it may be back in a moment."""

    status: ClassVar[int] = 503
    kind: ClassVar[str] = "upstream-unavailable"
    title: ClassVar[str] = "The store behind this service cannot be reached"


class UpstreamTimeoutError(UpstreamError):
    """The endpoint behind this service does not answer in time; the message names the limit in seconds."""

    status: ClassVar[int] = 504
    kind: ClassVar[str] = "upstream-timeout"
    title: ClassVar[str] = "The store behind this service does not answer in time"
