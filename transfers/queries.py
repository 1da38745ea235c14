"""Read-only questions about transfers."""

from typing import Any

from django.db.models import Count, DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from orgs.models import OrgUnit, OrgUnitQuerySet
from transfers.models import Transfer, TransferLine
from transfers.querysets import TransferQuerySet


def transfers_for_list(user: User) -> TransferQuerySet:
    """Transfers with how many devices they hold, and what these cost."""
    lines = TransferLine.objects.visible_to(user).filter(transfer=OuterRef("pk")).order_by().values("transfer")
    return Transfer.objects.visible_to(user).annotate(
        devices=Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0),
        value=Coalesce(
            Subquery(lines.annotate(v=Sum("original_price")).values("v")),
            0,
            output_field=DecimalField(max_digits=18, decimal_places=0),
        ),
    )


def waiting_for(user: Any) -> QuerySet:
    """The hand-overs that wait for this person to receive them."""
    waiting: QuerySet = Transfer.objects.waiting_for(user)
    return waiting if user.scope.write_units else waiting.none()


def possible_receivers() -> OrgUnitQuerySet:
    """Every agency of the sector that keeps books today: units are shared catalogue (art. 4.4)."""
    found: OrgUnitQuerySet = OrgUnit.objects.agencies().in_force(timezone.localdate())
    return found


def lines_of_device(user: User, equipment: int) -> Any:
    """The lines in which a device stands, as far as the account sees them."""
    rows = TransferLine.objects.visible_to(user).filter(equipment=equipment)
    return rows.select_related("transfer__unit", "transfer__receiver")
