"""How each figure is counted: name, rule in plain words and formula, with thresholds by their names in `rules`.

Each stands below the heading of docs/methods.md that tells more.
"""

SENTENCES = {
    "heading.score_and_interval": "Score and interval",
    "formula.score": "NPS",
    "formula.score.rule": (
        "Promoters answered 9 or 10, detractors 0 to 6. Passives count as answers and as nothing else. Under "
        "{min_shown} answers no score is shown, under {grey_below} it is pale."
    ),
    "formula.score.formula": "100 × (promoters − detractors) / answers",
    "formula.interval": "95% interval",
    "formula.interval.rule": (
        "Drawn like this from many samples, it holds the true score 95 times in 100. Three answers that say nothing "
        "are added first: ¾ promoter, 1½ passive, ¾ detractor. Answers of one account, or of one person where no "
        "account is known, are alike: n is then as many independent answers as they are worth. With a single "
        "account there is no interval."
    ),
    "formula.interval.formula": (
        "θ ± t √(v / n),  θ = (promoters − detractors) / n,  v = (promoters + detractors) / n − θ²;  t: {z:.2f}, or "
        "Student's t with as many accounts or persons as there effectively are"
    ),
    "formula.difference": "Difference of two scores",
    "formula.difference.rule": (
        "p is how often chance alone would make two groups differ as much. Below {chance_below} it is called more "
        "than chance would explain. Answers of one account or person are taken together: where they are alike it "
        "takes more to be sure, and where the same ones answered in both of two periods, less."
    ),
    "formula.difference.formula": (
        "θ₁ − θ₂ ± t √(deff (v₁ / n₁ + v₂ / n₂)),  deff: how much more the sums of accounts vary than strangers would"
    ),
    "formula.share": "Share",
    "formula.share.rule": "Of the answers counted.",
    "formula.share.formula": "answers with the value / all answers",
    "heading.trend_and_alarm": "Trend and alarm",
    "formula.trend": "Score of a period",
    "formula.trend.rule": (
        "In each period the latest answer of a person counts. A rolling point holds the {rolling_days} days before "
        "it, or {fewer_days} where those usually have {many_answers} answers."
    ),
    "formula.trend.formula": "100 × (promoters − detractors) / answers of the period",
    "formula.alarm": "“The score fell”, “rose”",
    "formula.alarm.rule": (
        "A watch over weeks adds up small moves against the {baseline_weeks} weeks before and warns once for each "
        "lasting change; then it learns anew what is usual. Chance alone makes it warn too: in a quiet year about "
        "once in ten for each direction, in up to one of five where the people of an account answer together. The "
        "size is that of the weeks after the warning, once there are {enough_weeks}. Where most of the change is "
        "who answered, it says so."
    ),
    "formula.alarm.formula": (
        "C = max(0, C − z − {slack}), a warning when C > {limit} √(1 + answers since / answers before);  z: the "
        "week's sum against what is usual, in standard errors"
    ),
    "heading.segments": "Segments",
    "formula.ranking": "Order of the groups",
    "formula.ranking.rule": (
        "As if {pseudo_respondents} average answers were added to each group, so that small groups do not win by "
        "luck. The score printed is the raw one."
    ),
    "formula.ranking.formula": "μ + n / (n + {pseudo_respondents}) × (score − μ),  μ: the mean of the groups",
    "formula.differs": "“Differs”",
    "formula.differs.rule": (
        "Each group with at least {min_shown} answers against everyone else in the selection. q is the share of "
        "false ones to expect among all groups flagged at this q or below (Benjamini and Hochberg, over this "
        "chart); under {flag_below:.2f} a group differs. Practically as everyone else: less than {near:.0f} points "
        "away either way, {near_sure} times in {near_of}."
    ),
    "formula.differs.formula": "q of the difference of two scores",
    "heading.features": "Features",
    "formula.adjusted": "Against as active",
    "formula.adjusted.rule": (
        "Users of a feature against others who are as active without it, in tiers of activity, and alike in quarter "
        "of the answer, role and plan. It needs {min_side} users and {min_side} others, and use that is not a "
        "matter of one role or quarter. Answers of one account, or of one person, are taken together. In a part of "
        "the map by activity alone. An association, not a cause."
    ),
    "formula.adjusted.formula": (
        "least squares of the score on use, with a constant for each tier and level;  ± t √(deff) × its standard error"
    ),
    "formula.naive": "Against everybody",
    "formula.naive.rule": (
        "Users minus all others. It flatters whatever active people use, because active people are happier."
    ),
    "formula.naive.formula": "score of users − score of all others",
    "formula.kappa": "What activity explains and is still in it",
    "formula.kappa.rule": (
        "Use is an imperfect measure of how active people are, so some of the flattery stays. How much shows in all "
        "features together: were nothing left, their differences would not go along with what was taken away."
    ),
    "formula.kappa.formula": "κ: the weighted median of adjusted / (naive − adjusted) over the features, at least 0",
    "formula.holds": "“Holds”",
    "formula.holds.rule": (
        "More than chance would explain, both as it is and once what is still in it of activity is taken off, each "
        "time with {unexplained:.0%} of what the comparison took away left over for doubt. q, over all features "
        "compared, is under {robust_below:.2f}: of all that holds, about so many are expected to be false. And no "
        "other feature may explain it. Told for everybody in this view, never for a part of the map."
    ),
    "formula.holds.formula": (
        "q of the larger p of max(0, |d| − {unexplained:.1f} × |naive − adjusted|) / error,  d: adjusted, adjusted "
        "− κ (naive − adjusted)"
    ),
    "formula.partner": "“Explained by”, “cannot be told apart from”",
    "formula.partner.rule": (
        "Where mostly the same people use another feature, both are compared at once. If the difference goes and "
        "the other one's stays, it is explained by the other; if neither is clear, nobody can tell whose it is."
    ),
    "formula.partner.formula": (
        "least squares of the score on both uses, within tiers of activity without both;  |t| ≥ {z:.2f} is clear"
    ),
    "formula.verdict": "Verdict",
    "formula.verdict.rule": (
        "Only where the difference holds. Reach at or above the middle: keep strong, or fix. Below: promote, or "
        "rethink or sunset. Used by under {hardly_used:.0%} of active people: hardly used. Practically no "
        "difference: under {near:.0f} points either way, {near_sure} times in {near_of}, whatever is left of "
        "activity in it. No clear difference: neither can be said."
    ),
    "formula.verdict.formula": "reach against the median of the features compared, and the sign of the difference",
    "formula.reach": "Reach",
    "formula.reach.rule": "How many of the selection use it in the window.",
    "formula.reach.formula": "users / people selected",
    "heading.who_left": "Who left",
    "formula.left": "Left the product",
    "formula.left.rule": (
        "Of the people who had not left before their latest answer, those who left after it. Whoever answered "
        "lately has had less time to leave."
    ),
    "formula.left.formula": (
        "p: people who left / people;  (p + z² / 2n ± z √(p (1 − p) / n + z² / 4n²)) / (1 + z² / n),  z = {z:.2f}"
    ),
    "formula.leaving": "Leaving, against as active",
    "formula.leaving.rule": (
        "Users of a feature against others who are as active without it, in tiers of activity, and alike in quarter "
        "of the answer, role and plan. Negative: they leave less often. It needs {min_side} users and {min_side} "
        "others. An association, not a cause."
    ),
    "formula.leaving.formula": "least squares of leaving (1 or 0) on use, with a constant for each tier and level",
    "heading.a_region_that_cuts_scores": "A region that cuts scores",
    "formula.use": "More use than others as active",
    "formula.use.rule": (
        "The selection against people of the same band of the map and the same activity without the feature who "
        "gave other scores. A part of the map that cuts no scores has nobody to be compared with in this way."
    ),
    "formula.use.formula": (
        "Σ w (share of the selection − share of others) / Σ w  over bands × tiers,  w = selected × others / both"
    ),
    "formula.apart": "What sets them apart",
    "formula.apart.rule": (
        "Every segment value, and where scores are cut every feature, is compared; people of one account are taken "
        "together. Shown is what differs by {min_difference_points:.0f} points of share and holds after correcting "
        "for the number of comparisons (q under {apart_below:.2f})."
    ),
    "formula.apart.formula": "share of the selection − share of everyone else, of a feature share of others as active",
    "heading.activity_percentile_bands": "Activity, percentile, bands",
    "formula.activity": "Activity percentile",
    "formula.activity.rule": (
        "Against each person's latest answer; filters do not move it. Use counts in the window before the answer."
    ),
    "formula.activity.formula": "100 × (share of people with less activity + half the share with the same)",
    "heading.what_changed_between_two_periods": "What changed between two periods",
    "formula.change": "Who answered, how they scored",
    "formula.change.rule": (
        "Split for each group; all parts together are exactly the change. The intervals take the answers of one "
        "account or person together."
    ),
    "formula.change.formula": (
        "rate = (w₀ + w₁) / 2 × (θ₁ − θ₀),  mix = (w₁ − w₀) × ((θ₀ + θ₁) / 2 − mean score);  w: share, θ: score"
    ),
    "heading.how_many_people_to_ask": "How many people to ask",
    "formula.planner": "How many answers",
    "formula.planner.rule": (
        "As many as make the 95% interval of the score as narrow as asked, where answers differ as much as here. "
        "Where accounts think alike, more. Two groups: a difference of that size is then found {often} times in 5."
    ),
    "formula.planner.formula": (
        "{z:.2f}² v / margin² × (1 + (m − 1) ρ) − 3;  each of two groups 2 v ({z:.2f} + {power_z:.2f})² / "
        "difference² × the same;  m: answers of an account, ρ: how alike they are"
    ),
    "heading.before_and_after_a_release": "Before and after a release",
    "formula.release": "Before and after a release",
    "formula.release.rule": (
        "Users are who used the feature within {days} days after it, whenever they answered. Their change less that "
        "of the others is what both did not share; beside it, the same inside the time before. Answers of one "
        "account are alike, which widens the interval. It needs {min_cell} answers of both before and after. An "
        "association, not a cause."
    ),
    "formula.release.formula": "(users after − users before) − (others after − others before)",
    "heading.repeated_answers": "Repeated answers",
    "formula.moves": "Moves",
    "formula.moves.rule": (
        "An answer after the same person's previous one. The mean change is within each person; three people who "
        "say nothing are added. Only that mean is a claim: who answered low tends to answer higher the next time, "
        "who answered high lower, even if nothing changed, so no row of the table is tested."
    ),
    "formula.moves.formula": "mean of (after − before),  promoter 1, passive 0, detractor −1",
    "heading.weighted_scores": "Weighted scores",
    "formula.weights": "Other ways to count",
    "formula.weights.rule": (
        "Each answer weighs 1, or 1 / answers of its account, or the account's revenue / answers of its account. "
        "“Worth” is how many equal answers the weighted ones are worth."
    ),
    "formula.weights.formula": "Σ w y / Σ w,  worth (Σ w)² / Σ w²",
    "heading.who_answered_against_who_could_have": "Who answered against who could have",
    "formula.response": "Share who answered",
    "formula.response.rule": "Of everybody who used anything in the window, by tenths of activity.",
    "formula.response.formula": "people who answered / people who could have",
    "formula.reweighted": "Re-weighted for activity",
    "formula.reweighted.rule": (
        "Each tenth of activity counts by how many people it has, not by how many of them answered."
    ),
    "formula.reweighted.formula": "Σ W θ,  W: share of people, θ: score of those who answered",
    "heading.after_what_people_answer": "After what people answer",
    "formula.occasion": "Times as often as on a typical day",
    "formula.occasion.rule": (
        "The last 24 hours before an answer against every day of its window. The interval is that of a Poisson "
        "count; q corrects for the number of features. Told from {min_expected} expected answers on."
    ),
    "formula.occasion.formula": "answers just after use / Σ (days of use / days of the window)",
    "heading.who_is_like_a_promoter": "Who is like a promoter",
    "formula.likeness": "Like a promoter",
    "formula.likeness.rule": (
        "A rating from use alone, made for each person by a model that never saw that person or its account. Hidden "
        "where it is no better than activity alone, and where it did not come true: where {min_proof} passives or "
        "more answered again and those rated likelier did not rise more often than chance would have them."
    ),
    "formula.likeness.formula": "logistic regression on log(1 + uses) of each feature, active days and uses",
    "heading.find": "Find",
    "formula.finding": "A finding",
    "formula.finding.rule": (
        "Everything in this view is compared with everything. q is the share of false ones to expect among all "
        "findings at this q or below, corrected for all comparisons of this view together; another filter is "
        "another look. Told when q is under {sure_below} and the difference at least {smallest_points:.0f} points. "
        "What people say is compared where {min_writers} detractors and {min_writers} promoters wrote something. "
        "What stands out on the overview is the first three. Where nothing holds, it says from what size a "
        "difference would have been found {often} times in 5."
    ),
    "formula.finding.formula": (
        "q by Benjamini and Hochberg over all comparisons;  found from (z(q / 2m) + {power_z:.2f}) standard errors, "
        "m: comparisons"
    ),
}
