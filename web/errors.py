"""Errors: a reference for who sees one, types and places in the log. Messages and values stay out: customers' words."""

import logging
import re
import secrets
import traceback

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from streamlit.logger import get_logger

from nps.notes import note
from nps.wording import speak
from web.headers import HEADERS
from web.spoken import of_request, of_visitor

LOG = get_logger("nps.server")
REFUSED_SOCKET = "ASGI callable returned without completing handshake."  # uvicorn says so of each one we refuse
UPLOADS = re.compile(r"(/_stcore/upload_file/)[^ ]+")


def trace(error: BaseException | None) -> str:
    """The types and places of an error and its causes."""
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


def without_upload_addresses(record: logging.LogRecord) -> bool:
    """A filter for logs of requests: the address of an upload names a session."""
    record.msg, record.args = UPLOADS.sub(r"\1…", record.getMessage()), ()
    return True


def set_up_logs() -> None:
    """Have every library in this process log discreetly."""
    logging.setLogRecordFactory(discreet_record)
    logging.getLogger("uvicorn.access").addFilter(without_upload_addresses)
    logging.getLogger("uvicorn.error").addFilter(lambda record: record.msg != REFUSED_SOCKET)
    get_logger("streamlit.error_util").addFilter(lambda record: record.msg != "Uncaught app execution")  # ours tells it
    outside_sessions = get_logger("streamlit.runtime.scriptrunner_utils.script_run_context")
    outside_sessions.setLevel(logging.ERROR)  # it warns of the warm-up, which has no session on purpose


def on_script_error(error: Exception) -> bool:
    """Show a reference number instead of the page; log the same number with where it happened."""
    with speak(of_visitor()):
        st.error(_shown(f"**{_logged(error)}**"), icon=":material/error:")
    return True


async def on_request_error(request: Request, error: Exception) -> Response:
    """The same for a request that no page answers."""
    with speak(of_request(request.headers)):
        return PlainTextResponse(_shown(_logged(error)), 500, HEADERS)


def _shown(reference: str) -> str:
    return str(note("request.went_wrong", reference=reference))


def _logged(error: Exception) -> str:
    reference = "-".join(re.findall("....", secrets.token_hex(4).upper()))
    LOG.error("Reference %s: %s", reference, trace(error))
    return reference
