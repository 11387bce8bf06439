"""The socket of a session: what is heard from it, for as long as its visitor may be heard, and what it is told.

Who was signed out elsewhere, or has another role by now, gets one plain run of the main script, which shows them what
they may see; then the socket ends. To end it at once would leave on the screen what stood there.
"""

from contextlib import suppress
from time import monotonic
from weakref import WeakSet

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from web import identity, visitor
from web.identity import Visitor
from web.owners import Downloads, Sessions, addresses, session_opened

ASKED = {"rerun_script", "stop_script", "file_urls_request", "backend_operation_request", "app_heartbeat"}
SIGNED_OUT = 4401
ASKED_AGAIN = 1.0  # seconds


_EVERY: "WeakSet[Sockets]" = WeakSet()


def look_again() -> None:
    """Have each page of this process whose visitor was signed out say so now; others find out at their next click."""
    visitor.on_the_loop(_look_again)


def _look_again() -> None:
    for session, owner in [pair for sockets in _EVERY for pair in sockets.sessions.known()]:
        if identity.again(owner) is None:
            visitor.run_again(session)


class Sockets:
    """Sockets to Streamlit, each of its visitor."""

    def __init__(self, app: ASGIApp, sessions: Sessions, downloads: Downloads) -> None:
        self.app, self.sessions, self.downloads = app, sessions, downloads
        _EVERY.add(self)

    async def serve(self, scope: Scope, receive: Receive, send: Send, whose: Visitor) -> None:
        """Hear which session this is, and which addresses it is told."""
        scope, there = self._own_session_only(scope, whose.owner)
        greeted = False

        async def send_and_note(message: Message) -> None:
            nonlocal greeted
            blob = message.get("bytes") or b""
            if not greeted or b"/media/" in blob:
                told = ForwardMsg.FromString(blob)
                for address in addresses(told):
                    self.downloads.tell(address, whose.owner)
                if session := session_opened(told):
                    greeted = True
                    there.add(session)
                    self.sessions.connected(session, whose.owner)
            await send(message)

        try:
            await self.app(scope, while_there(only_asked(receive), send, whose), send_and_note)
        finally:
            for session in there:
                self.sessions.disconnected(session)

    def _own_session_only(self, scope: Scope, owner: str) -> tuple[Scope, set[str]]:
        """The third subprotocol names the session to come back to: it stays where it is the visitor's own."""
        named = [part.strip() for part in Headers(scope=scope).get("sec-websocket-protocol", "").split(",")]
        own = {session for session in named[2:3] if self.sessions.belongs(session, owner)}
        for session in own:
            self.sessions.connected(session, owner)
        kept = named[: 3 if own else 2]
        scope = {**scope, "headers": list(scope["headers"]), "subprotocols": kept}
        if any(named):
            MutableHeaders(scope=scope)["sec-websocket-protocol"] = ", ".join(kept)
        return scope, own


def while_there(receive: Receive, send: Send, whose: Visitor) -> Receive:
    """What is heard as long as the visitor is who they were; that is asked at most once a second."""
    asked, gone = monotonic(), False

    async def receive_while_there() -> Message:
        nonlocal asked, gone
        while frame := (message := await receive()).get("bytes"):
            due = monotonic() - asked >= ASKED_AGAIN
            if gone and due:
                await send({"type": "websocket.close", "code": SIGNED_OUT})
                return {"type": "websocket.disconnect", "code": SIGNED_OUT}
            if due:
                asked, gone = monotonic(), identity.again(whose.owner) != whose
                return {**message, "bytes": plain_run(frame)} if gone else message
            if not gone:
                return message
        return message

    return receive_while_there


def plain_run(frame: bytes) -> bytes:
    """The same page run again, without what anybody said or pressed on it."""
    heard, asked = BackMsg(), BackMsg()
    with suppress(DecodeError):
        heard.MergeFromString(frame)
    said = heard.rerun_script
    asked.rerun_script.query_string = said.query_string
    asked.rerun_script.page_script_hash = said.page_script_hash
    asked.rerun_script.context_info.CopyFrom(said.context_info)
    return asked.SerializeToString()


def only_asked(receive: Receive) -> Receive:
    """What our page asks for; others would empty everybody's caches, or tell of the server's source."""

    async def receive_asked() -> Message:
        while not _is_asked((message := await receive()).get("bytes")):
            pass
        return message

    return receive_asked


def _is_asked(frame: bytes | None) -> bool:
    """False for what our page never sends; Streamlit ends the socket at what is no message at all."""
    try:
        return not frame or BackMsg.FromString(frame).WhichOneof("type") in ASKED
    except DecodeError:
        return True
