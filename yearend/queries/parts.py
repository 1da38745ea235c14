"""How a report stands to its subordinates' reports."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from orgs.models import OrgUnit
from yearend.models import AnnualReport, EditionPart
from yearend.querysets import FROZEN


@dataclass(frozen=True)
class PartRow:
    """A subordinate: its report, and which of its editions the superior's current edition holds."""

    unit: OrgUnit
    report: AnnualReport | None
    taken: int | None  # the number of that edition

    @property
    def standing(self) -> int | None:
        """The number of its edition that stands now."""
        edition = self.report.edition if self.report and self.report.state in FROZEN else None
        return edition.edition if edition else None

    @property
    def missing(self) -> bool:
        """Whether it has no figures that stand."""
        return self.standing is None

    @property
    def outdated(self) -> bool:
        """Whether the superior holds something else than what stands now."""
        return self.taken is not None and self.taken != self.standing


def part_rows(user: User, report: AnnualReport, units: Sequence[OrgUnit]) -> list[PartRow]:
    """A row for each of the subordinates `units`, as far as `user` sees them: two queries."""
    rows = AnnualReport.objects.visible_to(user).for_pages().filter(unit__in=units, year=report.year)
    by_unit = {one.unit_id: one for one in rows}
    taken: dict[int, int] = {}
    if report.edition_id:
        held = EditionPart.objects.visible_to(user).filter(edition=report.edition_id)
        taken = dict(held.values_list("part__unit", "part__edition"))
    return [PartRow(unit, by_unit.get(unit.pk), taken.get(unit.pk)) for unit in units]
