"""How well comments are read: themes, sides, names and languages against what people say that they are."""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import labelled
from benchmarks.checks.result import Result
from nps.comments import Coding, Comments, Rules, languages
from nps.comments.sides import DISLIKE, LOVE, SIDES, WISH

INFINITE = np.inf
SAMPLE = Path(__file__).parents[2] / "sample_data"
SPOILED_BY = 7  # the seed
SHORT = 6  # words
Labels = Sequence[set[str]]


def read(comments: Sequence[str], scores: np.ndarray | None = None, features: dict | None = None) -> Coding:
    """These comments by our rules; `features` as name -> aliases."""
    kinds = {("feature", name): aliases for name, aliases in (features or {}).items()}
    rules = Rules.default().with_aliases({kind: aliases for kind, aliases in kinds.items() if aliases})
    scores = np.full(len(comments), np.nan) if scores is None else scores
    return Comments(np.arange(len(comments)), comments, scores).coded(rules, [*kinds])


def themes(coding: Coding) -> list[set[str]]:
    """Of each comment."""
    return [{coding.themes[number] for number in np.flatnonzero(row)} for row in coding.sided]


def sides(bits: np.ndarray) -> list[set[str]]:
    """Of bits: those that say something."""
    return [{name for number, name in enumerate(SIDES) if number and said >> number & 1} for said in bits]


def names(coding: Coding) -> list[set[str]]:
    """The features that each comment names."""
    found: list[set[str]] = [set() for _ in coding.side]
    for comment, feature in zip(coding.named_in, coding.named, strict=True):
        found[comment].add(coding.features[feature][1])
    return found


def agreement(truth: Labels, found: Labels) -> tuple[float, float, float]:
    """Precision, recall and F1 over all pairs of comment and label; NaN where there is none."""
    right = sum(len(one & other) for one, other in zip(truth, found, strict=True))
    told, true = sum(map(len, found)), sum(map(len, truth))
    with np.errstate(invalid="ignore"):
        precision, recall, f1 = np.divide([right, right, 2 * right], [told, true, told + true])
    return float(precision), float(recall), float(f1)


def told(case: str, truth: Labels, found: Labels, least: dict[str, float] | None = None) -> Iterator[Result]:
    """The three, held to what they must reach."""
    for figure, seen in zip(("precision", "recall", "F1"), agreement(truth, found), strict=True):
        yield Result(5, case, figure, (least or {}).get(figure, -INFINITE), INFINITE, seen, len(truth))


def plain(case: str, figure: str, seen: float, n: int, low: float = -INFINITE, high: float = INFINITE) -> Result:
    """A figure of so many comments."""
    return Result(5, case, figure, low, high, float(seen), n)


def own(name: str, where: str, *, bound: bool, half: int | None = None) -> Iterator[Result]:
    """Themes and sides of labelled comments of ours; half: of every second one, from this on."""
    rows = labelled.ours(name)
    if half is not None:
        rows = labelled.Labelled(*(column[half::2] for column in rows))
    coding = read(rows.comments, rows.scores)
    yield from told(f"themes, {where}", rows.themes, themes(coding), {"F1": 0.89} if bound else None)
    found = sides(coding.side)
    for side in SIDES[1:]:
        seen = agreement([one & {side} for one in rows.sides], [one & {side} for one in found])
        yield plain(f"{side}, {where}", "F1", seen[2], len(found))
    exact = np.mean([one == other for one, other in zip(rows.sides, found, strict=True)])
    yield plain(f"sides, {where}", "exactly right", exact, len(found), 0.88 if bound else -INFINITE)
    yield plain(f"side of a theme, {where}", "right where the theme is", _sided(rows, coding), len(found))


def _sided(rows: labelled.Labelled, coding: Coding) -> float:
    """Of the themes rightly found in comments of one side: how often their side is right."""
    right = every = 0
    for true, said, row in zip(rows.themes, rows.sides, coding.sided, strict=True):
        for number in np.flatnonzero(row):
            if len(said) == 1 and coding.themes[number] in true:
                own_sides = {SIDES[bit] for bit in range(len(SIDES)) if row[number] >> bit & 1}
                every, right = every + len(own_sides), right + len(own_sides & said)
    return right / every


def mentions(name: str, where: str, *, bound: bool, half: int | None = None) -> Iterator[Result]:
    """Features named in labelled comments of ours; half: of every second one, from this on."""
    comments, truth = (column[half :: 2 if half is not None else 1] for column in labelled.named(name))
    found = names(read(comments, features=labelled.features()))
    yield from told(f"names, {where}", truth, found, {"precision": 0.94, "recall": 0.93} if bound else None)


def sample_names() -> Iterator[Result]:
    """Names in the sample as written, and spoiled: small letters, slips, hyphens, joined, singular or plural."""
    wanted = pd.read_csv(SAMPLE / "usage.csv", usecols=["feature"])["feature"].unique().tolist()
    comments = pd.read_csv(SAMPLE / "responses.csv")["comment"].dropna().tolist()
    known = {name.lower(): name for name in wanted}
    any_case = re.compile(r"\b(" + "|".join(sorted(map(re.escape, wanted), key=len, reverse=True)) + r")\b", re.I)
    truth = [{known[text.lower()] for text in any_case.findall(comment)} for comment in comments]
    rng, features = random.Random(SPOILED_BY), dict.fromkeys(wanted, ())
    least = {"precision": 0.99, "recall": 0.88}
    yield from told("names, sample as written", truth, names(read(comments, features=features)), least)
    spoiled = [_spoiled(comment, wanted, rng) for comment in comments]
    yield from told("names, sample spoiled", truth, names(read(spoiled, features=features)), least)


