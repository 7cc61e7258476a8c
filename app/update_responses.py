"""What an update answers."""

from pydantic import Field

from app.responses import Shape


class UpdateResponse(Shape):
    """What became of the graph."""

    changed: bool = Field(description="Whether the graph is another than before")
    statements: int = Field(description="How many statements it holds now")
    snapshot: str = Field(description="What its content is known by")
