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
    "heading.onboarding": "Onboarding",
    "formula.steps": "Who takes a step",
    "formula.steps.rule": (
        "Days are whole 24 hours since joining, or since the first use. Who joined lately has had less time, and "
        "counts for as long as they were there; who left without a step never takes it. So a share is of all who "
        "join. People of one account are alike, which widens the interval. A curve is drawn while {min_shown} people "
        "are watched."
    ),
    "formula.steps.formula": (
        "1 − S(t),  S(t) = Π (1 − d / n): d take it on a day, of n who had not and are watched (Kaplan and Meier);  "
        "S^exp(±{z:.2f} √(deff Σ d / (n (n − d))) / |log S|)"
    ),
    "formula.step_stops": "Where newcomers stop",
    "formula.step_stops.rule": (
        "Of those who had time for all steps: who took the step before in time, and this one not."
    ),
    "formula.step_stops.formula": "people who took it in time / people who had the time;  Wilson’s interval",
    "formula.by_steps": "Who took a step against who did not",
    "formula.by_steps.rule": (
        "From the last day of a step on, among those who joined early enough and were still there: who had taken it "
        "by then against who had not, with as much other use in those days, and alike in quarter of joining, role and "
        "plan. Left: within 90 days after it. NPS: of the first answer after it. It needs {min_side} people on each "
        "side. Who takes a step is not chosen at random: an association, not a cause."
    ),
    "formula.by_steps.formula": "Σ w (took it − did not) / Σ w over tiers and levels;  w: n₁ n₀ / n of each",
    "formula.progress": "How far somebody is",
    "formula.progress.rule": "Steps taken of all steps, whenever they were taken; of an account, by any of its people.",
    "formula.progress.formula": "steps taken / steps",
}
