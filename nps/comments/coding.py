"""From comments to what can be counted: themes with their side, and features named, per comment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from nps.comments.names import Mentions, Names
from nps.comments.phrases import Index, counted
from nps.comments.rules import MOST_THEMES, Feature, Rules
from nps.comments.sides import Said, sides


@dataclass(frozen=True, eq=False)
class Coding:
    """What n comments say under some rules.

    answer       positions in `panel.answers` of the answers with a comment, ascending: int32 (n,)
    themes       keys of the themes, in the order of the rules: (T,)
    sided        bit 1 << side for each side of a clause that names the theme, see SIDES; 0: not named. uint8 (n, T)
    side         bit 1 << side for each side of its clauses: uint8 (n,)
    by_score     no side but the score's: bool (n,)
    features     (kind, feature): first those of the panel in their order, then those that only the rules know: (F,)
    named_in, named, named_sides  comment, feature, bits of sides; one row per comment and feature, by comment and
                 feature: int32 (M,), int32 (M,), uint8 (M,)
    hit_in, hit, hit_begin, hit_end  what made it: comment, theme, first and last place but one in the tokens, by place;
                 int32 (K,) each
    mentions     where features are named, place by place
    """

    answer: np.ndarray
    themes: tuple[str, ...]
    sided: np.ndarray
    side: np.ndarray
    by_score: np.ndarray
    features: tuple[Feature, ...]
    named_in: np.ndarray
    named: np.ndarray
    named_sides: np.ndarray
    hit_in: np.ndarray
    hit: np.ndarray
    hit_begin: np.ndarray
    hit_end: np.ndarray
    mentions: Mentions

    def rows(self, places: np.ndarray) -> np.ndarray:
        """The row of each of some answers, positions in `panel.answers`; -1 of those without a comment: (N,)."""
        if not len(self.answer):
            return np.full(len(places), -1)
        row = np.searchsorted(self.answer, places).clip(max=len(self.answer) - 1)
        return np.where(self.answer[row] == places, row, -1)


@dataclass(frozen=True, eq=False)
class Named:
    """Where features are named, and what each clause says without these names; the same whatever the themes are.

    hits  words and phrases of a theme -> where they begin and end, of the latest themes that were looked for: who tries
          another word for one waits for that one alone
    """

    features: tuple[Feature, ...]
    mentions: Mentions
    left_out: np.ndarray
    said: Said
    hits: dict[tuple[str, ...], tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)


def named(index: Index, score: np.ndarray, rules: Rules, features: Sequence[Feature]) -> Named:
    """Look for the names of features, first those given, then those that only the rules know."""
    aliases = dict(rules.aliases)
    every = tuple(dict.fromkeys([*features, *aliases]))
    mentions = Names(every, aliases, dict(rules.cued)).find(index.found)
    left_out = mentions.places(len(index.found.word))
    return Named(every, mentions, left_out, sides(index, score, left_out))


def coded(answer: np.ndarray, index: Index, rules: Rules, found: Named) -> Coding:
    """Code comments: names of features are taken out before themes are looked for."""
    tokens, said, themes = index.found, found.said, rules.read
    bits = (1 << said.side).astype(np.uint8)
    begin, end, theme = _hits(index, rules, found)
    comment, clause = tokens.comment[begin], tokens.clause[begin]
    sided = np.zeros((len(answer), len(themes)), np.uint8)
    np.bitwise_or.at(sided, (comment, theme), bits[clause])
    side = np.zeros(len(answer), np.uint8)
    np.bitwise_or.at(side, tokens.of, bits)
    by_word = np.zeros(len(answer), bool)
    by_word[tokens.of[(said.side > 0) & ~said.by_score]] = True
    return Coding(
        answer,
        tuple(each.key for each in themes),
        sided,
        side,
        (side > 1) & ~by_word,
        found.features,
        *_once_a_comment(found, bits[tokens.clause[found.mentions.begin]]),
        *(each.astype(np.int32) for each in (comment, theme, begin, end)),
        found.mentions,
    )


def _hits(index: Index, rules: Rules, found: Named) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Begin, end and theme of each place that names a theme, by place; loose words only where nothing else is named."""
    firm = [_found(index, theme.firm, found) for theme in rules.read]
    loose = [_found(index, theme.loose, found) for theme in rules.read]
    begin, end, theme = _joined([*map(_numbered, range(len(firm)), firm), _of_mentions(rules, found)])
    named = np.zeros(len(index.found.of), bool)
    named[index.found.clause[begin]] = True
    also = _joined(map(_numbered, range(len(loose)), loose))
    left = ~named[index.found.clause[also[0]]]
    begin, end, theme = _joined([(begin, end, theme), tuple(each[left] for each in also)])
    order = np.lexsort((theme, begin))
    return begin[order], end[order], theme[order]


Hits = tuple[np.ndarray, ...]  # where they begin, where they end; and the number of the theme of each


def _numbered(number: int, hits: Hits) -> Hits:
    return *hits, np.full(len(hits[0]), number)


def _joined(several: Iterable[Hits]) -> Hits:
    nothing = (np.empty(0, int),) * 3
    return tuple(np.concatenate(parts).astype(int) for parts in zip(nothing, *several, strict=True))


def _of_mentions(rules: Rules, found: Named) -> Hits:
    """Features named that belong to a theme."""
    number = {theme.key: number for number, theme in enumerate(rules.read)}
    also = [number.get(dict(rules.feature_themes).get(feature, ""), -1) for feature in found.features]
    theme = np.array(also, int)[found.mentions.feature] if also else np.empty(0, int)
    told = theme >= 0
    return found.mentions.begin[told], found.mentions.end[told], theme[told]


def _found(index: Index, phrases: tuple[str, ...], found: Named) -> Hits:
    """Where these begin and end."""
    hits = found.hits.pop(phrases, None)
    if hits is None:
        ends = index.ends(phrases, found.left_out)
        begin = np.flatnonzero(counted(ends)).astype(np.int32)
        hits = begin, ends[begin]
    found.hits[phrases] = hits
    while len(found.hits) > 4 * MOST_THEMES:
        del found.hits[next(iter(found.hits))]
    return hits


def _once_a_comment(found: Named, bits: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Comment, feature and sides of every feature that a comment names."""
    features = max(len(found.features), 1)
    code = found.mentions.comment.astype(np.int64) * features + found.mentions.feature
    distinct, inverse = np.unique(code, return_inverse=True)
    together = np.zeros(len(distinct), np.uint8)
    np.bitwise_or.at(together, inverse, bits)
    comment, feature = np.divmod(distinct, features)
    return comment.astype(np.int32), feature.astype(np.int32), together
