"""The server: the dashboard behind security headers, a health check, a warm start, and errors that tell no secrets.

`streamlit run app.py` finds `app` and serves it; so does an ASGI server started in this folder, as `app:app`.
"""

import asyncio
import base64
import gc
import hashlib
import logging
import re
import secrets
import tempfile
import threading
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import net_util
from streamlit.logger import get_logger

from pages._arrivals import ToDisk

LOG = get_logger("nps.server")
WARM = threading.Event()
net_util.get_external_ip = lambda: None  # Streamlit would ask a web service for it whenever a foreign page knocks


def content_security_policy(index: str) -> str:
    """The policy that lets the page load, send and embed nothing but its own; `index` is Streamlit's HTML page."""
    inline = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" for code in inline]
    return "; ".join(
        [
            "default-src 'self'; base-uri 'self'; form-action 'self'; object-src 'none'; frame-ancestors 'none'",
            f"script-src 'self' {' '.join(hashes)}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit and Vega style their elements in place
            "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:",
        ]
    )


INDEX = Path(st.__file__).parent / "static/index.html"
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
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope["path"].startswith("/media/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)


def trace(error: BaseException | None) -> str:
    """The types and places of an error and its causes. Messages and values stay out: they may quote a customer."""
    lines = []
    while error:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        for frame, line in traceback.walk_tb(error.__traceback__):
            lines.append(f"  {frame.f_code.co_filename}:{line}:{frame.f_code.co_name}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


def discreet_record(*args, **kwargs) -> logging.LogRecord:
    """A log record, of any library in this process, that shows an error as `trace` does."""
    record = logging.LogRecord(*args, **kwargs)
    if record.exc_info:
        record.exc_text = trace(record.exc_info[1])
    return record


def on_script_error(error: Exception) -> bool:
    """Show a reference number; log the same number with where it happened."""
    reference = "-".join(re.findall("....", secrets.token_hex(4).upper()))
    LOG.error("Reference %s: %s", reference, trace(error))
    st.error(
        "Something went wrong. Reload the page; if it happens again, "
        f"give your administrator the reference **{reference}**.",
        icon=":material/error:",
    )
    return True


def warm_up() -> None:
    """Load the sample once for everybody, then take what stays for good out of the garbage collector's rounds."""
    try:
        from pages import _shared  # here, so that the server answers while pandas and DuckDB load

        _shared.warm_up()
    except Exception:
        LOG.exception("The sample data could not be loaded; /health stays 503")
        return
    gc.collect()
    gc.freeze()
    WARM.set()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warm up in the background: visitors who come early wait for the same cached load."""
    logging.setLogRecordFactory(discreet_record)
    get_logger("streamlit.error_util").addFilter(lambda record: record.msg != "Uncaught app execution")  # ours tells it
    outside_sessions = get_logger("streamlit.runtime.scriptrunner_utils.script_run_context")
    outside_sessions.setLevel(logging.ERROR)  # it warns of the warm-up, which has no session on purpose
    with tempfile.TemporaryDirectory(prefix="nps-lens-", ignore_cleanup_errors=True) as tempfile.tempdir:
        warming = asyncio.create_task(asyncio.to_thread(warm_up))
        yield  # uploads lie in that folder and go with it: a server that is told to stop runs no exit handlers
        await warming


async def health(_request: Request) -> JSONResponse:
    """Whether the first page would come quickly: 200 once warm, 503 before."""
    ready = WARM.is_set()
    return JSONResponse({"status": "ok" if ready else "starting"}, 200 if ready else 503)


app = st.App(
    "pages/dashboard.py",
    middleware=[Middleware(SecurityHeaders), Middleware(ToDisk)],
    lifespan=lifespan,
    routes=[Route("/health", health)],
    on_script_error=on_script_error,
)
