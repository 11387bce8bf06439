"""What the filters offer, given the data at hand."""

import nps
from nps.measures import kinds
from nps.selection import Choice
from nps.selection.clauses import KINDS


def people_options(data: nps.Panel) -> list[Choice]:
    """Every value that people can be filtered by, of every kind of filter that lists some."""
    return [choice for kind in KINDS if issubclass(kind, Choice) for choice in kind.options(data)]


def survey_options(data: nps.Panel) -> list[tuple[str, ...]]:
    """All surveys, (); the surveys of each kind where there are several kinds; each survey. None where there is one."""
    known = data.surveys
    if len(known) < 2:
        return []
    several = kinds.groups(known).values() if data.main_surveys else ()
    return list(dict.fromkeys([(), *several, *((name,) for name in sorted(known["survey"]))]))


def survey_label(data: nps.Panel, surveys: tuple[str, ...]) -> str:
    """What an option of `survey_options` is called."""
    if not surveys:
        return "All surveys together" if data.main_surveys else "All surveys"
    kind = next((kind for kind, names in kinds.groups(data.surveys).items() if names == surveys), "")
    return surveys[0] if len(surveys) == 1 else f"All {kind} surveys" if kind else ", ".join(surveys)
