"""What people wrote, with the words marked that tell what it is about."""

from collections.abc import Sequence

import pandas as pd

import nps
from nps import report
from nps.banding import NONE
from nps.comments.quoted import EVERYTHING, About, Quoted, quoted
from nps.wording import reasons, speech
from pages.session import quotes, shown
from pages.session.quotes import Quote


def listed(panel: nps.Panel, places: Sequence[int], key: str, about: About = EVERYTHING, *, alone: bool = False) -> int:
    """The comments of some answers, positions in `panel.answers`; a click on who wrote one opens the person.

    alone  the page says whose they are, at which score and when

    How many of them have a comment.
    """
    told = quoted(panel.comments, panel.coding, places, about)
    rows = [(row, said) for row, said in zip(panel.answers.iloc[places].itertuples(), told, strict=True) if said]
    for row, said in rows:
        shown.add(report.Words(f"{row.score}  {''.join(text for text, _marked in said.pieces)}"))
    if rows:
        made = [_quote(panel, row, said, alone=alone) for row, said in rows]
        quotes.show(made, key, None if alone else [row.person_id for row, _said in rows])
    return len(rows)


def _quote(panel: nps.Panel, row, said: Quoted, *, alone: bool) -> Quote:
    tags = reasons.tags(panel.rules, said)
    if alone:
        return Quote("", row.group, "", (), said.pieces, tags)
    role = getattr(row, "role", NONE)
    facts = [str(role)] if pd.notna(role) and role != NONE else []
    facts += [speech.day(row.responded_at)] if pd.notna(row.responded_at) else []
    called = row.name if isinstance(row.name, str) else row.person_id
    return Quote(str(row.score), row.group, called, tuple(facts), said.pieces, tags)
