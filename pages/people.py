"""Who answered: a list to search, and who uses the product like promoters do."""

from nps.wording import _, several
from pages.parts import likeness, people, show
from pages.session import data

chosen = data.chosen()
show.headline(several("1 person answered.", "{n} people answered.", n=len(chosen.places)))
people.listed(chosen.panel.answers, "everybody", chosen.places)
show.heading(_("Who could become a promoter"))
likeness.alike(chosen)
