"""How what people, rooms and units have stands against the norms that hold on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from equipment.models import Category, Equipment, Norm, NormCount, NormSet, TitleGroup
from equipment.queries.catalogue import kinds
from equipment.querysets import EquipmentQuerySet
from equipment.rules import norms as rules
from equipment.rules.lifecycle import Status
from equipment.rules.norms import Item, Limit, Scope
from orgs.models import OrgUnit
from personnel.models import Employee
from ui.formats import money

ISSUED = frozenset({Status.IN_USE, Status.IN_REPAIR})
"""What is in the store was issued to nobody."""


@dataclass(frozen=True)
class Rules:
    """One decision: its figures, and the group of each post in it."""

    code: str
    name: str
    limits: Sequence[Limit]
    groups: Mapping[int, str]

    def group_of(self, title: int | None) -> str:
        """The group of a post; empty where none is known."""
        return rules.highest([self.groups.get(title or 0, "")])


@dataclass
class Book:
    """Every norm that holds on a day. Five queries."""

    day: date
    sets: list[Rules]
    names: dict[str, str]
    above: dict[str, str]
    counts: dict[str, set[str]] = field(default_factory=dict)
    _functions: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, day: date) -> "Book":
        """The book of `day`."""
        known = kinds()
        counts: dict[str, set[str]] = defaultdict(set)
        for category, counted in NormCount.objects.values_list("category__code", "counts_as__code"):
            counts[category].add(counted)
        in_force = list(NormSet.objects.in_force(day))
        limits: dict[int, list[Limit]] = defaultdict(list)
        valid = {s.pk: s.valid_from for s in in_force}
        for norm in Norm.objects.filter(norm_set__in=in_force).order_by("id"):
            limits[norm.norm_set_id].append(_limit(norm, known[norm.category_id].code, valid[norm.norm_set_id]))
        groups: dict[int, dict[int, str]] = defaultdict(dict)
        for norm_set, title, group in TitleGroup.objects.filter(norm_set__in=in_force).values_list(
            "norm_set", "title", "group"
        ):
            groups[norm_set][title] = group
        sets = [Rules(s.code, s.name, limits[s.pk], groups[s.pk]) for s in in_force]
        names = {kind.code: kind.name for kind in known.values()}
        return cls(day, sets, names, {kind.code: kind.above for kind in known.values() if kind.above}, dict(counts))

    def item(self, code: str, category: str, price: Decimal, received: date) -> Item:
        """A device as the norms see it."""
        return Item(code, self.functions(category), price, received)

    def functions(self, category: str) -> frozenset[str]:
        """What a device of the category counts against."""
        if category not in self._functions:
            self._functions[category] = rules.functions_of(category, self.above, self.counts)
        return self._functions[category]

    def items(self, devices: Iterable[Equipment]) -> list[Item]:
        """Devices (with their categories) as the norms see them."""
        return [self.item(d.code, d.category.code, d.original_price, d.received_on) for d in devices]

    def named(self, limit: Limit) -> str:
        """The categories of a limit in words."""
        return " hoặc ".join(sorted(self.names.get(code, code) for code in limit.items))

    @cached_property
    def regulated(self) -> frozenset[str]:
        """Every category that some figure is about."""
        return frozenset().union(*(limit.items for one in self.sets for limit in one.limits))


def _limit(norm: Norm, category: str, valid_from: date) -> Limit:
    return Limit(
        scope=Scope(norm.scope),
        items=frozenset({category, *norm.alternatives}),
        quantity=norm.quantity,
        group=norm.group,
        per=norm.per,
        counted=frozenset(norm.counted),
        ceiling=norm.ceiling,
        valid_from=valid_from,
    )


@dataclass(frozen=True)
class Judgement:
    """What the norms say of handing devices over: findings by the device's code."""

    above: Mapping[str, str]
    dear: Mapping[str, str]

    def finding(self, code: str) -> str:
        """Everything that is said of a device."""
        return " ".join(filter(None, (self.above.get(code, ""), self.dear.get(code, ""))))


def judge(
    devices: Sequence[Equipment], *, unit: OrgUnit, employee: Employee | None, room: OrgUnit | None, day: date
) -> Judgement:
    """What the norms of `day` say of handing `devices` to a person or a room of `unit`.

    The norm of a person counts first; what it doesn't cover counts for the room and the unit. The caller got all of
    them through doors. `devices` have their categories.
    """
    book = Book.of(day)
    new, keys = book.items(devices), [device.pk for device in devices]
    above: dict[str, str] = {}
    held = [] if employee is None else book.items(_held_by(employee).exclude(pk__in=keys))
    around = around_of(book, unit, without=keys)
    people = _people(unit)
    for one in book.sets:
        group = one.group_of(employee.title_id) if employee else ""
        for limit in rules.person_limits(one.limits, group) if group else ():
            if limit.quantity is not None:
                above |= _too_many(book, one, limit, limit.quantity, held, new, "mỗi người")
        left = rules.beyond_person(one.limits, group, new)
        if room is not None:
            there = around.rooms.get(room.pk, [])
            for limit in one.limits:
                if limit.scope == Scope.ROOM and limit.quantity is not None:
                    above |= _too_many(book, one, limit, limit.quantity, there, left, "mỗi phòng")
        others = around.shared(one)
        for now in rules.of_unit(one.limits, people.by_group(one), others):
            above |= _too_many(book, one, now.limit, now.allowed, others, left, "đơn vị")
    return Judgement(above, _dear(book, new, [d.category.software for d in devices]))


