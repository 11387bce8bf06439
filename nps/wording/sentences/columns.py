"""What is told of the columns of a file: which is which field, and how dates, numbers, ids and scores are written."""

_LIKELY = "“How likely are you to recommend us?”"
_ASK = "NPS needs answers from 0 to 10: choose another column, or say on which scale people answered"
_AGAIN = "Export the file again and do not save it from a spreadsheet."

SENTENCES = {
    "columns.other_export": (
        "The {table} file was read as {export:ours}, which holds {holds}. Give it as {holds}, or say that it is no "
        "such export."
    ),
    "columns.no_rows": "The {table} file has a header but no rows below it. Export it again.",
    "columns.no_rows_at_all": "The file has a header but no rows below it. Export it again.",
    "columns.no_table": "Nothing in it looks like scores from 0 to 10, and no column says who a row is about.",
    "columns.one_column": (
        "It has one column, “{column}”. If that should be several, save it with commas, semicolons or tabs between the "
        "cells."
    ),
    "columns.no_scores": "“{column}” holds no scores that can be read, as “{cell}”.",
    "columns.no_dates": "“{column}” holds no dates that can be read, as “{cell}”.",
    "columns.score_by_numbers": (
        "No column is called like the score. “{column}” was read as it for its numbers from 0 to 10 alone: is it the "
        f"answer to {_LIKELY}"
    ),
    "columns.score_not_named": (
        "“{column}” was read as the score; its name does not speak of recommending: is it that answer?"
    ),
    "columns.company": (
        "Several people share one “{column}”: it was read as the account, and “{person}” as the person."
    ),
    "columns.unlikely_score": (
        "“{column}” holds numbers from 0 to 10, but its name speaks of something else: if people answered these, "
        "choose it as the score."
    ),
    "columns.rivals": "{columns} could be the score, too; “{read}” stands first and was read.",
    "columns.no_field": "The {table} table has no field called “{field}”. Fields: {fields}.",
    "columns.no_column": "The file has no column called “{column}”.",
    "columns.unknown_date_order": "The order of dates is either {values}.",
    "columns.unknown_decimal": "The decimal sign is either {values}.",
    "columns.unknown_scale": "The scale is either {values}.",
    "columns.no_zone": "There is no such time zone. Zones are called like Europe/Berlin or UTC.",
    "columns.score_missing": (
        f"No column holds scores from 0 to 10. NPS needs the answers to {_LIKELY}: choose the column yourself, or "
        "export the survey again with that question."
    ),
    "columns.account_missing": (
        "No column of the accounts file says which account it is about. Choose the column with its id or name."
    ),
    "columns.person_missing": (
        "No column of the {table} file says who it is about. Choose the column with the person's id."
    ),
    "columns.feature_missing": ("No column says what was used. Add a column with the feature, page or event."),
    "columns.finished_figures": (
        "Each row is a finished figure made of many answers (“{column}” beside “{beside}”), not what one person "
        "answered. NPS is counted from each person's answer from 0 to 10: export the answers themselves."
    ),
    "columns.said_there": (
        "The {settings} cannot be said of a table that stays in its database. Give a SELECT that turns its text into "
        "real dates, in UTC, and numbers."
    ),
    "setting.date_order": "date order",
    "setting.zone": "zone",
    "setting.decimal": "decimal",
    "setting.scale": "scale",
    "derived.repeats": "Columns that only repeat what the score says divide nobody: {columns}.",
    "derived.numbers": "Columns that number the rows divide nobody: {columns}.",
    "derived.scores": "Columns that hold other scores divide nobody: {columns}.",
    "ids.shortened": (
        "{shortened} of {ids} ids in “{column}” are shortened to something like 1.23457E+14: a spreadsheet took them "
        f"for numbers, and their last digits are lost. {_AGAIN}"
    ),
    "ids.rounded": (
        "All {ids} long ids in “{column}” end in zeros after 15 digits: a spreadsheet rounded them, and different "
        f"people may have become one. {_AGAIN}"
    ),
    "dates.day_first": "day first",
    "dates.month_first": "month first",
    "dates.no_zone": "Times in {columns} name no time zone; they were read as UTC.",
    "dates.mixed": (
        "Dates in “{column}” are written day first ({day_first}) and month first ({month_first}); they were read "
        "{order}, and those that do not fit are no dates."
    ),
    "dates.unclear": "Dates in “{column}” fit day first and month first; they were read {order}.",
    "dates.by_range": (
        "Dates in “{column}” fit day first and month first; they were read {order}, as the other way they lie ahead or "
        "far apart."
    ),
    "dates.by_language": (
        "Dates in “{column}” fit day first and month first; they were read {order}, as in the language of the headers."
    ),
    "dates.serial": (
        "Dates in “{column}” are day numbers of a spreadsheet, as 45000 for 15 March 2023; they were read so."
    ),
    "dates.half_swapped": (
        "Dates in “{column}” seem half swapped by a spreadsheet: {text} are text with a day above 12, and the {made} "
        "that are written in another way all have a day up to 12. They were read as they stand. "
        f"{_AGAIN}"
    ),
    "numbers.features": "the feature columns",
    "numbers.decimal_point": "Numbers like 1,234 or 1.234 in {where} were read with a decimal point.",
    "numbers.decimal_comma": "Numbers like 1,234 or 1.234 in {where} were read with a decimal comma.",
    "numbers.currencies": "“{column}” has amounts in several currencies ({currencies}); they were not converted.",
    "scales.longer": (
        "In “{column}”, 1 cell says more than a number, as “{label}”; the number counts.",
        "In “{column}”, {n} cells say more than a number, as “{label}”; the number counts.",
    ),
    "scales.groups": (
        "“{column}” says only promoter, passive or detractor. They count as 9, 7 and 6, the least that each word says: "
        "the score is right, how the answers spread over 0 to 10 is not known."
    ),
    "scales.no_zero": (
        "“{column}” was answered from {low} to {high}: nobody could choose 0, which lifts scores a little."
    ),
    "scales.codes": "“{column}” holds the codes 1 to 11 of the answers 0 to 10; one was taken off each.",
    "scales.stretched": (
        "“{column}” was answered from {low} to {high} and drawn out to 0 to 10 ({examples}). Scores of other scales do "
        "not compare with published ones."
    ),
    "scales.example": "{value} is {score}",
    "scales.ask_groups": f"“{{column}}” says promoter, passive or detractor, and no scores. {_ASK} (groups).",
    "scales.ask_5": (
        f"“{{column}}” never goes above {{high:.0f}}, so it looks like a scale of 1 to 5. {_ASK} (1-5, or 0-10 if they "
        "could really go up to 10)."
    ),
    "scales.ask_7": (
        f"“{{column}}” goes from 1 to {{high:.0f}}, so it looks like a scale of 1 to 7. {_ASK} (1-7, or 0-10 if they "
        "could really go up to 10)."
    ),
    "scales.ask_11": (
        "“{column}” goes from 1 to 11 and never is 0, as the codes that some tools export for the answers 0 to 10 do. "
        f"{_ASK} (1-11, or 0-10 if the 11 is a slip)."
    ),
    "scales.ask_100": (
        f"“{{column}}” goes up to {{high:.0f}}, so it looks like a scale of 0 to 100. {_ASK} (0-100, or 0-10 if those "
        "above 10 are slips)."
    ),
    "scales.ask_10": (
        f"“{{column}}” was answered from 1 to 10, as its header or a label says. {_ASK} (1-10, or 0-10 if they could "
        "also choose 0)."
    ),
    "scales.net_score": (
        "“{column}” holds {value}, as net scores and shares of many people do. NPS is counted from each person's "
        "answer: export the answers, from 0 to 10."
    ),
    "scales.net_scores": (
        "“{column}” goes from {low} to {high}, as net scores and shares of many people do. NPS is counted from each "
        "person's answer: export the answers, from 0 to 10."
    ),
    "scales.none_above": (
        "No answer in “{column}” is above {high:.0f}. If people could not go up to 10, say on which scale."
    ),
    "scales.none_zero": "No answer in “{column}” is 0. If people could only choose from 1 to 10, say so.",
}
