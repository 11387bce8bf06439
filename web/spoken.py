"""Which language an answer is in: the administrator's, else the one that a browser asks for first."""

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from nps.wording import preferred, speak


def of_visitor() -> str:
    """The language of whoever sees the page that runs right now."""
    return preferred(st.context.locale)


def of_request(headers: Headers) -> str:
    """The language of whoever sees the answer to a request."""
    return preferred(headers.get("accept-language", "").partition(",")[0].partition(";")[0].strip())


class Spoken:
    """ASGI middleware: sentences of ours in whatever is answered are in the language of the request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with speak(of_request(Headers(scope=scope))):
            await self.app(scope, receive, send)
