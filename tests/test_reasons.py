"""Reasons, features named and comments: as a loop over people counts them; what was planted is told, chance is not."""

from collections import Counter
from pathlib import Path

import builders
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nps
from nps.comments import Rules
from nps.measures import apart, named, score, shares
from nps.measures.exact import mid_p
from nps.measures.score import benjamini_hochberg

SAMPLE = Path(__file__).parents[1] / "sample_data"
CORNER = nps.Selection(activity=(50, 100), score=(0, 6))
SYNC, EXPORT = ("feature", "Issue sync"), ("feature", "Bulk export")
SAID = {  # comment -> its themes, features and side, but for what its score does to that
    None: ((), (), ""),
    "  ": ((), (), ""),
    "Hello there": ((), (), "none"),
    "It crashes and it is slow": (("speed", "bugs"), (), "dislike"),
    "Great support, great people": (("support",), (), "love"),
    "Please add Issue sync": (("missing",), (SYNC,), "wish"),
    "Bulk export crashes and fails": (("bugs",), (EXPORT,), "dislike"),
    "Awful Bulk export, awful Issue sync": ((), (EXPORT, SYNC), "dislike"),
}


@pytest.fixture(scope="module")
def panel() -> nps.Panel:
    return nps.load(*(SAMPLE / f"{name}.csv" for name in ("responses", "usage", "people")))


@pytest.fixture(scope="module")
def everybody(panel) -> nps.Chosen:
    return panel.select()


def rows(frame: pd.DataFrame, by: str, *columns: str) -> dict[str, tuple]:
    return {row[0]: tuple(row[1:]) for row in frame[[by, *columns]].itertuples(index=False, name=None)}


def test_the_reasons_of_the_sample(everybody):
    found = everybody.reasons()
    assert found["people"].iloc[-1] == 201
    assert found["share"].iloc[-1] == pytest.approx(0.357, abs=5e-4)
    assert (found["of_detractors"].iloc[0], found["of_promoters"].iloc[0]) == (127, 243)
    assert rows(found[found["flagged"]], "theme", "detractors", "promoters") == {
        "bugs": (31, 14),
        "speed": (16, 12),
        "support": (17, 9),
        "updates": (13, 4),
        "signin": (8, 0),
        "reporting": (6, 0),
    }
    q = dict(zip(found["theme"], found["q"], strict=True))
    assert [q[theme] for theme in ("bugs", "updates", "support")] == pytest.approx([8.2e-6, 2.0e-3, 3.7e-3], rel=0.02)
    assert [q[theme] for theme in ("signin", "reporting", "speed")] == pytest.approx([1.2e-3, 4.5e-3, 0.028], rel=0.05)
    assert rows(found, "theme", "love", "dislike", "wish")["ease"] == (27, 25, 35)


def test_the_features_that_the_sample_names(everybody):
    found = everybody.mentions().set_index("feature")
    flagged = found[found["flagged"]]
    assert flagged[["detractors", "promoters"]].T.to_dict("list") == {
        "AI summary": [0, 27],
        "Templates": [0, 27],
        "Issue sync": [12, 0],
        "Bulk export": [11, 0],
    }
    assert flagged["q"].to_numpy() == pytest.approx([4.0e-5] * 4, rel=0.01)
    assert found.loc["Issue sync", "used_by"] == pytest.approx(0.32, abs=0.005)
    assert set(found.index[found["verdict"] == "used, never named"]) == {
        "Board home",
        "Notifications page",
        "Team space",
    }
    silent = everybody.comments(theme="")
    assert (len(silent), sum(not features for features in silent["features"])) == (201, 83)


def test_the_words_of_the_sample(everybody):
    found = everybody.words_apart()
    assert len(found) == 30
    told = rows(found, "term", "people", "people_rest")
    expected = {"update": (13, 0), "nobody": (13, 0), "issue sync": (12, 0), "templates": (0, 27), "thanks to": (0, 20)}
    assert {term: told[term] for term in expected} == expected
    assert not {"sync", "last update", "nobody told"} & set(told)
    assert found["z"].abs().is_monotonic_decreasing


