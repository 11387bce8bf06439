"""The fields of the three tables, what pages call them, and the headers by which files name them."""

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

_WHEN = r"( at| on| date| time| timestamp)?"
NAMES = {
    "score": (
        r"^nps( score| rating)?$",
        r"recommend",
        r"^(score|rating|quantitative response|poll response|how likely.*)$",
        r"\b0 ?(to)? ?10\b",
        r"\bnps\b(?!.*\bgroup\b)|\b(score|rating|rate)\b",
    ),
    "responded_at": (
        rf"^(responded|answered|submitted|completed|recorded|response|submit|submission){_WHEN}( utc)?$",
        r"^(timestamp|browser time|date|time|datetime|end date.*)$",
        rf"^(created|start|sent|updated){_WHEN}( utc)?$",
        r"\b(date|time|timestamp)\b",
    ),
    "person_id": (
        r"^(person|user|visitor|customer|contact|member|distinct|employee)( id| key| uuid| number)$",
        r"^(person|user|visitor|customer|contact|uid|username)$",
        r"^respondent( id)?$",
    ),
    "response_id": (r"^(response|answer|submission)( id| key| uuid)$", r"^id$"),
    "comment": (
        r"^(comments?|feedback|verbatim|qualitative response)$",
        r"\b(comments?|feedback|verbatim|reason)\b",
        r"\bwhy\b|tell us|open ended|improve",
    ),
    "survey": (r"^(survey|campaign|poll|questionnaire)( name| type| id)?$",),
    "name": (r"^(full |display |person |customer |user |contact )?name$", r"^agent full name$"),
    "email": (r"^(recipient |user |customer |work |contact |agent )?e ?mail( address)?$",),
    "account_id": (r"^(account|company|organi[sz]ation|org|workspace|tenant)( id| key)$",),
    "account": (r"^(account|company|organi[sz]ation|org|workspace|tenant)( name)?$",),
    "role": (r"^(role|persona|job( role| title| function)?|title|position)$", r"\b(role|persona)\b"),
    "plan": (r"^(plan|tier|subscription|licen[cs]e|package|edition)( name| type| level)?$",),
    "revenue": (r"^(annual )?(revenue|arr|acv|contract value)$", r"\b(revenue|arr)\b"),
    "joined_at": (rf"^(joined|signed up|sign ?up|registered|first (visit|seen)|customer since){_WHEN}$",),
    "churned_at": (rf"^(churned|cancell?ed|left|deactivated|ended){_WHEN}$",),
    "opted_out": (r"^(opt(ed)? ?out|unsubscribed|do not (contact|email)|no contact)$", r"\bopt(ed)? ?out\b"),
    "feature": (
        r"^(feature|event|page|action|screen)( name| type)?$",
        r"^(feature|page|event)( id| key)$",
        r"^name$",
    ),
    "kind": (r"^(kind|type|category)$",),
    "at": (r"^(at|used at|day|date|timestamp|time|datetime|event time)$", r"\b(date|day|time|timestamp)\b"),
    "uses": (r"^(uses|count|num events|event count|events|clicks|hits|times|views|visits|quantity)$", r"\bcount\b"),
    "minutes": (r"^(num |active |total )?minutes$", r"\bminutes\b|\bmins?\b"),
}
