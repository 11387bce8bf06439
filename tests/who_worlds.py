"""Small made-up worlds to ask conditions of, and conditions to ask."""

from datetime import date, datetime, timedelta
from string import ascii_letters

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from who_oracle import Person, World

from nps.who.tables import ANSWERS
from nps.who.values import MEASURES, SIGNS, Account, Answered, AnyOf, Did, Is, Named, Not, Prop, Saved, Then
from nps.who.windows import EVER, Before, Between, Joined, Last

FEATURES = [("feature", "Boards"), ("feature", "Export"), ("page", "Boards"), ("event", 'it\'s "new"; 100%')]
PLANS, ACCOUNTS, SURVEYS = ["Free", "Pro", "Trial"], ["a", "b", "c", "d"], ["spring", "autumn"]
NAMED = [Named("theme", "bugs"), Named("theme", "bugs", "dislike"), Named("mention", "feature:Export")]
FIRST = datetime(2025, 1, 1)
USAGE = {"person_id": "string", "feature": "string", "kind": "string", "at": "timestamp", "uses": "float64"}
USAGE |= {"minutes": "float64", "plan": "string"}
PEOPLE = {"person_id": "string", "joined_at": "timestamp", "plan": "string", "account": "string", "seats": "int64"}
ANSWERED = dict(
    zip(ANSWERS, ("int64", "int64", "string", "int64", "timestamp", "string", "string", "string"), strict=True)
)


