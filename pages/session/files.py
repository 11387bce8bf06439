"""The files that a session brought: on disk, read by workers, and shared with whoever brings the same bytes.

It knows the session keys `arrived`, `previews`, `looking` and `reading`; what a session looks at is `data`'s.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

import nps
from nps import intake
from nps.sources import Named
from pages.session import landed
from pages.session.data import Dataset
from pages.session.landed import Landed
from web.uploads import Arrived, UploadedFile, is_lost, take

PREVIEWS_KEPT = 12
MOST_SERVER_FILES = 1_000
GONE = "A file that is shown here is not on the server any more. Remove it, and bring it again."
PATIENCE = 2.0  # seconds that a run of the page waits for a worker before it shows how far that is


@dataclass(frozen=True)
class Brought:
    """A file that this session brought: where it lies, what the user calls it, and the SHA-256 of its bytes.

    An upload stays on disk for as long as somebody has this.
    """

    path: Path
    name: str
    sha256: str
    upload: Arrived | None = None


Files = Mapping[str, Sequence[Brought]]


def arrived(uploads: Sequence[UploadedFile], widget: str) -> list[Brought]:
    """Uploaded files on disk, under names of ours: what the user called them never becomes a path.

    widget  the key of the uploader that shows them
    Raises nps.InputError when one of them is not on the server any more.
    """
    kept = st.session_state.setdefault("arrived", {})
    for uploaded in uploads:
        if uploaded.file_id not in kept and (file := take(uploaded)):
            kept[uploaded.file_id] = file
    if any(map(is_lost, st.session_state[widget])) or any(uploaded.file_id not in kept for uploaded in uploads):
        raise nps.InputError(GONE)
    held = [(kept[uploaded.file_id], uploaded.name) for uploaded in uploads]
    return [Brought(file.path, name, file.sha256, file) for file, name in held]


def let_go(uploads: Sequence[UploadedFile]) -> None:
    """Of all that was uploaded only these are still wanted."""
    wanted = {uploaded.file_id for uploaded in uploads}
    kept = st.session_state.get("arrived", {})
    for gone in kept.keys() - wanted:
        del kept[gone]


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


@st.cache_data(max_entries=200, show_spinner="Looking at the file…")
def _sha256(path: str, size: int, changed: int) -> str:  # noqa: ARG001 - the cache's key
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def previews(files: Files, mapping: Mapping[str, Mapping[str, str | None]]) -> dict[str, nps.Preview | str] | None:
    """How each of these files would be read, or why one is no table; None while a worker looks at them.

    Raises nps.InputError when it could not.
    """
    marks = {table: _mark({table: brought}, mapping.get(table, {})) for table, brought in files.items()}
    known = st.session_state.setdefault("previews", {})
    for oldest in [mark for mark in known if mark not in marks.values()][:-PREVIEWS_KEPT]:
        del known[oldest]
    if missing := sorted(table for table in files if marks[table] not in known):
        mark = " ".join(marks[table] for table in missing)
        if st.session_state.get("looking", ("", None))[0] != mark:
            given = {table: _named(files[table]) for table in missing}
            st.session_state["looking"] = mark, intake.Job("preview", given, {t: mapping.get(t, {}) for t in missing})
        job = st.session_state["looking"][1]
        if not job.wait(PATIENCE):
            return None
        st.session_state["looking"] = "", None
        known |= {marks[table]: seen for table, seen in job.previews().items()}
    return {table: known[marks[table]] for table in files}


def looking() -> intake.Job | None:
    """The worker that looks at new files right now."""
    return st.session_state.get("looking", ("", None))[1]


@dataclass(frozen=True)
class Reading:
    """Files that are on their way to be used: their mark, and the worker that reads them or what was read before."""

    files: Files
    mark: str
    job: intake.Job | None
    data: Landed | None


def reading() -> Reading | None:
    """What is being read for this session."""
    return st.session_state.get("reading")


def start_reading(files: Files, mapping: Mapping[str, Mapping[str, str | None]]) -> None:
    """Have a worker read these files; where another session has brought the same bytes, that is done already."""
    mark = _mark(files, mapping)
    data, job = landed.known(mark), None
    if data is None:
        given = {table: _named(several) for table, several in files.items()}
        job = intake.Job("land", given, mapping)
    st.session_state["reading"] = Reading(files, mark, job, data)


def finished() -> Dataset | None:
    """What was read, once it is; it stays until it is forgotten, as a run that opens it may be broken off.

    Raises nps.InputError when it cannot be used, and then nothing is left of it.
    """
    pending = reading()
    if pending is None or (pending.job and not pending.job.over):
        return None
    if pending.job:
        pending.job.result()
        data = landed.known(pending.mark, pending.job)
        pending = st.session_state["reading"] = replace(pending, job=None, data=data)
    name = ", ".join(dict.fromkeys(brought.name for several in pending.files.values() for brought in several))
    return Dataset(name, pending.mark[:16], pending.data)


def forget_reading() -> None:
    """What was read is in use, or cannot be used."""
    st.session_state.pop("reading", None)


def _named(several: Sequence[Brought]) -> list[Named]:
    return [Named(brought.path, brought.name) for brought in several]


def _mark(files: Files, mapping: Mapping) -> str:
    """The same for the same bytes read in the same way, and for nothing else; notes name files where there are several.

    So nobody is told what another person calls the same file.
    """
    said = {
        table: sorted((brought.sha256, brought.name if len(several) > 1 else "") for brought in several)
        for table, several in files.items()
    }
    return hashlib.sha256(json.dumps([said, mapping], sort_keys=True).encode()).hexdigest()