def _too_many(
    book: Book, one: Rules, limit: Limit, allowed: int, there: Sequence[Item], new: Sequence[Item], whose: str
) -> dict[str, str]:
    """Of the new devices those for which the limit has no room."""
    added = rules.counting(limit, new)
    free = max(0, allowed - len(rules.counting(limit, there)))
    said = f"Vượt định mức {book.named(limit).lower()} của {whose} ({allowed}, {one.name})."
    return {item.code: said for item in added[free:]}


def _dear(book: Book, items: Sequence[Item], software: Sequence[bool]) -> dict[str, str]:
    limits = [limit for one in book.sets for limit in one.limits]
    found = {}
    for item, is_software in zip(items, software, strict=True):
        ceiling = None if is_software else rules.dear(limits, item)
        if ceiling is not None:
            found[item.code] = (
                f"Nguyên giá {money(item.price)} cao hơn mức giá {money(ceiling)} của định mức "
                "(mức giá không gồm hệ điều hành, phần mềm)."
            )
    return found


@dataclass(frozen=True)
class Delivered:
    """A line of a delivery: so many devices of a category at a price; `name` is what the reader knows it by."""

    name: str
    category: Category
    price: Decimal
    quantity: int


def of_delivery(delivered: Sequence[Delivered], unit: OrgUnit, day: date) -> list[str]:
    """What the norms of `day` say of taking a delivery in: prices above every ceiling, and what the unit then has
    beyond its norms. Reminders: what is taken in isn't handed over yet. The caller got `unit` through a door.
    """
    book = Book.of(day)
    items = [book.item(line.name, line.category.code, line.price, day) for line in delivered]
    found = [f"{name}: {text}" for name, text in _dear(book, items, [d.category.software for d in delivered]).items()]
    new = [item for item, line in zip(items, delivered, strict=True) for _ in range(line.quantity)]
    if not any(item.functions & book.regulated for item in new):
        return found
    around, people = around_of(book, unit), _people(unit)
    for one in book.sets:
        for now in rules.of_unit(one.limits, people.by_group(one), around.shared(one)):
            added = len(rules.counting(now.limit, new))
            if added and now.has + added > now.allowed:
                named = book.named(now.limit).lower()
                found.append(
                    f"Đơn vị đang dùng {now.has} {named}, nhận thêm {added}; định mức {now.allowed} ({one.name})."
                )
    return found


def _held_by(employee: Employee) -> EquipmentQuerySet:
    return Equipment.objects.of_unit(employee.unit).filter(holder=employee).select_related("category")


@dataclass
class Around:
    """What a unit has issued: each device with its room and the post of its holder."""

    devices: list[tuple[Item, int | None, int | None]]

    @cached_property
    def rooms(self) -> dict[int, list[Item]]:
        """What stands in each room."""
        found: dict[int, list[Item]] = defaultdict(list)
        for item, room, _ in self.devices:
            if room is not None:
                found[room].append(item)
        return found

    def shared(self, one: Rules) -> list[Item]:
        """Without what the personal norms of its holders cover."""
        found = []
        for item, _, title in self.devices:
            group = one.group_of(title) if title else ""
            found += rules.beyond_person(one.limits, group, [item]) if group else [item]
        return found


def around_of(book: Book, unit: OrgUnit, *, without: Sequence[int] = ()) -> Around:
    """What `unit` has issued now; the caller got it through a door."""
    rows = (
        Equipment.objects.of_unit(unit)
        .filter(status__in=ISSUED)
        .exclude(pk__in=without)
        .values_list("code", "category__code", "original_price", "received_on", "room", "holder__title")
    )
    found: list[tuple[Item, int | None, int | None]] = []
    for code, category, price, received, room, title in rows:
        item = book.item(code, category, price, received)
        if item.functions & book.regulated:
            found.append((item, room, title))
    return Around(found)


@dataclass
class People:
    """How many of each post work at a unit."""

    titles: Mapping[int | None, int]

    def by_group(self, one: Rules) -> dict[str, int]:
        """How many of each group; who has no known post counts under the empty one."""
        found: dict[str, int] = defaultdict(int)
        for title, many in self.titles.items():
            found[one.group_of(title)] += many
        return found


def _people(unit: OrgUnit) -> People:
    titles: dict[int | None, int] = defaultdict(int)
    for title in Employee.objects.of_unit(unit).working().values_list("title", flat=True):
        titles[title] += 1
    return People(titles)
