"""Who is in a campaign, how far each is, and who looks after them; several people may change them at once."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import pandas as pd

from nps.notes import InputError, Refused
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.follow_up import changes, contact_rules, ruling, standing
from workspace.follow_up.campaign import Campaign, find
from workspace.store import audit
from workspace.store.database import Workspace, writing

STATUSES = ("to contact", "contacted", "replied", "resolved", "no answer")
OPEN = ("to contact", "contacted", "replied")
MET = ("contacted", "replied", "no answer")  # who stands there was contacted
ARMS = ("contact", "held back")
BY_HAND = "by hand"
CHANGED = ("status", "cause", "owner", "due")
COLUMNS = (
    *("person_id", "email", "name", "account_id", "score", "response_id", "answered_at", "tier", "arm", "status"),
    *("cause", "owner", "due", "contacted_at", "remote_id", "trouble", "version"),
)

OF_TODAY = ("email", "name", "account_id")


@needs(Verb.SEE_PEOPLE)
def listed(actor: Actor, space: Workspace, campaign: str, today: date) -> pd.DataFrame:
    """Everybody in it: COLUMNS and overdue, which is who is open and was due before today; by due date, then id."""
    rows = space.db.table("members").rows_where("campaign = ?", [campaign], order_by="due IS NULL, due, person_id")
    members = pd.DataFrame(rows, columns=["campaign", *COLUMNS]).drop(columns="campaign")
    late = members["due"].notna() & (members["due"].fillna("") < f"{today:%Y-%m-%d}")
    open_still = members["status"].isin(OPEN) & (members["arm"] == ARMS[0])
    return members.assign(overdue=(late & open_still).astype(bool))


@needs(Verb.SEE_PEOPLE)
def board(actor: Actor, space: Workspace, campaign: str) -> dict[str, int]:
    """How many of those who are to be contacted stand where: status -> people, in the order of STATUSES."""
    sql = "SELECT status, count(*) FROM members WHERE campaign = ? AND arm = 'contact' GROUP BY 1"
    counted = dict(space.db.execute(sql, [campaign]).fetchall())
    return {status: counted.get(status, 0) for status in STATUSES}


@needs(Verb.SEE_PEOPLE)
def history(actor: Actor, space: Workspace, campaign: str, person: str) -> pd.DataFrame:
    """What came of one of them, oldest first: at, actor, what, before, after, note."""
    return changes.history(space, "members", (campaign, person))


@needs(Verb.WORK)
def change(
    actor: Actor,
    space: Workspace,
    campaign: str,
    seen: Mapping[str, int],
    now: datetime,
    note: str = "",
    **values: str | date | None,
) -> list[str]:
    """Change some of CHANGED of one or many; who was changed by somebody else meanwhile, and stays.

    seen  person -> the version that was on screen
    note  what there is to say; it alone will do
    Raises Refused for what is resolved without a cause, and for whoever is held back: they are not contacted.
    """
    said = changes.clean(values, STATUSES, CHANGED)
    with writing(space.db):
        of = find(actor, space, campaign)
        _check_arm(space, campaign, seen, said)
        late = [key[1] for key in changes.apply(actor, space, "members", _keys(campaign, seen), said, note, now)]
        if said.get("status") in MET:
            _contacted(space, of, [person for person in seen if person not in late], BY_HAND, now)
        about = {"campaign": campaign, "people": len(seen) - len(late), "changed": sorted(said)}
        audit.record(actor, space, "change members", about)
    return late


@needs(Verb.WORK)
def reached(actor: Actor, space: Workspace, campaign: str, people: Iterable[str], channel: str, now: datetime) -> None:
    """Note that a message has gone out to these by a channel: they are contacted now, and the cool-down knows."""
    with writing(space.db):
        n = arrived(actor, space, find(actor, space, campaign), people, channel, now)
        audit.record(actor, space, "reach members", {"campaign": campaign, "people": n})


def arrived(actor: Actor, space: Workspace, of: Campaign, people: Iterable[str], channel: str, now: datetime) -> int:
    """The same inside of the transaction of what it is part of; of how many it is news."""
    waiting = {row["person_id"]: row["version"] for row in _rows(space, of.id, people) if _waits(row)}
    changes.apply(actor, space, "members", _keys(of.id, waiting), {"status": STATUSES[1], "trouble": None}, "", now)
    _contacted(space, of, waiting, channel, now)
    return len(waiting)


@needs(Verb.WORK)
def delivered(
    actor: Actor, space: Workspace, campaign: str, remote: Mapping[str, str], troubles: Mapping[str, str]
) -> None:
    """Keep by which id another system knows somebody, and what went wrong with whom; the latest counts."""
    with writing(space.db):
        answered(space, campaign, remote, troubles)
        about = {"campaign": campaign, "arrived": len(remote), "failed": len(troubles)}
        audit.record(actor, space, "deliver members", about)


def answered(space: Workspace, campaign: str, remote: Mapping[str, str], troubles: Mapping[str, str]) -> None:
    """The same inside of the transaction of what it is part of."""
    told = [(each, None, person) for person, each in remote.items()]
    told += [(None, why[: changes.LONGEST_CAUSE], person) for person, why in troubles.items()]
    sql = "UPDATE members SET remote_id = coalesce(?, remote_id), trouble = ? WHERE campaign = ? AND person_id = ?"
    space.db.conn.executemany(sql, [(each, why, campaign, person) for each, why, person in told])


@needs(Verb.SEE_PEOPLE)
def leaving(
    actor: Actor, space: Workspace, campaign: str, now: datetime, people: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who is still to be contacted and may be at this moment, COLUMNS and account, what that is called, else its id;
    and whom each rule removes of the others.

    people  what is known of people by now: person_id, opted_out, email, name, account_id, account (what that is
            called), answered_at; who is not in it stays as they were when the campaign was made, whoever is has the
            address, name and account of today
    Whatever the rules said then, they are asked again. Raises InputError where the campaign does not run.
    """
    of = find(actor, space, campaign)
    if of.state != "running":
        raise InputError("campaign.not_running", name=of.name)
    members = listed(actor, space, campaign, now.date())
    members = members[(members["arm"] == ARMS[0]) & (members["status"] == STATUSES[0])].reset_index(drop=True)
    rules = ruling.rules_of(actor, space, of.dataset)._replace(off=of.off)
    today = standing.by_now(members, people)
    removed = contact_rules.who_may(standing.known(actor, space, of.dataset, today, now, campaign), rules, now)
    named = today["account"].where(today["account"].notna(), today["account_id"]) if "account" in today else None
    members = members.assign(**{name: today[name] for name in OF_TODAY})
    members = members.assign(account=members["account_id"] if named is None else named)
    return members[contact_rules.allowed(removed)].reset_index(drop=True), removed


