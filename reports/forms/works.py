"""What the reports on repairs, transfers, disposals and terms ask for."""

from collections.abc import Sequence

from django import forms

from reports.building import Level
from reports.forms.parameters import PeriodForm


def by_field(more: Sequence[tuple[str, str]], *, initial: str = Level.CATEGORY) -> forms.ChoiceField:
    """What a line stands for: a category, a unit, or something of the report's own."""
    return forms.ChoiceField(label="Tổng hợp", choices=[*Level.choices, *more], initial=initial)


class RepairsForm(PeriodForm):
    """By the day on which devices came back."""

    level = by_field([("kind", "Theo loại việc"), ("place", "Theo nơi sửa chữa"), ("month", "Theo tháng")])


class TransfersForm(PeriodForm):
    """By the day of the hand-over."""

    level = forms.ChoiceField(label="Tổng hợp", choices=Level.choices, initial=Level.UNIT)


class DisposalsForm(PeriodForm):
    """By the day on which disposals were carried out."""

    level = by_field([("way", "Theo hình thức"), ("reason", "Theo lý do")])


class TermsForm(PeriodForm):
    """By the day on which something was due."""

    level = forms.ChoiceField(
        label="Tổng hợp", choices=[("unit", "Theo đơn vị"), ("kind", "Theo loại việc")], initial="unit"
    )