def test_a_corner_of_the_sample_against_everyone_else(panel):
    corner = panel.select(CORNER)
    bugs, support = (corner.reasons().set_index("theme").loc[theme] for theme in ("bugs", "support"))
    assert corner.between == "rest"
    assert (len(corner.places), bugs["of_detractors"], bugs["people"]) == (63, 31, 15)
    assert (bugs["share"], bugs["low"], bugs["high"]) == pytest.approx((0.484, 0.320, 0.652), abs=5e-4)
    assert bugs["share_rest"] == pytest.approx(30 / 532)
    assert (bugs["love"], bugs["dislike"], support["people"]) == (1, 14, 8)
    assert (bugs["q"], support["q"]) == pytest.approx((6e-9, 2e-4), rel=0.1)
    assert np.isnan(bugs[["nps", "nps_low", "nps_high"]].astype(float)).all()
    first = corner.mentions().iloc[0]
    assert (first["feature"], first["people"]) == ("Issue sync", 8)
    assert first["q"] == pytest.approx(4e-7, rel=0.1)


def any_flagged(panel: nps.Panel, rounds: int, few: int = 0) -> Counter:
    """How often shuffled groups of the sample's commenters differ: detractors and promoters, or a few and the rest."""
    cube, rng, found = panel.select().cube, np.random.default_rng(5), Counter()
    families = {"themes": named.themes(cube).held, "features": named.features(cube).held, "words": named.terms(cube)}
    low, high = named.groups(cube, np.ones(220, bool), "groups")
    among = np.flatnonzero(named.wrote(cube) if few else low | high)
    for _ in range(rounds):
        first, second = np.zeros((2, len(low)), bool)
        mixed = rng.permutation(among)
        first[mixed[: few or low.sum()]] = second[mixed[few or low.sum() :]] = True
        flagged = {
            name for name, held in families.items() if apart.compared(held, first, second, cube.cluster).flagged.any()
        }
        found.update(flagged)
        found["any"] += bool(flagged)
    return found


def test_four_hundred_shuffles_say_something_in_forty_at_most(panel):
    assert any_flagged(panel, 400)["any"] <= 40
    assert any_flagged(panel, 400, few=20)["words"] <= 20


@st.composite
def panels(draw) -> nps.Panel:
    """Any small panel whose comments are among `SAID`."""
    n = draw(st.integers(2, 40))

    def column(values, length=n):
        return draw(st.lists(values, min_size=length, max_size=length))

    used = st.dictionaries(st.sampled_from(["Issue sync", "Bulk export", "Tags"]), st.integers(1, 3), max_size=3)
    return builders.panel_of(
        column(st.integers(0, 10)),
        [{"Issue sync": 1, "Bulk export": 1}, *column(used)[1:]],
        persons=column(st.integers(0, n).map("p{}".format)),
        role=["Admin", "Editor", *column(st.sampled_from(builders.ROLES), n - 2)],
        survey=column(st.sampled_from(["spring", "autumn"])),
        comment=column(st.sampled_from([*SAID])),
    )


def latest(panel: nps.Panel, asked: nps.Selection) -> tuple[list, list]:
    """Each person's latest answer under the filters, oldest first: of the region, and of everyone else."""
    counted = {}
    for row in panel.answers.itertuples():
        day = row.responded_at.date()
        in_period = asked.period is None or asked.period[0] <= day <= asked.period[1]
        if in_period and (asked.survey is None or row.survey in asked.survey):
            counted.pop(row.person_id, None)
            counted[row.person_id] = row
    wanted = dict(asked.where).get("role")
    people = [row for row in counted.values() if wanted is None or row.role in wanted]
    (low, high), (bottom, top) = asked.activity, asked.score
    inside = [low <= 5 * row.band and 5 * row.band + 5 <= high and bottom <= row.score <= top for row in people]
    return [row for row, has in zip(people, inside, strict=True) if has], [
        row for row, has in zip(people, inside, strict=True) if not has
    ]


def writers(people: list) -> list:
    return [row for row in people if SAID[said(row)][2]]


def said(row) -> str | None:
    return None if pd.isna(row.comment) else row.comment


def side_of(row) -> str:
    """Love of who scores 4 and less is sarcasm; of a comment that says neither the score tells."""
    side = SAID[said(row)][2]
    if side == "none":
        return "love" if row.score >= 9 else "dislike" if row.score <= 6 else "none"
    return "dislike" if side == "love" and row.score <= 4 else side


