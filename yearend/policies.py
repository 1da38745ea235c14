"""Doors of yearly reports: the unit's recorders (or its custodian's) write, its superior receives."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.models import User
from core.scope import ScopedQuerySet
from dossiers.policies import Check, door, records, seen
from orgs.rules import Grant
from yearend.models import AnnualEdition, AnnualReport
from yearend.tree import superior_of, supervises


def receives(user: User, report: AnnualReport) -> bool:
    """Whether `user` takes the report in: an account of the superior that supervises the unit, never its own."""
    above = superior_of(report.unit)
    return (
        above is not None
        and above.pk == user.scope.home
        and user.scope.may(Grant.SUPERVISE, report.unit.path)
        and not records(user, report)
    )


def require_receiving(user: User) -> None:
    """403 for whoever takes in no unit's report."""
    if not supervises(user):
        raise PermissionDenied


# Who may, whatever the state: the action judges that and says who did what, so that a second press isn't refused as
# a stranger's.
REPORT_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "see": seen,
    "attach": records,
    "detach": records,
    "record": records,
    "recount": records,
    "consolidate": records,
    "lock": records,
    "unlock_ask": records,
    "issue": records,
    "withdraw": records,
    "sign": records,
    "send": records,
    "receive": receives,
}


def report_rows() -> ScopedQuerySet:
    """Reports with what their pages read."""
    rows: ScopedQuerySet = AnnualReport.objects.for_pages()
    return rows


def access_report(user: User, number: str, action: str = "see") -> AnnualReport:
    """A report: 404 for who doesn't see its unit, 403 for who may not do it."""
    found: AnnualReport = door(report_rows(), user, REPORT_CHECKS, action, number=number)
    return found


def allowed(user: User, report: AnnualReport) -> set[str]:
    """What the account may do with the report, as far as its state lets it. At most one query."""
    return {action for action, check in REPORT_CHECKS.items() if check(user, report)}


def access_edition(user: User, public_id: UUID) -> AnnualEdition:
    """Frozen figures: 404 for who doesn't see their unit."""
    rows = AnnualEdition.objects.visible_to(user).select_related("unit", "report", "created_by")
    return get_object_or_404(rows, public_id=public_id)
