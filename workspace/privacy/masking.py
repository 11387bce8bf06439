"""E-mail addresses and phone numbers in what people wrote, behind cheap tests: most comments hold neither."""

import re

MAIL, PHONE = "[e-mail]", "[phone]"
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