def holders(people: list, number: int, thing) -> list:
    """Who of the writers names a theme (number 0; "" for none) or a feature (1)."""
    return [row for row in people if thing in SAID[said(row)][number] or (thing == "" and not SAID[said(row)][number])]


def expected(own: list, rest: list, number: int, thing, region: nps.selection.Region) -> dict:
    """A row of `reasons` or `mentions`, without p, q and flagged."""
    people, of_rest = holders(own, number, thing), holders(rest, number, thing)
    low, high = shares.wilson(len(people), len(own))
    counts = score.counts_of(np.bincount([row.score for row in people], minlength=11))
    told = [score.net(counts), *score.interval(counts)] if people and region.all_scores else [np.nan] * 3
    groups = {"detractors": "Detractor", "promoters": "Promoter"}
    return (
        {"people": len(people), "share": len(people) / len(own) if own else np.nan, "low": low, "high": high}
        | {side: sum(side_of(row) == side for row in people) for side in ("love", "dislike", "wish")}
        | dict(zip(("nps", "nps_low", "nps_high"), told, strict=True))
        | {"share_rest": len(of_rest) / len(rest) if rest else np.nan}
        | {name: sum(row.group == group for row in people) for name, group in groups.items()}
        | {f"of_{name}": sum(row.group == group for row in own) for name, group in groups.items()}
    )


def sides(own: list, rest: list, between: str) -> tuple[list, list]:
    if between == "rest":
        return own, rest
    return [row for row in own if row.group == "Detractor"], [row for row in own if row.group == "Promoter"]


def p_values(first: list, second: list, number: int, things: list) -> np.ndarray:
    counts = [(len(holders(first, number, thing)), len(holders(second, number, thing))) for thing in things]
    p = [mid_p([a], len(first), [b], len(second))[0] if a + b >= 5 else np.nan for a, b in counts]
    return np.array(p)


@builders.few(30)
@given(panels(), builders.selections(), st.sampled_from([None, "rest", "groups"]))
def test_frames_are_those_of_a_loop_over_people(panel, asked, between):
    chosen = panel.select(asked)
    everyone, region = [writers(side) for side in latest(panel, asked)], asked.region
    own, rest = everyone
    themes, features = chosen.reasons(between), chosen.mentions(between)
    for frame, number, things in (
        (themes, 0, themes["theme"].tolist()),
        (features, 1, list(zip(features["kind"], features["feature"], strict=True))),
    ):
        for (_, row), thing in zip(frame.iterrows(), things, strict=True):
            wanted = expected(own, rest, number, thing, region)
            assert row[[*wanted]].astype(float).to_numpy() == pytest.approx([*map(float, wanted.values())], nan_ok=True)
        p = p_values(*sides(own, rest, between or chosen.between), number, [thing for thing in things if thing != ""])
        assert frame["p"].to_numpy()[: len(p)] == pytest.approx(p, nan_ok=True)
        assert frame["q"].to_numpy()[: len(p)] == pytest.approx(benjamini_hochberg(p), nan_ok=True)
        assert frame["flagged"].to_numpy()[: len(p)].tolist() == (benjamini_hochberg(p) < 0.05).tolist()
    cube = chosen.per_person.cube
    assert cube.wrote.sum() == len(own) + len(rest)
    assert (cube.reasons * chosen.inside).sum(1).tolist() == [
        len(holders(own, 0, theme)) for theme in (*panel.coding.themes, "")
    ]
    assert (cube.named * chosen.inside).sum(1).tolist() == [
        len(holders(own, 1, feature)) for feature in panel.coding.features
    ]


