"""The fields of the three tables; `headers` has the names by which files call them."""

PERSON_FIELDS = ("name", "email", "account_id", "account", "role", "plan", "revenue", "joined_at", "opted_out")
FIELDS = {
    "responses": ("score", "responded_at", "person_id", "response_id", "comment", "survey", *PERSON_FIELDS),
    "usage": ("person_id", "feature", "kind", "at", "uses", "minutes"),
    "people": ("person_id", *PERSON_FIELDS[:-1], "churned_at", "opted_out"),
}
OURS = ("record", "group", "activity", "percentile", "band", "active_days", "uses", "minutes", "features_used")
RESERVED = frozenset(OURS).union(*FIELDS.values())
DATES = ("responded_at", "at", "joined_at", "churned_at")
