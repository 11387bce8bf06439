"""Rules by which comments are read are changed by users: each change makes other rules, or says why not."""

import pytest

from nps.comments import Rules, Theme, editing
from nps.notes import InputError

SYNC = ("feature", "Issue sync")
SMALL = Rules(
    (
        Theme("speed", "", (("en", ("slow*", "takes ~ ages")), ("de", ("langsam",)))),
        Theme("bugs", "", (("en", ("crash*", "slow*")),), pinned=True),
        Theme("price", "Money", (("en", ("expensive",)),)),
    ),
    feature_themes=((SYNC, "bugs"),),
)


def entries(rules, key):
    return dict(rules.theme(key).entries)


def test_a_theme_gets_another_name_and_keeps_its_key_in_links():
    made = editing.renamed(SMALL, "speed", "  Waiting \n for it ")
    assert [(theme.key, str(theme.called)) for theme in made.themes] == [
        ("speed", "Waiting for it"),
        ("bugs", "Bugs and reliability"),
        ("price", "Money"),
    ]
    assert SMALL.theme("speed").name == ""


def test_a_theme_that_is_called_what_it_is_called_goes_on_in_the_language_of_its_reader():
    assert editing.renamed(SMALL, "speed", "Speed") == SMALL


@pytest.mark.parametrize("name", ["", " \n", "x" * 61])
def test_a_theme_needs_a_name_of_some_length(name):
    with pytest.raises(InputError, match="name of at most 60"):
        editing.renamed(SMALL, "speed", name)


@pytest.mark.parametrize("name", ["money", "BUGS AND RELIABILITY"])
def test_no_two_themes_are_called_the_same(name):
    for change in (
        lambda: editing.renamed(SMALL, "speed", name),
        lambda: editing.with_theme(SMALL, name, "en", ["x1"]),
    ):
        with pytest.raises(InputError, match="is called"):
            change()


def test_words_and_phrases_come_and_go_per_language_folded_and_once():
    made = editing.with_words(SMALL, "speed", "de", ["Träge", "langsam", "braucht ~ EWIG*"])
    assert entries(made, "speed") == {"en": ("slow*", "takes ~ ages"), "de": ("langsam", "trage", "braucht ~ ewig*")}
    made = editing.without_words(made, "speed", "de", ["Langsam", "not there"])
    assert entries(made, "speed")["de"] == ("trage", "braucht ~ ewig*")
    assert entries(editing.worded(made, "speed", "de", []), "speed") == {"en": ("slow*", "takes ~ ages")}


@pytest.mark.parametrize("text", ["", "  ", "*", "x", "x*", "~ slow", "slow ~", "...", "y" * 81])
def test_what_is_no_word_or_phrase_is_refused_in_words(text):
    with pytest.raises(InputError, match="word or phrase"):
        editing.with_words(SMALL, "speed", "en", [text])


def test_a_language_that_no_theme_has_is_refused():
    with pytest.raises(InputError, match="Words are told in"):
        editing.worded(SMALL, "speed", "xx", ["fast"])


def test_any_two_of_our_themes_can_be_merged_and_our_words_leave_room_for_others():
    made = editing.merged(Rules.default(), "missing", "bugs")
    assert len(made.theme("bugs").phrases) > 400
    assert "word0" in editing.words(editing.with_words(made, "bugs", "en", ["word0"]), "bugs", "en")


def test_a_theme_has_so_many_words_and_rules_so_many_themes_and_no_more():
    with pytest.raises(InputError, match="400 words"):
        editing.worded(SMALL, "speed", "en", [f"word{n}" for n in range(400)])  # and one in German
    many = SMALL
    for n in range(37):
        many = editing.with_theme(many, f"Theme {n}", "en", [f"word{n}"])
    with pytest.raises(InputError, match="40 reasons"):
        editing.with_theme(many, "One more", "en", ["more"])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Onboarding", "onboarding"),
        ("Größe & Maße", "grosse_masse"),
        ("价格", "theme"),
        ("2FA", "theme_2fa"),
    ],
)
def test_a_new_theme_gets_a_key_of_its_name(name, key):
    made = editing.with_theme(SMALL, name, "fr", ["taille*"])
    assert made.themes[-1] == Theme(key, name, (("fr", ("taille*",)),))


