"""Uploads go to disk as they arrive. Streamlit would hold each in memory for as long as its session lasts.

`ToDisk` stands in front of Streamlit's own upload route. That route still decides who may upload, and remembers that
there is a file; of its content it only sees that it is on disk. `take` hands the content over to the page.
"""

import asyncio
import hashlib
import os
import re
import tempfile
import weakref
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, runtime
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from nps.notes import InputError, Note, note
from nps.sources.budget import BUDGET, Room
from web import refusals
from web.pace import Traffic

ROUTE = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)")
BLOCK = 1024**2
MOST_HEAD = 16 * 1024
UNTAKEN_SECONDS = 600.0
ENDED = {"Connection": "close"}  # whoever is refused sends no more
TOO_SLOW, CUT_OFF = note("upload.too_slow"), note("upload.cut_off")

Key = tuple[str, str]


class Refused(Exception):
    """An upload that ends here, with the status that says why."""

    def __init__(self, status: int, reason: Note) -> None:
        super().__init__(reason.code)
        self.status, self.reason = status, reason


class Arrived:
    """A file on disk with the SHA-256 of its content; it goes when nobody holds it any more."""

    def __init__(self, key: Key | None = None, room: Room | None = None) -> None:
        handle, name = tempfile.mkstemp(prefix="upload-")
        self.path, self._room = Path(name), room
        self._stream, self._digest = os.fdopen(handle, "wb"), hashlib.sha256()
        self.write = partial(_write, self._stream, self._digest)  # a thread that writes does not hold the file
        weakref.finalize(self, _remove, self._stream, self.path, key)

    def have_room(self, size: int, most: int) -> None:
        """Be sure of so many bytes in all. Raises Refused when they are more than `most`, or not to be had."""
        if size > most:
            raise Refused(413, note("upload.too_large", most=most // 1024**2))
        try:
            self._room.grow(size)
        except InputError as full:
            raise Refused(507, full.note) from full

    def close(self) -> "Arrived":
        self._stream.close()
        return self

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _write(stream: BinaryIO, digest, block: bytes) -> None:
    stream.write(block)
    digest.update(block)


def _remove(stream: BinaryIO, path: Path, key: Key | None) -> None:
    """The file, and what Streamlit remembers of it."""
    stream.close()
    path.unlink(missing_ok=True)
    if key and runtime.exists():
        runtime.get_instance().uploaded_file_mgr.remove_file(*key)


@dataclass
class _Session:
    """Uploads of one session that are under way or that no page has taken yet."""

    arrived: dict[str, Arrived] = field(default_factory=dict)
    traffic: Traffic = field(default_factory=Traffic)


_SESSIONS: dict[str, _Session] = {}


def take(uploaded: UploadedFile) -> Arrived | None:
    """The content of an uploaded file, on disk; whoever calls has to hold it. Ask once for each file.

    None when it is not there any more.
    """
    here = get_script_run_ctx()
    if here.session_id in _SESSIONS:
        return _SESSIONS[here.session_id].arrived.pop(uploaded.file_id, None)
    return None if type(runtime.get_instance()) is Runtime else _copied(uploaded)


def is_lost(shown: UploadedFile | DeletedFile) -> bool:
    """Whether a widget shows a file that Streamlit does not know any more."""
    return isinstance(shown, DeletedFile)


def _copied(uploaded: UploadedFile) -> Arrived:
    """In a test of pages, where there is no server: what Streamlit holds, a block at a time."""
    arrived = Arrived()
    uploaded.seek(0)
    while block := uploaded.read(BLOCK):
        arrived.write(block)
    return arrived.close()


def forget(session: str) -> None:
    """A session is over: whatever was uploaded for it goes."""
    _SESSIONS.pop(session, None)
    refusals.forget(session)


class ToDisk:
    """ASGI middleware that keeps the content of uploads on disk."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = ROUTE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if route and scope["method"] == "PUT":
            with suppress(ClientDisconnect):
                await self._put_in_time(scope, receive, send, (route["session"], route["file"]))
        elif route and scope["method"] == "DELETE":
            await self._delete(scope, send, (route["session"], route["file"]))
        else:
            await self.app(scope, receive, send)

    async def _put_in_time(self, scope: Scope, receive: Receive, send: Send, key: Key) -> None:
        try:
            await self._put(scope, receive, send, key)
            return
        except Refused as refused:
            status, reason = refused.status, refused.reason
        except TimeoutError:
            status, reason = 408, TOO_SLOW
        refusals.keep(key[0], reason)
        await PlainTextResponse(str(reason), status, ENDED)(scope, receive, send)

    async def _put(self, scope: Scope, receive: Receive, send: Send, key: Key) -> None:
        """Have Streamlit judge the upload by its head, before a byte of its content is kept."""
        session = _SESSIONS.setdefault(key[0], _Session())
        room = _room(key[0])
        async with session.traffic.turn() as clock:
            body = session.traffic.paced(Request(scope, receive).stream(), clock)
            head, content = await _head(body)
            boundary = head.partition(b"\r\n")[0]
            heard = await self._heard(scope, head + b"on disk\r\n" + boundary + b"--\r\n")
            if heard[0]["status"] == 204:
                arrived = Arrived(key, room)
                await _keep(arrived, content, body, b"\r\n" + boundary + b"--")
                session.arrived[key[1]] = arrived.close()
        _drop_when_untaken(*key)
        for message in heard:
            await send(message)

    async def _delete(self, scope: Scope, send: Send, key: Key) -> None:
        """The file goes when Streamlit has agreed, not before."""
        heard = await self._heard(scope, b"")
        if heard[0]["status"] == 204 and key[0] in _SESSIONS:
            _SESSIONS[key[0]].arrived.pop(key[1], None)
        for message in heard:
            await send(message)

    async def _heard(self, scope: Scope, body: bytes) -> list[Message]:
        """What Streamlit answers to a request with this body."""
        heard: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            heard.append(message)

        await self.app(scope, receive, send)
        return heard


def _room(session: str) -> Room:
    try:
        return BUDGET.for_upload(Path(tempfile.gettempdir()), session)
    except InputError as too_many:
        raise Refused(429, too_many.note) from too_many


async def _head(body: AsyncIterator[bytes]) -> tuple[bytes, bytes]:
    """The first boundary with the headers of the one part, and what came with them of its content."""
    came = b""
    while b"\r\n\r\n" not in came and len(came) < MOST_HEAD and (block := await anext(body, b"")):
        came += block
    head, blank, content = came.partition(b"\r\n\r\n")
    return head + blank, content


async def _keep(arrived: Arrived, content: bytes, body: AsyncIterator[bytes], end: bytes) -> None:
    """Write content to disk until the body's end. Raises Refused when it is too large, or when it does not end."""
    size, most = 0, config.get_option("server.maxUploadSize") * 1024**2
    async for block in body:
        content += block
        if len(content) >= BLOCK:
            ready, content = content[: -len(end) - 2], content[-len(end) - 2 :]
            size += len(ready)
            arrived.have_room(size, most)
            await to_thread.run_sync(arrived.write, ready)
    if not content.removesuffix(b"\r\n").endswith(end):
        raise Refused(400, CUT_OFF)
    last = content.removesuffix(b"\r\n").removesuffix(end)
    arrived.have_room(size + len(last), most)
    arrived.write(last)


def _drop_when_untaken(session: str, file: str) -> None:
    """In a while, unless a page has taken the file, or the session still uploads others that belong to it."""

    def drop() -> None:
        held = _SESSIONS.get(session)
        if held and held.traffic.under_way:
            _drop_when_untaken(session, file)
        elif held:
            held.arrived.pop(file, None)

    asyncio.get_running_loop().call_later(UNTAKEN_SECONDS, drop)
