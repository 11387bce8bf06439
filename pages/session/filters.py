"""The filters of the line, as one value with the region of the map."""

import nps
from nps.notes import note
from nps.selection import Choice
from pages.session import keys, options
from pages.session.notices import say
from pages.session.region import set_region

WINDOWS = (30, 60, 90, 180, 365)


def begin() -> None:
    """Each run: Streamlit drops the filters that this data does not show."""
    for key in keys.FILTERS:
        key.begin()


def selection() -> nps.Selection:
    """The filters of the line and the region of the map as one value."""
    period = keys.PERIOD.get()
    filters = nps.Selection(
        clauses=keys.PEOPLE.get(),
        period=tuple(sorted(period)) if len(period) == 2 else None,
        survey=keys.SURVEY.get(),
        repeats=keys.REPEATS.get(),
        like_promoters=keys.LIKE_PROMOTERS.get(),
    )
    return filters.within(keys.REGION.get())


def show_selection(wanted: nps.Selection) -> None:
    """Take over filters and region, for instance of a finding."""
    keys.PERIOD.put(wanted.period or ())
    keys.SURVEY.put(wanted.survey or ())
    keys.PEOPLE.put([one for choice in wanted.of(Choice) for one in choice.each()])
    keys.REPEATS.put(wanted.repeats.value)  # as the widget has it
    set_region(wanted.region, like_promoters=wanted.like_promoters)


def only(wanted: Choice) -> None:
    """Put a filter in place of others of its kind."""
    keys.PEOPLE.put([*(choice for choice in keys.PEOPLE.get() if choice.keyword != wanted.keyword), wanted])


def narrow(wanted: Choice) -> None:
    """Put a filter in place of others of its kind; where it stands already, it goes."""
    if wanted in keys.PEOPLE.get():
        keys.PEOPLE.put([choice for choice in keys.PEOPLE.get() if choice != wanted])
    else:
        only(wanted)


def window() -> int:
    """Days before an answer whose usage counts. In a callback, data without usage has left nothing chosen."""
    return keys.WINDOW.get()


def survey_start() -> tuple[str, ...]:
    """The surveys that are counted until somebody chooses: all, (), unless they are of different kinds."""
    return keys.SURVEY_START.get()


def narrowed() -> bool:
    """Whether any filter differs from where it starts."""
    start = nps.Selection(survey=survey_start(), like_promoters=keys.LIKE_PROMOTERS.get())
    return selection().filters != start or any(key.get() != key.default for key in (keys.WINDOW, keys.MEASURE))


def other_rules() -> list[str]:
    """The rules of counting that differ from where they start, by name."""
    return [key.name for key in (keys.REPEATS, keys.WINDOW, keys.MEASURE) if key.get() != key.default]


def clear_filters() -> None:
    """All filters back to where they start; the region stays."""
    for key in keys.FILTERS:
        key.put(key.default)


def fit_filters(data: nps.Panel) -> None:
    """Filters that this data cannot know, from a link or from another window, are left out and said.

    Where nobody has chosen and the surveys are of different kinds, only those of one kind are counted, which is said.
    """
    keys.SURVEY_START.put(data.main_surveys or ())
    if keys.SURVEY.get() is None and keys.SURVEY.put(survey_start()):
        say(note("filters.different_kinds"))
    if not all([_fit_people(data), _fit_surveys(data), _fit_period(data)]):
        say(note("filters.left_out"))
    if keys.LIKE_PROMOTERS.get() and data.like_promoters.hidden:
        keys.LIKE_PROMOTERS.put(False)
        say(note("filters.nobody_like_promoters", why=data.like_promoters.hidden.value))
    if keys.MEASURE.get() not in (data.measures or (keys.MEASURE.default,)):
        keys.MEASURE.put(data.measure)


def _fit_people(data: nps.Panel) -> bool:
    offered, wanted = {*options.people_options(data)}, keys.PEOPLE.get()
    return _fitted(keys.PEOPLE, type(wanted)(each for each in wanted if each in offered or each.fits(data)))


def _fit_surveys(data: nps.Panel) -> bool:
    wanted = keys.SURVEY.get()
    return _fitted(keys.SURVEY, wanted if {*data.surveys["survey"]}.issuperset(wanted) else survey_start())


def _fit_period(data: nps.Panel) -> bool:
    return _fitted(keys.PERIOD, keys.PERIOD.get() if data.period else ())


def _fitted(key: keys.Key, value: object) -> bool:
    """Put what is known of a filter; whether that is all of it."""
    same = key.get() == value
    if not same:
        key.put(value)
    return same
