"""E-mail addresses, phone numbers and known names in what people wrote, behind cheap tests: most comments hold none."""

import re
from collections.abc import Iterable

MAIL, PHONE, NAME = "[e-mail]", "[phone]", "[name]"
WORD = re.compile(r"[^\W_]+(?:['’._-][^\W_]+)*")  # a part of a name, or an id
OWNING = re.compile("['’]s$")
MOST_WORDS = 8  # of a name
AT = re.compile("[@\uff20\ufe6b]")
LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+")  # read from its end
DOMAIN = re.compile(r"(?:[\w-]{1,63}\.)+(?:xn--[\w-]{1,59}|[^\W\d_]{2,24})(?![\w-])")
SPACES = " \t\u00a0\u2009\u202f"
DASHES = r"\-\u2010-\u2013"
BETWEEN, ONE = rf"[{SPACES}().{DASHES}/]{{0,3}}", rf"[{SPACES}.{DASHES}]"
DIGITS = re.compile(rf"\d(?:{BETWEEN}\d){{6}}")  # seven of them nearby: nearly no comment has that
DAY = r"\d\d([./-])\d\d\1(?:\d\d)?\d\d(?![./-]?\d)"
CALLED = (
    "call|phone|ring|text|cell|mobile|sms|fax|whatsapp|tel|tele[fp]h?one?|telef[oó]no?|t[eé]l|t[eé]l[eé]phone|handy|"
    r"mobil|m[oó]vil|appel\w*|anruf\w*|llam\w*"
)
NUMBER = re.compile(
    rf"(?<![\w.+#])(?:\+|00)\d(?:{BETWEEN}\d){{6,13}}(?!\w)"  # with the country: +49 30 ..., 0044 (0)20 ...
    rf"|(?<![\w.#])(?!{DAY})(?:\(0\d{{1,4}}\)|0\d{{1,4}})(?:[{SPACES}./{DASHES}]?\d){{5,9}}(?!\w)"  # (030) ...
    rf"|(?<![\w.#])(?:\(\d{{3}}\){ONE}?|\d{{3}}{ONE})\d{{3}}{ONE}\d{{4}}(?!\w)"  # (212) 555-0100
)
LEADING = r"(?:[^\w\n]{1,3}(?:me|us|back|at|on|is|number|no|nr|mich|uns|unter|au|al|en)\b){0,4}[^\w\n]{1,3}"
AFTER_A_WORD = re.compile(
    rf"(\b(?:{CALLED})\b{LEADING})(?:\d{{7,15}}|\d{{3}}{ONE}\d{{4}})(?!\w|[./-]\d)", re.IGNORECASE
)


def masked(text: str) -> str:
    """The text with a word of ours in place of each address and number; linear in its length.

    Names, and numbers that only their reader knows for such, stay: masked is not anonymous.
    """
    if AT.search(text):
        text = _without_mails(text)
    if DIGITS.search(text):
        text = AFTER_A_WORD.sub(rf"\1{PHONE}", NUMBER.sub(PHONE, text))
    return text


class Names:
    """Tells who is called by a whole name of people that are known, in whatever case; a first name alone is none.

    known  names and ids, without case. One that is a single word counts where it begins with a capital or has a digit:
           else it may be a word like any other
    """

    def __init__(self, known: Iterable[str]) -> None:
        self.names = {tuple(words[:MOST_WORDS]) for name in known if (words := WORD.findall(name))}
        self.lengths: dict[str, list[int]] = {}  # by first word, the longest first
        for first, length in sorted({(name[0], -len(name)) for name in self.names}):
            self.lengths.setdefault(first, []).append(-length)

    def masked(self, text: str) -> str:
        """The text with a word of ours in place of each."""
        words, done, place, last = [*WORD.finditer(text)], [], 0, 0
        folded = [OWNING.sub("", word[0].casefold()) for word in words]
        while place < len(words):
            ends = (place + length for length in self.lengths.get(folded[place], ()) if place + length <= len(words))
            found = (end for end in ends if tuple(folded[place:end]) in self.names and _is_name(words[place:end]))
            if end := next(found, 0):
                done += [text[last : words[place].start()], NAME]
                last = words[end - 1].end()
            place = end or place + 1
        return "".join([*done, text[last:]])


def _is_name(words: list[re.Match]) -> bool:
    """Whether nothing but spaces is between these; one alone is to begin with a capital, or to have a digit."""
    said = words[0].string[words[0].start() : words[-1].end()]
    telling = len(words) > 1 or said[0].isupper() or any(sign.isdigit() for sign in said)
    return telling and not WORD.sub("", said).strip()


def _without_mails(text: str) -> str:
    """What stands before each @ is read backwards from it, so that no sign is read twice."""
    before, *rest = AT.split(text)
    done = []
    for after in rest:
        local, domain = LOCAL.match(before[::-1]), DOMAIN.match(after)
        if local and domain:
            done.append(before[: len(before) - local.end()] + MAIL)
            before = after[domain.end() :]
        else:
            done.append(before)
            before = f"@{after}"
    return "".join((*done, before))