def test_a_new_theme_never_gets_the_key_of_another():
    made = editing.with_theme(editing.renamed(SMALL, "speed", "Waiting"), "speed", "en", ["fast"])
    assert [theme.key for theme in made.themes] == ["speed", "bugs", "price", "speed_2"]


def test_a_theme_without_a_word_is_none():
    with pytest.raises(InputError, match="needs a word"):
        editing.with_theme(SMALL, "Nothing", "en", [])


def test_a_theme_that_is_merged_gives_its_words_and_features_to_the_other():
    made = editing.merged(SMALL, "bugs", "speed")
    assert [theme.key for theme in made.themes] == ["speed", "price"]
    assert entries(made, "speed") == {"en": ("slow*", "takes ~ ages", "crash*"), "de": ("langsam",)}
    assert made.feature_themes == ((SYNC, "speed"),)
    assert not made.theme("speed").pinned
    with pytest.raises(InputError, match="with itself"):
        editing.merged(SMALL, "bugs", "bugs")


def test_a_theme_that_is_taken_away_takes_its_features_along():
    made = editing.without_theme(SMALL, "bugs")
    assert ([theme.key for theme in made.themes], made.feature_themes) == (["speed", "price"], ())


def test_a_theme_is_excluded_or_pinned_and_back():
    made = editing.marked(SMALL, "speed", excluded=True)
    assert [theme.key for theme in made.read] == ["bugs", "price"]
    made = editing.marked(editing.marked(made, "speed", excluded=False), "bugs", pinned=False)
    assert [(theme.excluded, theme.pinned) for theme in made.themes] == [(False, False)] * 3


def test_a_feature_needs_a_cue_or_not_or_as_its_form_says_and_may_belong_to_a_theme():
    made = editing.cued(editing.cued(SMALL, SYNC, True), ("feature", "Board"), False)
    assert made.cued == ((("feature", "Board"), False), (SYNC, True))
    assert editing.cued(made, SYNC, None).cued == ((("feature", "Board"), False),)
    assert editing.of_theme(SMALL, SYNC, "price").feature_themes == ((SYNC, "price"),)
    assert editing.of_theme(SMALL, SYNC, None).feature_themes == ()
    with pytest.raises(InputError, match="no such reason"):
        editing.of_theme(SMALL, SYNC, "nothing")


@pytest.mark.parametrize(
    "change",
    [
        lambda rules: editing.renamed(rules, "nothing", "x"),
        lambda rules: editing.worded(rules, "nothing", "en", ["fast"]),
        lambda rules: editing.merged(rules, "nothing", "speed"),
        lambda rules: editing.merged(rules, "speed", "nothing"),
        lambda rules: editing.without_theme(rules, "nothing"),
        lambda rules: editing.marked(rules, "nothing", pinned=True),
    ],
)
def test_a_theme_that_is_not_there_is_not_changed(change):
    with pytest.raises(InputError, match="no such reason"):
        change(SMALL)


def test_rules_go_to_json_and_back_whatever_was_changed():
    made = editing.with_theme(Rules.default(), "Größe", "de", ["zu groß", "riesig*"]).with_aliases(
        {SYNC: ["Jira link"]}
    )
    again = Rules.from_json(editing.cued(made, SYNC, True).to_json())
    assert again == editing.cued(made, SYNC, True)
    assert again.version != made.version != Rules.default().version


def test_what_named_somebody_who_was_erased_is_no_word_any_more():
    made = editing.with_words(SMALL, "speed", "en", ["u00569"]).with_aliases({SYNC: ["u00569", "Jira"]})
    read = editing.read(made.to_json().replace("u00569", "[removed]"), "[removed]")
    assert read == SMALL.with_aliases({SYNC: ["Jira"]})
    assert editing.read(made.to_json(), "[removed]") == made
