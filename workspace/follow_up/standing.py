"""What is known of people that decides whether they may be written to: what the contact rules look at."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial

import pandas as pd

from nps.notes import InputError
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.follow_up.contact_rules import addresses
from workspace.follow_up.words import domains
from workspace.store import audit, marks
from workspace.store.database import Workspace, writing

PEOPLE = ("person_id", "email", "account_id", "opted_out", "answered_at")
SURVEY = "survey"  # the channel of being asked; any other is a campaign's
LATEST_BY = {
    "person_mark": "SELECT person_mark, max(at) FROM contacts WHERE dataset = ? AND {which} GROUP BY 1",
    "email_mark": "SELECT email_mark, max(at) FROM contacts WHERE email_mark IS NOT NULL AND {which} GROUP BY 1",
}


@needs(Verb.SEE_PEOPLE)
def known(
    actor: Actor, space: Workspace, dataset: str, people: pd.DataFrame, now: datetime, campaign: str | None = None
) -> pd.DataFrame:
    """People with FACTS of `contact_rules`: who is erased, suppressed, was contacted or asked when, is in another
    running campaign, or in the hands of somebody.

    people    PEOPLE, of which the last three may be missing
    campaign  the one they are looked at for, which is no other
    """
    people = people.assign(**{name: None for name in PEOPLE if name not in people})
    ids, email = people["person_id"].astype(str), addresses(people)
    mark = partial(marks.mark, marks.secret(space.root))
    of_ids, of_mails = ids.map(mark), email.map(mark, na_action="ignore")
    of_accounts = people["account_id"].map(lambda each: mark(str(each)), na_action="ignore")
    gone, listed = marks.erased(space), _suppressed(space, now)
    below = {each: {mark(name) for name in domains(each)} for each in email.dropna().unique()}
    in_domain = email.map(lambda each: bool(below[each] & listed["domain"]), na_action="ignore")
    contacted, asked = (_latest(space, dataset, which, of_ids, of_mails) for which in ("channel != ?", "channel = ?"))
    return people.assign(
        erased=of_ids.isin(gone) | of_mails.isin(gone),
        opted_out=people["opted_out"].eq(True),
        suppressed=of_ids.isin(listed["id"])
        | of_mails.isin(listed["email"])
        | of_accounts.isin(listed["account"])
        | in_domain.eq(True),
        hands_off=of_accounts.isin(listed["hands off"]),
        contacted_at=contacted,
        surveyed_at=pd.concat([asked, _moments(people["answered_at"])], axis=1).max(axis=1),
        in_campaign=_in_campaign(space, dataset, campaign, ids, email),
    )


@needs(Verb.WORK)
def asked(actor: Actor, space: Workspace, dataset: str, people: pd.DataFrame, now: datetime) -> None:
    """Note that these people were asked by a survey, so that they are left in peace for a while."""
    with writing(space.db):
        reached(space, dataset, people, SURVEY, now)
        audit.record(actor, space, "ask", {"dataset": dataset, "people": len(people)})


def reached(
    space: Workspace, dataset: str, people: pd.DataFrame, channel: str, now: datetime, campaign: str | None = None
) -> None:
    """Note real contacts inside of the transaction of what they are part of: person_id, email."""
    mark, email = partial(marks.mark, marks.secret(space.root)), addresses(people)
    rows = [
        {
            **{"dataset": dataset, "campaign": campaign, "channel": channel, "at": moment(now)},
            **{"person_mark": mark(str(one)), "email_mark": mark(mail) if isinstance(mail, str) else None},
        }
        for one, mail in zip(people["person_id"], email, strict=True)
    ]
    space.db.table("contacts").insert_all(rows) if rows else None


def by_now(members: pd.DataFrame, people: pd.DataFrame | None) -> pd.DataFrame:
    """Members with what is known of them by now, in their order."""
    if people is None:
        return members
    newest = people.drop_duplicates("person_id", keep="last").set_index("person_id")
    fresh = members.set_index("person_id")
    for name in newest.columns.intersection(["email", "name", "account_id", "account", "opted_out", "answered_at"]):
        told = newest[name].reindex(fresh.index)
        known = fresh.index.isin(newest.index)
        fresh[name] = told.astype(object).where(known, fresh.get(name))
    return fresh.reset_index()


def check_there(space: Workspace, person: str | None) -> None:
    """Raises InputError for somebody who is erased, as a page may show them still."""
    if person is not None and marks.mark(marks.secret(space.root), marks.alike(person)) in marks.erased(space):
        raise InputError("follow_up.erased")


def moment(now: datetime) -> str:
    """A moment as it is written down, in UTC. One without a zone is of UTC."""
    return (now.astimezone(UTC) if now.tzinfo else now.replace(tzinfo=UTC)).isoformat(timespec="milliseconds")


def _suppressed(space: Workspace, now: datetime) -> dict[str, set[str]]:
    """Marks by kind; on its last day, each still holds."""
    sql = "SELECT kind, mark FROM suppressed WHERE until IS NULL OR until >= ?"
    listed: dict[str, set[str]] = {"email": set(), "id": set(), "domain": set(), "account": set(), "hands off": set()}
    for kind, mark in space.db.execute(sql, [moment(now)[:10]]):
        listed[kind].add(mark)
    return listed


def _latest(space: Workspace, dataset: str, which: str, ids: pd.Series, mails: pd.Series) -> pd.Series:
    """When each was last reached, by id in this data, or by address in any: NaT for never."""
    by_id, by_mail = (sql.format(which=which) for sql in LATEST_BY.values())
    of_ids = dict(space.db.execute(by_id, [dataset, SURVEY]).fetchall())
    of_mails = dict(space.db.execute(by_mail, [SURVEY]).fetchall())
    return pd.concat([_moments(ids.map(of_ids)), _moments(mails.map(of_mails))], axis=1).max(axis=1)


def _moments(texts: pd.Series) -> pd.Series:
    """Moments of text with a zone, and of dates without one, which are of UTC."""
    mixed = None if pd.api.types.is_datetime64_any_dtype(texts) else "mixed"
    return pd.to_datetime(texts, utc=True, format=mixed).dt.tz_localize(None)


def _in_campaign(
    space: Workspace, dataset: str, campaign: str | None, ids: pd.Series, email: pd.Series
) -> Sequence[bool]:
    sql = """SELECT c.dataset, m.person_id, m.email FROM members m JOIN campaigns c ON c.id = m.campaign
             WHERE c.state = 'running' AND c.id IS NOT ?"""
    rows = space.db.execute(sql, [campaign]).fetchall()
    here: Iterable[str] = {person for other, person, _ in rows if other == dataset}
    mails = {marks.alike(mail) for *_, mail in rows if mail}
    return ids.isin(here) | email.isin(mails)
