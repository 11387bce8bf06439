"""The exports of tools: which one a file is, what was done to it, and rows of it that hold nothing to use."""

SENTENCES = {
    "export.unknown": "There is no export called “{wanted}”. Known: {known}.",
    "export.none_such": "This is no {export:ours}: it lacks what such a file has.",
    "export.recognised": "Recognised as {export:ours}.",
    "export.recognised_in_part": "Recognised as {export:ours}; left out: {left_out}.",
    "export.rows": "{what} ({rows})",
    "export.nothing_left": "Nothing is left to use.",
    "export.guarded": "{cells} cells began with the ' that guards spreadsheets; it was taken off.",
    "export.who_answered": "Who answered is told by {columns}.",
    "export.else_by": "{one}, where it is blank by {other}",
    "export.unfinished": "{answers} answers were not submitted; their date is that of the last step.",
    "export.groups": "The columns that end in {ending} only repeat the scores, so they were left out.",
    "export.which_score": "Of its {questions} questions from 0 to 10, “{column}” counts.",
    "export.spam": "Qualtrics marks {answers} of the answers as possible spam; they count.",
    "export.unknown_zone": "Its times are in “{zone}”, which is no known time zone; they were read as UTC.",
    "export.zones": "Its times are in {zones}; they were turned into UTC.",
    "export.other_times": "{times} of its times are written otherwise and were read as UTC.",
    "export.polls_lack": "Give the table of polls with it, and ratings get their comments.",
    "export.several_polls": "It has answers to {polls} polls with numbers up to 10; all of them count.",
    "export.nameless": "{uses} uses are of something that has no name in the other file; its id is shown.",
    "export.polls_alone": (
        "This is Pendo's table of polls, without any answers. Give it together with the poll events."
    ),
    "export.names_alone": (
        "This is Pendo's table of names. Give it together with the feature events or the page events."
    ),
    "export.accounts_alone": ("This is Pendo's table of accounts, which names no people. Give the table of visitors."),
    "export.which_question": (
        "“{answer}” holds answers to several questions, told apart by “{by}” ({questions}). Which of them "
        "is “How likely are you to recommend us?”, from 0 to 10? Give a file with the answers to that one only."
    ),
    "export.told_by": "“{column}” tells the answers to NPS from others.",
    "row.event_of_nobody": "an event of somebody who was not signed in",
    "row.visit_of_nobody": "a visit of somebody who was not signed in",
    "row.event_twice": "an event that was sent twice",
    "row.about_survey": "an event about a survey",
    "row.no_use": "an event that says nothing about use",
    "row.no_answer": "an event that is no answer",
    "row.earlier_step": "an earlier step of an answer",
    "row.earlier_person": "an earlier version of a person",
    "row.earlier_visitor": "an earlier version of a visitor",
    "row.earlier_name": "an earlier name",
    "row.survey_preview": "a survey preview",
    "row.unanswered": "a survey that nobody answered",
    "row.comment": "a comment, joined to its score",
    "row.other_poll": "an answer to another poll",
    "row.other_question": "an answer to another question",
    "row.another_question": "an answer to another question, “{question}”",
    "row.unnamed_question": "an answer to no question that is named",
}
