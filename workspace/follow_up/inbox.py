"""What is open: tasks, and who of running campaigns is not done, as one list by due date."""

from datetime import date, timedelta

import pandas as pd

from nps.notes import Refused
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store.database import Workspace

WHOSE = ("mine", "nobody", "all")
SOON_DAYS = 3
COLUMNS = (
    *("kind", "id", "campaign", "campaign_name", "person_id", "name", "title", "status", "owner", "due"),
    *("snoozed", "trouble", "version", "made_at"),
)
# Of a task about an account alone `name` is the account. Of a member `id` is empty: campaign and person tell which.
OPEN = """
    SELECT 'task' AS kind, t.id, t.campaign, c.name AS campaign_name, t.person_id,
        CASE WHEN t.person_id IS NULL THEN t.account_id ELSE m.name END AS name, t.title, t.status, t.owner, t.due,
        t.snoozed, NULL AS trouble, t.version, t.made_at, t.dataset
    FROM tasks t LEFT JOIN campaigns c ON c.id = t.campaign
    LEFT JOIN members m ON m.campaign = t.campaign AND m.person_id = t.person_id
    WHERE t.status = 'open'
    UNION ALL
    SELECT 'member', '', m.campaign, c.name, m.person_id, m.name, c.goal, m.status, m.owner,
        coalesce(m.due, c.due), NULL, m.trouble, m.version, c.made_at, c.dataset
    FROM members m JOIN campaigns c ON c.id = m.campaign
    WHERE c.state = 'running' AND m.arm = 'contact' AND m.status IN ('to contact', 'contacted', 'replied')"""
LISTED = f"""SELECT {", ".join(COLUMNS)} FROM ({OPEN}) WHERE (? IS NULL OR dataset = ?)
    ORDER BY due IS NULL, due, made_at, kind DESC, person_id, id"""  # noqa: S608 - names of ours


@needs(Verb.SEE_PEOPLE)
def listed(
    actor: Actor, space: Workspace, whose: str, today: date, dataset: str | None = None, snoozed: bool = False
) -> pd.DataFrame:
    """What is open, the earliest due first: COLUMNS, overdue (due before today) and soon (within three days).

    whose    one of WHOSE; mine is what has my name, as `Actor.owner` says
    dataset  None: of all
    snoozed  also what is to come back on a later day
    """
    if whose not in WHOSE:
        raise Refused("follow_up.whose")
    rows = space.db.execute(LISTED, [dataset, dataset]).fetchall()
    found = pd.DataFrame(rows, columns=[*COLUMNS])
    if whose != "all":
        found = found[found["owner"] == (actor.owner if whose == "mine" else "")]
    if not snoozed:
        found = found[found["snoozed"].isna() | (found["snoozed"].fillna("") <= f"{today:%Y-%m-%d}")]
    return _dated(found.reset_index(drop=True), today)


@needs(Verb.SEE_PEOPLE)
def due(actor: Actor, space: Workspace, dataset: str, today: date) -> pd.DataFrame:
    """Counts for a digest, without anybody: what (a campaign's name, empty for tasks), open, overdue, soon."""
    found = listed(actor, space, "all", today, dataset)
    named = found.assign(what=found["campaign_name"].where(found["kind"] == "member", "").fillna(""), open=True)
    counted = named.groupby("what", sort=True)[["open", "overdue", "soon"]].sum()
    return counted.astype(int).reset_index()


def _dated(found: pd.DataFrame, today: date) -> pd.DataFrame:
    due, last = found["due"].fillna("9999"), today + timedelta(days=SOON_DAYS)
    overdue = due < f"{today:%Y-%m-%d}"
    return found.assign(overdue=overdue, soon=~overdue & (due <= f"{last:%Y-%m-%d}"))
