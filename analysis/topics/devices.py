"""Devices: counted from the tally, exact to the last commit; one by one only for what the tally doesn't know."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Aggregate, Case, Count, F, IntegerField, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractYear
from django.db.models.lookups import GreaterThanOrEqual, IsNull

from analysis.narrowing import DeviceFilter
from analysis.rules.topics import TopicKey
from analysis.topics.common import MORE, TIME, Lookup, choice, kinds, period, units
from analysis.topics.parts import UNKNOWN, Dimension, Frame, Measure, Member, Topic, part, ratio
from equipment.filters import TALLIED, whole_years
from equipment.models import Equipment, Tally
from equipment.rules.figures import Books, Life
from equipment.rules.lifecycle import Condition, FundSource, Status

LIVES = list(Life)


def _life(frame: Frame) -> Any:
    """Age in whole years against the years of use of the category (equipment.rules.figures.life_of)."""
    years = Lookup({kind.pk: kind.life_years for kind in frame.kinds.values()}, "category")
    return Case(
        When(IsNull(years, True), then=Value(LIVES.index(Life.UNSTATED))),  # noqa: FBT003 - the library's call
        When(GreaterThanOrEqual(_age(frame), years), then=Value(LIVES.index(Life.PAST))),
        default=Value(LIVES.index(Life.WITHIN)),
        output_field=IntegerField(),
    )


def _age(frame: Frame) -> Any:
    return Value(frame.today.year) - ExtractYear("received_on")


def _life_member(_frame: Frame, at: Any) -> Member:
    life = LIVES[at]
    return Member(life.value, life.label, (0, at), {"life": life.value})


def _brand(frame: Frame, pk: Any) -> Member:
    if pk not in frame.brands:
        return Member(UNKNOWN, "Không ghi hãng", (1,))
    return Member(str(pk), frame.brands[pk], (0, frame.brands[pk].casefold()), {"brand": str(pk)})


def _made(_frame: Frame, year: Any) -> Member:
    return Member(str(year), str(year), (0, year)) if year else Member(UNKNOWN, "Không ghi năm", (1,))


def _rows(frame: Frame, one_by_one: bool) -> QuerySet:  # noqa: FBT001 - the topic's call
    return (Equipment if one_by_one else Tally).objects.visible_to(frame.user)


def _components(frame: Frame, one_by_one: bool) -> Mapping[str, Aggregate]:  # noqa: FBT001 - the topic's call
    if one_by_one:
        return {"n": Count("pk"), "value": Sum("original_price"), "age": Sum(_age(frame))}
    return {"n": Sum("quantity"), "value": Sum("value"), "age": Sum(_age(frame) * F("quantity"))}


def _needs_rows(asked: Mapping[str, Any]) -> bool:
    """Whether the filters that are on ask for more than the tally knows."""
    on = {name: value for name, value in asked.items() if value}
    return not TALLIED.issuperset(on) or not whole_years(on.get("received"))


DEVICES = Topic(
    key=TopicKey.DEVICES.value,
    label=TopicKey.DEVICES.label,
    about="Thiết bị theo số liệu của thời điểm này: đếm đúng đến từng thiết bị.",
    noun="thiết bị",
    filterset=DeviceFilter,
    dimensions=(
        *units(),
        *kinds(),
        choice("status", "Trạng thái", Status),
        choice("condition", "Tình trạng", Condition),
        Dimension("life", "Thời gian sử dụng", MORE, _life, _life_member),
        period("year", "Năm tiếp nhận", "received_on", 12, asks="received"),
        period("quarter", "Quý tiếp nhận", "received_on", 3, asks="received", rows=True),
        Dimension("made", "Năm sản xuất", TIME, lambda _: "made_year", _made, rows=True, time=True),
        Dimension("brand", "Hãng sản xuất", MORE, lambda _: "model__brand", _brand, rows=True),
        choice("fund", "Nguồn kinh phí", FundSource, by="intake__fund_source", asks="", rows=True),
    ),
    measures=(
        Measure("n", "Số lượng", "number", ("n",), part("n")),
        Measure("value", "Nguyên giá", "money", ("value",), part("value")),
        Measure("mean", "Nguyên giá bình quân", "money", ("value", "n"), ratio("value", "n"), additive=False),
        Measure("age", "Tuổi bình quân (năm)", "decimal", ("age", "n"), ratio("age", "n"), additive=False),
    ),
    rows=_rows,
    components=_components,
    needs_rows=_needs_rows,
    list_name="equipment:list",
    list_asks={"view": "all"},
    day="received",
    usual_rows=("province",),
    usual_columns="condition",
    preset={"books": Books.ON.value},
)
