"""Headers of every answer: the page may load, send and embed nothing but its own."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.style import SCRIPT

INDEX = Path(st.__file__).parent / "static/index.html"


def inline_scripts(index: str) -> list[str]:
    """The code that stands in Streamlit's HTML page itself, and ours."""
    return [*re.findall(r"<script>(.*?)</script>", index, re.DOTALL), SCRIPT]


def content_security_policy(index: str) -> str:
    """The policy under which Streamlit's HTML page works; of inline code only its own runs."""
    digests = (hashlib.sha256(code.encode()).digest() for code in inline_scripts(index))
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(
        [
            "default-src 'self'; base-uri 'self'; form-action 'self'; object-src 'none'; frame-ancestors 'none'",
            f"script-src 'self' {hashes}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit and Vega style their elements in place
            "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:",
        ]
    )


HEADERS = {
    "Content-Security-Policy": content_security_policy(INDEX.read_text(encoding="utf-8")),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # addresses carry the filters
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """ASGI middleware that adds HEADERS to every answer, and keeps downloads out of every cache."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope["path"].startswith("/media/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)
