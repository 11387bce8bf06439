"""What the accounts of a selection think."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nps import accounts as named
from nps.chosen.said import Said
from nps.chosen.selected import Asked
from nps.joined import UNASKED
from nps.measures import accounts
from nps.measures.accounts import Makers
from nps.measures.invitations import never_asked
from nps.selection import Selection

ANSWERED = ["responded_at", "score", "group", "comment", "activity"]


@dataclass(frozen=True, eq=False, repr=False)
class OfAccounts(Said[Asked]):
    """A selection, by account."""

    def accounts(self) -> pd.DataFrame:
        """Every account that is known, by id: `joined.accounts.COLUMNS`, and of the selected answers the columns of
        `measures.accounts.by_account`; accounts nobody answered from have 0 answers."""
        known = self.panel.accounts.table
        person, group = self.panel.person[self.places], self.panel.group[self.places]
        counted = accounts.by_account(known.index.get_indexer(self._account), person, group, len(known))
        return known.join(counted.set_index(known.index))

    def held(self) -> pd.Index:
        """Accounts with people of this selection, whether they answered or not; all where it narrows nobody but by
        when and to which survey people answered."""
        known, whose = self.panel.accounts
        if self.selection == Selection(period=self.selection.period, survey=self.selection.survey):
            return known.index
        silent = never_asked(self.panel.unasked, self.selection)["person_id"].map(whose)
        return known.index[known.index.isin(pd.unique(np.concatenate([self._account, silent.to_numpy(object)])))]

    @property
    def left_out(self) -> int:
        """How many accounts are not held although no filter is about them: nobody of them is known."""
        table = self.panel.accounts.table
        return len(table.index[table["known_people"] == 0].difference(self.held()))

    def everyone(self, accounts: Iterable[str]) -> pd.DataFrame:
        """Everybody who is known of these accounts, whatever the selection, the latest answers first: UNASKED, whose
        (the account), and of the latest answer ANSWERED and place, missing of who never answered."""
        whose = self.panel.accounts.whose
        own = whose[whose.isin([*accounts])]
        latest = self.panel.answers.iloc[self.panel.latest_positions]
        latest = latest[latest["person_id"].isin(own.index)]
        answered = latest[[*UNASKED, *ANSWERED]].assign(place=latest.index)[::-1]
        silent = self.panel.unasked[self.panel.unasked["person_id"].isin(own.index)]
        rows = pd.concat([answered.astype(object), silent.astype(object)], ignore_index=True)
        figures = {name: pd.to_numeric(rows[name]) for name in ("score", "activity", "place")}
        figures |= {"responded_at": pd.to_datetime(rows["responded_at"]), "opted_out": rows["opted_out"].astype(bool)}
        return rows.assign(**figures, whose=rows["person_id"].map(own[~own.index.duplicated()]))

    def makers_against_users(self, roles: Iterable[str]) -> Makers:
        """Those in the roles that decide against all others, of accounts with both: see `measures.accounts`."""
        makes = self.people["role"].isin([*roles]).to_numpy()
        code = pd.factorize(self._account)[0]
        return accounts.makers_against_users(code, self.panel.group[self.places], makes)

    @property
    def _account(self) -> np.ndarray:
        """The account that each selected answer names, else that of its person: (n,)."""
        own = named.named(self.people)
        return own.where(own.notna(), self.people["person_id"].map(self.panel.accounts.whose)).to_numpy(object)
