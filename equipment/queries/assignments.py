"""Read-only questions about hand-overs, holders and what has to be got back."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from core.scope import ScopedQuerySet
from core.searching import containing
from deadlines.models import Obligation
from deadlines.rules import Kind, State
from equipment.models import Assignment, AssignmentLine, Equipment, Holding, Recovery
from equipment.querysets import EquipmentQuerySet
from equipment.rules.assignment import ALLOWED, AssignmentKind
from personnel.models import Employee


def assignments_for_list(user: User) -> ScopedQuerySet:
    """Hand-overs with how many devices they have."""
    lines = AssignmentLine.objects.filter(assignment=OuterRef("pk")).order_by().values("assignment")
    return Assignment.objects.visible_to(user).annotate(
        devices=Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0)
    )


def lines_of(user: User, dossier: Assignment) -> QuerySet[AssignmentLine]:
    """The devices of a dossier as they were, and whether the account sees (`seen`) each of them still."""
    devices = Equipment.objects.visible_to(user).filter(pk=OuterRef("equipment"))
    return dossier.lines.annotate(seen=Exists(devices))


def still_held(user: User, number: str) -> EquipmentQuerySet:
    """Devices that are where the dossier brought them, and may be taken back."""
    open_ones = Holding.objects.visible_to(user).filter(given_by=number, until=None)
    rows = Equipment.objects.writable_by(user).filter(status__in=ALLOWED[AssignmentKind.RETURN])
    return rows.filter(pk__in=open_ones.values("equipment"))


def search_assignments(rows: QuerySet, text: str) -> QuerySet:
    """By number, person and room."""
    return containing(rows, text, ("number", "person_name", "room_name"))


def held_by(employee: Employee) -> EquipmentQuerySet:
    """What a person holds, with the day since; the caller got the person through a door."""
    return with_since(Equipment.objects.of_unit(employee.unit).filter(holder=employee))


def held_by_account(user: User) -> EquipmentQuerySet:
    """What the account's own person holds, among what the account sees."""
    return with_since(Equipment.objects.visible_to(user).filter(holder__account=user))


def with_since(rows: EquipmentQuerySet) -> EquipmentQuerySet:
    """Devices with the day since when they are where they are."""
    open_ones = Holding.objects.filter(equipment=OuterRef("pk"), until=None)
    return rows.annotate(since=Subquery(open_ones.values("since")[:1]))


def recoveries_for_list(user: User) -> ScopedQuerySet:
    """What has to be got back: the term, and how many devices are left."""
    owed = Obligation.objects.filter(
        kind=Kind.RECOVERY, subject_type=ContentType.objects.get_for_model(Recovery), subject_id=OuterRef("pk")
    ).exclude(state=State.WAIVED)
    left = (
        Equipment.objects.filter(unit=OuterRef("unit"), holder=OuterRef("employee"))
        .order_by()
        .values("holder")
        .annotate(n=Count("pk"))
    )
    return Recovery.objects.visible_to(user).annotate(
        due_date=Subquery(owed.values("due_date")[:1]), held=Coalesce(Subquery(left.values("n")), 0)
    )
