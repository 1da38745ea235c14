"""Repairs that are done: how many, what they cost, how long they took."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Aggregate, Count, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum

from analysis.narrowing import RECENT, RepairCostFilter
from analysis.rules.periods import Recent
from analysis.rules.topics import TopicKey
from analysis.topics.common import KINDS, choice, kinds, periods, units
from analysis.topics.parts import Dimension, Frame, Measure, Member, Topic, part, ratio
from equipment.models import Equipment
from repairs.queries import costs
from repairs.rules.flow import Place, RepairKind, Result

GONE = Member("gone", "Thiết bị đã chuyển đơn vị khác", (1,))


def _rows(frame: Frame, _one_by_one: bool) -> QuerySet:  # noqa: FBT001 - the topic's call
    """The category is asked for beside the row: a join would lose repairs of devices that now belong to others."""
    device = Equipment.objects.visible_to(frame.user).filter(pk=OuterRef("equipment")).order_by()
    return costs(frame.user).annotate(device_category=Subquery(device.values("category")[:1]))


def _of_device(kind: Dimension) -> Dimension:
    """The dimension as the list of repairs has it: it can't be asked for it, and some devices are gone."""

    def member(frame: Frame, pk: Any) -> Member:
        found = kind.member(frame, pk)
        return Member(found.key, found.label, found.order) if pk is not None else GONE

    return Dimension(kind.key, kind.label, KINDS, kind.by, member)


def _components(_frame: Frame, _one_by_one: bool) -> Mapping[str, Aggregate]:  # noqa: FBT001 - the topic's call
    dates = (F("repair__returned_on"), F("repair__sent_on"))
    days = Func(*dates, template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())
    return {
        "n": Count("pk"),
        "cost": Sum("cost"),
        "days": Sum(days),
        "lost": Count("pk", filter=Q(result=Result.BEYOND_REPAIR)),
    }


REPAIRS = Topic(
    key=TopicKey.REPAIRS.value,
    label=TopicKey.REPAIRS.label,
    about="Lần sửa chữa, bảo hành, bảo trì, nâng cấp đã hoàn thành, theo ngày nhận lại; mỗi thiết bị một lần.",
    noun="lần sửa chữa",
    filterset=RepairCostFilter,
    dimensions=(
        *units(),
        *(_of_device(kind) for kind in kinds("device_category")),
        choice("kind", "Loại việc", RepairKind, by="repair__kind"),
        choice("result", "Kết quả", Result),
        choice("sent_to", "Nơi thực hiện", Place, by="repair__sent_to"),
        *periods("nhận lại", "repair__returned_on", asks="returned"),
    ),
    measures=(
        Measure("n", "Số lần", "number", ("n",), part("n")),
        Measure("cost", "Chi phí", "money", ("cost",), part("cost")),
        Measure("mean", "Chi phí bình quân", "money", ("cost", "n"), ratio("cost", "n"), additive=False),
        Measure("days", "Số ngày bình quân", "decimal", ("days", "n"), ratio("days", "n"), additive=False),
        Measure(
            "lost",
            "Tỷ lệ không sửa được",
            "percent",
            ("lost", "n"),
            ratio("lost", "n", 100),
            additive=False,
            asks={"result": Result.BEYOND_REPAIR.value},
        ),
    ),
    rows=_rows,
    components=_components,
    needs_rows=lambda _: False,
    list_name="repairs:costs",
    list_asks={"view": "all"},
    day="returned",
    usual_rows=("kind",),
    usual_columns="quarter",
    preset={RECENT: Recent.THIS_YEAR.value},
)
