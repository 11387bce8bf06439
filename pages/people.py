"""Who answered: a list to search, audiences by name, and, where it can be told, who uses the product like promoters."""

from nps.wording import _, several
from pages.parts import audiences, choose, likeness, people, show
from pages.session import data, keys

TALL = 600  # pixels of the list

chosen = data.chosen().per_person
show.headline(several("1 person answered", "{n} people answered", n=len(chosen.places)))
whom = chosen.selection.describe(chosen.panel.measure, chosen.panel.rules)
if whom.code != "whom.everybody":
    show.text(whom)
views = {"list": _("Everybody selected"), "audiences": _("Audiences")}
if not chosen.panel.like_promoters.hidden:
    views["like_promoters"] = _("Look like promoters")
keys.of_widget("people_view").fit(views)
view = choose.choice(_("View"), views, key="people_view", label_visibility="collapsed")
if view == "list":
    people.listed(chosen.panel.answers, "everybody", chosen.places, height=TALL)
    likeness.unproven(chosen)
elif view == "audiences":
    audiences.listed(chosen.panel)
else:
    likeness.alike(chosen)
