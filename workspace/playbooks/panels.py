"""Panels of data that are kept, as the team reads them: by its rules for comments, and its way to watch accounts."""

import nps
from nps import lens
from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.comments import Rules, editing
from nps.measures.health import Weights
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store import datasets, rules, settings
from workspace.store.database import Workspace
from workspace.store.datasets import Kept
from workspace.store.marks import REMOVED

WATCHING = "watching"  # the setting


@needs(Verb.SEE_PEOPLE)
def opened(actor: Actor, space: Workspace, kept: Kept) -> nps.Panel:
    """The panel of the version that counts. Raises InputError or OSError where somebody is faster in changing it."""
    window = {"window_days": kept.source["window_days"]} if kept.source else {}
    panel = lens.panel_of_folder(datasets.place(actor, space, kept), **window)
    now = rules.current(actor, space, kept.id)
    return panel.with_rules(editing.read(now.rules, REMOVED) if now.rules else Rules.default())


@needs(Verb.SEE_PEOPLE)
def watched(actor: Actor, space: Workspace, kept: Kept, panel: nps.Panel) -> tuple[Watched, Weights]:
    """How its accounts stand, and the weights of health. Raises InputError where the usage is not at hand."""
    text = settings.setting(actor, space, kept.id, WATCHING)
    how = Watching.from_json(text) if text else Watching()
    return panel.watched(onboarding=how.onboarding, keys=how.keys), how.weights
