"""Which categories a report has figures of."""

from equipment.models import Category
from yearend.models import AnnualReport
from yearend.rules.figures import lines_of


def named() -> dict[str, str]:
    """Names of the categories that devices are recorded under, by code, in the order of the catalogue. One query."""
    return dict(Category.objects.filter(holds_equipment=True).values_list("code", "name"))


def noted(report: AnnualReport) -> dict[str, str]:
    """Names by code of what gets a note: what the draft has figures of, and what has a note already."""
    known = {*lines_of(report.draft, "own"), *report.notes}
    return {code: name for code, name in named().items() if code in known}