def _spoiled(text: str, wanted: Sequence[str], rng: random.Random) -> str:
    for name in sorted(wanted, key=len, reverse=True):
        pattern = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        if pattern.search(text):
            new = _spoiled_name(name, rng)
            text = pattern.sub(lambda _, new=new: new, text)
    return text


def _spoiled_name(name: str, rng: random.Random) -> str:
    dice = rng.random()
    if dice < 0.5:
        return name.lower()
    if dice < 0.52:
        return name
    if dice <= 0.58:
        return name[:-1] if name.endswith("s") else name + "s"
    if dice <= 0.65:
        return name.replace(" ", "")
    if dice <= 0.75:
        return name.replace(" ", "-")
    at, how = rng.randrange(1, len(name) - 1), rng.randrange(3)
    return (
        name[:at] + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + rng.choice("aeiostn") + name[at:],
    )[how]


def false_names(folder: Path) -> Iterator[Result]:
    """Names of features where nobody can mean one: in reviews of courses, food, hotels, places, and in tweets."""
    english = labelled.reviews(folder, "en", labelled.ELSEWHERE)
    texts = [*(english.comments if english else ()), *(labelled.tweets(folder) or ())]
    if not texts:
        return
    by_words: dict[bool, dict] = {True: {}, False: {}}
    for name, aliases in labelled.features().items():
        by_words[" " in name or "-" in name][name] = aliases
    for several, wanted in by_words.items():
        found = sum(map(len, names(read(texts, features=wanted))))
        case = f"false names of {'several words' if several else 'one word'}, texts of other trades"
        yield plain(case, "share", found / len(texts), len(texts), high=0 if several else 0.005)


def app_reviews(folder: Path) -> Iterator[Result]:
    """Bug reports and feature requests; every second review was looked at when phrases were chosen, these were not."""
    rows = labelled.app_reviews(folder)
    if rows is None:
        return
    rows = rows.iloc[1::2]
    coding = read(rows["review"].tolist())
    bugs = (coding.sided[:, coding.themes.index("bugs")] > 0, "bug report", "bugs")
    wishes = (coding.side >> WISH & 1 > 0, "feature request", "wish")
    for found, label, case in (bugs, wishes):
        truth = [{case} & {case if own == label else ""} for own in rows["label"]]
        yield from told(f"{case}, app reviews", truth, [{case} if one else set() for one in found])
    yield silent("app reviews", coding)


def translated(folder: Path) -> Iterator[Result]:
    """Themes and sides of reviews in six languages."""
    for language in labelled.LANGUAGES:
        rows = labelled.reviews(folder, language)
        if rows is None:
            continue
        coding = read(rows.comments)
        for theme, belongs in labelled.ASPECTS.items():
            truth = [{theme} if any(map(belongs, aspects)) else set() for aspects in rows.aspects]
            found = [one & {theme} for one in themes(coding)]
            yield plain(f"{theme}, reviews {language}", "F1", agreement(truth, found)[2], len(found))
        yield from _tones(rows, coding, language)


def _tones(rows: labelled.Reviews, coding: Coding, language: str) -> Iterator[Result]:
    """Reviews of one tone, without a score: how many are decided, and how many of these rightly."""
    love, dislike = (coding.side >> side & 1 > 0 for side in (LOVE, DISLIKE))
    praised, blamed = (love & ~dislike), (dislike & ~love)
    good, bad = (rows.tone == tone for tone in ("positive", "negative"))
    clear, decided = good | bad, praised | blamed
    case = f"sides, reviews {language}"
    yield plain(case, "decided", decided[clear].mean(), int(clear.sum()))
    yield plain(case, "right of these", (praised & good | blamed & bad)[clear & decided].mean(), int(clear.sum()))
    yield plain(case, "precision of love", good[praised & clear].mean(), int(clear.sum()))
    yield plain(case, "precision of dislike", bad[blamed & clear].mean(), int(clear.sum()))


def silent(where: str, coding: Coding) -> Result:
    """Comments that name no theme we know."""
    return plain(f"no theme, {where}", "share", (~coding.sided.any(1)).mean(), len(coding.side))


def silence(folder: Path) -> Iterator[Result]:
    """How many comments give no reason we know, set by set."""
    courses = labelled.reviews(folder, "en", ("coursera",))
    for where, texts in (("courses", courses and courses.comments), ("airline tweets", labelled.tweets(folder))):
        if texts:
            yield silent(where, read(texts))


def told_languages(folder: Path | None) -> Iterator[Result]:
    """Languages of comments, where one is told; and of those of a few words."""
    ours = [labelled.ours(name) for name in ("comments", "comments_others")]
    texts = [text for rows in ours for text in rows.comments]
    known = [("labelled", texts, np.concatenate([rows.languages for rows in ours]))]
    if folder and (tweets := labelled.of_languages(folder)):
        known.append(("tweets", *tweets))
    every = [labelled.reviews(folder, language) for language in labelled.LANGUAGES] if folder else []
    if rows := [(each, language) for each, language in zip(every, labelled.LANGUAGES, strict=False) if each]:
        texts = [text for each, _language in rows for text in each.comments]
        known.append(("reviews", texts, np.repeat([own for _, own in rows], [len(each.comments) for each, _ in rows])))
    for where, texts, truth in known:
        found = languages.of(texts)
        is_told, few = found != languages.UNKNOWN, np.array([len(text.split()) <= SHORT for text in texts])
        yield plain(f"language, {where}", "told", is_told.mean(), len(texts))
        yield plain(f"language, {where}", "right of these", (found == truth)[is_told].mean(), len(texts))
        short = is_told & few
        yield plain(
            f"language, {where}, up to {SHORT} words", "right", (found == truth)[short].mean(), int(short.sum())
        )