@builders.few(15)
@given(panels(), builders.selections())
def test_used_by_and_verdicts_are_those_of_a_loop_over_people(panel, asked):
    people = latest(panel, asked)[0]
    found = panel.select(asked).mentions().set_index("feature")
    pairs = {(answer, panel.features["feature"][feature]) for answer, feature, _ in zip(*panel.pairs, strict=True)}
    used_by = {
        feature: np.mean([(row.Index, feature) in pairs for row in people]) if people else np.nan
        for feature in found.index
    }
    assert found["used_by"].to_dict() == pytest.approx(used_by, nan_ok=True)
    for _, row in found.iterrows():
        never = bool(writers(people)) and row["people"] == 0 and row["used_by"] >= np.median([*used_by.values()])
        hardly = row["people"] >= 3 and row["used_by"] < 0.02
        assert row["verdict"] == ("named, hardly used" if hardly else "used, never named" if never else "")


@builders.few(15)
@given(panels(), builders.selections(), st.sampled_from(["day", "week", "month"]))
def test_the_trend_is_that_of_a_loop_over_people_and_periods(panel, asked, step):
    found = panel.select(asked).reasons_trend(step)
    periods = {}
    for row in panel.answers.itertuples():
        alone = replace_answers(panel, row)
        if latest(alone, asked)[0]:
            periods.setdefault(row.responded_at.to_period({"day": "D", "week": "W-SUN", "month": "M"}[step]), {})[
                row.person_id
            ] = row
    counted = {period.start_time: writers([*people.values()]) for period, people in periods.items()}
    for row in found.itertuples():
        own = counted.get(row.period, [])
        assert (row.commenters, row.people) == (len(own), len(holders(own, 0, row.theme)))
    assert len(found) % 17 == 0
    assert set(counted) <= set(found["period"])


def replace_answers(panel: nps.Panel, row):
    """A stand-in for a panel with one answer: what `latest` reads of it."""
    return type("One", (), {"answers": panel.answers.loc[[row.Index]]})


@builders.few(30)
@given(
    panels(), builders.selections(), st.sampled_from([None, "", "bugs"]), st.sampled_from([None, SYNC, "Issue sync"])
)
def test_comments_are_those_of_the_people_selected_the_latest_first(panel, asked, theme, feature):
    own = writers(latest(panel, asked)[0])
    wanted = own if theme is None else holders(own, 0, theme)
    wanted = wanted if feature is None else holders(wanted, 1, SYNC)
    for side in (None, "love", "dislike", "wish"):
        found = panel.select(asked).comments(theme, feature, side)
        told = [row for row in wanted if side in (None, side_of(row))]
        in_order = sorted(told, key=lambda row: row.Index, reverse=True)
        assert found["person_id"].tolist() == [row.person_id for row in in_order]
        assert found["themes"].tolist() == [SAID[said(row)][0] for row in in_order]
        assert [set(each) for each in found["features"]] == [set(SAID[said(row)][1]) for row in in_order]


@builders.few(20)
@given(panels(), builders.selections(), st.sampled_from(["speed", "bugs", "missing", "support"]))
def test_a_theme_narrows_to_whose_latest_answer_gives_it(panel, asked, theme):
    own = holders(writers(latest(panel, asked)[0]), 0, theme)
    for value, wanted in {
        theme: own,
        f"{theme}.dislike": [row for row in own if side_of(row) == "dislike"],
    }.items():
        narrowed = panel.select(asked.changed(theme=[value])).per_person
        assert narrowed.people["person_id"].tolist() == [row.person_id for row in wanted]


@builders.few(10)
@given(panels(), builders.selections())
def test_a_feature_or_a_word_narrows_to_whose_latest_answer_has_it(panel, asked):
    own = writers(latest(panel, asked)[0])
    naming = panel.select(asked.changed(mention=["feature:Issue sync"])).per_person
    assert naming.people["person_id"].tolist() == [row.person_id for row in holders(own, 1, SYNC)]
    saying = panel.select(asked.changed(word=["CRASHES and"])).per_person
    crashing = [row.person_id for row in own if "crashes and" in said(row)]
    assert saying.people["person_id"].tolist() == crashing


def panel_saying(*texts: str | None, scores: list[int] | None = None, **columns) -> nps.Panel:
    n = len(texts)
    return builders.panel_of(scores or [5] * n, [{"Issue sync": 1, "Bulk export": 1}] * n, comment=[*texts], **columns)


