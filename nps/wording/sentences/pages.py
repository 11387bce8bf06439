"""What stands at the top of a page about what happened before it, and what columns of files that leave are called."""

SENTENCES = {
    "link.other_files": "These are not the files of the link, or their columns are read in another way. Its filters "
    "are left out.",
    "database.tables": "{names}",
    "database.select": "a SELECT",
    "data.in_use": (
        "1 answer is in use, {with_usage} of it with usage; {left_out}.",
        "{n} answers are in use, {with_usage} of them with usage; {left_out}.",
    ),
    "data.in_use_alone": (
        "1 answer is in use, without usage; {left_out}.",
        "{n} answers are in use, without usage; {left_out}.",
    ),
    "data.left_out": ("1 row was left out", "{n} rows were left out"),
    "filters.different_kinds": "These surveys are of different kinds, so they are not counted in one number. The "
    "line above says which are counted now; there you can choose others, or all together.",
    "filters.left_out": "Some filters do not occur in this data; they are left out.",
    "filters.nobody_like_promoters": "Nobody can be told to use the product like promoters do. {why}",
    "rules.kept": "Comments are read by these rules from now on.",
    "watching.kept": "Accounts and people are watched by these settings from now on.",
    "rules.not_there": "The rules that this link asks for are not kept here. Comments are read by the current ones.",
    "rules.personal": "Rules outlive the people who wrote: leave out addresses and numbers.",
    "file.person": "person",
    "file.name": "name",
    "file.email": "email",
    "file.account": "account",
    "file.role": "role",
    "file.score": "score",
    "file.comment": "comment",
    "file.activity": "activity",
    "file.why": "why",
    "file.table": "table",
    "file.about": "about",
    "file.subject": "subject",
    "file.rows": "rows",
    "file.sentence": "sentence",
    "file.row": "row",
    "file.column": "column",
    "file.value": "value",
    "file.reason": "reason",
    "file.file": "file",
}
