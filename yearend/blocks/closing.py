"""Closing and opening the books, on the page of a report: who did it, when, why; and the next step."""

from collections.abc import Sequence

from django.utils import timezone

from equipment.models import PeriodLock
from ui.actions import Action
from ui.blocks import Rows, Section, Stack
from ui.links import Empty, Link
from ui.records import Tab
from yearend.blocks.shown import Shown
from yearend.kinds import REPORT
from yearend.models import UnlockRequest
from yearend.rules import State, UnlockState
from yearend.rules.terms import closing_day
from yearend.unlocks.tables import ClosingTable, ReportUnlockTable


def lock_steps(shown: Shown) -> Sequence[Action | Link]:
    """The way to the lock; before the year is over one may look at what is to be set right."""
    report = shown.report
    if report.state != State.DRAFT or "lock" not in shown.may:
        return []
    over = timezone.localdate() > closing_day(report.year)
    label = "Rà soát, khóa số liệu" if over else "Rà soát"
    return [Action(label, REPORT.url("review", report), style="primary", icon="lock", method="get")]


def steps(shown: Shown) -> Sequence[Action | Link]:
    """Asking to have them opened, and comparing what was frozen."""
    report, found = shown.report, []
    if report.state != State.DRAFT and "unlock_ask" in shown.may and _waiting(shown) is None:
        found.append(Action("Đề nghị mở khóa", REPORT.url("unlock_ask", report), icon="lock-open", method="get"))
    links: list[Link] = []
    if report.edition is not None and report.edition.edition > 1:
        links.append(Link("So sánh các lần khóa", REPORT.url("compare", report), icon="columns-3"))
    return [*found, *links]


def _waiting(shown: Shown) -> UnlockRequest | None:
    return next((one for one in shown.unlocks if one.state == UnlockState.ASKED), None)


def head(shown: Shown) -> Sequence[object]:
    """A request that waits; or, as long as they are open again, who opened the books and why."""
    waiting = _waiting(shown)
    granted = next((one for one in shown.unlocks if one.state == UnlockState.GRANTED), None)
    opened = granted if shown.report.state == State.DRAFT else None
    if waiting is None and opened is None:
        return []
    return [Section("yearend/opening.html", {"waiting": waiting, "opened": opened})]


def closings_tab(shown: Shown) -> Sequence[Tab]:
    """Every closing and opening of the year, and every request; no tab as long as there was none."""
    if shown.report.edition_id is None:
        return []
    return [Tab("khoa-mo", "Khóa, mở khóa", lambda: _closings(shown), count=len(shown.unlocks))]


def _closings(shown: Shown) -> Stack:
    report = shown.report
    locks = PeriodLock.objects.visible_to(shown.user).filter(unit=report.unit, year=report.year)
    requests = UnlockRequest.objects.visible_to(shown.user).filter(report=report)
    nobody = Empty("Chưa có đề nghị mở khóa nào", "Cần sửa số liệu đã khóa thì lập đề nghị, kèm biên bản giải trình.")
    return Stack([Rows.of(ClosingTable, locks), Rows.of(ReportUnlockTable, requests, empty=nobody)])
