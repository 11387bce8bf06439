"""The headers by which files name a field, in seven languages, the surest first."""

from nps.fields.headers import accounts, answers, people, usage

NAMES = answers.NAMES | people.NAMES | accounts.NAMES | usage.NAMES
