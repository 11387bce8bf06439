"""What a team looks at when it watches accounts: a value that can be kept, and refuses what it cannot be."""

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any, NamedTuple

from nps.measures import lists
from nps.measures.health import DEFAULT, Weights
from nps.measures.lists import Rules
from nps.notes import InputError
from nps.steps import Onboarding, Step

MOST = 1_000_000  # of any number of a rule


class Watching(NamedTuple):
    """What the team says of its product.

    keys        key features, kind and name
    onboarding  the steps of newcomers; None: nobody said which there are
    weights     of the parts of health
    rules       of the lists
    makers      values of the role that decide
    """

    keys: tuple[tuple[str, str], ...] = ()
    onboarding: Onboarding | None = None
    weights: Weights = DEFAULT
    rules: Rules = lists.DEFAULT
    makers: tuple[str, ...] = ()

    def to_json(self) -> str:
        """As it is kept."""
        steps = self.onboarding and {
            "steps": [vars(step) for step in self.onboarding.steps],
            "ordered": self.onboarding.ordered,
            "start": self.onboarding.start,
        }
        rules = {name: part._asdict() for name, part in self.rules._asdict().items()}
        told = {"keys": self.keys, "onboarding": steps, "weights": str(self.weights), "rules": rules}
        return json.dumps({**told, "makers": self.makers}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Watching":
        """What was kept. Raises InputError for what this is not."""
        try:
            told = json.loads(text)
            weights, rules = Weights.parse(told["weights"]), _rules(told["rules"])
            return cls(_features(told["keys"]), _onboarding(told["onboarding"]), weights, rules, _texts(told["makers"]))
        except (ValueError, TypeError, KeyError, AttributeError) as wrong:
            raise InputError("watching.unreadable") from wrong


def _rules(told: Mapping[str, Mapping[str, Any]]) -> Rules:
    """The numbers of the lists; those that came later than this was kept are as they begin."""
    return Rules(**{name: _rule(getattr(lists.DEFAULT, name), numbers) for name, numbers in told.items()})


def _rule(begins: Any, told: Mapping[str, Any]) -> Any:
    values = {name: _number(getattr(begins, name), value) for name, value in told.items()}
    return begins._replace(**values)


def _number(begins: Any, value: Any) -> Any:
    if isinstance(begins, tuple):
        return _texts(value)
    number = type(begins)(value)
    if not (isfinite(number) and 0 <= number <= MOST):
        raise ValueError(number)
    return number


def _onboarding(told: Mapping[str, Any] | None) -> Onboarding | None:
    if told is None:
        return None
    steps = (Step(**{**step, "features": _features(step["features"])}) for step in told["steps"])
    return Onboarding(tuple(steps), bool(told["ordered"]), told["start"])


def _features(told: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(kind), str(name)) for kind, name in told)


def _texts(told: list[str]) -> tuple[str, ...]:
    return tuple(str(text) for text in told)
