"""Why rows are left out, and what is told of cells that count as unknown."""

SENTENCES = {
    "row.no_score": "no score",
    "row.wrong_score": "not a score from {low} to {high}",
    "row.wrong_whole_score": "not a whole score from {low} to {high}",
    "row.no_group": "not a word for a group",
    "row.no_date": "no date",
    "row.wrong_date": "not a date",
    "row.far_date": "a date far from any survey: before 1971, or more than a year ahead",
    "row.no_person": "no person",
    "row.no_account": "no account",
    "row.shortened_id": "the id was shortened by a spreadsheet",
    "row.same_person": "this person has an earlier row",
    "row.same_account": "this account has an earlier row",
    "row.no_feature": "no feature",
    "row.no_uses": "no number of uses",
    "row.wrong_uses": "not a number of uses",
    "row.differing_scores": "answers with this id have different scores",
    "row.same_answer": "an earlier row has the same answer id and score",
    "row.disagree": (
        "In 1 account people say different things of {field}; what most of them say counts.",
        "In {n} accounts people say different things of {field}; what most of them say counts.",
    ),
    "answers.undated": (
        "1 answer has no date: it counts in the score and segments of all time, and is left out where a date is "
        "needed.",
        "{n} answers have no date: they count in the score and segments of all time, and are left out where a date is "
        "needed.",
    ),
    "answers.none_left": (
        "None of the {rows} rows of the responses file could be used; the most frequent reason: {reason}."
    ),
    "cells.no_date": (
        "In “{column}”, 1 cell is no date; it counts as unknown.",
        "In “{column}”, {n} cells are no date; they count as unknown.",
    ),
    "cells.no_number": (
        "In “{column}”, 1 cell is no number; it counts as unknown.",
        "In “{column}”, {n} cells are no number; they count as unknown.",
    ),
    "use.left_out": (
        "1 row of the {table} was left out: {reason}.",
        "{n} rows of the {table} were left out: {reason}.",
    ),
}
