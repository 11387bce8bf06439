"""Panels of data that are kept, as the team reads them: by its rules for comments, and its way to watch accounts."""

from copy import copy
from dataclasses import replace

import nps
from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.comments import Rules, editing
from nps.measures.health import Weights
from nps.notes import InputError
from nps.who.built import Shelved
from nps.who.text import parsed
from nps.who.values import Saved
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store import panels, rules, sets, settings
from workspace.store.database import Workspace
from workspace.store.datasets import Kept
from workspace.store.marks import REMOVED

WATCHING = "watching"  # the setting
WINDOW_DAYS, MEASURE = 90, "active_days"


@needs(Verb.SEE_PEOPLE)
def opened(actor: Actor, space: Workspace, kept: Kept) -> nps.Panel:
    """The panel of the version that counts. Raises InputError or OSError where somebody is faster in changing it."""
    days = kept.source["window_days"] if kept.source else WINDOW_DAYS
    panel = panels.panel(actor, space, kept, days, MEASURE)
    return panel.with_rules(rules_of(actor, space, kept))


@needs(Verb.SEE_PEOPLE)
def rules_of(actor: Actor, space: Workspace, kept: Kept) -> Rules:
    """The rules for comments that hold now."""
    now = rules.current(actor, space, kept.id)
    return editing.read(now.rules, REMOVED) if now.rules else Rules.default()


@needs(Verb.SEE_PEOPLE)
def with_sets(actor: Actor, space: Workspace, kept: Kept, panel: nps.Panel) -> nps.Panel:
    """The same panel, which knows what sets that were saved stand for; that of others is left alone."""

    def shelved(saved: Saved) -> Shelved:
        found = sets.find(actor, space, kept.id, saved.id, saved.version)
        if found is None:
            raise InputError("who.not_saved", id=saved.id)
        return Shelved(found.name, tuple(map(parsed, found.lines)))

    if panel.who is None:
        return panel
    place = copy(panel.who)
    place.saved = shelved
    return replace(panel, who=place)


@needs(Verb.SEE_PEOPLE)
def watched(actor: Actor, space: Workspace, kept: Kept, panel: nps.Panel) -> tuple[Watched, Weights]:
    """How its accounts stand, and the weights of health. Raises InputError where the usage is not at hand."""
    text = settings.setting(actor, space, kept.id, WATCHING)
    how = Watching.from_json(text) if text else Watching()
    return panel.watched(onboarding=how.onboarding, keys=how.keys), how.weights
