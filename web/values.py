"""The two doors by which values of widgets come in, and who stands there: what a widget is, and what was said of it.

Frames of a browser can be written by hand. What no widget of ours can have said counts as not said.
"""

from collections.abc import Callable
from dataclasses import replace
from math import isfinite

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import Serialized, SessionState, WStates

MALFORMED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
OF_KIND: dict[str, Callable[[object], bool]] = {
    "string_value": lambda said: isinstance(said, str),
    "double_value": lambda said: isinstance(said, float | int) and isfinite(said),
    "string_array_value": lambda said: all(isinstance(one, str) for one in said),
    "double_array_value": lambda said: all(isinstance(one, float) and isfinite(one) for one in said),
}
ALIKE = {"double_value": {"int_value"}}  # a field for whole numbers is registered as the first and sends the second
_register, _said = SessionState.register_widget, WStates.__getitem__


def guard() -> None:
    """From now on a widget has the value it would have without a browser, where that says what it cannot mean."""
    SessionState.register_widget = _register_guarded
    WStates.__getitem__ = _said_of_its_kind


def _register_guarded(state: SessionState, metadata: WidgetMetadata, user_key: str | None):
    return _register(state, replace(metadata, deserializer=parser(metadata)), user_key)


def _said_of_its_kind(states: WStates, widget: str) -> object:
    """What was said of a widget; of another kind, as text where it counts, it counts as not said.

    Streamlit would take over the other kind for the widget itself, so its parser keeps the one that it was made with.
    """
    value, metadata = states.states.get(widget), states.widget_metadata.get(widget)
    kind = getattr(metadata.deserializer, "kind", None) if metadata else None
    heard = {kind, None} | ALIKE.get(kind, set())
    if kind and isinstance(value, Serialized) and value.value.WhichOneof("value") not in heard:
        states.states[widget] = Serialized(WidgetState(id=widget))
    return _said(states, widget)


def parser(metadata: WidgetMetadata) -> Callable[[object], object]:
    """The widget's own reading of what a browser says: of its kind, and of what is offered where there is a choice."""
    of_kind = OF_KIND.get(metadata.value_type, lambda _: True)
    choice = getattr(metadata.deserializer, "__self__", None)

    def parsed(value: object) -> object:
        try:
            return metadata.deserializer(_offered(choice, value) if of_kind(value) else None)
        except MALFORMED:
            return metadata.deserializer(None)

    parsed.kind = metadata.value_type
    return parsed


def _offered(choice: object, value: object) -> object:
    """What is said of a choice, without what it does not offer; None where nothing is left and one must be."""
    offered = getattr(choice, "formatted_option_to_option_index", None)
    if offered is None:
        return value
    if isinstance(value, str):
        return value if value in offered else None
    valid = [one for one in dict.fromkeys(value) if one in offered]
    return valid or (None if hasattr(choice, "default_option_index") else [])
