"""Groups among comments that give no reason we know: looked for when somebody asks, and forgotten with the comments."""

from weakref import ref

import nps
from nps.comments import proposals
from nps.comments.proposing import Proposing
from nps.notes import Note
from pages.session import keys
from pages.session.held import Looking
from web import visitor


def lacking(chosen: nps.Chosen) -> Note | None:
    """Why no groups can be looked for; None where they can."""
    return proposals.lacks(_silent(chosen)[0])


def look(chosen: nps.Chosen) -> None:
    """Begin to look, or have the page say why not: for callbacks."""
    try:
        keys.GROUPS.put(Looking(ref(chosen.panel.comments), Proposing(*_silent(chosen), alive=visitor.here())))
    except nps.InputError as refused:
        keys.RULES_PROBLEM.put(refused.note)


def job(chosen: nps.Chosen) -> Proposing | None:
    """Who looks, or has looked, among these comments; what was found among others is forgotten."""
    found = keys.GROUPS.get()
    if found and found.comments() is not chosen.panel.comments:
        found.job.cancel()
        found = keys.GROUPS.put(None)
    return found.job if found else None


def _silent(chosen: nps.Chosen) -> tuple[list[str], list[int]]:
    """Comments of everybody under the filters that name no theme, and who wrote each."""
    panel, rows = chosen.panel, chosen.per_person.cube.coded
    rows = rows[rows >= 0]
    rows = rows[~(panel.coding.sided[rows] > 0).any(axis=1)]
    texts = [panel.comments.texts[row] for row in rows]
    return proposals.drawn(texts, panel.person[panel.coding.answer[rows]].tolist())
