"""What a message says, as a value that the outbox keeps, and how each kind of channel words it."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

LONGEST_TEXT, LONGEST_SUBJECT = 3_000, 150
_SPACE = re.compile(r"\s+")
_CALL = re.compile(r"(?<!\w)@(?=\w)")
UNSEEN = "\u200b"  # after it no name is one that is called


class Letter(NamedTuple):
    """A message to a channel.

    subject  one line
    text     what it says: counts, and words of the team; of nobody who answered
    names    people it is about, for channels that may have names
    link     where to look, an address within NPS Lens
    page     a page of HTML to be attached; "" for none
    about    what programs may want to know: JSON
    """

    subject: str
    text: str = ""
    names: tuple[str, ...] = ()
    link: str = ""
    page: str = ""
    about: Mapping[str, Any] = {}

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it; `of` reads that."""
        return self._asdict()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Letter":
        """The letter that was `plain`."""
        return cls(**{**told, "names": tuple(told["names"])})

    def without_names(self) -> "Letter":
        """For a channel that may not have any."""
        return self._replace(names=())

    def body(self) -> str:
        """All of it but the subject, as text."""
        return "\n".join(part for part in (self.text, *self.names, self.link) if part)


def line(text: str, most: int = LONGEST_SUBJECT) -> str:
    """Text as one line: no CR and no LF, so that no part of it is a header of its own."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return shortened(_SPACE.sub(" ", seen).strip(), most)


def shortened(text: str, most: int) -> str:
    """At most so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def chat(letter: Letter) -> dict[str, Any]:
    """What a Slack-compatible incoming webhook takes: nothing that somebody wrote is a command or calls anybody."""
    said = "\n".join(part for part in (letter.subject, letter.text, *letter.names) if part)
    room = LONGEST_TEXT - len(letter.link) - 1
    text = escaped(said, room) + (f"\n{letter.link}" if letter.link else "")
    return {"text": text, "link_names": False, "unfurl_links": False, "unfurl_media": False}


def escaped(text: str, most: int = LONGEST_TEXT) -> str:
    """Text in which <!channel> and @everybody are only text, and at most so long once it is escaped."""
    calm = _CALL.sub(f"@{UNSEEN}", text)
    safe = calm.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if len(safe) <= most:
        return safe
    cut = safe[: most - 1]
    return (cut[: cut.rfind("&")] if "&" in cut[-4:] and ";" not in cut[cut.rfind("&") :] else cut) + "…"


def posted(letter: Letter, key: str) -> dict[str, Any]:
    """What a general webhook gets."""
    told = {"key": key, "subject": letter.subject, "text": letter.text, "link": letter.link, **letter.about}
    return told | ({"people": [*letter.names]} if letter.names else {})
