"""The form of one file: what tool it comes from, how such files were read before, and how its columns are read."""

from collections.abc import Sequence

import streamlit as st

import nps
from nps.notes import table_named
from nps.wording import _, several
from pages.parts import show
from pages.parts.columns import Said, corrected
from pages.parts.labels import field_label, settings, written
from pages.session import kept, keys
from pages.session.held import Brought
from workspace.store.readings import Confirmed


def names(brought: Sequence[Brought]) -> str:
    """What the user calls the file; how many they are, where there are several: then what is said names one."""
    return brought[0].name if len(brought) == 1 else several("1 file", "{n} files", n=len(brought))


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
        show.problem(_("{file}: {reason}", file=names(brought), reason=preview.problem))
    if preview.head.empty and not preview.choices:
        return {}
    with st.expander(_("How the columns of the {table} file were read", table=table_named(table)), expanded=True):
        if confirmed:
            _remember(table, preview.columns, confirmed)
        elif other:
            _offer(table, preview, other)
        _kind(table, preview, opening(table, brought), mark(brought))
        said = corrected(table, preview, told_by)
    return said | opening(table, brought)


def _remember(table: str, columns: tuple[str, ...], confirmed: Confirmed) -> None:
    st.caption(_("Read as it was confirmed on {day} for files with the same columns.", day=confirmed.day))
    st.button(_("Forget that"), key=f"forget_{table}", on_click=kept.forget_confirmed, args=(table, columns))


def _offer(table: str, preview: nps.Preview, other: Confirmed) -> None:
    """How somebody else read such files, where it differs from what was recognised and that matters here."""
    found = preview.reading.mapping() if preview.reading else {}
    needless = {"date_order"} if preview.reading and not preview.reading.date_order else set()
    differs = {name: said for name, said in other.mapping.items() if said != found.get(name) and name not in needless}
    if not differs:
        same = _("Somebody else confirmed on {day} that files with the same columns are read like this.", day=other.day)
        st.caption(same)
        return
    otherwise = _(
        "Somebody else confirmed on {day} that files with the same columns are read otherwise:", day=other.day
    )
    st.caption(otherwise)
    show.bullet([_differs(name, said, found.get(name)) for name, said in differs.items()])
    taken = {"on_click": kept.confirm, "args": (table, preview.columns, other.mapping)}
    st.button(_("Read it like that"), key=f"take_{table}", **taken)


def _differs(name: str, theirs: str | None, here: str | None) -> str:
    """A field or a setting, what somebody else confirmed it to be, and what it is here."""
    asked, nothing = settings(), _("nothing")
    if name not in asked:
        label, values = field_label(name), (theirs or nothing, here or nothing)
    else:
        label, values = asked[name], (written(theirs) if theirs else nothing, written(here) if here else nothing)
    return _("{label}: {theirs}, here {here}", label=label, theirs=values[0], here=values[1])


def _kind(table: str, preview: nps.Preview, said: Said, mark: str) -> None:
    """Which sheet or table of the file it is, and what tool wrote it."""
    for kind, there in preview.choices.items():
        key, index = f"{kind}_{table}_{mark}", there.index(said[kind]) if said.get(kind) in there else None
        st.selectbox(
            _("This file holds several sheets") if kind == "sheet" else _("This file holds several tables"),
            there,
            index=index,
            key=key,
            placeholder=_("Choose") if preview.problem else _("The one whose first rows are shown below"),
            on_change=_say,
            args=(table, mark, kind, key),
        )
    if preview.export or "export" in said:
        named = _("Recognised: {tool:ours}.", tool=preview.export) if preview.export else _("Read as a plain table.")
        st.caption(named)
        key, plain = f"plain_{table}_{mark}", _("It is no such export: read it as a plain table")
        st.toggle(plain, value="export" in said, key=key, on_change=_say, args=(table, mark, "export", key))
