"""What comments are read as: words and marks, phrases, themes, sides, features named."""

import numpy as np
import pandas as pd
import pytest

from nps.comments import Comments, Rules, Theme
from nps.comments.phrases import Index
from nps.comments.rules import folded_entries
from nps.comments.sides import SIDES
from nps.comments.tokens import COMMA, END, TURN, tokens
from nps.notes import InputError

FEATURES = [("feature", "Issue sync"), ("feature", "Timer"), ("feature", "SSO"), ("page", "Reports")]


def read(*comments, scores=None, rules=None, features=FEATURES):
    answers = pd.DataFrame({"comment": comments, "score": scores or [np.nan] * len(comments)})
    return Comments.of(answers).coded(rules or Rules.default(), features)


def themes_of(comment, score=np.nan, **how):
    """Theme -> sides, of one comment."""
    found = read(comment, scores=[score], **how)
    said = zip(found.themes, found.sided[0], strict=True)
    return {key: {side for bit, side in enumerate(SIDES) if bits >> bit & 1} for key, bits in said if bits}


def names_of(comment, **how):
    found = read(comment, **how)
    return [found.features[number][1] for number in found.named]


def words(comment):
    found = tokens([comment])
    return [found.words[number] for number in found.word]


def test_words_are_folded_and_marks_stand_for_what_is_between_them():
    assert words("Ça m'a coûté, mais c'est GROSSARTIG!") == [
        *("ca", "m", "a", "coute", COMMA),
        *(TURN, "mais", "c", "est", "grossartig", END),
    ]
    assert words("A.I. is 3.5 times faster") == ["ai", "is", "3", "5", "times", "faster"]
    assert words("groß") == ["gross"]


def test_our_own_marks_in_a_comment_are_blanks():
    assert words(f"one{END}two{COMMA}three{TURN}") == ["one", "two", "three"]


def test_a_comment_without_a_word_is_one_empty_word():
    assert [words(text) for text in ("", "  ", "🙂")] == [[""], [""], [""]]


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("last update", [(0, 2)]),
        ("lost ~ work", [(4, 7)]),
        ("upd*", [(1, 2)]),
        ("update lost", []),  # a sentence ends between
        ("nothing", []),
    ],
)
def test_a_phrase_is_found_inside_a_clause(phrase, found):
    index = Index(tokens(["Last update. We lost all work"]))
    ends = index.ends([phrase])
    assert [(int(at), int(ends[at])) for at in np.flatnonzero(ends)] == found


def test_themes_come_with_the_side_of_the_clause_that_names_them():
    assert themes_of("Easy to use, but it crashes every week.") == {"ease": {"love"}, "bugs": {"dislike"}}
    assert themes_of("Please add an export.")["reporting"] == {"wish"}
    assert themes_of("Keine Probleme mit dem Preis")["price"] == {"love"}
    assert themes_of("Not easy at all")["ease"] == {"dislike"}


def test_the_score_tips_what_words_leave_open_and_love_at_a_low_score_is_sarcasm():
    assert themes_of("The price.", 10)["price"] == {"love"}
    assert themes_of("The price.", 2)["price"] == {"dislike"}
    assert themes_of("The price.", 7)["price"] == {"none"}
    assert themes_of("Great support.", 1)["support"] == {"dislike"}
    assert read("The price.", "Great price.", scores=[10, 10]).by_score.tolist() == [True, False]


@pytest.mark.parametrize(
    ("comment", "named"),
    [
        ("Issue sync broke again", ["Issue sync"]),
        ("the issue-syncs are late", ["Issue sync"]),
        ("isue sinc is late", []),  # two slips in a word of four letters are another word
        ("IssueSync is late", ["Issue sync"]),
        ("The Timer is great", ["Timer"]),
        ("he is a full timer", []),
        ("SSO fails", ["SSO"]),
        ("that s so slow", []),
        ("the reports page is slow", ["Reports"]),
        ("several reports", []),
    ],
)
def test_features_are_named_whole_joined_or_plural_and_ordinary_words_need_a_cue(comment, named):
    assert names_of(comment) == named


def test_the_words_of_a_name_name_no_theme():
    assert themes_of("Issue sync is new") == themes_of("It is new")


