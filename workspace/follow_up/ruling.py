"""How the contact rules are set, for a dataset and for one campaign: what weakens them is an administrator's to say."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

import pandas as pd

from nps.notes import Refused
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs, require
from workspace.follow_up import contact_rules, standing
from workspace.follow_up.campaign import find
from workspace.follow_up.contact_rules import DEFAULT, Rules
from workspace.follow_up.words import line, without_names
from workspace.store import audit
from workspace.store.database import Workspace, writing
from workspace.store.settings import setting

SETTING, LONGEST_WHY = "contact rules", 200


@needs(Verb.SEE_PEOPLE)
def rules_of(actor: Actor, space: Workspace, dataset: str) -> Rules:
    """How the contact rules of a dataset are set; of a campaign, `off` is its own."""
    told = setting(actor, space, dataset, SETTING)
    return DEFAULT._replace(**json.loads(told)) if told else DEFAULT


@needs(Verb.SEE_PEOPLE)
def preview(
    actor: Actor, space: Workspace, dataset: str, people: pd.DataFrame, off: Mapping[str, str], now: datetime
) -> pd.DataFrame:
    """Whom each rule would remove: see `contact_rules.who_may`, whose `told` and `allowed` read it.

    people  of several rows of one person, the last counts
    """
    rules = rules_of(actor, space, dataset)._replace(off=off)
    people = people.drop_duplicates("person_id", keep="last")
    return contact_rules.who_may(standing.known(actor, space, dataset, people, now), rules, now)


@needs(Verb.ADMINISTER)
def turn_off(actor: Actor, space: Workspace, campaign: str, rule: str, why: str) -> None:
    """Turn a rule off for one campaign, with a reason that stands in the audit. Raises Refused without one."""
    said = reasons(actor, {rule: why})
    with writing(space.db):
        off = {**find(actor, space, campaign).off, **said}
        space.db.execute(
            "UPDATE campaigns SET off = ?, version = version + 1 WHERE id = ?", [json.dumps(off), campaign]
        )
        members = pd.DataFrame(
            space.db.table("members").rows_where("campaign = ?", [campaign]), columns=["person_id", "email"]
        )
        about = {"campaign": campaign, "rule": rule, "why": in_audit(space, said, members)[rule]}
        audit.record(actor, space, "rule off", about)


@needs(Verb.WORK)
def turn_on(actor: Actor, space: Workspace, campaign: str, rule: str) -> None:
    """Turn it on again, for whoever is reached from now on."""
    with writing(space.db):
        off = {name: why for name, why in find(actor, space, campaign).off.items() if name != rule}
        space.db.execute(
            "UPDATE campaigns SET off = ?, version = version + 1 WHERE id = ?", [json.dumps(off), campaign]
        )
        audit.record(actor, space, "rule on", {"campaign": campaign, "rule": rule})


@needs(Verb.ADMINISTER)
def set_rules(actor: Actor, space: Workspace, dataset: str, contact_days: int, survey_days: int, why: str) -> None:
    """Say for how many days people of a dataset are left in peace, with a reason that stands in the audit."""
    if min(contact_days, survey_days) < 0:
        raise Refused("contact_rule.days")
    said = line(why, LONGEST_WHY, "contact_rule.reason")
    days = {"contact_days": int(contact_days), "survey_days": int(survey_days)}
    with writing(space.db):
        row = {"dataset": dataset, "name": SETTING, "value": json.dumps(days), "made_by": actor.name}
        space.db.table("settings").insert({**row, "made_at": audit.now()}, replace=True)
        about = {"dataset": dataset, **days, "why": without_names(space, said, ())}
        audit.record(actor, space, "set rules", about)


def reasons(actor: Actor, off: Mapping[str, str]) -> dict[str, str]:
    """Rules that are turned off, each with its reason. Raises Refused for whoever may not, and for what none may."""
    for rule in off:
        contact_rules.rule_named(rule)
        require(actor, Verb.ADMINISTER)
        if rule in contact_rules.ALWAYS:
            raise Refused("contact_rule.always", rule=contact_rules.rule_named(rule))
    return {rule: line(why, LONGEST_WHY, "contact_rule.reason") for rule, why in off.items()}


def in_audit(space: Workspace, off: Mapping[str, str], people: pd.DataFrame) -> dict[str, str]:
    """The same reasons without who is in the campaign."""
    words: Iterable[str] = [*people["person_id"].astype(str), *people["email"].dropna().astype(str)] if off else ()
    return {rule: without_names(space, why, words) for rule, why in off.items()}


def _put(space: Workspace, campaign: str, off: Mapping[str, str]) -> None:
    sql = "UPDATE campaigns SET off = ?, version = version + 1 WHERE id = ?"
    space.db.execute(sql, [json.dumps({**off}), campaign])
