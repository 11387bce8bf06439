"""How figures of what people say are counted, as in `formulas`."""

SENTENCES = {
    "heading.what_people_say": "What people say",
    "formula.reason": "Reasons",
    "formula.reason.rule": (
        "Comments are read by words and phrases that can be opened and changed. Each person counts once, by the latest "
        "answer, and may give several reasons; shares are of those who wrote something. Who gives none that the rules "
        "know stands in the last row. Under {min_shown} people who wrote no share is shown."
    ),
    "formula.reason.formula": (
        "p: people who give it / people who wrote something;  (p + z² / 2n ± z √(p (1 − p) / n + z² / 4n²)) / "
        "(1 + z² / n),  z = {z:.2f}"
    ),
    "formula.said_side": "Love, dislike, wish",
    "formula.said_side.rule": (
        "On which side the part of a comment is that names something. A word of wishing makes it a wish; else praise "
        "is weighed against complaint, and the score tips the scale: praise from {loved} on, complaint up to "
        "{disliked}. Praise alone from who scored {sarcasm} or less is taken for a complaint. One comment may be on "
        "several sides."
    ),
    "formula.said_side.formula": (
        "words of praise + {prior} (score ≥ {loved}) − words of complaint − {prior} (score ≤ {disliked}): above 0 "
        "love, below 0 dislike"
    ),
    "formula.mention": "Features named",
    "formula.mention.rule": (
        "Their names and other names, also joined, in the plural or misspelt. A name that is an ordinary word counts "
        "only where words around it say that a part of the product is meant; these cues are English. “Named, hardly "
        "used”: {fewest_name} people or more name it, and under {hardly_used:.0%} used it. “Used, never named”: nobody "
        "names it, and as many use it as use the middle feature, or more."
    ),
    "formula.mention.formula": (
        "people who name it / people who wrote something;  used by: people who used it in the window / people selected"
    ),
    "formula.said_apart": "What sets comments apart",
    "formula.said_apart.rule": (
        "Detractors against promoters; where a part of the map is selected, its people against everyone else. Every "
        "reason that {fewest_hold} people of both sides give is compared exactly (Fisher’s test, mid-p) and corrected "
        "for the number of reasons (q under {reason_below:.2f}); features and words likewise, each by themselves. It "
        "is told only if it holds when the people of an account are taken together, too. An association, not a cause."
    ),
    "formula.said_apart.formula": (
        "p = min(1, 2 min(P(X ≤ a) − P(X = a) / 2, P(X ≥ a) − P(X = a) / 2)),  X: how many of the first side it would "
        "be were the a + b people dealt out by chance"
    ),
    "formula.words": "Words that set them apart",
    "formula.words.rule": (
        "Words and pairs of words, by how many people wrote them, not how often. At most {most_terms} that hold are "
        "shown, what tells most first. What stands in a comment beside one shown before, {repeats:.0%} of the time, "
        "only repeats it and is left out."
    ),
    "formula.words.formula": (
        "order: (log odds of the first side − log odds of the second) / standard error, each with √(n₁ + n₂) comments "
        "like all of them added;  no test"
    ),
}
