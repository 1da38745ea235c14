"""Read-only questions: counts of the overview, choices of forms, what still stands against an intake."""

from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from deadlines.models import Obligation
from deadlines.rules import Kind, State
from equipment.models import Category, EquipmentModel, Intake, IntakeLine, SerialClash
from equipment.querysets import IntakeQuerySet
from equipment.rules.lifecycle import IntakeState
from orgs.models import OrgUnit, OrgUnitQuerySet


def open_categories() -> QuerySet[Category]:
    """Categories that a device may be given today."""
    return Category.objects.in_force(timezone.localdate()).filter(holds_equipment=True).select_related("parent")


def open_models() -> QuerySet[EquipmentModel]:
    """Models that a device may be given today."""
    return EquipmentModel.objects.in_force(timezone.localdate()).select_related("brand", "category")


def rooms_of(unit: OrgUnit) -> OrgUnitQuerySet:
    """Rooms of `unit` that exist today."""
    return OrgUnit.objects.departments_of(unit).in_force(timezone.localdate())


@dataclass(frozen=True)
class Waiting:
    """What waits for a person. Every number is a link to a list with exactly that many rows."""

    drafts: int
    due: int
    late: int
    clashes: int


def waiting(user: User, today: date) -> Waiting:
    """Counts in the scope of `user`: three queries at most."""
    owed = (
        Obligation.objects.visible_to(user)
        .open()
        .aggregate(due=Count("pk", filter=Q(due_date__gte=today)), late=Count("pk", filter=Q(due_date__lt=today)))
    )
    return Waiting(
        drafts=Intake.objects.visible_to(user).filter(state=IntakeState.DRAFT).count(),
        due=owed["due"],
        late=owed["late"],
        clashes=SerialClash.objects.visible_to(user).count() if user.scope.nationwide else 0,
    )


def open_intakes(user: User, today: date, *, late: bool) -> QuerySet[Intake]:
    """Drafts whose term runs (or has passed, with `late`)."""
    owed = Obligation.objects.visible_to(user).filter(kind=Kind.INTAKE, state=State.OPEN)
    owed = owed.filter(due_date__lt=today) if late else owed.filter(due_date__gte=today)
    return Intake.objects.visible_to(user).filter(pk__in=owed.values("subject_id"))


def intakes_for_list(user: User) -> IntakeQuerySet:
    """Intakes with how many devices they hold, their value and their term."""
    lines = IntakeLine.objects.filter(intake=OuterRef("pk")).order_by().values("intake")
    owed = Obligation.objects.filter(
        kind=Kind.INTAKE, subject_type=ContentType.objects.get_for_model(Intake), subject_id=OuterRef("pk")
    ).exclude(state=State.WAIVED)
    return Intake.objects.visible_to(user).annotate(
        devices=Coalesce(Subquery(lines.annotate(n=Sum("quantity")).values("n")), 0),
        value=Coalesce(
            Subquery(lines.annotate(v=Sum(F("quantity") * F("unit_price"))).values("v")),
            0,
            output_field=DecimalField(max_digits=18, decimal_places=0),
        ),
        due_date=Subquery(owed.values("due_date")[:1]),
    )
