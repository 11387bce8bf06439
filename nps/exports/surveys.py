"""Tools for NPS surveys whose columns alone tell them: each is what its program interface or its export names."""

from nps.exports import questions
from nps.exports.layout import Layout, has, matching, person, text, without
from nps.notes import note
from nps.sources import Source

DELIGHTED_PROPERTIES = (
    "source device_type operating_system browser country page page_url referrer_url source_url link_name"
)


def _delighted(source: Source) -> bool:
    """Two of the properties that Delighted adds itself, or what only its answers have."""
    added = " ".join(f"delighted_{name}" for name in DELIGHTED_PROPERTIES.split())
    return len(matching(source, added)) >= 2 or has(source, "score permalink survey_type created_at updated_at")


def _read_delighted(source: Source) -> Source:
    return person(questions.only_nps(source), matching(source, "email person_email person person_id"))


def _asknicely_kinds(source: Source) -> Source:
    """Answers to the 0-10 question, of the three that AskNicely asks."""
    (kind,) = matching(source, "question_type")
    return without(
        source,
        lambda t: (text(t[kind]).lower() != "nps").fill_null(False),
        note("row.other_question"),
    )


def _read_asknicely(source: Source) -> Source:
    (sent,) = matching(source, "responded")
    source = without(_asknicely_kinds(source), lambda t: text(t[sent]).fill_null("0") == "0", note("row.unanswered"))
    return person(source, matching(source, "email contact_id"))


def _read_retently(source: Source) -> Source:
    return person(source, matching(source, "email customer_email customer_id"))


def _read_satismeter(source: Source) -> Source:
    return person(source, matching(source, "response.user.userId response.user.id response.id"))


DELIGHTED = Layout(
    "Delighted export",
    "responses",
    "score",
    {"score": "score", "comment": "comment", "responded_at": "created_at", "response_id": "response_id id"},
    fits=_delighted,
    read=_read_delighted,
)
ASKNICELY = Layout(
    "AskNicely export",
    "responses",
    "response_id answer question_type responded sent contact_id",
    {"score": "answer", "comment": "comment", "responded_at": "responded", "response_id": "response_id"},
    read=_read_asknicely,
)
RETENTLY = Layout(
    "Retently export",
    "responses",
    "customer_id campaign_name score created_date",
    {
        "score": "score",
        "comment": "comment comments",
        "responded_at": "created_date",
        "response_id": "id",
        "survey": "campaign_name",
    },
    read=_read_retently,
)
SATISMETER = Layout(
    "SatisMeter export",
    "responses",
    "response.id response.rating response.created",
    {
        "score": "response.rating",
        "comment": "response.feedback",
        "responded_at": "response.created",
        "response_id": "response.id",
        "survey": "campaign",
    },
    read=_read_satismeter,
)
PROMOTER_IO = Layout(
    "Promoter.io export",
    "responses",
    "id score score_type campaign_id campaign_name",
    {
        "score": "score",
        "comment": "comments comment",
        "responded_at": "created created_date",
        "response_id": "id",
        "survey": "campaign_name",
    },
)
THANX = Layout(
    "Thanx export",
    "responses",
    "nps_feedback_uid rating review rated_at user_id",
    {
        "score": "rating",
        "comment": "review",
        "responded_at": "rated_at",
        "response_id": "nps_feedback_uid",
        "person_id": "user_id",
    },
)
OPEN_DATA_INTERCHANGE = Layout(
    "Open Data Interchange for NPS file",
    "responses",
    "CustomerNumber Email SMSTelephone FirstName LastName Salutation JobPosition JobLevel",
    {"role": "JobPosition", "email": "Email"},
    read=lambda source: person(source, matching(source, "CustomerNumber Email")),
)
LAYOUTS = (DELIGHTED, ASKNICELY, RETENTLY, SATISMETER, PROMOTER_IO, THANX, OPEN_DATA_INTERCHANGE)
