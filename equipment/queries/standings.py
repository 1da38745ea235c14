"""Excess and shortage of a unit as of a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from equipment.models import Equipment, Holding
from equipment.queries.norms import ISSUED, Around, Book, People, around_of
from equipment.rules import norms as rules
from equipment.rules.norms import Item, Scope, Standing
from orgs.models import OrgUnit
from personnel.models import Employee
from personnel.rules import EmployeeState


@dataclass(frozen=True)
class Line:
    """A row of the page of excess and shortage."""

    scope: Scope
    whose: str
    group: str
    items: str
    rule: str
    standing: Standing


def lines(unit: OrgUnit, day: date, book: Book | None = None) -> list[Line]:
    """How everybody, every room and the unit stand as of `day`, which is not ahead. The caller got `unit` by a door.

    `book` spares its queries to whoever asks of several units on the same day.
    """
    book = book or Book.of(day)
    past = day < timezone.localdate()
    people = _people_then(unit, day) if past else _people_now(unit)
    around, held = _then(book, unit, day, people) if past else _now(book, unit)
    rooms = dict(OrgUnit.objects.departments_of(unit).values_list("pk", "name"))
    found: list[Line] = []
    for one in book.sets:
        for key, (name, title) in people.items():
            group = one.group_of(title)
            own = rules.of_person(one.limits, group, held.get(key, [])) if group else []
            found += [Line(Scope.PERSON, name, group, book.named(now.limit), one.name, now) for now in own]
        for key, name in rooms.items():
            there = rules.of_room(one.limits, around.rooms.get(key, []))
            found += [Line(Scope.ROOM, name, "", book.named(now.limit), one.name, now) for now in there]
        titles: dict[int | None, int] = defaultdict(int)
        for _, title in people.values():
            titles[title] += 1
        shared = rules.of_unit(one.limits, People(titles).by_group(one), around.shared(one))
        found += [Line(Scope.UNIT, unit.name, "", book.named(now.limit), one.name, now) for now in shared]
    return found


Who = dict[int, tuple[str, int | None]]


def _people_now(unit: OrgUnit) -> Who:
    rows = Employee.objects.of_unit(unit).working().order_by("full_name", "pk")
    return {pk: (name, title) for pk, name, title in rows.values_list("pk", "full_name", "title")}


def _people_then(unit: OrgUnit, day: date) -> Who:
    """Who worked at the unit at the end of that day, as it was recorded then."""
    history = Employee.history.model
    rows = (
        history.objects.filter(unit=unit, history_date__date__lt=day + timedelta(days=1))
        .order_by("id", "-history_date", "-history_id")
        .distinct("id")
        .values_list("id", "full_name", "title_id", "state")
    )
    found = sorted((name, pk, title) for pk, name, title, state in rows if state == EmployeeState.WORKING)
    return {pk: (name, title) for name, pk, title in found}


def _now(book: Book, unit: OrgUnit) -> tuple[Around, dict[int, list[Item]]]:
    held: dict[int, list[Item]] = defaultdict(list)
    devices = Equipment.objects.of_unit(unit).filter(holder__isnull=False, status__in=ISSUED)
    rows = devices.values_list("holder", "code", "category__code", "original_price", "received_on")
    for holder, code, category, price, received in rows:
        held[holder].append(book.item(code, category, price, received))
    return around_of(book, unit), held


def _then(book: Book, unit: OrgUnit, day: date, people: Who) -> tuple[Around, dict[int, list[Item]]]:
    """By the holdings of that day, and by what the history says was in use."""
    rows = Holding.objects.of_unit(unit).filter(since__lte=day).exclude(until__lte=day)
    holders = dict(rows.values_list("equipment", "employee"))
    history = Equipment.history.model
    devices = (
        history.objects.filter(unit=unit, history_date__date__lt=day + timedelta(days=1))
        .order_by("id", "-history_date", "-history_id")
        .distinct("id")
        .values_list("id", "code", "category__code", "original_price", "received_on", "room_id", "status")
    )
    held: dict[int, list[Item]] = defaultdict(list)
    found = []
    for pk, code, category, price, received, room, status in devices:
        if status not in ISSUED or not book.functions(category) & book.regulated:
            continue
        item, holder = book.item(code, category, price, received), holders.get(pk)
        found.append((item, room, people[holder][1] if holder in people else None))
        if holder is not None:
            held[holder].append(item)
    return Around(found), held
