"""Who is erased said nothing: no frame, term, language or proposal tells what they wrote."""

import kept
import pandas as pd
import pytest
from kept import ADMIN, ANALYST, landed

from nps import lens
from nps.comments import proposals
from workspace.privacy import erase
from workspace.store import datasets
from workspace.store.database import open_workspace

WHO, OTHERS, WORD = "customer-1", [f"customer-{n}" for n in range(2, 8)], "quokka"
SECRET = "my marmoset ate the quokka when it crashed"


@pytest.fixture
def read(tmp_path):
    """Detractors who speak of a quokka, of whom one says more, and promoters who do not."""
    said = [SECRET, *["the quokka crashed again"] * 4, *["all fine"] * 2]
    unhappy = [f"{who},1,2026-03-01,{text}" for who, text in zip([WHO, *OTHERS], said, strict=True)]
    happy = [f"happy-{n},10,2026-03-01,it is lovely" for n in range(40)]
    return landed(tmp_path / "read", responses="\n".join(["person_id,score,date,comment", *unhappy, *happy]))


def told(panel) -> str:
    """All that any frame says of what people say."""
    chosen = panel.select()
    frames = [chosen.reasons(), chosen.mentions(), chosen.words_apart(), chosen.comments(), chosen.comments("bugs")]
    texts, _people = proposals.drawn(panel.comments.texts, panel.comments.answer)
    rest = [*panel.comments.tokens.spelled, *panel.comments.tokens.words, *texts]
    return " ".join([*(frame.to_csv() for frame in frames), chosen.findings().to_csv(), *rest])


def test_what_somebody_wrote_goes_with_them(tmp_path, read):
    before = lens.panel_of_folder(read)
    assert "marmoset" in told(before)
    assert any(WORD in term for term in before.select().words_apart()["term"])
    with open_workspace(tmp_path / "workspace") as space:
        dataset = datasets.keep(ANALYST, space, read, "Q1")
        erase.erase(ADMIN, space, WHO)
        after = lens.panel_of_folder(datasets.place(ADMIN, space, datasets.find(ADMIN, space, dataset)))
    assert "marmoset" not in told(after)
    assert WHO not in told(after)
    assert after.comments is not before.comments
    assert kept.traces(tmp_path / "workspace", "marmoset") == []


def test_a_term_that_four_are_left_to_say_is_not_told(tmp_path, read):
    with open_workspace(tmp_path / "workspace") as space:
        dataset = datasets.keep(ANALYST, space, read, "Q1")
        erase.erase(ADMIN, space, WHO)
        after = lens.panel_of_folder(datasets.place(ADMIN, space, datasets.find(ADMIN, space, dataset)))
    left = after.select()
    assert not [term for term in left.words_apart()["term"] if WORD in term]
    assert left.comments()["comment"].str.contains(WORD).sum() == 4


def test_others_count_as_they_would_have_without_them(tmp_path, read):
    with open_workspace(tmp_path / "workspace") as space:
        dataset = datasets.keep(ANALYST, space, read, "Q1")
        erase.erase(ADMIN, space, WHO)
        after = lens.panel_of_folder(datasets.place(ADMIN, space, datasets.find(ADMIN, space, dataset)))
    rows = pd.read_parquet(read / "responses.parquet")
    never = lens.load(rows[rows["person_id"] != WHO][["person_id", "score", "responded_at", "comment"]])
    pd.testing.assert_frame_equal(after.select().reasons(), never.select().reasons())
