"""Columns of wear in the lists of devices, and the tables of the circulars behind them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from equipment.queries.depreciation import figures_of_facts, rows_of
from equipment.rules.depreciation import Figures, closed_year
from equipment.rules.figures import last_day
from ui.cells import Row
from ui.formats import money
from ui.tables import Column, Table

FIGURES = "wear"  # where a prepared row keeps them
FACTS = ("category", "received_on", "status")


def _figures(row: Row) -> Figures | None:
    return row.get(FIGURES)


def _amount(name: str) -> Any:
    def value(row: Row) -> int | None:
        figures = _figures(row)
        return getattr(figures, name) if figures and figures.counted else None

    return value


def _shown(name: str) -> Any:
    amount = _amount(name)
    return lambda row: "" if (value := amount(row)) is None else money(value)


def _closed_on(row: Row) -> date | None:
    figures = _figures(row)
    return last_day(figures.year) if figures and figures.counted else None


def _money(name: str, label: str) -> Column:
    render, value = _shown(name), _amount(name)
    return Column(name, label, key="", kind="money", shown=False, also=FACTS, render=render, export_value=value)


WEAR_COLUMNS = (
    _money("accumulated", "Hao mòn lũy kế"),
    _money("residual", "Giá trị còn lại"),
    Column(
        "wear_on",
        "Hao mòn đến",
        key="",
        kind="date",
        shown=False,
        also=FACTS,
        render=lambda row: f"{day:%d/%m/%Y}" if (day := _closed_on(row)) else "",
        export_value=_closed_on,
    ),
)
_NAMES = frozenset(column.name for column in WEAR_COLUMNS)


class WearMixin(Table):
    """For tables of devices: the figures at the end of `wear_year`, by default of the last year that is closed."""

    wear_year: int | None = None

    @classmethod
    def as_of(cls, year: int | None) -> type[Table]:
        """The same table with the figures at the end of `year`."""
        if year is None:
            return cls
        # It keeps its name: by it the columns that a person chose are known again.
        return type(cls.__name__, (cls,), {"wear_year": year, "__module__": cls.__module__})

    @classmethod
    def prepare(cls, rows: Sequence[dict[str, Any]], columns: Sequence[Column]) -> None:
        """Count the wear of these devices, when a column of it is shown."""
        if rows and any(column.name in _NAMES for column in columns):
            year = cls.wear_year or closed_year(timezone.localdate())
            figures: Mapping[int, Figures] = figures_of_facts(rows_of(rows), on=last_day(year))
            for row in rows:
                row[FIGURES] = figures[row["pk"]]


class RateTable(Table):
    caption = "Tỷ lệ hao mòn"
    card_title = "category"
    order = ("-regime__valid_from", "category__position")
    columns = (
        Column(
            "category",
            "Loại, nhóm",
            key="category__name",
            sort="category__position",
            link=lambda row: reverse("catalogue:rate", args=[row["pk"]]),
        ),
        Column("regime", "Chế độ", key="regime__code", kind="code", sort="regime__valid_from"),
        Column("life_years", "Số năm", kind="number", sort="life_years"),
        Column("rate", "% năm", sort="rate", render=lambda row: percent(row["rate"])),
        Column("threshold", "Từ mức", kind="money", sort="threshold"),
        Column("source", "Căn cứ"),
        Column("confidence", "Độ tin cậy", shown=False),
    )


class RegimeTable(Table):
    caption = "Chế độ hao mòn"
    card_title = "code"
    order = ("-valid_from",)
    columns = (
        Column(
            "code",
            "Ký hiệu",
            kind="code",
            sort="code",
            link=lambda row: reverse("catalogue:regime", args=[row["pk"]]),
        ),
        Column("valid_from", "Áp dụng từ", kind="date", sort="valid_from"),
        Column("valid_to", "Đến hết ngày", kind="date", sort="valid_to"),
        Column("restates", "Tính lại mức hao mòn", kind="bool"),
        Column("source", "Căn cứ"),
    )


def percent(rate: Any) -> str:
    """12.50 as "12,5 %"; nothing for none."""
    return f"{rate.normalize():f} %".replace(".", ",") if rate is not None else ""
