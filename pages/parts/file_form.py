"""The form of one file: what tool it comes from, how such files were read before, and how its columns are read."""

from collections.abc import Sequence

import streamlit as st

import nps
from nps.fields import LABELS
from nps.wording import words
from nps.workspace import Confirmed
from pages.parts import show
from pages.parts.columns import SETTINGS, Said, corrected
from pages.session import kept, keys
from pages.session.held import Brought

NOTHING = "nothing"


def names(brought: Sequence[Brought]) -> str:
    """What the user calls the file; how many they are, where there are several: then what is said names one."""
    return brought[0].name if len(brought) == 1 else f"{len(brought)} files"


def mark(brought: Sequence[Brought]) -> str:
    """What tells the widgets of these files from those of others."""
    return brought[0].sha256[:16]


def opening(table: str, brought: Sequence[Brought]) -> Said:
    """What was said of opening these files: that they are no such export, and which sheet or table it is."""
    return keys.OPENING.get().get((table, mark(brought)), {})


def _say(table: str, mark: str, kind: str, key: str) -> None:
    """Keep what was said of opening a file: its form is away while a worker looks at it again."""
    said = {name: value for name, value in keys.OPENING.get().get((table, mark), {}).items() if name != kind}
    if value := keys.of_widget(key).get():
        said[kind] = None if kind == "export" else value
    keys.OPENING.put({**keys.OPENING.get(), (table, mark): said})


def ask(
    table: str, brought: Sequence[Brought], preview: nps.Preview, confirmed: Confirmed | None, other: Confirmed | None
) -> Said:
    """The user's reading of a file: as recognised, or as confirmed before, until somebody corrects it.

    other  how somebody else confirmed it: that is shown, and used when the user says so
    """
    told_by = mark(brought) + (f"_{confirmed.day}" if confirmed else "")
    if preview.problem:
        show.problem(f"{names(brought)}: {preview.problem}")
    if preview.head.empty and not preview.choices:
        return {}
    with st.expander(f"How the columns of the {table} file were read", expanded=True):
        if confirmed:
            _remember(table, preview.columns, confirmed)
        elif other:
            _offer(table, preview, other)
        _kind(table, preview, opening(table, brought), mark(brought))
        said = corrected(table, preview, told_by)
    return said | opening(table, brought)


def _remember(table: str, columns: tuple[str, ...], confirmed: Confirmed) -> None:
    st.caption(f"Read as it was confirmed on {words.day(confirmed.day)} for files with the same columns.")
    st.button("Forget that", key=f"forget_{table}", on_click=kept.forget_confirmed, args=(table, columns))


def _offer(table: str, preview: nps.Preview, other: Confirmed) -> None:
    """How somebody else read such files, where it differs from what was recognised and that matters here."""
    found = preview.reading.mapping() if preview.reading else {}
    needless = {"date_order"} if preview.reading and not preview.reading.date_order else set()
    differs = {name: said for name, said in other.mapping.items() if said != found.get(name) and name not in needless}
    so = f"Somebody else confirmed on {words.day(other.day)} that files with the same columns are read"
    if not differs:
        st.caption(f"{so} like this.")
        return
    st.caption(f"{so} otherwise:")
    show.bullet(
        [
            f"{(LABELS | SETTINGS)[name]}: {said or NOTHING}, here {found.get(name) or NOTHING}"
            for name, said in differs.items()
        ]
    )
    st.button(
        "Read it like that", key=f"take_{table}", on_click=kept.confirm, args=(table, preview.columns, other.mapping)
    )


def _kind(table: str, preview: nps.Preview, said: Said, mark: str) -> None:
    """Which sheet or table of the file it is, and what tool wrote it."""
    for kind, there in preview.choices.items():
        key, index = f"{kind}_{table}_{mark}", there.index(said[kind]) if said.get(kind) in there else None
        st.selectbox(
            f"This file holds several {kind}s",
            there,
            index=index,
            key=key,
            placeholder="Choose" if preview.problem else "The one whose first rows are shown below",
            on_change=_say,
            args=(table, mark, kind, key),
        )
    if preview.export or "export" in said:
        st.caption(f"Recognised: {preview.export}." if preview.export else "Read as a plain table.")
        key, plain = f"plain_{table}_{mark}", "It is no such export: read it as a plain table"
        st.toggle(plain, value="export" in said, key=key, on_change=_say, args=(table, mark, "export", key))
