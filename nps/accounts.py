"""Whose answers are alike: those of one account, and where no account is known those of one person."""

import numpy as np
import pandas as pd

from nps.literals import nothing
from nps.literals.words import NOBODY

_NONE = frozenset({*NOBODY, *nothing.WORDS, ""})


def clusters(account: pd.Series, person: np.ndarray) -> np.ndarray:
    """A number from 0 on for each answer's account, else for its person: (N,).

    account  text, missing or a word for nobody where it is not known; that of another answer of the person counts then
    person   a number from 0 on for each answer's person
    """
    code, names = pd.factorize(account)
    nobody = _nobody(pd.Series(names, dtype=object))
    code = np.where((code >= 0) & ~np.append(nobody, True)[code], code, -1)
    named, own = code >= 0, np.full(len(person), -1)
    own[person[named]] = code[named]
    code = np.where(named, code, own[person])
    return pd.factorize(np.where(code >= 0, code, len(names) + person))[0]


def named(rows: pd.DataFrame) -> pd.Series:
    """The account of each row, its id, else its name; missing where a word for nobody stands there.

    rows  may have account_id, account
    """
    parts = [_known(rows[name]) for name in ("account_id", "account") if name in rows]
    known = parts[0].where(parts[0].notna(), parts[-1]) if parts else pd.Series(None, rows.index, dtype=object)
    return known.where(known.notna(), None)


def _known(names: pd.Series) -> pd.Series:
    """Names as they are, None for words for nobody."""
    code, each = pd.factorize(names)
    named = pd.Series(each, dtype=object)
    named[_nobody(named)] = None
    return pd.Series(np.append(named.to_numpy(object), None)[code], names.index, dtype=object)


def _nobody(names: pd.Series) -> np.ndarray:
    return names.astype(str).str.strip().str.casefold().isin(_NONE).to_numpy(bool)
