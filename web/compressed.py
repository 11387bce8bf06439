"""Streamlit's own scripts and styles, compressed once for everybody: a cold open is 1.8 MB, not 5.6.

Streamlit leaves them as they are, as it would compress them anew for each visitor.
"""

import asyncio
import gzip
from functools import cache
from mimetypes import guess_type
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.routes import path_parts

FOLDER = Path(st.__file__).parent / "static" / "static"
TEXT = {".js", ".css", ".json", ".svg", ".map"}
FILES = frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.suffix in TEXT)
FOR_GOOD = "public, immutable, max-age=31536000"  # as Streamlit says it: each name holds what is in it


class Compressed:
    """ASGI middleware that answers for these files where the browser reads gzip."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (name := asked_for(scope)) is None:
            await self.app(scope, receive, send)
            return
        content = await asyncio.to_thread(packed, name)
        told = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": FOR_GOOD}
        await Response(content, headers=told, media_type=guess_type(name)[0])(scope, receive, send)


def asked_for(scope: Scope) -> str | None:
    """The file that is asked for, whole and compressed; None for anything else."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    first, _, name = "/".join(path_parts(scope)).partition("/")
    headers = Headers(scope=scope)
    readable = "gzip" in headers.get("accept-encoding", "") and "range" not in headers
    return name if readable and first == "static" and name in FILES else None


@cache
def packed(name: str) -> bytes:
    """The bytes of one of FILES, compressed."""
    return gzip.compress((FOLDER / name).read_bytes(), 9, mtime=0)
