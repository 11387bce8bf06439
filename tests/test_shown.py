"""How values look in a notebook and at a prompt: one line, and nothing that people wrote becomes HTML."""

import datetime
import pydoc
from dataclasses import fields

import builders
import pytest

import nps

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def panel() -> nps.Panel:
    uses = [{"Boards": 1}, {"Boards": 2, "Export": 1}, {}]
    return builders.panel_of(
        [9, 3, 7], uses, ["a", "b", "a"], comment=[HOSTILE, "fine", None], role=[HOSTILE, "x", "x"]
    )


def test_a_panel_is_one_line(panel):
    assert repr(panel) == "Panel: 2 people, 3 answers, 2 features, 90 days"
    assert repr(builders.panel_of([9], [{}])) == "Panel: 1 person, 1 answer, 0 features, 90 days"


def test_what_is_chosen_is_one_line(panel):
    assert repr(panel.select()) == "Chosen: 2 answers, Selection()"
    assert repr(panel.select(nps.Selection(repeats="all"))) == "Chosen: 3 answers, Selection(repeats='all')"


def test_a_selection_is_shown_as_it_can_be_written():
    selection = nps.Selection((50, 100), where={"role": ["x"]}, period=("2026-01-01", "2026-02-01"), repeats="all")
    assert repr(nps.Selection()) == "Selection()"
    assert eval(repr(selection), {"Selection": nps.Selection, "datetime": datetime}) == selection  # noqa: S307 - ours


def test_a_score_is_rounded_at_the_prompt_alone():
    score = nps.score([9, 9, 3])
    assert repr(score) == "Score(responses=3, promoters=2, passives=0, detractors=1, nps=33.3, low=-51.3, high=84.7)"
    assert score.nps == pytest.approx(100 / 3)


def test_a_notebook_shows_the_score_and_the_latest_answers_first(panel):
    shown = panel._repr_html_()
    assert shown.index("<td>-50.0</td>") < shown.index("<td>Passive</td>") < shown.index("<td>Detractor</td>")
    assert panel.select()._repr_html_().count("<tr>") == 1 + 2


def test_what_people_wrote_is_no_html(panel):
    hostile = nps.Selection(where={"role": [HOSTILE]})
    for shown in (panel, panel.select(nps.Selection(repeats="all")), panel.select(hostile), hostile):
        assert "<img" not in shown._repr_html_()
    assert "&lt;img" in panel._repr_html_()


def test_help_tells_what_a_panel_holds():
    told = pydoc.plain(pydoc.render_doc(nps.Panel))
    assert "what each answer's person used in the window before it" in told
    assert [each.name for each in fields(nps.Panel) if f"|  {each.name} " not in told] == []
