"""Intakes of the small country, made as fast as tests need them."""

from datetime import date

from accounts.models import User
from core.models import Document
from equipment.actions import confirm, intake
from equipment.models import Intake
from orgs.models import OrgUnit
from tests import world as w


def paper(made: Intake, by: User, kind: str = "minutes") -> Document:
    """The row of a PDF without the PDF: what an intake is asked for before it is confirmed."""
    return Document.objects.create(
        subject=made, unit=made.unit, kind=kind, title="bien-ban.pdf", file="aa/bb/x.pdf", sha256="0" * 64, size=1,
        pages=1, created_by=by,
    )  # fmt: skip


def ready(world: w.World, by: User, serials: list[str], *, unit: OrgUnit | None = None, line=None, **head) -> Intake:
    """A draft that lacks nothing."""
    rows = w.lines(world, serials, **(line or {}))
    made = intake.start_draft(unit=unit or by.unit, header=w.header(**head), lines=rows, by=by)
    paper(made, by)
    return made


def taken_in(world: w.World, by: User, serials: list[str], **changes) -> Intake:
    """A confirmed intake."""
    return confirm.confirm(ready(world, by, serials, **changes), by=by)


def vn(day: date) -> str:
    """A day as it is typed."""
    return f"{day:%d/%m/%Y}"