def test_two_features_of_one_name_are_both_named():
    assert names_of("Issue sync fails", features=[("feature", "Issue sync"), ("page", "Issue sync")]) == [
        *("Issue sync", "Issue sync")
    ]


def test_other_names_and_ticks_are_rules():
    rules = Rules.default().with_aliases(
        {("feature", "Issue sync"): ["Jira bridge"], ("feature", "Offline"): ["no net"]}
    )
    assert names_of("the jira bridge is late", rules=rules) == ["Issue sync"]
    assert names_of("no net at all", rules=rules) == ["Offline"]
    assert names_of("timer", rules=Rules(rules.themes, cued=((("feature", "Timer"), False),))) == ["Timer"]


def test_naming_a_feature_can_be_naming_a_theme():
    rules = Rules(Rules.default().themes, feature_themes=((("feature", "Timer"), "speed"),))
    assert themes_of("The Timer is wrong", rules=rules)["speed"] == {"dislike"}


@pytest.mark.parametrize(
    ("comment", "themes"),
    [
        ("a connector is missing", {"integrations"}),
        ("undo is missing", {"missing"}),
        ("something is missing. I love the connector", {"missing", "integrations"}),
        ("something is missing, please phone", {"missing", "mobile"}),  # each is loose
    ],
)
def test_an_entry_in_brackets_counts_only_where_its_clause_names_no_other_theme(comment, themes):
    lists = {"integrations": "connector", "missing": "undo, (missing)", "mobile": "(phone)"}
    rules = Rules(tuple(Theme(key, "", (("en", folded_entries(text.split(","))),)) for key, text in lists.items()))
    assert {*themes_of(comment, rules=rules)} == themes


def test_what_made_a_theme_is_kept():
    found = read("We lost all the work. Too slow!")
    tokens_of = Comments.of(pd.DataFrame({"comment": ["We lost all the work. Too slow!"], "score": [1]})).tokens
    said = [
        (found.themes[theme], tokens_of.text(*at))
        for theme, *at in zip(found.hit, found.hit_begin, found.hit_end, strict=True)
    ]
    assert said == [("bugs", "lost all the work"), ("speed", "slow")]


def test_what_is_missing_is_a_complaint_of_detractors_and_a_wish_of_others():
    assert themes_of("Faltan opciones", 6)["missing"] == {"dislike"}
    assert themes_of("Faltan opciones", 7)["missing"] == {"wish"}
    assert themes_of("Faltan opciones")["missing"] == {"wish"}


def test_only_answers_with_a_comment_are_coded():
    found = read(None, "slow", "  ", "dear")
    assert found.answer.tolist() == [1, 3]


def test_the_same_rules_are_read_once_and_other_rules_by_the_same_names_look_for_names_once():
    said = Comments.of(pd.DataFrame({"comment": ["slow Timer"], "score": [3]}))
    ours = said.coded(Rules.default(), FEATURES)
    fewer = said.coded(Rules(Rules.default().themes[:2]), FEATURES)
    assert said.coded(Rules.default(), FEATURES) is ours
    assert fewer.mentions is ours.mentions
    assert fewer.themes == ("price", "speed")


def test_rules_come_back_as_they_were_written():
    rules = Rules.default().with_aliases({("page", "Board"): ["canvas"]})
    again = Rules.from_json(rules.to_json())
    assert again == rules
    assert again.version == rules.version != Rules.default().version


@pytest.mark.parametrize("text", ["", " ", "*", "~", "a", "a*", "~ slow", "slow ~", "!!", "x" * 81, "()", "(a)"])
def test_an_entry_without_words_or_too_long_is_refused(text):
    with pytest.raises(InputError):
        folded_entries([text])


def test_an_entry_is_folded_as_comments_are():
    assert [*folded_entries(["Too  Slow!", "Größe*", "lost ~ Work", "l'écran", "(Fehlt  es*)"])] == [
        *("too slow", "grosse*", "lost ~ work", "l ecran", "(fehlt es*)")
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"themes": 3}', "null", '{"themes":[{"key":"A"}]}'])
def test_what_is_no_rules_is_refused(text):
    with pytest.raises(InputError):
        Rules.from_json(text)


def test_two_themes_of_one_key_are_refused():
    with pytest.raises(InputError):
        Rules((Theme("a", "A", ()), Theme("a", "B", ())))
