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
    nobody = pd.Series(names, dtype=object).astype(str).str.strip().str.casefold().isin(_NONE).to_numpy(bool)
    code = np.where((code >= 0) & ~np.append(nobody, True)[code], code, -1)
    named, own = code >= 0, np.full(len(person), -1)
    own[person[named]] = code[named]
    code = np.where(named, code, own[person])
    return pd.factorize(np.where(code >= 0, code, len(names) + person))[0]
