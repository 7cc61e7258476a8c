"""A bare FastAPI application: one route that gives the bytes of a file, whatever is asked. What a service costs at least."""

import os
from pathlib import Path

from fastapi import FastAPI, Response

BODY = Path(os.environ["BARE_BODY"]).read_bytes()

app = FastAPI(openapi_url=None)


@app.get("/{path:path}")
async def answer(path: str) -> Response:
    """The bytes."""
    return Response(BODY, media_type="application/json")
