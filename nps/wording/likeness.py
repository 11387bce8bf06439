"""Who is like a promoter, as sentences: how well use tells it, and whether it came true."""

from nps.measures.likeness import Likeness, Proof
from nps.measures.rules import MIN_PROOF
from nps.measures.score import Z
from nps.wording.speech import _
from nps.wording.words import percent


def of_likeness(likeness: Likeness) -> str:
    """How well use tells promoters from others."""
    return _(
        "Passives who use the product like promoters do. The rating puts a promoter above somebody else {usage} of the "
        "time (± {margin}); activity alone does {activity}, a coin 50%.",
        usage=percent(likeness.usage.auc),
        margin=percent(Z * likeness.usage.se),
        activity=percent(likeness.activity.auc),
    )


def of_proof(proof: Proof | None) -> str:
    """Whether the rating came true, with both shares."""
    if proof is None:
        return _(
            "Not yet tried: fewer than {few} passives answered again, so nobody knows whether it comes true.",
            few=MIN_PROOF,
        )
    facts = {"people": proof.people, "likelier": percent(proof.likelier), "others": percent(proof.others)}
    if proof.true:
        return _(
            "It came true: of {people} passives who answered again, {likelier} of those rated likelier became "
            "promoters, and {others} of the others.",
            **facts,
        )
    return _(
        "It did not come true so far, so nobody is offered by it: of {people} passives who answered again, {likelier} "
        "of those rated likelier became promoters, and {others} of the others.",
        **facts,
    )
