"""What the accounts of a selection think."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nps import accounts as named
from nps.chosen.said import Said
from nps.chosen.selected import Asked
from nps.measures import accounts
from nps.measures.accounts import Makers


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
