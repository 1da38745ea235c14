"""What units have to do by a day, and how they keep it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Case, Count, IntegerField, QuerySet, Value, When

from analysis.narrowing import RECENT, DutyFilter
from analysis.rules.periods import Recent
from analysis.rules.topics import TopicKey
from analysis.topics.common import MORE, choice, periods, units
from analysis.topics.parts import Dimension, Frame, Measure, Member, Number, Parts, Topic, part
from deadlines.models import Obligation
from deadlines.querysets import standing_so
from deadlines.rules import Kind
from deadlines.rules.standings import COUNTED, Stand, on_time_rate, percent

STANDS = list(Stand)


def _stand(frame: Frame) -> Any:
    whens = [When(standing_so(stand, frame.today), then=Value(at)) for at, stand in enumerate(STANDS)]
    return Case(*whens, output_field=IntegerField())


def _stand_member(_frame: Frame, at: Any) -> Member:
    stand = STANDS[at]
    return Member(stand.value, stand.label, (0, at), {"state": stand.value})


def _rows(frame: Frame, _one_by_one: bool) -> QuerySet:  # noqa: FBT001 - the topic's call
    return Obligation.objects.visible_to(frame.user)


def _components(frame: Frame, _one_by_one: bool) -> Mapping[str, Aggregate]:  # noqa: FBT001 - the topic's call
    stands = {stand.value: Count("pk", filter=standing_so(stand, frame.today)) for stand in Stand}
    return {"n": Count("pk"), **stands}


def _rate(parts: Parts) -> Number | None:
    rate = on_time_rate(in_time=parts[Stand.IN_TIME], late=parts[Stand.LATE], overdue=parts[Stand.OVERDUE])
    if rate is None:
        return None
    tenths = percent(rate)
    return Decimal(tenths.numerator) / tenths.denominator


def _stood(stand: Stand, label: str) -> Measure:
    return Measure(stand.value, label, "number", (stand.value,), part(stand.value), asks={"state": stand.value})


DUTIES = Topic(
    key=TopicKey.DUTIES.value,
    label=TopicKey.DUTIES.label,
    about="Việc có hạn theo ngày đến hạn; tỷ lệ đúng hạn không tính việc được miễn và việc còn trong hạn.",
    noun="việc",
    filterset=DutyFilter,
    dimensions=(
        *units(),
        choice("kind", "Việc phải làm", Kind),
        Dimension("state", "Tình hình", MORE, _stand, _stand_member),
        *periods("đến hạn", "due_date", asks="due"),
    ),
    measures=(
        Measure("n", "Số việc", "number", ("n",), part("n")),
        Measure("rate", "Tỷ lệ đúng hạn", "percent", tuple(s.value for s in COUNTED), _rate, additive=False, asks=None),
        _stood(Stand.IN_TIME, "Đúng hạn"),
        _stood(Stand.LATE, "Trễ hạn"),
        _stood(Stand.OVERDUE, "Quá hạn, chưa làm"),
        _stood(Stand.RUNNING, "Đang trong hạn"),
        _stood(Stand.WAIVED, "Được miễn"),
    ),
    rows=_rows,
    components=_components,
    needs_rows=lambda _: False,
    list_name="deadlines:list",
    list_asks={"view": "all"},
    day="due",
    usual_rows=("kind",),
    usual_columns="state",
    preset={RECENT: Recent.THIS_YEAR.value},
)
