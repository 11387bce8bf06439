"""Who answered: a list to search, and, where that can be told, who uses the product like promoters do."""

from nps.wording import _, several
from pages.parts import choose, likeness, people, show
from pages.session import data, keys

TALL = 600  # pixels of the list

chosen = data.chosen().per_person
show.headline(several("1 person answered", "{n} people answered", n=len(chosen.places)))
whom = chosen.selection.describe(chosen.panel.measure)
if whom.code != "whom.everybody":
    show.text(whom)
views = {"list": _("Everybody selected")}
if not chosen.panel.like_promoters.hidden:
    views["like_promoters"] = _("Look like promoters")
keys.of_widget("people_view").fit(views)
view = choose.choice(_("View"), views, key="people_view", label_visibility="collapsed") if len(views) > 1 else "list"
if view == "list":
    people.listed(chosen.panel.answers, "everybody", chosen.places, height=TALL)
    likeness.unproven(chosen)
else:
    likeness.alike(chosen)
