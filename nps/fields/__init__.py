"""The fields of the tables; `headers` has the names by which files call them."""

PERSON_FIELDS = ("name", "email", "account_id", "account", "role", "plan", "revenue", "joined_at", "opted_out")
ACCOUNT_FIELDS = (
    *("plan", "revenue", "seats", "owner", "renewal_at", "joined_at", "churned_at", "expanded_at", "tickets"),
)
ACCOUNTS = ("account_id", "account")
OF_ACCOUNTS = ("seats", "owner", "renewal_at", "expanded_at")  # what the rows of people only repeat
REPEATED = ("account", "plan", "revenue", *OF_ACCOUNTS)  # of an account, whatever else is its people's own
FIELDS = {
    "responses": ("score", "responded_at", "person_id", "response_id", "comment", "survey", *PERSON_FIELDS),
    "usage": ("person_id", "feature", "kind", "at", "uses", "minutes"),
    "people": ("person_id", *PERSON_FIELDS[:-1], "churned_at", *OF_ACCOUNTS, "opted_out"),
    "accounts": ("account_id", "account", *ACCOUNT_FIELDS),
}
OURS = ("record", "group", "activity", "percentile", "band", "active_days", "uses", "minutes", "features_used")
RESERVED = frozenset(OURS).union(*FIELDS.values()) - {*OF_ACCOUNTS, "tickets"}  # which answers may say, too
NUMBERS = ("uses", "minutes", "revenue", "seats", "tickets")
DATES = ("responded_at", "at", "joined_at", "churned_at", "renewal_at", "expanded_at")