def world(seed: int, people: int = 40, events: int = 300, listed: bool = True) -> World:
    """Times are whole half days, so that they often stand where windows begin and end; many things are not known."""
    draw = np.random.default_rng(seed)

    def maybe(share: float, value):
        return value if draw.random() >= share else None

    def when(days: int = 120) -> datetime:
        return FIRST + timedelta(hours=12 * int(draw.integers(2 * days)))

    def one(of: list):
        return of[draw.integers(len(of))]

    everybody = {}
    for n in range(people):
        facts = {"joined_at": maybe(0.2, when()), "plan": maybe(0.2, one(PLANS)), "account": maybe(0.2, one(ACCOUNTS))}
        everybody[f"p{n:02}"] = Person(f"p{n:02}", facts | {"seats": maybe(0.3, int(draw.integers(1, 5)))})
    busy = list(everybody)[: people * 3 // 4]
    for _ in range(events):
        kind, feature = one(FEATURES)
        row = {"kind": kind, "feature": feature, "at": maybe(0.05, when()), "uses": one([0.5, 1.0, 1.0, 2.0, 3.0])}
        row |= {"minutes": maybe(0.3, float(draw.integers(1, 5))), "plan": maybe(0.3, one(PLANS))}
        everybody[one(busy)].events.append(row)
    for answer in range(people // 2):
        row = {"answer": answer, "score": int(draw.integers(11)), "responded_at": maybe(0.1, when(125))}
        row |= {"survey": maybe(0.2, one(SURVEYS)), "account": maybe(0.5, one(ACCOUNTS))}
        everybody[one(list(everybody))].answers.append(row)
    known = {name for name in everybody if draw.random() >= 0.1}  # the others are strangers
    dated = [event["at"] for each in everybody.values() for event in each.events if event["at"]]
    named = {each: {n for n in range(people // 2) if draw.random() < 0.4} for each in NAMED}
    return World(everybody, known if listed else None, max(dated, default=None), named)


def frames(world: World) -> dict[str, pd.DataFrame]:
    """usage, people and answers of a world; a person's number is its place among those who answered."""
    everybody = world.people.values()
    usage = [event | {"person_id": each.id} for each in everybody for event in each.events]
    answers = [answer | {"person_id": each.id} for each in everybody for answer in each.answers]
    numbers = {each.id: number for number, each in enumerate(one for one in everybody if one.answers)}
    answers = [answer | {"person": numbers[answer["person_id"]]} for answer in answers]
    people = [each.facts | {"person_id": each.id} for each in everybody if each.id in (world.listed or ())]
    made = {"usage": (usage, USAGE), "people": (people, PEOPLE), "answers": (answers, ANSWERED)}
    return {name: _typed(pd.DataFrame(rows, columns=list(kinds)), kinds) for name, (rows, kinds) in made.items()}


def _typed(frame: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    types = {"timestamp": "datetime64[us]", "int64": "Int64", "float64": "Float64", "string": "string"}
    return frame.astype({name: types[kind] for name, kind in kinds.items()})


# --- conditions that such a world can be asked ----------------------------------------------------------------------

features = st.sampled_from(FEATURES)
days = st.sampled_from([1, 2, 7, 14, 30, 90])
dates = st.dates(date(2025, 1, 1), date(2025, 5, 5))
props = st.one_of(
    st.builds(Prop, st.just("plan"), st.sampled_from(SIGNS[:2]), st.sampled_from([*PLANS, "(none)"])),
    st.builds(Prop, st.just("minutes"), st.sampled_from(SIGNS), st.sampled_from(["1", "2", "3.0"])),
)
of_people = st.one_of(
    st.just(EVER), days.map(Last), days.map(Joined), st.tuples(dates, dates).map(lambda two: Between(*sorted(two)))
)
windows = of_people | days.map(Before)
counts = st.one_of(
    st.tuples(st.integers(1, 4), st.none()),
    st.tuples(st.integers(0, 3), st.integers(0, 4)).map(sorted),
)


def did(windows):
    return st.builds(
        lambda features, measure, count, window, props: Did(
            tuple(features), measure, count[0], count[1], window, tuple(props)
        ),
        st.lists(features, max_size=2),
        st.sampled_from(MEASURES),
        counts,
        windows,
        st.lists(props, max_size=1),
    )


def simple(windows):
    """Every kind that asks nothing of other conditions."""
    then = st.builds(Then, features, features, days, windows)
    scores = st.tuples(st.integers(0, 10), st.integers(0, 10)).map(sorted)
    surveys = st.lists(st.sampled_from([*SURVEYS, "(none)"]), max_size=2).map(tuple)
    answered = st.builds(lambda score, surveys, window: Answered(*score, surveys, window), scores, surveys, of_people)
    text = st.builds(Is, st.just("plan"), st.lists(st.sampled_from([*PLANS, "(none)"]), min_size=1).map(tuple))
    number = st.builds(Is, st.just("seats"), st.lists(st.sampled_from(["1", "2", "9"]), min_size=1).map(tuple))
    return st.one_of(did(windows), then, answered, st.sampled_from(NAMED), text, number)


def maybe_not(clauses):
    return clauses | clauses.map(Not)


accounts = st.builds(Account, maybe_not(simple(of_people)), st.sampled_from([0, 1, 34, 50, 100]))
clauses = maybe_not(simple(windows) | accounts)
terms = clauses | st.lists(clauses, min_size=2, max_size=3, unique=True).map(tuple).map(AnyOf)
questions = st.lists(terms, min_size=1, max_size=3).map(tuple)

# --- conditions of any names ----------------------------------------------------------------------------------------

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | st.text(
    ".,;!|:=<>%~*-_ ()", min_size=1
)
any_feature = st.tuples(names, names)
any_windows = windows | st.integers(1, 3650).map(Last)
any_props = st.builds(Prop, names, st.sampled_from(SIGNS), names)
any_did = st.builds(
    lambda features, measure, count, window, props: Did(tuple(features), measure, *count, window, tuple(props)),
    st.lists(any_feature, max_size=3),
    st.sampled_from(MEASURES),
    counts,
    any_windows,
    st.lists(any_props, max_size=3),
)
words = st.builds(Named, st.just("word"), names)
themes = st.builds(
    Named,
    st.just("theme"),
    names.map(lambda name: name.replace(":", "")).filter(bool),
    st.sampled_from(["", "love", "wish"]),
)
mentions = st.builds(
    lambda kind, name, side: Named("mention", f"{kind}:{name}", side),
    names.map(lambda name: name.replace(":", "")).filter(bool),
    names,
    st.sampled_from(["", "dislike"]),
)
any_leaf = st.one_of(
    any_did,
    st.builds(Then, any_feature, any_feature, st.integers(1, 365), any_windows),
    st.builds(lambda surveys: Answered(0, 6, tuple(surveys)), st.lists(names, max_size=3)),
    st.builds(Is, names, st.lists(names, min_size=1, max_size=3).map(tuple)),
    st.builds(Saved, st.text(ascii_letters + "0123456789", min_size=1, max_size=32), st.integers(0, 999)),
    words,
    themes,
    mentions,
    accounts,
)
any_terms = maybe_not(any_leaf) | st.lists(maybe_not(any_leaf), min_size=2, max_size=3, unique=True).map(tuple).map(
    AnyOf
)
