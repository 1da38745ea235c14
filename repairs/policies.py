"""Who may do what with a repair."""

from collections.abc import Mapping

from core.scope import ScopedQuerySet
from dossiers.policies import Check, recording_in, records, seen
from repairs.models import Repair
from repairs.rules.flow import RepairState

OPEN = (RepairState.DRAFT, RepairState.SENT)
REPAIR_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "edit": recording_in(RepairState.DRAFT),
    # A second press finds the step done and is told so by the action, not refused as a stranger.
    "send": records,
    "results": recording_in(RepairState.SENT),
    "finish": records,
    "cancel": records,
    "restore": records,
    "attach": recording_in(*OPEN, RepairState.DONE),
    "detach": recording_in(*OPEN),
    "issue": recording_in(RepairState.SENT, RepairState.DONE),
}


def repair_rows() -> ScopedQuerySet:
    """Repairs with what their pages read."""
    return Repair.objects.select_related("unit", "created_by")
