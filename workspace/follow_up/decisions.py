"""What was decided: of a finding that was kept, and of features, which together are the roadmap."""

import re
from datetime import date
from typing import NamedTuple
from uuid import uuid4

import pandas as pd

from nps.notes import InputError, Refused, note
from nps.wording import _
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.follow_up.changes import only
from workspace.follow_up.words import optional
from workspace.store import audit
from workspace.store.database import Workspace, writing

KINDS, STATES = ("finding", "feature"), ("open", "done", "dropped")
VERDICTS = ("fix", "keep strong", "promote", "sunset", "watch")
LONGEST_ABOUT, LONGEST_DECIDED, LONGEST_OWNER = 5_000, 500, 80
COLUMNS = (
    *("id", "kind", "about", "told", "verdict", "decided", "state", "owner", "until", "version", "made_by", "made_at"),
)
CHANGED = ("verdict", "decided", "state", "owner", "until")
MARKED = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:@])")


class Decision(NamedTuple):
    """What was decided.

    about    what a finding is about, whatever its figures, as `About.encoded` writes it; or the name of a feature
    told     the finding as it was when it was kept, as `Note.encoded` writes it; "" of a feature
    verdict  one of VERDICTS of a feature, which puts it on the roadmap; None of a finding
    until    the last day that it holds, or by which it is to be done
    """

    kind: str
    about: str
    decided: str = ""
    verdict: str | None = None
    state: str = "open"
    owner: str = ""
    until: date | None = None
    told: str = ""


@needs(Verb.WORK)
def keep(actor: Actor, space: Workspace, dataset: str, decision: Decision) -> str:
    """Keep what is decided first of this; its id.

    Raises InputError where there is a decision about the same by now, which whoever decides has not seen.
    """
    row = {**_row(decision), "id": uuid4().hex, "dataset": dataset, "made_by": actor.name, "made_at": audit.now()}
    with writing(space.db):
        same = [dataset, row["kind"], row["about"]]
        if space.db.table("decisions").count_where("dataset = ? AND kind = ? AND about = ?", same):
            raise InputError("decision.changed_meanwhile")
        space.db.table("decisions").insert(row)
        audit.record(actor, space, "decide", {"decision": row["id"], "dataset": dataset})
    return row["id"]


@needs(Verb.WORK)
def change(actor: Actor, space: Workspace, decision: str, seen: int, **values: str | date | None) -> None:
    """Change some of CHANGED. Raises InputError where somebody else changed it meanwhile, or took it away."""
    only(values, CHANGED)
    with writing(space.db):
        now = _seen(space, decision, seen)
        before = {name: now[name] for name in Decision._fields}
        before |= {"until": _day(now["until"]), "told": now["told"] or ""}
        row = _row(Decision(**{**before, **values}))
        space.db.table("decisions").update(decision, {**row, "version": seen + 1})
        audit.record(actor, space, "change decision", {"decision": decision, "changed": sorted(values)})


@needs(Verb.WORK)
def remove(actor: Actor, space: Workspace, decision: str, seen: int) -> None:
    """Forget one. Raises InputError as `change` does."""
    with writing(space.db):
        _seen(space, decision, seen)
        space.db.table("decisions").delete_where("id = ?", [decision])
        audit.record(actor, space, "remove decision", {"decision": decision})


@needs(Verb.SEE_PEOPLE)
def listed(actor: Actor, space: Workspace, dataset: str, kind: str | None = None) -> pd.DataFrame:
    """What was decided of a dataset, the latest first: COLUMNS."""
    rows = space.db.table("decisions").rows_where(
        "dataset = ? AND (? IS NULL OR kind = ?)", [dataset, kind, kind], order_by="made_at DESC, about"
    )
    return pd.DataFrame(rows, columns=["dataset", *COLUMNS])[[*COLUMNS]]


@needs(Verb.SEE_PEOPLE)
def planned(actor: Actor, space: Workspace, dataset: str) -> pd.DataFrame:
    """What was decided of features, by verdict in the order of VERDICTS, what is open first: COLUMNS."""
    found = listed(actor, space, dataset, "feature")
    order = [found["verdict"].map(VERDICTS.index), found["state"].map(STATES.index), found["about"]]
    place = pd.concat(order, axis=1).sort_values(["verdict", "state", "about"], kind="stable").index
    return found.loc[place].reset_index(drop=True)


@needs(Verb.SEE_PEOPLE)
def roadmap(actor: Actor, space: Workspace, dataset: str) -> pd.DataFrame:
    """The same as a list: verdict, feature, decided, state, owner, until."""
    found = planned(actor, space, dataset).rename(columns={"about": "feature"})
    return found[["verdict", "feature", "decided", "state", "owner", "until"]]


def headed(roadmap: pd.DataFrame) -> pd.DataFrame:
    """The roadmap with words for headers, verdicts and states, as it leaves in a file."""
    names = {
        **{"verdict": _("Verdict"), "feature": _("Feature"), "decided": _("Decided"), "state": _("State")},
        **{"owner": _("Owner"), "until": _("Until")},
    }
    said = {column: roadmap[column].map(lambda each: str(verdict_named(each))) for column in ("verdict", "state")}
    return roadmap.assign(**said, until=roadmap["until"].fillna("")).rename(columns=names)


def as_markdown(table: pd.DataFrame) -> str:
    """A table in Markdown, in which text of others is text: no link, no image, no row of its own."""
    rows = [[*table.columns], ["---"] * table.shape[1], *table.astype(str).values.tolist()]
    told = [[cell if place == 1 else _plain(cell) for cell in row] for place, row in enumerate(rows)]
    return "".join(f"| {' | '.join(row)} |\n" for row in told)


def verdict_named(code: str) -> str:
    """What a verdict or a state is called."""
    return str(note(f"decision.is.{code.replace(' ', '_')}"))


def _plain(text: str) -> str:
    return MARKED.sub(r"\\\1", " ".join(text.split()))


def _row(decision: Decision) -> dict[str, str | None]:
    """A decision as it is kept. Raises InputError for one that is none."""
    if decision.kind not in KINDS:
        raise Refused("decision.kind")
    if decision.state not in STATES:
        raise Refused("decision.state")
    if (decision.verdict in VERDICTS) != (decision.kind == "feature"):
        raise Refused("decision.verdict")
    if not decision.about.strip() or len(decision.about) > LONGEST_ABOUT:
        raise Refused("decision.about", most=LONGEST_ABOUT)
    if len(decision.told) > LONGEST_ABOUT or bool(decision.told) != (decision.kind == "finding"):
        raise Refused("decision.about", most=LONGEST_ABOUT)
    decided = optional(decision.decided, LONGEST_DECIDED, "decision.decided")
    if decision.kind == "finding" and not decided:
        raise Refused("decision.decided", most=LONGEST_DECIDED)
    return {
        **{"kind": decision.kind, "about": decision.about, "verdict": decision.verdict, "decided": decided},
        "told": decision.told or None,
        "state": decision.state,
        "owner": optional(decision.owner, LONGEST_OWNER, "follow_up.text"),
        "until": decision.until and f"{decision.until:%Y-%m-%d}",
    }


def _seen(space: Workspace, decision: str, version: int) -> dict:
    """The row, as it was seen."""
    now = next(iter(space.db.table("decisions").rows_where("id = ?", [decision])), None)
    if now is None:
        raise InputError("decision.gone")
    if now["version"] != version:
        raise InputError("decision.changed_meanwhile")
    return now


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
