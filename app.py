"""The server: the dashboard behind a guard, security headers, a health check, a warm start, and errors without secrets.

`streamlit run app.py` finds `app` and serves it; so does an ASGI server started in this folder, as `app:app`.
"""

import asyncio
import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import net_util

from web import errors, memory, place
from web.guard import Guard
from web.headers import SecurityHeaders
from web.uploads import ToDisk

WARM = threading.Event()
net_util.get_external_ip = lambda: None  # Streamlit would ask a web service for it whenever a foreign page knocks


def warm_up() -> None:
    """Load the sample once for everybody, then take what stays for good out of the garbage collector's rounds."""
    try:
        from pages.session import data  # here, so that the server answers while pandas and DuckDB load

        data.warm_up()
    except Exception:
        errors.LOG.exception("The sample data could not be loaded; /health stays 503")
        return
    memory.give_back()
    gc.freeze()
    WARM.set()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warm up in the background: visitors who come early wait for the same cached load."""
    errors.set_up_logs()
    memory.be_thrifty()
    place.warn_of_readable_secrets()
    with place.own_place():
        warming = asyncio.create_task(asyncio.to_thread(warm_up))
        yield
        await warming


async def health(_request: Request) -> JSONResponse:
    """Whether the first page would come quickly: 200 once warm, 503 before."""
    ready = WARM.is_set()
    return JSONResponse({"status": "ok" if ready else "starting"}, 200 if ready else 503)


app = st.App(
    "pages/dashboard.py",
    middleware=[Middleware(SecurityHeaders), Middleware(Guard), Middleware(ToDisk)],
    lifespan=lifespan,
    routes=[Route("/health", health)],
    on_script_error=errors.on_script_error,
    exception_handlers={Exception: errors.on_request_error},
)
