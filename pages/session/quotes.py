"""What people wrote, on a page; a click on who wrote it opens that person."""

from collections.abc import Sequence

from pages.session import keys, links
from web import quotes
from web.quotes import Quote

__all__ = ["Quote", "show"]


def show(quoted: Sequence[Quote], key: str, people: Sequence[str] | None = None) -> None:
    """A list of quotes. people: who wrote each, by id; None: they cannot be opened here."""
    ids = None if people is None else [*people]
    quotes.show(quoted, key, None if ids is None else lambda: _opened(key, ids))


def _opened(key: str, people: Sequence[str]) -> None:
    if (place := quotes.place(keys.of_widget(key).get(), len(people))) is not None:
        links.go_to_person(people[place], people)
