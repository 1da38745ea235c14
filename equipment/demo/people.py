"""People of the units that the demonstration shows, and what they hold: made by the real steps."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from accounts.demo import BA_DINH, DA_NANG, HANOI, HOAN_KIEM, person
from accounts.models import User
from accounts.rules import Kind
from equipment.actions import holdings
from equipment.actions.assignment import Transfer, assign
from equipment.actions.norm_standings import count_all
from equipment.models import Equipment
from equipment.queries.arrivals import arrivals
from equipment.rules.assignment import AssignmentKind, RecoveryReason
from equipment.rules.lifecycle import Status
from orgs.models import OrgUnit
from personnel.actions.people import settle
from personnel.models import Employee, Title
from personnel.rules import EmployeeState, Source

SEED = 7132
REASON = "Dữ liệu minh họa"
# code of the unit: how many people, who tells of them, the posts of the first
UNITS = (
    (BA_DINH, 14, Source.HAND, ("GDH", "PGDH", "TT", "TT")),
    (HOAN_KIEM, 10, Source.HR, ("GDH", "PGDH", "TT")),
    (HANOI, 24, Source.HR, ("GDT", "PGDT", "TP", "PTP", "TP", "CVC")),
    (DA_NANG, 16, Source.HR, ("GDT", "PGDT", "TP", "PTP", "CVC")),
)
COMPUTERS = ("MAY_TINH_BAN", "MAY_XACH_TAY")


def make_people() -> int:
    """Some people in each unit with a computer each; one holds two, one has retired. How many hand-overs there are."""
    rng = Random(SEED)  # noqa: S311 - data to look at, no secret
    made = sum(_of_unit(code, many, source, posts, rng) for code, many, source, posts in UNITS)
    count_all()  # as the night would: dashboards show what norms allow from the first minute on
    return made


def _of_unit(code: str, many: int, source: Source, posts: tuple[str, ...], rng: Random) -> int:
    unit = OrgUnit.objects.get(code=code)
    titles = {title.code: title for title in Title.objects.all()}
    rooms = list(OrgUnit.objects.departments_of(unit).in_force(timezone.localdate())) or [None]
    people = []
    for number in range(many):
        employee = Employee(
            code=f"BH{unit.pk:04}{number:03}" if source == Source.HR else f"{code}-CB{number + 1:04}",
            unit=unit,
            full_name=person(rng),
            title=titles[posts[number] if number < len(posts) else "CV"],
            room=rooms[number % len(rooms)],
            source=source,
        )
        settle(employee, {"state": EmployeeState.WORKING.value}, by=None, reason=REASON)
        people.append(employee)
    by = User.objects.get(unit=unit, kind=Kind.BUSINESS, is_active=True)
    reader = User.objects.filter(unit=unit, kind=Kind.LOOKUP, is_active=True).first()
    if reader is not None:
        settle(people[-1], {"account": reader, "full_name": reader.full_name}, by=None, reason=REASON)
    return _lend(people, unit, by)


def _lend(people: list[Employee], unit: OrgUnit, by: User) -> int:
    rows = Equipment.objects.filter(
        unit=unit, category__code__in=COMPUTERS, status__in=(Status.IN_USE, Status.IN_STOCK), reservation=None
    )
    devices = list(rows.select_related("unit", "category").order_by("-received_on", "pk")[: len(people) + 1])
    today, made, since = timezone.localdate(), 0, arrivals(devices)
    for number, (employee, device) in enumerate(zip([people[0], *people], devices, strict=False)):
        day = max(since[device.pk], today - timedelta(days=10 + 7 * number))
        given = Transfer(
            kind=AssignmentKind.HAND_OVER,
            devices=[device],
            on=day,
            employee=employee,
            keeper_name=by.full_name,
            norm_reason="Kiêm nhiệm hai bộ phận, được trang bị thêm",
        )
        assign(given, by=by)
        made += 1
    gone = people[1]
    settle(gone, {"state": EmployeeState.RETIRED.value, "state_since": today}, by=None, reason=REASON)
    holdings.open_recovery(
        employee=gone,
        unit=unit,
        code=gone.code,
        name=gone.full_name,
        reason=RecoveryReason.RETIRED,
        on=today,
    )
    return made
