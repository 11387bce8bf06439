"""The visitor of a session, for whoever works for one: whether they are still there, and their page run again."""

from collections.abc import Callable
from functools import partial

from streamlit import runtime
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def run_again(session: str) -> None:
    """Have the page of a session run again as it is, if anybody looks at it; on the loop of the server."""
    info = runtime.get_instance()._session_mgr.get_active_session_info(session)
    if info:
        info.session.request_rerun(info.session._client_state)


def on_the_loop(do: Callable[[], None]) -> None:
    """Have the loop of the server do something, from any thread; in a test of pages there is none."""
    if type(runtime.get_instance()) is Runtime:
        runtime.get_instance()._get_async_objs().eventloop.call_soon_threadsafe(do)


def here() -> Callable[[], bool]:
    """Tells, also to other threads, whether this session has a visitor; without a server it has."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: True
    return partial(runtime.get_instance().is_active_session, context.session_id)
