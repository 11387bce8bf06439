"""Which language a comment is in, and that nobody waits for it who does not ask."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from nps.comments import languages

LABELLED = Path(__file__).with_name("labelled")


@pytest.mark.parametrize(
    ("comment", "language"),
    [
        ("It crashes every week since the last update", "en"),
        ("Seit dem letzten Update stürzt es jede Woche ab", "de"),
        ("Depuis la dernière mise à jour, il plante chaque semaine", "fr"),
        ("Desde la última actualización se cierra cada semana", "es"),
        ("Desde a última atualização ele trava toda semana", "pt"),
        ("Dall'ultimo aggiornamento si blocca ogni settimana", "it"),
        ("Sinds de laatste update loopt het elke week vast", "nl"),
        ("Od ostatniej aktualizacji zawiesza się co tydzień", "pl"),
        ("最新の更新以来、毎週クラッシュします", "ja"),
        ("منذ التحديث الأخير يتعطل كل أسبوع", "ar"),
    ],
)
def test_a_sentence_is_known_by_its_language(comment, language):
    assert languages.of([comment]).tolist() == [language]


def test_what_says_nothing_of_a_language_is_of_none():
    assert set(languages.of(["", "   ", "\n", "👍", "10/10", "ok", "\x00", "x" * 100_000])) <= {"", "en"}
    assert languages.of(["", "   ", "\n", "👍", "10/10", "\x00"]).tolist() == [""] * 6


def test_each_comment_has_the_language_that_it_has_alone():
    comments = ["Heel makkelijk in gebruik", "", "Muito fácil de usar", "Heel makkelijk in gebruik"]
    assert languages.of(comments).tolist() == [languages.of([comment])[0] for comment in comments]


def test_no_comments_have_no_languages():
    assert languages.of([]).tolist() == []


@pytest.mark.parametrize("name", ["comments", "comments_others"])
def test_of_labelled_comments_ninety_eight_in_a_hundred_that_are_told_are_right(name):
    rows = pd.read_csv(LABELLED / f"{name}.tsv", sep="\t", keep_default_na=False, quoting=3)
    found = languages.of(rows["comment"].tolist())
    told = found != ""
    assert told.mean() >= 0.9
    assert (found == rows["language"])[told].mean() >= 0.98


def test_the_model_is_not_loaded_before_somebody_asks():
    code = "import sys, nps.comments.languages as l; assert 'py3langid' not in sys.modules; l.of(['a b']); print(1)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "1\n"
