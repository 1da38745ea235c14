"""Read-only questions: lists with their sums, terms, what a dossier is about, and which devices are due to go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, DecimalField, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from core.memo import once_a_page
from core.models import Event
from deadlines.models import Obligation
from deadlines.rules import State
from disposals.models import Disposal, DisposalLine, LossLine, LossReport, ProcedureRule
from disposals.querysets import DisposalQuerySet, LossQuerySet
from disposals.rules.flow import DISPOSABLE, DisposalState, Happening, LossState
from disposals.rules.procedure import Facts, Procedure, Stage, life_ended
from equipment.models import Equipment, LedgerEntry, Reservation
from equipment.queries.catalogue import kinds
from equipment.queries.depreciation import Figures, Rules, figures_of, wear_rules
from equipment.querysets import EquipmentQuerySet
from equipment.rules.lifecycle import Status

NEXT_STAGE = {
    DisposalState.DRAFT: Stage.SUBMIT,
    DisposalState.SUBMITTED: Stage.DECIDE,
    DisposalState.DECIDED: Stage.CLOSE,
    DisposalState.CLOSED: Stage.AFTER,
}


def _summed(rows: Any, line: type[models.Model], key: str) -> Any:
    own = line._default_manager.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return rows.annotate(
        devices=Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0),
        value=Coalesce(
            Subquery(own.annotate(v=Sum("original_value")).values("v")),
            0,
            output_field=DecimalField(max_digits=18, decimal_places=0),
        ),
    )


def disposals_for_list(user: User) -> DisposalQuerySet:
    """Disposals with how many devices they hold, their value and the term that runs."""
    owed = Obligation.objects.filter(
        state=State.OPEN, subject_type=ContentType.objects.get_for_model(Disposal), subject_id=OuterRef("pk")
    )
    rows = Disposal.objects.visible_to(user).annotate(
        due_date=Subquery(owed.order_by("due_date").values("due_date")[:1])
    )
    return _summed(rows, DisposalLine, "disposal")


def losses_for_list(user: User, kind: Happening) -> LossQuerySet:
    """Reports of one kind, with how many devices they hold and their value."""
    rows = LossReport.objects.visible_to(user).filter(kind=kind)
    return _summed(rows, LossReport._meta.get_field("lines").related_model, "report")


@dataclass(frozen=True)
class Taken:
    """A step that was taken: when and by whom."""

    when: datetime
    who: str


def steps_taken(user: User, dossier: models.Model) -> dict[str, Taken]:
    """The last time of each kind of event of the dossier. One query."""
    rows = Event.objects.visible_to(user).filter(
        subject_type=ContentType.objects.get_for_model(dossier), subject_id=dossier.pk
    )
    return {
        e.kind: Taken(e.created_at, str(e.actor or "Hệ thống")) for e in rows.select_related("actor").order_by("id")
    }


def lives(rules: Rules, categories: Iterable[tuple[int, int | None]], on: date) -> dict[int, int | None]:
    """Years of use of each category (key, years that the catalogue states): by the regime in force, else those."""
    found: dict[int, int | None] = {}
    for pk, stated in categories:
        terms = rules.of(pk)(on.year)
        found[pk] = terms.life if terms and terms.life else stated
    return found


def facts_of(lines: Sequence[DisposalLine], on: date) -> Facts:
    """What of the devices decides which papers the law wants. `lines` come with their categories."""
    years = lives(wear_rules(), {(n.category_id, n.category.life_years) for n in lines}, on) if lines else {}
    return Facts(
        life_not_ended=any(not life_ended(n.received_on, years[n.category_id], on) for n in lines),
        stores_data=any(line.category.stores_data for line in lines),
        has_lines=bool(lines),
    )


def lines_of(disposal: Disposal) -> list[DisposalLine]:
    """The lines of a disposal with what steps and pages read of them.

    While it is open its devices can't leave the unit, and the lines tell them as they are now; afterwards as they were
    when it ended, for the unit may have handed them on and see them no more.
    """
    rows = disposal.lines.select_related("category", "model__brand")
    if disposal.state in {DisposalState.CLOSED, DisposalState.CANCELLED}:
        return list(rows)
    return [line.copy(line.equipment) for line in rows.select_related("equipment")]


def loss_lines_of(report: LossReport) -> list[LossLine]:
    """The lines of a report, as `lines_of`."""
    if report.state != LossState.DRAFT:
        return list(report.lines.all())
    return [line.copy(line.equipment) for line in report.lines.select_related("equipment")]


def still_seen(user: User, lines: Iterable[DisposalLine | LossLine]) -> set[int]:
    """Which of their devices the account sees today, by key: one that went to another unit has no page here."""
    rows = Equipment.objects.visible_to(user).filter(pk__in=[line.equipment_id for line in lines])
    return set(rows.values_list("pk", flat=True))


@once_a_page
def rules_of(procedure: str, day: date) -> list[ProcedureRule]:
    """What the law wants for the act on that day."""
    return list(ProcedureRule.objects.in_force(Procedure(procedure), day))


def shown_figures(disposal: Disposal, lines: Sequence[DisposalLine], today: date) -> Mapping[int, Figures]:
    """Figures by device: those that the dossier keeps once the council has met, until then those of today."""
    if disposal.state == DisposalState.DRAFT:
        return figures_of([line.equipment for line in lines], on=today)
    return {
        line.equipment_id: Figures(int(line.original_value), int(line.accumulated or 0), int(line.residual or 0))
        for line in lines
    }


def last_booked(devices: Sequence[Equipment]) -> date | None:
    """The latest day on which the books of their unit tell something of the devices."""
    if not devices:
        return None
    rows = LedgerEntry.objects.of_unit(devices[0].unit).filter(equipment__in=[device.pk for device in devices])
    return rows.aggregate(day=Max("effective_date"))["day"]


def suggested(user: User, today: date) -> EquipmentQuerySet:
    """Devices that are due to go: past their years of use, or waiting for a disposal that nobody has begun.

    Those in an open dossier are passed over. Few queries, whatever the number of devices.
    """
    stated = [(kind.pk, kind.life_years) for kind in kinds().values()]
    past = Q(pk__in=[])
    by_years: dict[int, list[int]] = {}
    for pk, years in lives(wear_rules(), stated, today).items():
        if years:
            by_years.setdefault(years, []).append(pk)
    for years, categories in by_years.items():
        past |= Q(category__in=categories, received_on__lt=date(today.year - years + 1, 1, 1))
    rows = Equipment.objects.visible_to(user).filter(status__in=DISPOSABLE)
    taken = Reservation.objects.filter(equipment=OuterRef("pk"))
    return rows.filter(Q(status=Status.PENDING_DISPOSAL) | past).filter(~models.Exists(taken))


def disposals_of(user: User, device: Equipment) -> QuerySet[Disposal]:
    """The disposals in which the device is or was."""
    return Disposal.objects.visible_to(user).filter(lines__equipment=device)


def losses_of(user: User, device: Equipment) -> QuerySet[LossReport]:
    """The reports in which the device is or was."""
    return LossReport.objects.visible_to(user).filter(lines__equipment=device)
