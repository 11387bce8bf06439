"""The server: the dashboard behind a guard, security headers, a health check, a warm start, and errors without secrets.

`streamlit run app.py` finds `app` and serves it; so does an ASGI server started in this folder, as `app:app`.
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from web import errors, health, login, memory, place, settings
from web.compressed import Compressed
from web.guard import Guard
from web.headers import SecurityHeaders
from web.spoken import Spoken
from web.style import Styled
from web.uploads import ToDisk


def warm_up() -> None:
    """Load the sample once for everybody, then take what stays for good out of the garbage collector's rounds."""
    try:
        from pages.session import starting  # here, so that the server answers while pandas and DuckDB load

        starting.begin()
    except Exception:
        errors.LOG.exception("The sample data could not be loaded; /health stays 503")
        return
    memory.give_back()
    gc.freeze()
    health.WARM.set()


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


settings.start()
app = st.App(
    "pages/dashboard.py",
    middleware=[
        *(Middleware(SecurityHeaders), Middleware(Spoken), Middleware(Guard)),
        *(Middleware(Styled), Middleware(Compressed), Middleware(ToDisk)),
    ],
    lifespan=lifespan,
    routes=[health.ROUTE, *login.routes()],
    on_script_error=errors.on_script_error,
    exception_handlers={Exception: errors.on_request_error},
)
