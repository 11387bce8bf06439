"""How figures of single people, and of newcomers, are counted, as in `formulas`."""

SENTENCES = {
    "heading.one_person": "One person",
    "formula.peers": "Against people like them",
    "formula.peers.rule": (
        "Use of the last 13 weeks against that of others who used anything in them and have not left: those of the "
        "same role and the same group of the latest answer, of the same role where they are fewer than {min_peers}, "
        "else all. Under {min_peers} nothing is told. “More than” is the share of them with less, and half of those "
        "with the same."
    ),
    "formula.peers.formula": "(people with less + people with the same / 2) / people;  the middle one: their median",
    "formula.stopped": "Stopped",
    "formula.stopped.rule": (
        "What was used on 9 or more of the 84 days that ended 28 days ago, and on none since: going on so, there would "
        "have been 3 days of use, and chance alone has none in 5 of 100 cases."
    ),
    "formula.stopped.formula": "days of the 84 / 3 ≥ 3, and 0 in the last 28;  e⁻³ = 0.05 (Poisson)",
}
