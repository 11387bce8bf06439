"""The fields of the three tables and what pages call them; `headers` has the names by which files call them."""

PERSON_FIELDS = ("name", "email", "account_id", "account", "role", "plan", "revenue", "joined_at", "opted_out")
FIELDS = {
    "responses": ("score", "responded_at", "person_id", "response_id", "comment", "survey", *PERSON_FIELDS),
    "usage": ("person_id", "feature", "kind", "at", "uses", "minutes"),
    "people": ("person_id", *PERSON_FIELDS[:-1], "churned_at", "opted_out"),
}
LABELS = {
    "score": "Score (0-10)",
    "responded_at": "Date of the answer",
    "person_id": "Person",
    "response_id": "Answer id",
    "comment": "Comment",
    "survey": "Survey",
    "name": "Name",
    "email": "E-mail",
    "account_id": "Account id",
    "account": "Account name",
    "role": "Role",
    "plan": "Plan",
    "revenue": "Revenue per year",
    "joined_at": "Joined",
    "churned_at": "Left",
    "opted_out": "Does not want to be contacted",
    "feature": "Feature, page or event",
    "kind": "Kind (feature, page, event)",
    "at": "Date of use",
    "uses": "Number of uses",
    "minutes": "Minutes",
}
OURS = ("record", "group", "activity", "percentile", "band", "active_days", "uses", "minutes", "features_used")
RESERVED = frozenset(OURS).union(*FIELDS.values())
DATES = ("responded_at", "at", "joined_at", "churned_at")
