"""Files on their way to be used: looked at and read by workers, and shared with whoever brings the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import nps
from nps import intake
from nps.intake import Origin
from nps.sources import Named
from pages.session import arriving, data, datasets, files, keys, landed, opened
from pages.session.held import Brought, Dataset, Files, Reading

PREVIEWS_KEPT = 12
PATIENCE = 2.0  # seconds that a run of the page waits for a worker before it shows how far that is


def previews(
    files: Files, mapping: Mapping[str, Mapping[str, str | None]]
) -> dict[str, nps.Preview | nps.InputError] | None:
    """How each of these files would be read, or why one is no table; None while a worker looks at them.

    Raises nps.InputError when it could not.
    """
    marks = {table: _mark({table: brought}, mapping.get(table, {})) for table, brought in files.items()}
    known = dict(keys.PREVIEWS.get())
    for oldest in [mark for mark in known if mark not in marks.values()][:-PREVIEWS_KEPT]:
        del known[oldest]
    if missing := sorted(table for table in files if marks[table] not in known):
        mark = " ".join(marks[table] for table in missing)
        if keys.LOOKING.get()[0] != mark:
            given = {table: _named(files[table]) for table in missing}
            keys.LOOKING.put((mark, intake.Job("preview", given, {t: mapping.get(t, {}) for t in missing})))
        if not looking().wait(PATIENCE):
            return None
        _, job = keys.LOOKING.take()
        known |= {marks[table]: seen for table, seen in job.previews().items()}
    keys.PREVIEWS.put(known)
    return {table: known[marks[table]] for table in files}


def looking() -> intake.Job | None:
    """The worker that looks at new files right now."""
    return keys.LOOKING.get()[1]


def reading() -> Reading | None:
    """What is being read for this session."""
    return keys.READING.get()


def start(
    files: Files, mapping: Mapping[str, Mapping[str, str | None] | str], into: tuple[str, int] | None = None
) -> None:
    """Have a worker read these files; where another session has brought the same bytes, that is done already.

    into  as `Reading` has it
    """
    if into:
        mapping = {**mapping, "keys": opened.way(into[0])}
    mark = _mark(files, mapping)
    tables, job = landed.known(mark), None
    if tables is None:
        given = {table: _named(several) for table, several in files.items()}
        job = intake.Job("land", given, mapping)
    keys.READING.put(Reading(files, mark, job, tables, into))


def finished() -> Dataset | None:
    """What was read, once it is; it stays until it is forgotten, as a run that opens it may be broken off.

    Raises nps.InputError when it cannot be used, and then nothing is left of it.
    """
    pending = reading()
    if pending is None or (pending.job and not pending.job.over):
        return None
    if pending.job:
        pending.job.result()
        pending = keys.READING.put(replace(pending, job=None, data=landed.known(pending.mark, pending.job)))
    name = ", ".join(dict.fromkeys(brought.name for several in pending.files.values() for brought in several))
    return Dataset(name, pending.mark[:16], pending.data)


def forget() -> None:
    """What was read is in use, or cannot be used."""
    keys.READING.take()


def adopt() -> None:
    """Look at what was read, once it is: at the start of a run, before anything is shown of what was there before."""
    try:
        if read := finished():
            if into := reading().into:
                datasets.refreshed(into, read.data.folder)
            else:
                data.use(read)
            forget()
            files.let_go([])
            arriving.arrived()
    except nps.InputError as unusable:
        forget()
        keys.UPLOAD_PROBLEM.put(unusable.note)


def _named(several: Sequence[Brought]) -> list[Named]:
    return [Named(brought.path, brought.name, brought.sha256) for brought in several]


def _mark(files: Files, mapping: Mapping) -> str:
    """The same for the same bytes read in the same way: see `intake.mark`."""
    return intake.mark(
        {table: [Origin(brought.name, brought.sha256) for brought in several] for table, several in files.items()},
        mapping,
    )