def test_a_comment_tells_what_made_it_and_who_said_it():
    panel = panel_saying("It crashes, it CRASHES and is broken. Great support.", name=["Ann"], role=["Admin"])
    row = panel.select().comments().iloc[0]
    assert row[["name", "role", "score", "group"]].tolist() == ["Ann", "Admin", 5, "Detractor"]
    assert (row["themes"], row["sides"]) == (("bugs", "support"), ("love", "dislike"))
    assert row["because"] == "bugs: crashes, CRASHES, broken; support: support"
    assert not row["by_score"]


def test_a_side_is_that_of_the_clause_that_names():
    panel = panel_saying("I love Issue sync. Bulk export is awful, it crashes.")
    chosen = panel.select()
    assert len(chosen.comments(feature="Issue sync", side="love")) == 1
    assert len(chosen.comments(feature=EXPORT, side="love")) == 0
    assert len(chosen.comments(theme="bugs", side="dislike")) == 1
    assert len(chosen.comments(side="wish")) == 0


@pytest.mark.parametrize("asked", [{"theme": "weather"}, {"feature": "Teleport"}, {"side": "none"}])
def test_comments_about_what_there_is_not_are_refused(asked):
    with pytest.raises(nps.InputError):
        panel_saying("Hello").select().comments(**asked)


def test_whoever_else_could_be_compared_is_refused():
    with pytest.raises(nps.InputError):
        panel_saying("Hello").select().reasons("everybody")
    with pytest.raises(nps.InputError):
        panel_saying("Hello").select().reasons_trend("decade")


def test_without_comments_there_are_frames_of_nobody():
    chosen = panel_saying(None, " ").select()
    assert chosen.reasons()["people"].sum() == chosen.mentions()["people"].sum() == 0
    assert chosen.reasons()["share"].isna().all()
    assert set(chosen.mentions()["verdict"]) == {""}
    assert len(chosen.words_apart()) == len(chosen.comments()) == 0


def test_without_features_or_themes_there_are_frames_of_what_is_left():
    panel = nps.load(builders.responses(score=[9, 3, 3], comment=["Great", "It crashes", "Hello"]))
    chosen = panel.with_rules(Rules(())).select()
    assert panel.select().mentions().empty
    assert rows(chosen.reasons(), "theme", "people") == {"": (3,)}
    assert set(chosen.comments()["themes"]) == {()}
    assert chosen.words_apart("rest").empty


def test_without_usage_features_are_those_that_the_rules_know():
    answers = builders.responses(score=[9, 3, 3], comment=["SSO is great", "I miss SSO", "Hello"])
    rules = Rules.default().with_aliases({("feature", "Single sign-on"): ["SSO"]})
    found = nps.load(answers).with_rules(rules).select().mentions().iloc[0]
    assert (found["feature"], found["people"], found["wish"]) == ("Single sign-on", 2, 1)
    assert np.isnan(found["used_by"])
    assert found["verdict"] == ""


def test_what_three_people_name_and_hardly_anybody_uses_is_told():
    texts = ["Bulk export fails"] * 3 + ["Hello"] * 57
    uses = [{"Bulk export": 1}] + [{"Issue sync": 1}] * 59
    panel = builders.panel_of([3] * 60, uses, comment=texts)
    found = panel.select().mentions().set_index("feature")["verdict"]
    assert found.to_dict() == {"Bulk export": "named, hardly used", "Issue sync": "used, never named"}


def test_an_account_that_complains_in_chorus_is_one_voice():
    """Twelve detractors name it, no promoter; of one account, or of twelve."""
    texts = ["Bulk export fails"] * 12 + ["Hello"] * 68
    scores, alone = [3] * 40 + [9] * 40, [f"a{number}" for number in range(80)]
    for account, flagged in ((alone, True), (["a0"] * 12 + alone[12:], False)):
        found = panel_saying(*texts, scores=scores, account_id=account).select().mentions().set_index("feature")
        assert found.loc["Bulk export", "q"] < 0.001
        assert found.loc["Bulk export", "flagged"] == flagged


def test_of_all_answers_each_person_still_counts_once():
    panel = panel_saying("It crashes", "It crashes", "Hello", persons=["a", "a", "b"], scores=[3, 3, 9])
    found = panel.select(nps.Selection(repeats="all")).reasons().set_index("theme")
    assert found.loc["bugs", ["people", "share"]].tolist() == [1, 0.5]
