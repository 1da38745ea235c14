"""The rows of a survey: only what differs is written, so that the history tells who changed what."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from django.db import models

from accounts.models import User
from core.transitions import save_with_reason
from reports.bc_forms import bc01, bc02
from reports.models import Survey, SurveyItem, SurveySoftware
from reports.rules.surveys import Item, SoftwareRow

M = TypeVar("M", bound=models.Model)


def write_items(survey: Survey, items: Sequence[Item], *, by: User) -> None:
    """Make the rows of a BC02 these, in the order of the form. The caller holds the survey."""
    order = {rule.code: place for place, rule in enumerate(bc02())}
    placed = sorted(items, key=lambda item: order[item.code])
    wanted = [{**asdict(item), "position": place} for place, item in enumerate(placed)]
    _write(survey, SurveyItem, ("code", "name"), list(survey.items.all()), wanted, by=by)


def write_software(survey: Survey, rows: Iterable[SoftwareRow], *, by: User) -> None:
    """Make the rows of a part of BC01 these. The caller holds the survey."""
    names = [rule.name for rule in bc01(survey.form) if rule.name != "name"]
    wanted = [
        {"name": row.name, "position": place, **{name: row.values.get(name, "") for name in names}}
        for place, row in enumerate(rows)
    ]
    _write(survey, SurveySoftware, ("name",), list(survey.software.all()), wanted, by=by)


def _write(
    survey: Survey, model: type[M], key: Sequence[str], standing: list[M], wanted: list[dict[str, Any]], *, by: User
) -> None:
    left: dict[Hashable, list[M]] = {}
    for row in standing:
        left.setdefault(tuple(getattr(row, name) for name in key), []).append(row)
    kept: list[tuple[M, dict[str, Any]]] = []
    for values in wanted:
        same = left.get(tuple(values[name] for name in key))
        kept.append((same.pop(0) if same else model(survey=survey, unit=survey.unit), values))
    # What goes makes room first: a row may come back under the key of one that went.
    for row in (row for rows in left.values() for row in rows):
        vars(row).update(_history_user=by, _change_reason="Bỏ khỏi phiếu")
        row.delete()
    for row, values in kept:
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            save_with_reason(row, by=by, reason="Lưu phiếu")
