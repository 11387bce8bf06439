"""The files that a session brought: on disk, from a browser or from the server's own folder."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

import nps
from nps.notes import Note
from nps.wording import _
from pages.session import keys
from pages.session.held import Brought
from web import refusals
from web.uploads import UploadedFile, is_lost, take

MOST_SERVER_FILES = 1_000


def arrived(uploads: Sequence[UploadedFile], widget: str) -> list[Brought]:
    """Uploaded files on disk, under names of ours: what the user called them never becomes a path.

    widget  the key of the uploader that shows them
    Raises nps.InputError when one of them is not on the server any more.
    """
    new = {uploaded.file_id: uploaded for uploaded in uploads if uploaded.file_id not in keys.ARRIVED.get()}
    taken = {name: file for name, uploaded in new.items() if (file := take(uploaded))}
    kept = keys.ARRIVED.put({**keys.ARRIVED.get(), **taken})
    if any(map(is_lost, keys.of_widget(widget).get())) or any(uploaded.file_id not in kept for uploaded in uploads):
        raise nps.InputError("upload.gone")
    held = [(kept[uploaded.file_id], uploaded.name) for uploaded in uploads]
    return [Brought(file.path, name, file.sha256, file) for file, name in held]


def let_go(uploads: Sequence[UploadedFile]) -> None:
    """Of all that was uploaded only these are still wanted."""
    wanted = {uploaded.file_id for uploaded in uploads}
    keys.ARRIVED.put({name: file for name, file in keys.ARRIVED.get().items() if name in wanted})


def refused() -> list[Note]:
    """Why files were not taken at all, each once."""
    return refusals.told()


def server_folder() -> Path | None:
    """The folder on the server whose files everybody may use: NPS_LENS_FOLDER, set by the administrator."""
    named = os.environ.get("NPS_LENS_FOLDER")
    return Path(named).resolve() if named else None


def server_files() -> list[str]:
    """Files in that folder and below, by their path in it; none that leads out of it, none that is hidden."""
    folder = server_folder()
    if folder is None or not folder.is_dir():
        return []
    inside = (path for path in folder.rglob("*") if path.is_file() and path.resolve().is_relative_to(folder))
    names = (path.relative_to(folder) for path in inside)
    shown = (name.as_posix() for name in names if not any(part.startswith(".") for part in name.parts))
    return sorted(shown)[:MOST_SERVER_FILES]


def server_file(name: str) -> Brought:
    """One of `server_files`."""
    path = (server_folder() / name).resolve()
    state = path.stat()
    return Brought(path, name, _sha256(str(path), state.st_size, state.st_mtime_ns))


@st.cache_data(max_entries=200, show_spinner=False)
def _sha256(path: str, size: int, changed: int) -> str:  # noqa: ARG001 - the cache's key
    with st.spinner(_("Looking at the file…")), Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
