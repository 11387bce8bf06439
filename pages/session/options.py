"""What the filters offer, given the data at hand."""

import nps
from nps.measures import kinds
from nps.selection import Choice
from nps.selection.clauses import KINDS, Segment
from nps.wording import _
from pages.session import views


@views.shared
def people_options(data: nps.Panel) -> list[Choice]:
    """Every value that people can be filtered by, of every kind of filter that lists some."""
    return [choice for kind in KINDS if issubclass(kind, Choice) for choice in kind.options(data)]


@views.shared
def people_counted(data: nps.Panel) -> dict[Choice, int]:
    """How many people each of `people_options` holds for, where that is quick to count: of segments."""
    latest = data.answers.iloc[data.latest_positions]
    return {
        Segment(name, (str(value),)): int(count)
        for name in data.segments
        for value, count in latest[name].value_counts().items()
    }


@views.shared
def survey_options(data: nps.Panel) -> list[tuple[str, ...]]:
    """All surveys, (); the surveys of each kind where there are several kinds; each survey. None where there is one."""
    known = data.surveys
    if len(known) < 2:
        return []
    of_kinds = kinds.groups(known).values() if data.main_surveys else ()
    return list(dict.fromkeys([(), *of_kinds, *((name,) for name in sorted(known["survey"]))]))


def survey_label(data: nps.Panel, surveys: tuple[str, ...]) -> str:
    """What an option of `survey_options` is called."""
    if not surveys:
        return _("All surveys together") if data.main_surveys else _("All surveys")
    if len(surveys) == 1:
        return surveys[0]
    kind = next((kind for kind, names in kinds.groups(data.surveys).items() if names == surveys), None)
    return ALL_OF_KIND[kind]() if kind else ", ".join(surveys)


ALL_OF_KIND = {
    kinds.RELATIONAL: lambda: _("All relational surveys"),
    kinds.TRANSACTIONAL: lambda: _("All transactional surveys"),
    kinds.UNKNOWN: lambda: _("All unknown surveys"),
}
