"""Doors of surveys."""

from collections.abc import Mapping
from datetime import date

from django.http import Http404

from accounts.models import User
from core.scope import ScopedQuerySet
from dossiers.policies import Check, records, seen
from equipment.queries.periods import closed_until
from orgs.models import OrgUnit
from orgs.policies import access_unit
from reports.models import Survey


def last_day(year: int) -> date:
    """The day whose closing closes the surveys of that year."""
    return date(year, 12, 31)


def closed(survey: Survey) -> bool:
    """Whether the books of the survey's year are closed, and it with them. One query."""
    return year_closed(survey.unit, survey.year)


def year_closed(unit: OrgUnit, year: int) -> bool:
    """Whether the unit's books of that year are closed. One query; the caller got the unit through a door."""
    until = closed_until(unit)
    return until is not None and last_day(year) <= until


def _papers(user: User, survey: Survey) -> bool:
    return records(user, survey) and not closed(survey)


# Whether the books are still open for a form is for the actions to judge: they say what to do.
SURVEY_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "edit": records,
    "copy": records,
    "attach": _papers,
    "detach": _papers,
}


def survey_rows() -> ScopedQuerySet:
    """Surveys with what their pages read."""
    return Survey.objects.select_related("unit", "created_by")


def surveyed_unit(user: User, code: str) -> OrgUnit:
    """The unit whose surveys are asked for, by default one's own: 404 for what isn't seen, or keeps no books."""
    unit = access_unit(user, code or user.unit.code)
    if not unit.is_agency:
        raise Http404
    return unit
