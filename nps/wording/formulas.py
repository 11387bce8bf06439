"""How each figure is counted, for whoever opens it: the rule in words, the formula, and where to read more."""

from typing import NamedTuple

from nps.measures import rules
from nps.measures.planner import POWER_Z
from nps.measures.score import POINTS, Z
from nps.spells import DAYS


class Formula(NamedTuple):
    """A figure's name, its rule in plain words, its formula, and its heading in docs/methods.md."""

    name: str
    rule: str
    formula: str
    heading: str


_NEAR = f"{POINTS * rules.NEAR:.0f} points"
_NEAR_SURE = f"{round(1 / rules.NEAR_BELOW) - 1} times in {round(1 / rules.NEAR_BELOW)}"
_SIDES = f"{rules.MIN_SIDE} users and {rules.MIN_SIDE} others"
_POWER = f"{round(5 * rules.POWER)} times in 5"
_SCORE, _SEGMENTS, _FEATURES, _LEFT = "Score and interval", "Segments", "Features", "Who left"

FORMULAS = {
    "score": Formula(
        "NPS",
        "Promoters answered 9 or 10, detractors 0 to 6. Passives count as answers and as nothing else. Under "
        f"{rules.MIN_SHOWN} answers no score is shown, under {rules.GREY_BELOW} it is pale.",
        "100 × (promoters − detractors) / answers",
        _SCORE,
    ),
    "interval": Formula(
        "95% interval",
        "Drawn like this from many samples, it holds the true score 95 times in 100. Three answers that say nothing "
        "are added first: ¾ promoter, 1½ passive, ¾ detractor. Answers of one account, or of one person where no "
        "account is known, are alike: n is then as many independent answers as they are worth. With a single account "
        "there is no interval.",
        f"θ ± t √(v / n),  θ = (promoters − detractors) / n,  v = (promoters + detractors) / n − θ²;  t: {Z:.2f}, or "
        "Student's t with as many accounts or persons as there effectively are",
        _SCORE,
    ),
    "difference": Formula(
        "Difference of two scores",
        f"p is how often chance alone would make two groups differ as much. Below {rules.CHANCE_BELOW} it is called "
        "more than chance would explain. Answers of one account or person are taken together: where they are alike it "
        "takes more to be sure, and where the same ones answered in both of two periods, less.",
        "θ₁ − θ₂ ± t √(deff (v₁ / n₁ + v₂ / n₂)),  deff: how much more the sums of accounts vary than strangers would",
        _SCORE,
    ),
    "share": Formula("Share", "Of the answers counted.", "answers with the value / all answers", _SCORE),
    "trend": Formula(
        "Score of a period",
        f"In each period the latest answer of a person counts. A rolling point holds the {rules.ROLLING_DAYS} days "
        f"before it, or {rules.FEWER_DAYS} where those usually have {rules.MANY_ANSWERS} answers.",
        "100 × (promoters − detractors) / answers of the period",
        "Trend and alarm",
    ),
    "alarm": Formula(
        "“The score fell”, “rose”",
        f"A watch over weeks adds up small moves against the {rules.BASELINE_WEEKS} weeks before and warns once for "
        "each lasting change; then it learns anew what is usual. Chance alone makes it warn too: in a quiet year "
        "about once in ten for each direction, in up to one of five where the people of an account answer together. "
        f"The size is that of the weeks after the warning, once there are {rules.ENOUGH_WEEKS}. Where most of the "
        "change is who answered, it says so.",
        f"C = max(0, C − z − {rules.SLACK}), a warning when C > {rules.LIMIT} √(1 + answers since / answers before);  "
        "z: the week's sum against what is usual, in standard errors",
        "Trend and alarm",
    ),
    "ranking": Formula(
        "Order of the groups",
        f"As if {rules.PSEUDO_RESPONDENTS} average answers were added to each group, so that small groups do not win "
        "by luck. The score printed is the raw one.",
        f"μ + n / (n + {rules.PSEUDO_RESPONDENTS}) × (score − μ),  μ: the mean of the groups",
        _SEGMENTS,
    ),
    "differs": Formula(
        "“Differs”",
        f"Each group with at least {rules.MIN_SHOWN} answers against everyone else in the selection. q is the share "
        "of false ones to expect among all groups flagged at this q or below (Benjamini and Hochberg, over this "
        f"chart); under {rules.FLAG_BELOW:.2f} a group differs. Practically as everyone else: less than {_NEAR} "
        f"away either way, {_NEAR_SURE}.",
        "q of the difference of two scores",
        _SEGMENTS,
    ),
    "adjusted": Formula(
        "Against as active",
        "Users of a feature against others who are as active without it, in tiers of activity, and alike in quarter "
        f"of the answer, role and plan. It needs {_SIDES}, and use that is not a matter of one role or quarter. "
        "Answers of one account, or of one person, are taken together. In a part of the map by activity alone. An "
        "association, not a cause.",
        "least squares of the score on use, with a constant for each tier and level;  ± t √(deff) × its standard error",
        _FEATURES,
    ),
    "naive": Formula(
        "Against everybody",
        "Users minus all others. It flatters whatever active people use, because active people are happier.",
        "score of users − score of all others",
        _FEATURES,
    ),
    "kappa": Formula(
        "What activity explains and is still in it",
        "Use is an imperfect measure of how active people are, so some of the flattery stays. How much shows in all "
        "features together: were nothing left, their differences would not go along with what was taken away.",
        "κ: the weighted median of adjusted / (naive − adjusted) over the features, at least 0",
        _FEATURES,
    ),
    "holds": Formula(
        "“Holds”",
        "More than chance would explain, both as it is and once what is still in it of activity is taken off, each "
        f"time with {rules.UNEXPLAINED:.0%} of what the comparison took away left over for doubt. q, over all "
        f"features compared, is under {rules.ROBUST_BELOW:.2f}: of all that holds, about so many are expected to be "
        "false. And no other feature may explain it. Told for everybody in this view, never for a part of the map.",
        f"q of the larger p of max(0, |d| − {rules.UNEXPLAINED:.1f} × |naive − adjusted|) / error,  d: adjusted, "
        "adjusted − κ (naive − adjusted)",
        _FEATURES,
    ),
    "partner": Formula(
        "“Explained by”, “cannot be told apart from”",
        "Where mostly the same people use another feature, both are compared at once. If the difference goes and the "
        "other one's stays, it is explained by the other; if neither is clear, nobody can tell whose it is.",
        f"least squares of the score on both uses, within tiers of activity without both;  |t| ≥ {Z:.2f} is clear",
        _FEATURES,
    ),
    "verdict": Formula(
        "Verdict",
        "Only where the difference holds. Reach at or above the middle: keep strong, or fix. Below: promote, or "
        f"rethink or sunset. Used by under {rules.HARDLY_USED:.0%} of active people: hardly used. Practically no "
        f"difference: under {_NEAR} either way, {_NEAR_SURE}, whatever is left of activity in it. No clear "
        "difference: neither can be said.",
        "reach against the median of the features compared, and the sign of the difference",
        _FEATURES,
    ),
    "reach": Formula("Reach", "How many of the selection use it in the window.", "users / people selected", _FEATURES),
    "left": Formula(
        "Left the product",
        "Of the people who had not left before their latest answer, those who left after it. Whoever answered lately "
        "has had less time to leave.",
        f"p: people who left / people;  (p + z² / 2n ± z √(p (1 − p) / n + z² / 4n²)) / (1 + z² / n),  z = {Z:.2f}",
        _LEFT,
    ),
    "leaving": Formula(
        "Leaving, against as active",
        "Users of a feature against others who are as active without it, in tiers of activity, and alike in quarter "
        f"of the answer, role and plan. Negative: they leave less often. It needs {_SIDES}. An association, not a "
        "cause.",
        "least squares of leaving (1 or 0) on use, with a constant for each tier and level",
        _LEFT,
    ),
    "use": Formula(
        "More use than others as active",
        "The selection against people of the same band of the map and the same activity without the feature who gave "
        "other scores. A part of the map that cuts no scores has nobody to be compared with in this way.",
        "Σ w (share of the selection − share of others) / Σ w  over bands × tiers,  w = selected × others / both",
        "A region that cuts scores",
    ),
    "apart": Formula(
        "What sets them apart",
        "Every segment value, and where scores are cut every feature, is compared; people of one account are taken "
        f"together. Shown is what differs by {rules.MIN_DIFFERENCE * POINTS:.0f} points of share and holds after "
        f"correcting for the number of comparisons (q under {rules.APART_BELOW:.2f}).",
        "share of the selection − share of everyone else, of a feature share of others as active",
        "A region that cuts scores",
    ),
    "activity": Formula(
        "Activity percentile",
        "Against each person's latest answer; filters do not move it. Use counts in the window before the answer.",
        "100 × (share of people with less activity + half the share with the same)",
        "Activity, percentile, bands",
    ),
    "change": Formula(
        "Who answered, how they scored",
        "Split for each group; all parts together are exactly the change. The intervals take the answers of one "
        "account or person together.",
        "rate = (w₀ + w₁) / 2 × (θ₁ − θ₀),  mix = (w₁ − w₀) × ((θ₀ + θ₁) / 2 − mean score);  w: share, θ: score",
        "What changed between two periods",
    ),
    "planner": Formula(
        "How many answers",
        "As many as make the 95% interval of the score as narrow as asked, where answers differ as much as here. "
        f"Where accounts think alike, more. Two groups: a difference of that size is then found {_POWER}.",
        f"{Z:.2f}² v / margin² × (1 + (m − 1) ρ) − 3;  each of two groups 2 v ({Z:.2f} + {POWER_Z:.2f})² / "
        "difference² × the same;  m: answers of an account, ρ: how alike they are",
        "How many people to ask",
    ),
    "release": Formula(
        "Before and after a release",
        f"Users are who used the feature within {DAYS} days after it, whenever they answered. Their change less that "
        "of the others is what both did not share; beside it, the same inside the time before. Answers of one account "
        f"are alike, which widens the interval. It needs {rules.MIN_CELL} answers of both before and after. An "
        "association, not a cause.",
        "(users after − users before) − (others after − others before)",
        "Before and after a release",
    ),
    "moves": Formula(
        "Moves",
        "An answer after the same person's previous one. The mean change is within each person; three people who say "
        "nothing are added. Only that mean is a claim: who answered low tends to answer higher the next time, who "
        "answered high lower, even if nothing changed, so no row of the table is tested.",
        "mean of (after − before),  promoter 1, passive 0, detractor −1",
        "Repeated answers",
    ),
    "weights": Formula(
        "Other ways to count",
        "Each answer weighs 1, or 1 / answers of its account, or the account's revenue / answers of its account. "
        "“Worth” is how many equal answers the weighted ones are worth.",
        "Σ w y / Σ w,  worth (Σ w)² / Σ w²",
        "Weighted scores",
    ),
    "response": Formula(
        "Share who answered",
        "Of everybody who used anything in the window, by tenths of activity.",
        "people who answered / people who could have",
        "Who answered against who could have",
    ),
    "reweighted": Formula(
        "Re-weighted for activity",
        "Each tenth of activity counts by how many people it has, not by how many of them answered.",
        "Σ W θ,  W: share of people, θ: score of those who answered",
        "Who answered against who could have",
    ),
    "occasion": Formula(
        "Times as often as on a typical day",
        "The last 24 hours before an answer against every day of its window. The interval is that of a Poisson count; "
        f"q corrects for the number of features. Told from {rules.MIN_EXPECTED} expected answers on.",
        "answers just after use / Σ (days of use / days of the window)",
        "After what people answer",
    ),
    "likeness": Formula(
        "Like a promoter",
        "A rating from use alone, made for each person by a model that never saw that person or its account. Hidden "
        f"where it is no better than activity alone, and where it did not come true: where {rules.MIN_PROOF} passives "
        "or more answered again and those rated likelier did not rise more often than chance would have them.",
        "logistic regression on log(1 + uses) of each feature, active days and uses",
        "Who is like a promoter",
    ),
    "finding": Formula(
        "A finding",
        "Everything in this view is compared with everything. q is the share of false ones to expect among all "
        "findings at this q or below, corrected for all comparisons of this view together; another filter is another "
        f"look. Told when q is under {rules.SURE_BELOW} and the difference at least {rules.SMALLEST_POINTS:.0f} "
        "points. What stands out on the overview is the first three. Where nothing holds, it says from what size a "
        f"difference would have been found {_POWER}.",
        f"q by Benjamini and Hochberg over all comparisons;  found from (z(q / 2m) + {POWER_Z:.2f}) standard errors, "
        "m: comparisons",
        "Find",
    ),
}
