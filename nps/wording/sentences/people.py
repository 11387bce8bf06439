"""What is told of who answered, and of how the ids of files join."""

SENTENCES = {
    "whose.guarded": (
        '1 id in “{column}” stood in ="..." or behind a \', as for a spreadsheet; read without.',
        '{n} ids in “{column}” stood in ="..." or behind a \', as for a spreadsheet; read without.',
    ),
    "whose.own_person": "each counts as a person of its own",
    "whose.by_address": ("they are told apart by “{email}”, and without an address each counts as a person of its own"),
    "whose.words": (
        "1 answer has a word for nobody, as anonymous, in “{column}”; {count_as}.",
        "{n} answers have a word for nobody, as anonymous, in “{column}”; {count_as}.",
    ),
    "whose.numbers": (
        "1 answer has {ids}, which stands for nobody as so many share it, in “{column}”; {count_as}.",
        "{n} answers have {ids}, which stands for nobody as so many share it, in “{column}”; {count_as}.",
    ),
    "whose.blank": (
        "1 answer has nothing in “{column}”; {count_as}.",
        "{n} answers have nothing in “{column}”; {count_as}.",
    ),
    "whose.no_account": "{n} rows have {ids} in “{column}”. No account has so many, so theirs counts as unknown.",
    "whose.several_addresses": (
        "1 id in “{column}” has several addresses in “{email}”; each id counts as one person.",
        "{n} ids in “{column}” have several addresses in “{email}”; each id counts as one person.",
    ),
    "whose.several_ids": (
        "1 address in “{email}” has several ids in “{column}”; each id counts as one person.",
        "{n} addresses in “{email}” have several ids in “{column}”; each id counts as one person.",
    ),
    "whose.no_date": (
        "1 person has several answers with different scores and no date; the one in the later line counts.",
        "{n} people have several answers with different scores and no date; the one in the later line counts.",
    ),
    "whose.same_moment": (
        "On 1 day a person gave two answers or more at the same moment, with different scores; the lowest of them "
        "counts as the latest.",
        "On {n} days a person gave two answers or more at the same moment, with different scores; the lowest of them "
        "counts as the latest.",
    ),
    "keys.no_way": "Ids are matched {ways}.",
    "keys.joined": "Answers are joined with {table} by “{mine}” and “{theirs}”, which share the most ids.",
    "keys.nobody": "No column of the responses says who answered, so they cannot be joined with {table}.",
    "keys.nearly_all": "Over 99%",
    "keys.part": "{share:.0%}",
    "keys.respondents": "respondents",
    "keys.accounts": "accounts that answered",
    "keys.respondents_looked_at": "the respondents looked at",
    "keys.accounts_looked_at": "the accounts that answered looked at",
    "keys.found_usage": "{part} of {who} ({found} of {asked}) have usage.",
    "keys.found_people": "{part} of {who} ({found} of {asked}) are in the people file.",
    "keys.of_people": "“{column}” of the people file",
    "keys.by_account": (
        "The {table} file is kept per account: it is joined by {mine} and “{theirs}”, and everybody who answered has "
        "what is known of their account."
    ),
    "keys.hardly_usage": (
        "Only {found} of {asked} respondents have usage: “{mine}” of the responses and “{theirs}” of usage hardly "
        "share an id. Check that both files call people the same."
    ),
    "keys.hardly_people": (
        "Only {found} of {asked} respondents are in the people file: “{mine}” of the responses and “{theirs}” of "
        "people hardly share an id. Check that both files call people the same."
    ),
    "keys.no_account": "Neither answers nor people name an account, so the list of accounts is nobody's.",
    "keys.joined_accounts": (
        "The list of accounts is joined with {table} by “{theirs}” and “{mine}”, which share the most ids."
    ),
    "keys.found_accounts": "{part} of accounts that people name ({found} of {asked}) are in the list of accounts.",
    "keys.hardly_accounts": (
        "Only {found} of {asked} accounts that people name are in the list of accounts: “{mine}” of {table} and "
        "“{theirs}” of the list hardly share an id. Check that both files call accounts the same."
    ),
    "keys.differ": (
        "1 id differs only in case, spaces, zeros in front or a final “.0”; it was not matched.",
        "{n} ids differ only in case, spaces, zeros in front or a final “.0”; they were not matched.",
    ),
    "keys.differ_matched": (
        "1 id differs only in case, spaces, zeros in front or a final “.0”; it was matched.",
        "{n} ids differ only in case, spaces, zeros in front or a final “.0”; they were matched.",
    ),
}
