"""Tables as text: encodings, headers, and rows that are held back or hold nothing."""

SENTENCES = {
    "encoding.cp1252": "Windows-1252",
    "encoding.cp850": "code page 850 (DOS)",
    "encoding.mac_roman": "Mac Roman",
    "encoding.two": "{one} and, in other cells, {other}",
    "text.example": "“{word}” in line {line}",
    "text.read_as": "The file is not in UTF-8; it was read as {encoding} (as {examples}).",
    "text.plainly_read_as": "The file is not in UTF-8; it was read as {encoding}.",
    "text.lines_read_as": (
        "The file is not in UTF-8 throughout; 1 line was read as {encoding} (as {examples}).",
        "The file is not in UTF-8 throughout; {n} lines were read as {encoding} (as {examples}).",
    ),
    "text.lines_plainly_read_as": (
        "The file is not in UTF-8 throughout; 1 line was read as {encoding}.",
        "The file is not in UTF-8 throughout; {n} lines were read as {encoding}.",
    ),
    "text.controls": (
        "1 line holds control characters where Windows-1252 has signs; they were read as those (as {examples}).",
        "{n} lines hold control characters where Windows-1252 has signs; they were read as those (as {examples}).",
    ),
    "text.unseen_controls": (
        "1 line holds control characters where Windows-1252 has signs; they were read as those.",
        "{n} lines hold control characters where Windows-1252 has signs; they were read as those.",
    ),
    "text.zero_bytes": (
        "1 zero byte was taken out of the file.",
        "{n} zero bytes were taken out of the file.",
    ),
    "text.line_ends": (
        "The file mixes kinds of line ends: 1 carriage return without a line feed behind counts as an end of a line.",
        "The file mixes kinds of line ends: {n} carriage returns without a line feed behind counts as an end of a "
        "line.",
    ),
    "text.long_line": ("A line of the file is longer than {mb} MB, so this is no table. Export it again."),
    "text.wrapped": "Every row stood in quotation marks as a whole; they were taken off.",
    "text.cut_off": (
        "The file ends in the middle of line {line}: it seems to be cut off. Download or export it again."
    ),
    "header.quotes": "The header cannot be read: its quotation marks do not fit. Mend it and try again.",
    "header.unfit": (
        "The header has {names:d} names, but the rows below it have {cells:d} cells, so it cannot be "
        "told which name belongs to which cell. Complete the header and try again."
    ),
    "header.blank_end": (
        "The rows end in a blank cell that the header has no name for; the names were given to the cells from the "
        "left. Look whether they fit."
    ),
    "header.names_of_rows": "The first column has no name; it tells the rows apart.",
    "header.blank_name": "The header has a separator too many; its blank name was left out.",
    "header.lacking": (
        "The rows have {cells:d} cells for {names:d} names, so “{name:.40}” is blank. Look whether the other names fit."
    ),
    "header.lacking_more": (
        "The rows have {cells:d} cells for {names:d} names, so “{name:.40}” and {more:d} more is blank. "
        "Look whether the other names fit."
    ),
    "header.is_data": "The first row looks like data (“{cells}”), so the columns were numbered, not named.",
    "header.joined": "The header has {rows} rows; they were read as one, as “{name}”.",
    "header.above": (
        "A line above the header (“{cells}”) was left out.",
        "{n} lines above the header (“{cells}”) were left out.",
    ),
    "header.repeated": "Several columns are called “{name:.40}”; the later ones were numbered, as “{later}”.",
    "row.too_few": "fewer cells than the header",
    "row.too_many": "more cells than the header",
    "row.totals": "a line of totals, not a row",
    "row.a_cell_more": "a separator more than the others, which moved its cells",
    "row.a_cell_less": "a separator fewer than the others, which moved its cells",
    "row.blank": "a blank row",
    "row.header_again": "a further row of headers",
    "row.second_table": "another table that begins below the first",
    "row.quotes": "its quotation marks do not fit",
    "row.too_long": "the row is too long",
    "row.unreadable": "the row cannot be read",
    "row.no_object": "not a JSON object",
    "row.no_end": "the file ends here without a closing bracket: it seems to be cut off",
    "rows.too_many_held": (
        "More than {most} rows cannot be read; the first, in line {line}: {why}. Export the file again."
    ),
    "rows.backslash": (
        "1 row has quotation marks behind a backslash; they were read as part of the text.",
        "{n} rows have quotation marks behind a backslash; they were read as part of the text.",
    ),
    "rows.inner_quotes": (
        "1 row has quotation marks inside cells that are not doubled; they were read as part of the text.",
        "{n} rows have quotation marks inside cells that are not doubled; they were read as part of the text.",
    ),
    "rows.uneven": (
        "1 row has a blank cell more or fewer than the others, at the end as it seems; "
        "look whether their cells stand in the right columns.",
        "{n} rows have a blank cell more or fewer than the others, at the end as it seems; "
        "look whether their cells stand in the right columns.",
    ),
}
