"""A report as it is shown to one person: what the pieces of its page need, each asked for once."""

from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from core import documents
from core.http import Request
from core.models import Document
from orgs.models import OrgUnit
from orgs.queries import superiors
from yearend.models import AnnualReport, UnlockRequest
from yearend.policies import allowed
from yearend.tree import subordinates


@dataclass(frozen=True)
class Shown:
    """The report came through its door (`access_report`)."""

    request: Request
    report: AnnualReport

    @property
    def user(self) -> User:
        """Who looks at it."""
        return self.request.user

    @cached_property
    def may(self) -> set[str]:
        """What the account may do, as far as the state lets it."""
        return allowed(self.user, self.report)

    @cached_property
    def papers(self) -> list[Document]:
        """The papers of its dossier."""
        return list(documents.documents_of(self.report).select_related("created_by"))

    @cached_property
    def _superiors(self) -> dict[int, OrgUnit]:
        return superiors()

    @property
    def above(self) -> OrgUnit | None:
        """Whom the report goes to; None for the IT Center."""
        return self._superiors.get(self.report.unit_id)

    @cached_property
    def unlocks(self) -> list[UnlockRequest]:
        """Requests to open its books, the newest first."""
        rows = UnlockRequest.objects.of_unit(self.report.unit).filter(report=self.report)
        return list(rows.select_related("asked_by", "decided_by").order_by("-id"))

    @cached_property
    def below(self) -> list[OrgUnit]:
        """The units whose reports go into this one."""
        return subordinates(self.report.unit, self.report.year, self._superiors)
