"""A panel for viewers who may see every page: without names, ids as marks, comments masked. It promises no k."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

import nps
from nps.comments import Feature, Rules
from nps.joined.accounts import Told
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.privacy.figures import names_of, tells
from workspace.privacy.masking import Names, masked
from workspace.store import marks
from workspace.store.database import Workspace

SIGNS = 16


@needs(Verb.LOOK)
def without_names(actor: Actor, space: Workspace, panel: nps.Panel) -> nps.Panel:
    """Another panel with the same answers and the same use, so that no page of it can tell more.

    Whoever knows the people may recognise somebody all the same: by what they wrote, or by what they alone are.
    """
    key, known = marks.secret(space.root), names_of(panel)
    names = Names(known)
    telling = [name for name in panel.segments if tells(panel.answers[name].cat.categories, known)]
    answers = _nameless(panel.answers, key, known).drop(columns=telling)
    features = panel.features.assign(feature=[*map(_feature, panel.features["feature"], panel.features.index)])
    called = zip(features["kind"], features["feature"], strict=True)
    return replace(
        panel,
        answers=answers.assign(
            response_id=None,
            comment=panel.answers["comment"].map(lambda said: names.masked(masked(said)), na_action="ignore"),
            account_id=panel.cluster.astype(str),  # whose answers are alike stays what it is
        ),
        features=features,
        rules=_rules(panel.rules, dict(zip(panel.named_features, called, strict=True))),
        segments=tuple(name for name in panel.segments if name not in telling),
        told=Told.nothing(),
        unasked=_nameless(panel.unasked, key, known).assign(account_id=None),
        rejected=panel.rejected.iloc[:0],
        notes=(),
        report=None,
        who=None,
    )


def _nameless(people: pd.DataFrame, key: bytes, known: set[str]) -> pd.DataFrame:
    """person_id as marks, name and email empty, accounts that are called like a person left out."""
    codes, ids = pd.factorize(people["person_id"])
    marked = pd.Index([_mark(key, str(each)) for each in ids], dtype="str")
    account = people["account"].where(~people["account"].astype("string").str.strip().str.casefold().isin(known))
    return people.assign(
        person_id=marked.take(codes) if len(codes) else people["person_id"],
        name=None,
        email=None,
        account=account.map(masked, na_action="ignore"),
    )


def _rules(rules: Rules, called: Mapping[Feature, Feature]) -> Rules:
    """Rules of the same features, by what these are called now."""
    return replace(
        rules,
        aliases=tuple((called.get(feature, feature), names) for feature, names in rules.aliases),
        cued=tuple((called.get(feature, feature), needs) for feature, needs in rules.cued),
        feature_themes=tuple((called.get(feature, feature), theme) for feature, theme in rules.feature_themes),
    )


def _mark(key: bytes, person: str) -> str:
    """Told apart from the marks of erased people, by which an administrator could be found out."""
    return hmac.new(key, f"viewers\0{person}".encode(), hashlib.sha256).hexdigest()[:SIGNS]


def _feature(name: str, code: int) -> str:
    return name if masked(name) == name else f"{masked(name)} {code}"