def addressed(space: Workspace, campaign: str, leaving: pd.DataFrame) -> None:
    """Keep the addresses under which people leave, as those are contacted: inside of the transaction of that."""
    known = leaving[["person_id", *OF_TODAY]].astype(object)
    rows = known.where(known.notna(), None).itertuples(index=False, name=None)
    sql = "UPDATE members SET email = ?, name = ?, account_id = ? WHERE campaign = ? AND person_id = ?"
    space.db.conn.executemany(sql, [(*today, campaign, person) for person, *today in rows])


def _contacted(space: Workspace, of: Campaign, people: Iterable[str], channel: str, now: datetime) -> None:
    """Note the first contact of each in this campaign, for its cool-down, too."""
    fresh = pd.DataFrame([row for row in _rows(space, of.id, people) if row["contacted_at"] is None])
    if fresh.empty:
        return
    sql = "UPDATE members SET contacted_at = ? WHERE campaign = ? AND person_id = ?"
    moment = standing.moment(now)
    space.db.conn.executemany(sql, [(moment, of.id, person) for person in fresh["person_id"]])
    standing.reached(space, of.dataset, fresh, channel, now, of.id)


def _check_arm(space: Workspace, campaign: str, people: Iterable[str], said: Mapping[str, str | None]) -> None:
    if "status" in said and any(row["arm"] == ARMS[1] for row in _rows(space, campaign, people)):
        raise Refused("campaign.held_back")


def _rows(space: Workspace, campaign: str, people: Iterable[str]) -> list[dict]:
    """The rows of these people who are in it."""
    wanted = {*people}
    return [
        row for row in space.db.table("members").rows_where("campaign = ?", [campaign]) if row["person_id"] in wanted
    ]


def _waits(row: Mapping[str, object]) -> bool:
    return row["arm"] == ARMS[0] and row["status"] == STATUSES[0]


def _keys(campaign: str, seen: Mapping[str, int]) -> dict[changes.Key, int]:
    return {(campaign, person): version for person, version in seen.items()}
