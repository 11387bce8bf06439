"""The app with these files as its sample, or a minimal page: `python -m benchmarks.serve FOLDER|minimal PORT`."""

import sys
from pathlib import Path

import streamlit as st
import uvicorn


def served(what: str) -> st.App:
    """The app as it is served to people, but for where its sample lies."""
    if what == "minimal":
        return st.App(Path(__file__).with_name("minimal.py"))
    from pages.session import data  # here, as the minimal page needs none of it

    data.SAMPLE = Path(what)
    import app

    return app.app


if __name__ == "__main__":
    how = {"log_level": "warning", "ws_per_message_deflate": False}  # as `streamlit run` has it
    uvicorn.run(served(sys.argv[1]), host="localhost", port=int(sys.argv[2]), **how)
