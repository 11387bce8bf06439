"""A view is made once for everybody who may see it, and nobody changes what another is shown."""

import builders

import nps
from nps.wording import speak
from pages.session import views

PANEL = nps.load(builders.responses(score=[9, 3, 7, 10] * 5, role=["Admin", "Viewer"] * 10))
made = []


@views.shared
def by_role(chosen, least):
    made.append(least)
    return chosen.by_segment("role").assign(least=least)


def test_a_view_is_made_once_for_the_same_people_and_values():
    made.clear()
    for _ in range(3):
        by_role(PANEL.select(), 10)
        by_role(PANEL.select(nps.Selection()), 10)
    assert made == [10]
    by_role(PANEL.select(), 20)
    by_role(PANEL.select(nps.Selection(score=(9, 10))), 10)
    by_role(nps.load(builders.responses(score=[9, 3, 7, 10] * 5, role=["Admin", "Viewer"] * 10)).select(), 10)
    with speak("en-XA"):
        by_role(PANEL.select(), 10)
    assert made == [10, 20, 10, 10, 10]


def test_what_one_page_changes_no_other_sees():
    first = by_role(PANEL.select(), 30)
    first["value"] = "mine"
    assert by_role(PANEL.select(), 30)["value"].tolist() == ["Admin", "Viewer"]


def test_another_measure_of_activity_is_another_panel():
    usage = builders.usage(*((f"p{n}", "Board", "2025-02-01") for n in range(1, 21)))
    panel = nps.load(builders.responses(score=[9, 3, 7, 10] * 5), usage)
    assert panel.measured("uses").uid != panel.uid
