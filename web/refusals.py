"""Why uploads were refused, for the page of who brought them: the box that they were dropped in tells a status only."""

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from nps.notes import Note
from web import visitor

_TOLD: dict[str, list[Note]] = {}


def keep(session: str, reason: Note) -> None:
    """Keep a reason for this session, and have its page run again."""
    info = runtime.get_instance()._session_mgr.get_active_session_info(session) if runtime.exists() else None
    if info and reason not in _TOLD.setdefault(session, []):
        _TOLD[session].append(reason)
        visitor.run_again(session)


def told() -> list[Note]:
    """What there is to say to the session that runs right now, once."""
    return _TOLD.pop(get_script_run_ctx().session_id, [])


def forget(session: str) -> None:
    """A session is over."""
    _TOLD.pop(session, None)
