"""Accounts: which may leave, grow or buy and why, and what each thinks; and one of them whole."""

from pages.parts import accounts, accounts_list, accounts_one, at_stake, goes_with
from pages.session import data, watching

chosen = data.chosen().per_person
accounts.nothing(chosen)
watched = watching.watched(chosen.panel)
opened = accounts_one.opened(chosen)
if opened is None:
    accounts_list.listed(chosen, watched)
    accounts.together(chosen)
    if watched:
        at_stake.revenue(chosen.panel)
        goes_with.goes_with(chosen.panel)
    accounts.basis(chosen, watched)
else:
    accounts_one.look_into(chosen, watched, opened)
