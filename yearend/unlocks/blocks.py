"""Pieces of the page of a request to open closed books."""

from functools import partial

from core.http import Request
from core.models import Document
from dossiers.blocks import papers_tab, timeline
from ui.actions import Action
from ui.blocks import Fact, FactList, Stack, Status, Step, Stepper
from ui.formats import EMPTY, local, vndatetime
from ui.records import Tab
from yearend.kinds import REPORT
from yearend.models import UnlockRequest
from yearend.rules import UnlockState
from yearend.rules.unlocks import UNLOCK_TONES
from yearend.unlocks.kind import UNLOCK

_ENDED = {
    UnlockState.GRANTED: ("Mở khóa", "done"),
    UnlockState.REFUSED: ("Không đồng ý", "stopped"),
    UnlockState.WITHDRAWN: ("Rút đề nghị", "stopped"),
}


def status(asked: UnlockRequest) -> Status:
    """The state in a word."""
    return Status(asked.get_state_display(), UNLOCK_TONES[UnlockState(asked.state)])  # type: ignore[arg-type]  # tones of the kit


def stepper(asked: UnlockRequest) -> Stepper:
    """Asked, decided."""
    first = Step("Gửi đề nghị", "done", when=local(asked.created_at).date(), who=str(asked.asked_by))
    if asked.state == UnlockState.ASKED:
        return Stepper([first, Step("Quản trị cấp 1 quyết định", "now")])
    label, kind = _ENDED[UnlockState(asked.state)]
    when = local(asked.decided_at).date() if asked.decided_at else None
    return Stepper([first, Step(label, kind, when=when, who=str(asked.decided_by or ""))])  # type: ignore[arg-type]  # a kind


def facts(asked: UnlockRequest) -> list[Fact]:
    """What is asked for."""
    return [
        Fact("Đơn vị", asked.unit.name),
        Fact("Năm số liệu", str(asked.report.year)),
        Fact("Báo cáo", asked.report.number, url=REPORT.url("detail", asked.report), kind="code"),
        Fact("Người đề nghị", f"{asked.asked_by}, {vndatetime(asked.created_at)}"),
    ]


def steps(asked: UnlockRequest, may: set[str]) -> list[Action]:
    """What may be done now."""
    if asked.state != UnlockState.ASKED:
        return []
    found = []
    if "decide" in may:
        url = UNLOCK.url("decide", asked)
        found.append(Action("Quyết định", url, style="primary", icon="lock-open", method="get"))
    if "withdraw" in may:
        url = UNLOCK.url("withdraw", asked)
        found.append(Action("Rút đề nghị", url, style="danger", icon="arrow-back-up", method="get"))
    return found


def tabs(request: Request, asked: UnlockRequest, papers: list[Document], may: set[str]) -> list[Tab]:
    """The dossier and its timeline."""
    return [
        Tab("ho-so", "Hồ sơ", partial(_dossier, request, asked, papers, may), count=len(papers)),
        Tab("dien-bien", "Diễn biến", partial(timeline, request.user, asked)),
    ]


def _dossier(request: Request, asked: UnlockRequest, papers: list[Document], may: set[str]) -> Stack:
    decided = f"{asked.decided_by}, {vndatetime(asked.decided_at)}" if asked.decided_by else EMPTY
    said = FactList(
        [
            Fact("Lý do mở khóa", asked.reason),
            Fact("Ý kiến của quản trị cấp 1", asked.answer or EMPTY),
            Fact("Người quyết định", decided),
        ],
        title="Nội dung đề nghị",
        wide=True,
    )
    return Stack([said, papers_tab(request, UNLOCK, asked, papers, may)])
