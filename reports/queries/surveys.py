"""What units have entered for BC01 and BC02, as data: for reports, for freezing, and for pages."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count

from core.documents import documents_of
from orgs.models import OrgUnit
from reports.bc_forms import bc01, bc02_by_code
from reports.models import Survey, SurveyItem, SurveySoftware
from reports.rules.merging import merged, nothing
from reports.rules.surveys import NAMED, Form, Item, RowKind, SoftwareRow


def survey_of(unit: OrgUnit, year: int) -> dict[str, Any]:
    """All that the unit has entered for a year, in the shape of `reports.rules.surveys`: the same bytes for the same
    answers. The caller got the unit through a door, or is elevated. Three queries.
    """
    return surveys_of([unit], year)[unit.pk]


def surveys_of(units: Sequence[OrgUnit], year: int) -> dict[int, dict[str, Any]]:
    """The same for many units, by their keys. Units that entered nothing are told of, too. Three queries."""
    made = {unit.pk: _empty(unit) for unit in units}
    codes = {unit.pk: unit.code for unit in units}
    found = Survey.objects.filter(unit__in=codes, year=year).scoped()
    surveys = {survey.pk: survey for survey in found.order_by("pk")}
    for survey in surveys.values():
        result = made[survey.unit_id]
        result["units"][0]["forms"][survey.form] = survey.state
        if survey.proposal:
            text = {"unit": codes[survey.unit_id], "form": survey.form, "text": survey.proposal}
            result["proposals"] = sorted([*result["proposals"], text], key=lambda one: one["form"])
    for row in SurveySoftware.objects.filter(survey__in=surveys).scoped().order_by("survey", "position", "pk"):
        form = surveys[row.survey_id].form
        columns = {rule.name: getattr(row, rule.name) for rule in bc01(form) if rule.name not in {"name", "code"}}
        said = {"unit": codes[row.unit_id], **{name: value for name, value in columns.items() if value}}
        made[row.unit_id][form].append({"name": row.name, "code": row.code, "by_unit": [said]})
    for item in SurveyItem.objects.filter(survey__in=surveys).scoped().order_by("survey", "position", "pk"):
        _add(made[item.unit_id][Form.NETWORK], item, codes[item.unit_id])
    return {pk: _ordered(one) for pk, one in made.items()}


def _empty(unit: OrgUnit) -> dict[str, Any]:
    told = {"unit": unit.code, "name": unit.name, "forms": dict.fromkeys(Form.values, "")}
    return {**nothing(), "units": [told]}


def _add(rows: dict[str, Any], item: SurveyItem, unit: str) -> None:
    kind = bc02_by_code()[item.code].kind if item.code in bc02_by_code() else RowKind.COUNT
    row = rows.setdefault(item.code, {"good": 0, "fair": 0, "poor": 0, "has": 0, "lacks": 0, "said": []})
    counts = {name: getattr(item, name) or 0 for name in ("good", "fair", "poor")}
    for name, many in counts.items():
        row[name] += many
    row["has"] += (item.answer is True) or (kind == RowKind.NAMES)
    row["lacks"] += item.answer is False
    if item.note or kind in NAMED:
        told = {"unit": unit, "name": item.name, **counts, "note": item.note}
        row["said"].append({name: value for name, value in told.items() if value})


def _ordered(made: dict[str, Any]) -> dict[str, Any]:
    """As merging would leave it, so that one unit's survey and a sum of one are the same."""
    return merged(made, [])


def states_of(unit: OrgUnit, year: int) -> dict[str, str]:
    """By form, the state of the unit's survey; the empty string where it hasn't begun. One query."""
    found = Survey.objects.filter(unit=unit, year=year).scoped().values_list("form", "state")
    return {**dict.fromkeys(Form.values, ""), **dict(found)}


def with_rows(unit: OrgUnit, year: int) -> list[Survey]:
    """The unit's surveys of a year and of the year before, with how many rows each has (`many`). One query.

    The caller got the unit through a door.
    """
    rows = Survey.objects.filter(unit=unit, year__in=(year - 1, year)).scoped()
    return list(rows.annotate(many=Count("items", distinct=True) + Count("software", distinct=True)))


def former_of(survey: Survey) -> Survey | None:
    """The same form of the unit's year before, if there is one."""
    rows = Survey.objects.of_unit(survey.unit).filter(form=survey.form, year=survey.year - 1)
    return rows.first()


def items_of(survey: Survey) -> list[Item]:
    """The rows of a BC02, which came through its door, in their order."""
    return [Item(row.code, row.name, row.good, row.fair, row.poor, row.answer, row.note) for row in survey.items.all()]


def software_of(survey: Survey) -> list[SoftwareRow]:
    """The rows of a part of BC01, which came through its door, in their order."""
    columns = [rule.name for rule in bc01(survey.form) if rule.name != "name"]
    return [SoftwareRow(row.name, {name: getattr(row, name) for name in columns}) for row in survey.software.all()]


def papers_of(survey: Survey) -> frozenset[str]:
    """The kinds of paper that the survey has."""
    return frozenset(documents_of(survey).values_list("kind", flat=True))


def units_below(unit: OrgUnit, *, below: bool) -> list[OrgUnit]:
    """The agencies that a report is about: the unit, and with `below` everything under it."""
    rows: Iterable[OrgUnit] = OrgUnit.objects.agencies().filter(path__startswith=unit.path)
    return list(rows) if below else [unit]
