"""Files as they came: what they are, what of them cannot be read, and what was done so that it could."""

SENTENCES = {
    "room.none": "There is no room left on the server for this. Try again later, or ask its administrator for room.",
    "room.too_many_files": ("{most} files are the most that one visit can bring. Remove some, or reload the page."),
    "room.too_much": "{gb:.0f} GB are the most that can be written for this. Split the files and bring fewer of them.",
    "file.none_given": "No file was given.",
    "file.absent": "There is no file at {path}.",
    "file.too_many": "These are {files} files; {most} is the most that can be read as one table.",
    "file.refused": "{file}: {why}",
    "file.note": "{file}: {told}",
    "file.lacks": "{file} has no column “{column:.40}”; it is blank there.",
    "file.lacks_more": "{file} has no column “{column:.40}” and {more:d} more; it is blank there.",
    "file.binary": "This is not a table: it holds binary data. Save it as CSV and try again.",
    "file.of_statistics": ("This is a file of a statistics program, not a table. Save the table as CSV and try again."),
    "file.foreign": "This is {format}, not a table. Save the table as CSV and try again.",
    "file.tar": "This is a tar archive, not a table. Unpack it and give the files themselves.",
    "file.web_page": "This is a web page or XML, not a table. Save the table as CSV and try again.",
    "files.nothing_shared": (
        "The files hold different tables: {one} and {other} have no column in common. Give each table by itself."
    ),
    "files.one_shared": (
        "The files hold different tables: {one} and {other} share only “{column:.40}”. Give each table by itself."
    ),
    "files.hardly_alike": (
        "The files hold different tables: {one} and {other} have hardly a column in common. Give each table by itself."
    ),
    "folder.empty": "The folder {folder} holds no files.",
    "format.image": "an image",
    "format.pdf": "a PDF",
    "format.document": "a text document",
    "format.program": "a program",
    "format.7z": "a 7z archive",
    "format.rar": "a RAR archive",
    "format.bz2": "a bz2 archive",
    "format.xz": "an xz archive",
    "format.zstd": "a zstd archive",
    "format.orc": "an ORC file",
    "format.avro": "an Avro file",
    "format.arrow": "an Arrow file",
    "archive.nested": "The archive holds another archive. Unpack it and give the files themselves.",
    "archive.damaged": "The zip or Excel file is cut off or damaged. Download or export it again.",
    "archive.locked": "The file is protected by a password. Save it without one.",
    "archive.too_many": "The archive holds {files} files; {most} is the most that can be read.",
    "archive.too_large": "The compressed file is too large once unpacked. Split it and try again.",
    "archive.empty": "The zip file is empty. Export it again.",
    "archive.odd": "The zip file is damaged or packed in an unusual way. Unpack it first.",
    "archive.cut_off": "The compressed file is cut off or damaged. Download or export it again.",
    "parquet.too_large": "The Parquet file is too large once unpacked. Split it and try again.",
    "parquet.damaged": "The Parquet file is cut off or damaged. Export it again.",
    "duckdb.damaged": "The DuckDB file is damaged, in use, or of another version. Export the table.",
    "sqlite.damaged": "The SQLite file is damaged or cannot be read. Export the table as CSV.",
    "sqlite.not_utf8": (
        "1 cell is not in UTF-8, as SQLite has it; read as Windows-1252 (as “{example}”).",
        "{n} cells are not in UTF-8, as SQLite has it; read as Windows-1252 (as “{example}”).",
    ),
    "json.no_objects": ("The JSON file holds no objects with names and values. Export it again, one object per row."),
    "json.columns": "The JSON file holds whole columns, not rows. Export it again, one object per row.",
    "json.large_array": "The JSON file is one array of more than {mb} MB. Export it as JSON lines or CSV.",
    "json.list": "The rows are the list “{name:.40}” of the file.",
    "json.list_beside": (
        "The rows are the list “{name:.40}” of the file, and what stands beside it was left out ({beside})."
    ),
    "workbook.locked": "The workbook is protected by a password. Save it without one.",
    "workbook.damaged": "The Excel file is damaged, or is not one. Save the table as CSV and try again.",
    "workbook.binary": "This is a binary Excel file (xlsb). Save it as xlsx or CSV and try again.",
    "workbook.empty": "The workbook is empty: no sheet has a header row and rows below it.",
    "workbook.rounded": (
        "1 cell holds a number of 16 digits or more. Excel keeps only 15, so if these are ids, they "
        "are no longer the right ones: export them as text.",
        "{n} cells hold a number of 16 digits or more. Excel keeps only 15, so if these are ids, they "
        "are no longer the right ones: export them as text.",
    ),
    "workbook.errors": (
        "1 cell holds an error, as #N/A; that counts as blank.",
        "{n} cells hold an error, as #N/A; that counts as blank.",
    ),
    "sheet.too_wide": (
        "A sheet spans more than {millions} million cells. Save the table alone, as CSV, and try again."
    ),
    "sheet.empty": "The sheet “{name}” is empty.",
    "sheet.none": "The file holds no sheet.",
    "sheet.several": "The file holds several sheets: {listed}. Choose one.",
    "sheet.absent": "The file has no sheet called “{name}”; there is {listed}.",
    "sheet.chosen": "Of the sheets, “{name}” was read; there is also {others}.",
    "tables.none": "The file holds no table.",
    "tables.several": "The file holds several tables: {listed}. Choose one.",
    "tables.absent": "The file has no table called “{name}”; there is {listed}.",
    "tables.chosen": "Of the tables, “{name}” was read; there is also {others}.",
    "tables.no_columns": "The table has no columns.",
    "tables.empty": "The file is empty. Export it again, with a header row and one row per answer.",
    "tables.too_wide": "The file has {columns} columns; {most} is the most that can be read.",
    "tables.wider": "The file has more than {most} columns, which is the most that can be read.",
    "database.too_many_rows": (
        "The {table} table has {rows} rows; {most} is the most that can be held here. "
        "Give a SELECT with fewer: is it the right table?"
    ),
    "database.too_much_text": (
        "The {table} table has more than {gb:.0f} GB of text, the most that can be held "
        "here. Give a SELECT with fewer columns."
    ),
}
