"""Uploads go to disk as they arrive. Streamlit would hold each in memory for as long as its session lasts.

`ToDisk` stands in front of Streamlit's own upload route. That route still decides who may upload, and remembers that
there is a file; of its content it only sees that it is on disk. `take` hands the content over to the page.
"""

import hashlib
import os
import re
import shutil
import tempfile
import weakref
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

ROUTE = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)$")
BLOCK = 1024**2
MOST_HEAD = 64 * 1024
SPARE_DISK = 1024**3


class Arrived:
    """A file on disk with the SHA-256 of its content; it goes when nobody holds it any more."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="upload-")
        self.path = Path(name)
        self._stream, self._digest = os.fdopen(handle, "wb"), hashlib.sha256()
        self.write = partial(_write, self._stream, self._digest)  # a thread that writes does not hold the file
        weakref.finalize(self, _remove, self._stream, self.path)

    def close(self) -> "Arrived":
        self._stream.close()
        return self

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _write(stream: BinaryIO, digest, block: bytes) -> None:
    stream.write(block)
    digest.update(block)


def _remove(stream: BinaryIO, path: Path) -> None:
    stream.close()
    path.unlink(missing_ok=True)


_ARRIVED: dict[tuple[str, str], Arrived] = {}


def take(uploaded: UploadedFile) -> Arrived:
    """The content of an uploaded file, on disk; whoever calls has to hold it. Ask once for each file."""
    here = get_script_run_ctx()
    return _ARRIVED.pop((here.session_id, uploaded.file_id), None) or _copied(uploaded)


def _copied(uploaded: UploadedFile) -> Arrived:
    """Where no `ToDisk` stands in front: what Streamlit holds, a block at a time."""
    arrived = Arrived()
    uploaded.seek(0)
    while block := uploaded.read(BLOCK):
        arrived.write(block)
    return arrived.close()


class ToDisk:
    """ASGI middleware that keeps the content of uploads on disk."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = ROUTE.search(scope["path"]) if scope["type"] == "http" else None
        if route is None:
            await self.app(scope, receive, send)
        elif scope["method"] == "PUT":
            await self._put(scope, receive, send, (route["session"], route["file"]))
        else:
            _ARRIVED.pop((route["session"], route["file"]), None)
            await self.app(scope, receive, send)

    async def _put(self, scope: Scope, receive: Receive, send: Send, key: tuple[str, str]) -> None:
        """Have Streamlit judge the upload by its head, before a byte of its content is kept."""
        _forget_who_left()
        body = Request(scope, receive).stream()
        head, content = await _head(body)
        boundary = head.partition(b"\r\n")[0]
        heard: list[Message] = []
        await self.app(scope, _once(head + b"on disk\r\n" + boundary + b"--\r\n"), _into(heard))
        if heard[0]["status"] == 204:
            refused = await _keep(key, content, body, b"\r\n" + boundary + b"--")
            if refused:
                await refused(scope, receive, send)
                return
        for message in heard:
            await send(message)


def _forget_who_left() -> None:
    """Files that were uploaded, but that no page took before its session was over."""
    for key in [key for key in _ARRIVED if not runtime.get_instance().is_active_session(key[0])]:
        _ARRIVED.pop(key, None)


async def _head(body: AsyncIterator[bytes]) -> tuple[bytes, bytes]:
    """The first boundary with the headers of the one part, and what came with them of its content."""
    came = b""
    while b"\r\n\r\n" not in came and len(came) < MOST_HEAD and (block := await anext(body, b"")):
        came += block
    head, blank, content = came.partition(b"\r\n\r\n")
    return head + blank, content


async def _keep(key: tuple[str, str], content: bytes, body: AsyncIterator[bytes], end: bytes) -> Response | None:
    """Write content to disk until the body's end; a refusal when it is too large, or when it does not end."""
    arrived, size, most = Arrived(), 0, config.get_option("server.maxUploadSize") * 1024**2
    try:
        async for block in body:
            content += block
            if len(content) >= BLOCK:
                ready, content = content[: -len(end) - 2], content[-len(end) - 2 :]
                await to_thread.run_sync(arrived.write, ready)
                size += len(ready)
            if size > most:
                return Response("File too large", 413)
            if shutil.disk_usage(arrived.path).free < SPARE_DISK:
                return Response("No room left on the server", 507)
    except ClientDisconnect:
        return Response("Cut off", 400)
    if not content.removesuffix(b"\r\n").endswith(end):
        return Response("Cut off", 400)
    arrived.write(content.removesuffix(b"\r\n").removesuffix(end))
    _ARRIVED[key] = arrived.close()
    return None


def _once(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _into(heard: list[Message]) -> Send:
    async def send(message: Message) -> None:
        heard.append(message)

    return send
