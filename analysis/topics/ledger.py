"""The books: what changed holdings, by kind and time."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Aggregate, Case, Count, IntegerField, Q, QuerySet, Sum, Value, When

from analysis.narrowing import RECENT, BooksFilter
from analysis.rules.periods import Recent
from analysis.rules.topics import TopicKey
from analysis.topics.common import MORE, choice, kinds, periods, units
from analysis.topics.parts import Dimension, Frame, Measure, Member, Topic, part
from equipment.models import LedgerEntry
from equipment.rules.lifecycle import EntryKind

SIDES = (("in", "Tăng số lượng"), ("out", "Giảm số lượng"), ("none", "Không đổi số lượng"))
UP, DOWN = Q(quantity__gt=0), Q(quantity__lt=0)


def _side(_frame: Frame) -> Any:
    return Case(When(UP, then=Value(0)), When(DOWN, then=Value(1)), default=Value(2), output_field=IntegerField())


def _side_member(_frame: Frame, at: Any) -> Member:
    key, label = SIDES[at]
    return Member(key, label, (0, at))


def _rows(frame: Frame, _one_by_one: bool) -> QuerySet:  # noqa: FBT001 - the topic's call
    return LedgerEntry.objects.visible_to(frame.user)


def _components(_frame: Frame, _one_by_one: bool) -> Mapping[str, Aggregate]:  # noqa: FBT001 - the topic's call
    return {
        "n": Count("pk"),
        "up": Sum("quantity", filter=UP),
        "down": Sum("quantity", filter=DOWN),
        "gain": Sum("value", filter=Q(value__gt=0)),
        "loss": Sum("value", filter=Q(value__lt=0)),
    }


def _both(one: str, other: str) -> Any:
    return lambda parts: parts[one] + parts[other]


LEDGER = Topic(
    key=TopicKey.LEDGER.value,
    label=TopicKey.LEDGER.label,
    about="Bút toán tăng, giảm trên sổ của từng đơn vị, theo ngày hiệu lực.",
    noun="bút toán",
    filterset=BooksFilter,
    dimensions=(
        *units(),
        *kinds(),
        choice("kind", "Loại bút toán", EntryKind),
        Dimension("side", "Tăng, giảm", MORE, _side, _side_member),
        *periods("hiệu lực", "effective_date", asks="on"),
    ),
    measures=(
        Measure("n", "Số bút toán", "number", ("n",), part("n")),
        Measure("up", "Số lượng tăng", "number", ("up",), part("up"), asks=None),
        Measure("down", "Số lượng giảm", "number", ("down",), lambda parts: -parts["down"], asks=None),
        Measure("net", "Chênh lệch số lượng", "number", ("up", "down"), _both("up", "down"), signed=True),
        Measure("gain", "Giá trị tăng", "money", ("gain",), part("gain"), asks=None),
        Measure("loss", "Giá trị giảm", "money", ("loss",), lambda parts: -parts["loss"], asks=None),
        Measure("worth", "Chênh lệch giá trị", "money", ("gain", "loss"), _both("gain", "loss"), signed=True),
    ),
    rows=_rows,
    components=_components,
    needs_rows=lambda _: False,
    list_name="reports:entries",
    list_asks={"view": "all"},
    day="on",
    usual_rows=("kind",),
    usual_columns="quarter",
    preset={RECENT: Recent.THIS_YEAR.value},
)
