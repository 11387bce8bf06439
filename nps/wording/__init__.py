"""The one place for prose: sentences for notes and measures, and labels, in the language of whoever reads.

A text is written in English where it is used and looked up by that English, as gettext does; `languages/` has a file
per other language. Texts with codes stand in `sentences/`.
"""

from nps.notes import Note, spoken_by
from nps.wording.sentences import SENTENCES
from nps.wording.speech import _, language, languages, preferred, several, speak

__all__ = ["SENTENCES", "_", "language", "languages", "preferred", "say", "several", "speak"]


def say(note: Note) -> str:
    """The sentence of a note in the language that is spoken, and after it those of the notes that are told with it."""
    sentence = SENTENCES[note.code]
    text = several(*sentence, **note.values) if isinstance(sentence, tuple) else _(sentence, **note.values)
    return " ".join([text, *map(str, note.values.get("also", ()))])


spoken_by(say)
