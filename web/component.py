"""Components of ours, from files: `script-src 'self'` lets no script in that stands in a page."""

from collections.abc import Callable
from pathlib import Path
from weakref import WeakSet

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

PACKAGE, OURS = "nps-lens", ("screen", "quotes")


_known: WeakSet = WeakSet()  # to which of Streamlit's runtimes


def component(name: str, html: str) -> Callable:
    """What puts it on a page: its script is NAME/NAME.js, its style stands in the page; html is ours alone."""
    manager = get_bidi_component_manager()
    if manager not in _known:
        manifest = ComponentManifest(PACKAGE, "1", [ComponentConfig(each, each) for each in OURS])
        manager.register_from_manifest(manifest, Path(__file__).parent)
        _known.add(manager)
    return st.components.v2.component(f"{PACKAGE}.{name}", html=html, js=f"{name}.js", isolate_styles=False)
