"""What product analytics write: Amplitude, Mixpanel, Segment and RudderStack, Google Analytics 4."""

from collections.abc import Callable

import ibis
from ibis.expr.types import ArrayValue, Column, StringValue, Table

from nps.exports.added import EVENT, KIND
from nps.exports.layout import (
    Layout,
    has,
    head,
    hinted,
    inside,
    is_blank,
    matching,
    parsed,
    path_of,
    says,
    spelled,
    text,
    with_columns,
    without,
)
from nps.notes import Note, note
from nps.sources import Source

PAGE_PARAMETER = r'"key"\s*:\s*"page_location"[^}]*?"string_value"\s*:\s*"([^"]*)"'


def known_people(source: Source, headers: str) -> Source:
    """A hint who it was: the first of these columns that says anything; events of nobody known are left out."""
    for column in matching(source, headers):
        if says(source, text(source.table[column]).notnull()):
            source = without(source, lambda t, c=column: is_blank(t[c]), note("row.event_of_nobody"))
            return hinted(source, person_id=column)
    return source


def with_pages(source: Source, event: str, page_view: str, url: Callable[[Table], StringValue]) -> Source:
    """Two columns more: the page where the event is a page view, else the event; and which of the two it is."""
    viewed = (text(source.table[event]) == page_view) & url(source.table).notnull()
    columns = {
        EVENT: viewed.ifelse(path_of(url(source.table)), text(source.table[event])),
        KIND: viewed.ifelse("page", "event"),
    }
    source = with_columns(source, columns)
    return hinted(source, feature=source.columns[-2], kind=source.columns[-1])


def latest(source: Source, key: str, version: str, reason: Note) -> Source:
    """For each key its latest version; of two of the same time any one."""

    def earlier(table: Table) -> Column:
        order = [text(table[version]).desc(nulls_first=False)]
        order += [table.record] if "record" in table.columns else []
        return ibis.row_number().over(group_by=text(table[key]), order_by=order) > 0

    return without(source, lambda t: earlier(t) & text(t[key]).notnull(), reason)


def _read_amplitude(source: Source) -> Source:
    return known_people(source, "user_id")


def _mixpanel_lines(source: Source) -> bool:
    """The export of events: two columns, and in the second one what only Mixpanel puts there."""
    if set(spelled(source)) != {"event", "properties"}:
        return False
    cells = [parsed(row[matching(source, "properties")[0]]) for row in head(source, 50)]
    return bool(cells) and all(isinstance(cell, dict) and {"time", "distinct_id"} <= cell.keys() for cell in cells)


def _read_mixpanel_lines(source: Source) -> Source:
    (properties,) = matching(source, "properties")
    cell = source.table[properties]
    keys = {"time": "time", "distinct_id": "distinct_id", "insert_id": "$insert_id"}
    source = with_columns(source, {name: inside(cell, key) for name, key in keys.items()})
    return _read_mixpanel(source)


def _read_mixpanel(source: Source) -> Source:
    """Mixpanel exports an event again when it was sent again: the same event, person, time and insert id."""
    own = ("time", "distinct_id", "insert_id")
    event, at, person, insert = (
        matching(source, headers)[0] for headers in ("event name", *(f"{key} properties.{key}" for key in own))
    )

    def sent_again(table: Table) -> Column:
        keys = [text(table[column]) for column in (event, person, at, insert)]
        return (ibis.row_number().over(group_by=keys) > 0) & text(table[insert]).notnull()

    source = without(source, sent_again, note("row.event_twice"))
    source = with_columns(known_people(source, "distinct_id properties.distinct_id"), {KIND: ibis.literal("event")})
    return hinted(source, feature=event, at=at, kind=source.columns[-1])


def _read_tracks(source: Source) -> Source:
    return known_people(source, "user_id")


def _pages(source: Source) -> bool:
    return bool(matching(source, "path url")) and not has(source, "event")


def _read_pages(source: Source) -> Source:
    source = known_people(source, "user_id")
    (column, *_) = matching(source, "path url")
    source = with_columns(source, {"Page": path_of(text(source.table[column]))})
    return hinted(source, feature=source.columns[-1])


def _identifies(source: Source) -> bool:
    """The calls that say who somebody is; those about groups, aliases, screens and pages have the same columns."""
    return has(source, "email") and not matching(source, "event path url group_id previous_id")


def _read_identifies(source: Source) -> Source:
    source = without(source, lambda t: is_blank(t[matching(source, "user_id")[0]]), note("row.visit_of_nobody"))
    return latest(source, *matching(source, "user_id received_at"), note("row.earlier_person"))


def _users(source: Source) -> bool:
    context = any(name.startswith("context") for name in spelled(source))
    return (context or has(source, "uuid_ts")) and not matching(source, "anonymous_id event user_id")


def _read_ga4(source: Source) -> Source:
    source = known_people(source, "user_id user_pseudo_id")
    if not has(source, "event_params"):
        return source
    (event,), (params,) = matching(source, "event_name"), matching(source, "event_params")
    return with_pages(source, event, "page_view", lambda t: _page_location(t[params]))


def _page_location(params: Column) -> StringValue:
    """The address among the parameters of an event, nested or as JSON text.

    Ibis 12 writes the condition of a filter in a way that DuckDB 2 no longer takes, so there it is JSON.
    """
    if params.type().is_array() and params.get_backend().name != "duckdb":
        return nested_location(params)
    nested = params.cast("json") if params.type().is_array() else params
    return text(text(nested).re_extract(PAGE_PARAMETER, 1))


def nested_location(params: ArrayValue) -> StringValue:
    """The address among parameters that are nested as BigQuery has them."""
    return params.filter(lambda parameter: parameter["key"] == "page_location")[0]["value"]["string_value"]


AMPLITUDE = Layout(
    "Amplitude export",
    "usage",
    "amplitude_id event_type event_time user_id device_id",
    {"feature": "event_type", "at": "event_time"},
    read=_read_amplitude,
)
MIXPANEL_LINES = Layout("Mixpanel export", "usage", "event properties", fits=_mixpanel_lines, read=_read_mixpanel_lines)
MIXPANEL_FLAT = Layout(
    "Mixpanel export",
    "usage",
    "event properties.time properties.distinct_id properties.$insert_id",
    read=_read_mixpanel,
)
MIXPANEL = Layout(
    "Mixpanel events", "usage", "name time distinct_id insert_id mp_processing_time_ms", read=_read_mixpanel
)
SENT = "anonymous_id user_id received_at sent_at"
TRACKS = Layout(
    "Segment or RudderStack tracks",
    "usage",
    f"{SENT} event event_text",
    {"feature": "event_text", "at": "timestamp original_timestamp received_at"},
    read=_read_tracks,
)
PAGES = Layout(
    "Segment or RudderStack pages",
    "usage",
    SENT,
    {"at": "timestamp original_timestamp received_at"},
    fits=_pages,
    read=_read_pages,
)
IDENTIFIES = Layout(
    "Segment or RudderStack identifies",
    "people",
    SENT,
    {"person_id": "user_id"},
    fits=_identifies,
    read=_read_identifies,
)
USERS = Layout("Segment or RudderStack users", "people", "id received_at", {"person_id": "id"}, fits=_users)
GA4 = Layout(
    "Google Analytics 4 export",
    "usage",
    "event_date event_timestamp event_name user_pseudo_id",
    {"feature": "event_name", "at": "event_timestamp"},
    read=_read_ga4,
)
LAYOUTS = (AMPLITUDE, MIXPANEL_LINES, MIXPANEL_FLAT, MIXPANEL, TRACKS, PAGES, IDENTIFIES, USERS, GA4)
