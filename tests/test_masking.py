"""Addresses and numbers in comments are masked; what only looks like them stays."""

import pytest

from workspace.privacy.masking import MAIL, PHONE, Names, masked

MAILS = {
    "write to lena.ortiz@example.org": f"write to {MAIL}",
    "LENA+boards@Mail.Example.CO.UK, please": f"{MAIL}, please",
    "(björn@bücher.example)": f"({MAIL})",
    "a_b@xn--bcher-kva.xn--p1ai.": f"{MAIL}.",
    "<o'neil@a.museum>;x@y.io": f"<{MAIL}>;{MAIL}",
    "lena＠example.org": MAIL,
    "lena@home.example@work.example": f"{MAIL}@work.example",
}
PHONES = [
    *("+49 30 1234567", "+1 (212) 555-0100", "+44 20 7946 0018", "0044 (0)20 7946 0018", "+4915112345678"),
    *("(212) 555-0100", "212-555-0100", "212.555.0100", "0171/1234567", "(030) 1234567", "04 91 23 45 67"),
    *(
        "06.12.34.56.78",
        "020 7946 0018",
        "+33\u00a06\u00a012\u00a034\u00a056\u00a078",
        "+49‑30‑1234567",
        "+٤٩ ٣٠ ١٢٣٤٥٦٧",
    ),
]
AFTER_A_WORD = ["please call me back on: 2125550100", "Tel. 555-0100 (home 7000000)", "WhatsApp 15112345678"]
NO_PHONES = [
    *("version 11.4.20261", "on 2026-11-27 10:15:30", "27.11.2026", "05.12.2026 and 05/12/2026", "01-02-26"),
    *("2 000 000 rows", "order 4711081512", "#0123456789", "1,234,567.89 EUR", "10.168.100.200", "0.000012345"),
    *("10 9 8 7 6 5 4 3 2 1", "0xDEADBEEF 0x80070005", "ISO 9001:2015 2024/25", "1234567890123456789"),
    *("we call it board 12 since 2026-11-27", "from 8 to 6, 365 days", "v2026.11.27.1015", "5 of 10, 20%, 300 ms"),
    *(
        "from 2019 to 2026 3,000 boards",
        "call 12 people about 2027",
        "text fields of 1000000 signs",
        "fax since 20261127",
    ),
]
NO_MAILS = ["@channel look", "meet @ 5pm", "a@b", "price@10.50", "user@localhost", "@", "a@@b.org"]


@pytest.mark.parametrize(("text", "told"), MAILS.items())
def test_an_address_is_masked_and_nothing_around_it(text, told):
    assert masked(text) == told


NAMES = Names(["nora o’neil", "nora", "björn", "anna lena may", "anna lena", "customer-01", "may", "12"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ask Nora O’Neil, or NORA O’NEIL.", "ask [name], or [name]."),
        ("Anna Lena May and anna lena, may i?", "[name] and [name], may i?"),
        ("Nora’s board; nora; Anna, Lena", "[name] board; nora; Anna, Lena"),
        ("Nora! Björn (customer-01) said so", "[name]! [name] ([name]) said so"),
        ("In May 12 people left", "In [name] [name] people left"),
        ("Nora O’Neil Nora", "[name] [name]"),
        ("nothing of anybody", "nothing of anybody"),
        ("", ""),
    ],
)
def test_a_known_name_is_masked_as_a_whole_and_a_word_like_any_other_stays(text, told):
    assert NAMES.masked(text) == told


def test_of_a_name_of_many_words_the_first_ones_will_do_and_a_shorter_text_is_not_it():
    long = Names([" ".join(["ah"] * 300)])
    assert long.masked("ah " * 7) == "ah " * 7
    assert long.masked("Ah " + "ah " * 8) == "[name] ah "


@pytest.mark.parametrize("number", PHONES)
def test_a_number_is_masked_whole_wherever_it_stands(number):
    for text in ("{}", "Ring {} please, or write.", "({})", "first line\n{}\n", "{}, {}"):
        assert masked(text.replace("{}", number)) == text.replace("{}", PHONE)


def test_seven_digits_are_a_number_after_a_word_for_calling():
    assert [masked(text) for text in AFTER_A_WORD] == [
        f"please call me back on: {PHONE}",
        f"Tel. {PHONE} (home 7000000)",
        f"WhatsApp {PHONE}",
    ]


@pytest.mark.parametrize("text", [*NO_PHONES, *NO_MAILS])
def test_dates_versions_prices_and_ids_stay(text):
    assert masked(text) == text


HOSTILE = {
    "zeros": "0 " * 50_000,
    "zeros, doubled": "00 " * 33_333,
    "ones": "1" * 100_000,
    "before an at": "a" * 100_000 + "@",
    "many ats": ("a" * 64 + "@") * 1_500,
    "only ats": "@" * 100_000,
    "a long domain": "a.b@" + "c-d." * 25_000,
    "brackets": "(" * 100_000 + "1234567",
    "plus": "+1 " * 33_000 + "1234567",
    "words": "call " * 20_000 + "1234567",
    "spaces": "1" + " " * 99_990 + "1234567",
}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=[*HOSTILE])
def test_a_hostile_comment_takes_no_longer_than_others(text):
    assert len(masked(text)) <= len(text)
