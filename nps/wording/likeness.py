"""Who is like a promoter, as sentences: how well use tells it, and whether it came true."""

from nps.measures.likeness import Likeness, Proof
from nps.measures.rules import MIN_PROOF
from nps.measures.score import Z
from nps.wording.words import percent

NOT_TRIED = f"Not yet tried: fewer than {MIN_PROOF} passives answered again, so nobody knows whether it comes true."


def of_likeness(found: Likeness) -> str:
    """How well use tells promoters from others."""
    return (
        f"Passives who use the product like promoters do. The rating puts a promoter above somebody else "
        f"{percent(found.usage.auc)} of the time (± {percent(Z * found.usage.se)}); activity alone does "
        f"{percent(found.activity.auc)}, a coin 50%."
    )


def of_proof(proof: Proof | None) -> str:
    """Whether the rating came true, with both shares."""
    if proof is None:
        return NOT_TRIED
    came = "It came true" if proof.true else "It did not come true so far, so nobody is offered by it"
    return (
        f"{came}: of {proof.people:,} passives who answered again, {percent(proof.likelier)} of those rated likelier "
        f"became promoters, and {percent(proof.others)} of the others."
    )
