"""What came of every row, and what looks odd."""

SENTENCES = {
    "about.in_file": "rows in the file",
    "about.used": "used",
    "about.held_back": "could not be read",
    "about.ignored": "not needed",
    "about.out_of_range": "out of range",
    "about.missing": "missing",
    "about.dates": "dates",
    "about.duplicates": "duplicates",
    "about.repeats": "repeats",
    "about.joined": "joined",
    "about.odd": "odd",
    "report.column_reason": "{column}: {reason}",
    "report.as": "as “{value}”",
    "report.as_in_lines": "as “{value}”; line {lines}",
    "report.beyond": "numbers below {low} or above {high}",
    "report.share": "{share:.0%} of the rows used",
    "report.span": "{first:%Y-%m-%d} to {last:%Y-%m-%d}",
    "report.future": (
        "1 row of the {table} file lies in the future.",
        "{n} rows of the {table} file lie in the future.",
    ),
    "report.twice": "the same answer twice",
    "report.repeated": (
        "1 row of the responses file repeats an answer that stands there already.",
        "{n} rows of the responses file repeat an answer that stands there already.",
    ),
    "report.several": "people with several answers",
    "report.up_to": "up to {answers} answers",
    "report.one_person": "“{person}” has {answers} answers: is that one person?",
    "report.one_day": "All {answers} answers are of one day, {day:%Y-%m-%d}: is it the day of the export?",
    "report.one_score": "{share:.0%} of the answers are a {score}: is that the column with the score?",
    "report.people": "people who answered",
    "report.accounts": "accounts that answered",
    "report.joined": "{found} of the {asked} {who} ({share:.1%}) are in the {table} file.",
    "report.hardly_joined": (
        "Only {found} of the {asked} {who} ({share:.1%}) are in the {table} file. Do both files name people alike?"
    ),
    "report.ends_before": "Usage ends on {last:%Y-%m-%d}, before the first answer on {first:%Y-%m-%d}.",
    "report.begins_after": "Usage begins on {first:%Y-%m-%d}, after the last answer on {last:%Y-%m-%d}.",
}
