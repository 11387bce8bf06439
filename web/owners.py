"""What belongs to whom: sessions, for as long as they live, and the addresses of downloads.

Where people sign in, to their login; else to a browser, told by a cookie that its first page sets, which only says that
two requests come from one. Of either a hash goes about, which opens nothing.
"""

import asyncio
import hashlib
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from http.cookies import CookieError, SimpleCookie

from streamlit import config, runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession

COOKIE = "nps_session"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
MEDIA = re.compile(r"/media/([0-9a-f]+)(\.[A-Za-z0-9]+)?")
MOST_DOWNLOADS = 20_000
UNWINDS = 0.2  # seconds


def new_cookie(secure: bool) -> str:
    """For a browser that has none. Lax: Strict would hand a new one to whoever comes by a link."""
    token = secrets.token_urlsafe(32)
    return f"{COOKIE}={token}; HttpOnly; SameSite=Lax; Path=/{'; Secure' * secure}"


def browser_of(cookies: str) -> str | None:
    """What tells a browser, given its Cookie header; None when it has no cookie of ours."""
    jar = SimpleCookie()
    try:
        jar.load(cookies)
    except CookieError:
        return None
    token = jar[COOKIE].value if COOKIE in jar else ""
    return hashlib.sha256(token.encode()).hexdigest() if TOKEN.fullmatch(token) else None


class Sessions:
    """Streamlit's sessions, each of the browser that opened it, until it cannot come back any more."""

    def __init__(self, ended: Callable[[str], None]) -> None:
        self._ended = ended
        self._browser: dict[str, str] = {}
        self._ending: dict[str, asyncio.TimerHandle] = {}

    def belongs(self, session: str, browser: str) -> bool:
        return self._browser.get(session) == browser

    def connected(self, session: str, browser: str) -> None:
        self._browser.setdefault(session, browser)
        self._stays(session)

    def known(self) -> list[tuple[str, str]]:
        """Each session, with whose it is."""
        return [*self._browser.items()]

    def _stays(self, session: str) -> None:
        if waiting := self._ending.pop(session, None):
            waiting.cancel()

    def disconnected(self, session: str) -> None:
        """Streamlit waits a while for it to come back; then all that it holds goes at once, whoever else is there."""
        self._stays(session)
        wait = max(config.get_option("server.disconnectedSessionTTL") - 1, 0)
        self._ending[session] = asyncio.get_running_loop().call_later(wait, self._end, session)

    def _end(self, session: str) -> None:
        self._ending.pop(session, None)
        if runtime.get_instance().is_active_session(session):
            return
        info = runtime.get_instance()._session_mgr.get_session_info(session)
        runtime.get_instance().close_session(session)
        if info:
            _emptied(info.session)
        self._browser.pop(session, None)
        self._ended(session)


def _emptied(session: AppSession) -> None:
    """Lets go of what a closed session held, as Streamlit's loop holds the last one until somebody else comes.

    A script of it that still runs goes through those very values: it is waited for.
    """
    if session._scriptrunner:
        asyncio.get_running_loop().call_later(UNWINDS, _emptied, session)
        return
    session.session_state.clear()
    session.session_state._new_widget_state.widget_metadata.clear()


class Downloads:
    """Addresses under /media/, each with the browsers that were told it; the oldest are forgotten."""

    def __init__(self) -> None:
        self._told: OrderedDict[tuple[str, str], None] = OrderedDict()

    def tell(self, address: str, browser: str) -> None:
        if match := MEDIA.fullmatch(address):
            self._told[match[1], browser] = None
            self._told.move_to_end((match[1], browser))
            while len(self._told) > MOST_DOWNLOADS:
                self._told.popitem(last=False)

    def belongs(self, path: str, browser: str) -> bool:
        match = MEDIA.fullmatch(path)
        return bool(match) and (match[1], browser) in self._told


def session_opened(message: ForwardMsg) -> str | None:
    """The session that a message says is this one."""
    return message.new_session.initialize.session_id if message.WhichOneof("type") == "new_session" else None


def addresses(message: ForwardMsg) -> Iterator[str]:
    """What a message tells its browser to fetch. Text of a customer that looks like an address is none."""
    element = message.delta.new_element
    yield message.page_config_changed.favicon
    yield message.logo.image
    yield message.backend_operation_response.deferred_file.url
    yield element.download_button.url
    yield from (image.url for image in element.imgs.imgs)
