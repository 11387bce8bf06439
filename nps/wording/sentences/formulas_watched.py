"""How figures of accounts and people who are watched are counted; as in `formulas`."""

SENTENCES = {
    "heading.how_accounts_and_people_stand": "How accounts and people stand",
    "formula.pace": "Use against what is usual",
    "formula.pace.rule": (
        "The mean of the last four weeks against the median of the 13 before, so that no holiday and no spike is what "
        "is usual. Told where that is {min_usual_uses} uses a week or more, {min_known_weeks} of those weeks are "
        "known, and less what the season does to most. Heavy users: at or above percentile {heavy_from} in the 13 "
        "weeks before the last four."
    ),
    "formula.pace.formula": "(u + ½) / (m s + ½),  u: mean, m: median, s: the median of u / m of all, 1 for few",
    "formula.divided": "Divided",
    "formula.divided.rule": (
        "{min_divided} people or more answered, a promoter and a detractor among them. Under {min_shown} people an "
        "account has no NPS."
    ),
    "formula.divided.formula": "people ≥ {min_divided},  promoters ≥ 1,  detractors ≥ 1",
    "heading.health": "Health",
    "formula.health": "Health",
    "formula.health.rule": (
        "Each part is a place among accounts of the same plan and fifth of size, where those are {min_group} or "
        "more; else of the same plan; else among all. Health is their mean by your weights, told where half of the "
        "weights are known. What is missing counts neither for nor against. No chance of anything."
    ),
    "formula.health.formula": (
        "Σ w × place / Σ w of known parts,  place: 100 × (share of the group with less + half the share with the same)"
    ),
    "heading.lists_and_who_will_leave": "Lists, and who will leave",
    "formula.listed": "Listed because",
    "formula.listed.rule": (
        "Each reason is a point or more, by numbers that stand under Rules and can be changed. Answers and comments "
        "count for {said_days} days. Nobody who has left is listed, and what is not known gives no point."
    ),
    "formula.listed.formula": "sum of points ≥ the number under Rules",
    "formula.foretold": "The model",
    "formula.foretold.rule": (
        "Learned from how accounts stood every 13 weeks, and who left in the 13 weeks that began four weeks later. "
        "Shown only where {min_foretold} who left were foretold from data before them, and the model puts them "
        "higher than the rule does, more than chance would explain. What is known as of today alone (plan, revenue, "
        "seats, owner, renewal) is no signal. What goes with leaving, not what causes it."
    ),
    "formula.foretold.formula": (
        "ridge logistic regression;  z = Σ n (A − B) / √(Σ n² se²) > {better_z},  A, B: how often who left stands "
        "higher, by model and rule (DeLong, 1988)"
    ),
}
