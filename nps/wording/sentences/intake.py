"""What is told while files are opened and read, and what came of it."""

SENTENCES = {
    "step.starting": "Starting",
    "step.waiting": "Waiting while the files of others are read: number {ahead} in line",
    "step.opening": "Opening the {table} file",
    "step.reading": "Reading the {table} file",
    "step.looking": "Looking at the {table} file",
    "step.looking_through": "Looking through the {table} file",
    "step.checking": "Checking the {table} file",
    "step.checking_rows": "Checking the {table}",
    "step.checking_there": "Checking the usage where it is",
    "step.matching": "Matching ids",
    "step.odd": "Looking for what is odd",
    "step.counting": "Counting the usage in the database",
    "step.writing": "Writing",
    "job.too_long": (
        "Reading this took more than {minutes:.0f} minutes, so it was ended. Split the files and bring their parts."
    ),
    "job.died": (
        "The file stopped the reader: it is damaged, or needs more memory than there is. Nothing of it was loaded."
    ),
    "job.cancelled": "Cancelled. Nothing was loaded.",
    "worker.no_memory": (
        "Reading this takes more memory than the server gives to one file. Split the file and bring its parts."
    ),
    "worker.fault": "The file stopped the reader: it may be damaged. Export it again. Nothing of it was loaded.",
    "reading.other_version": "These tables were kept by another version of this program. Read the files again.",
    "reading.damaged": "These tables are not as they were kept. Read the files again.",
    "reading.other_window": (
        "The usage of these tables was counted for {n} days before each answer, where it lies. Read it again."
    ),
    "intake.no_table": "There is no table called “{name}”; the tables are {tables}.",
    "row.nothing_used": "nothing was used",
    "row.added": "what it says was added to the same person's row",
    "row.undated_use": "a use without a date in a file without dates, beside files that have them",
    "lists.joined": "The {lists} lists of people were joined by “{column}”; {rows} rows added to an earlier one.",
    "shapes.joined": "The {files} usage files are not alike: each was read by itself, then joined by row.",
    "shapes.addresses": (
        "Some of them tell people by address, others by another id: uses count for the ids that the answers have, and "
        "the others are nobody's."
    ),
    "shapes.undated": "No column has dates, but other files have them: {rows} rows were left out.",
    "shapes.column": "“{column}” is “{field}”",
    "shapes.features": "{features} columns are a feature each, as “{column}”",
    "shapes.read_as": "{columns}.",
    "shapes.no_column": "None of the files has a column called “{column}”.",
    "preview.nameless": "No column was found that says who answered; each answer counts as a person of its own.",
    "preview.left_out": ("1 row will be left out: {why}.", "{n} rows will be left out: {why}."),
    "preview.both": "{one}; {other}",
    "preview.more_reasons": "and for {reasons} more reasons",
    "preview.reason": "{reason} ({details})",
    "preview.value": "as “{value}”",
    "preview.line": "line {line}",
    "load.again": (
        "How many respondents have usage, which of it was left out, and what people used in the last day before "
        "answering is told after a full reading: use the tables again."
    ),
    "load.no_measure": "Activity is measured by one of {measures}.",
    "cli.no_comments": "No answer that counts has a comment.",
    "cli.nobody": "Nobody answered a survey called {surveys}.",
    "load.no_window": "The window is between 1 and 3,650 days.",
}
