"""Whether the visitor of a session is still there, for whoever works for one."""

from collections.abc import Callable
from functools import partial

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def here() -> Callable[[], bool]:
    """Tells, also to other threads, whether this session has a visitor; without a server it has."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: True
    return partial(runtime.get_instance().is_active_session, context.session_id)
