"""Why an import was refused: as a whole, with nothing written."""

from typing import ClassVar

from app.errors import BanggiaoError


class ImportRefusedError(BanggiaoError):
    """What was to be imported cannot be trusted; nothing of it was written. Names file, line (if known) and reason."""

    status: ClassVar[int] = 422
    kind: ClassVar[str] = "import-refused"
    title: ClassVar[str] = "This cannot be imported"
