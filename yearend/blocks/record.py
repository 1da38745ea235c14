"""Pieces of the page of a report that every state has: where it stands, its figures, papers, editions, timeline."""

from datetime import date
from functools import partial

from django.utils import timezone

from dossiers.blocks import clocks, papers_tab, whole_timeline
from ui.blocks import Fact, FactList, Rows, Section, Stack, Status, Step, Stepper
from ui.formats import EMPTY, local, vndate, vndatetime
from ui.links import Empty
from ui.records import Tab
from yearend.blocks.figures import figures_block
from yearend.blocks.shown import Shown
from yearend.kinds import REPORT
from yearend.models import AnnualReport
from yearend.rules import TONES, State
from yearend.tables import EditionTable

ORDER = (State.DRAFT, State.LOCKED, State.ISSUED, State.SIGNED, State.SENT, State.ACCEPTED)
LABELS = {
    State.DRAFT: "Lập báo cáo",
    State.LOCKED: "Khóa số liệu",
    State.ISSUED: "Ban hành văn bản",
    State.SIGNED: "Ký số",
    State.SENT: "Gửi cấp trên",
    State.ACCEPTED: "Được tiếp nhận",
}


def status(report: AnnualReport) -> Status:
    """The state in a word."""
    return Status(report.get_state_display(), TONES[State(report.state)])  # type: ignore[arg-type]  # tones of the kit


def facts(shown: Shown) -> list[Fact]:
    """What this report is."""
    report, above = shown.report, shown.above
    edition = report.edition
    told = [
        Fact("Đơn vị", report.unit.name),
        Fact("Năm báo cáo", str(report.year)),
        Fact("Gửi đến", above.name if above else "Báo cáo toàn ngành, không gửi cấp trên"),
        Fact("Số liệu khóa", f"lần {edition.edition}, {vndatetime(edition.created_at)}" if edition else "chưa khóa"),
    ]
    if report.document_number:
        told.append(Fact("Số văn bản", f"{report.document_number} ngày {vndate(report.document_date)}"))
    return told


def head(shown: Shown) -> list[object]:
    """How far it is, how its term stands, and what is wrong with it."""
    report = shown.report
    blocks: list[object] = [stepper(report, sent=shown.above is not None)]
    blocks += clocks(shown.user, report, timezone.localdate())
    if report.outdated_at and report.state != State.DRAFT:
        blocks.append(Section("yearend/outdated.html", {"report": report}))
    if report.return_reason and report.state == State.RETURNED:
        blocks.append(Section("yearend/returned.html", {"report": report}))
    return blocks


def stepper(report: AnnualReport, *, sent: bool) -> Stepper:
    """The states in their order; `sent`: whether there is somebody to send it to."""
    order = ORDER if sent else ORDER[: ORDER.index(State.SIGNED) + 1]
    state = State.SENT if report.state == State.RETURNED else State(report.state)
    at, days = order.index(state), _days(report)
    steps = []
    for place, one in enumerate(order):
        done = place < at or (place == at and one != State.DRAFT)
        if report.state == State.RETURNED and one == State.SENT:
            steps.append(Step("Bị trả lại", "stopped", when=days.get(one)))
            continue
        kind = "done" if done else "now" if place == at + (state != State.DRAFT) else "ahead"
        steps.append(Step(LABELS[one], kind, when=days.get(one) if done else None))  # type: ignore[arg-type]  # one of three
    return Stepper(steps)


def _days(report: AnnualReport) -> dict[State, date | None]:
    moments = {
        State.DRAFT: report.created_at,
        State.LOCKED: report.edition.created_at if report.edition else None,
        State.SENT: report.sent_at,
        State.ACCEPTED: report.accepted_at,
    }
    days = {state: local(when).date() if when else None for state, when in moments.items()}
    return {**days, State.ISSUED: report.document_date}


def figures_tab(shown: Shown) -> list[Tab]:
    """The figures that stand: frozen ones, or those counted last for the draft; and what the unit says of them."""
    return [Tab("so-lieu", "Số liệu", lambda: Stack([*figures_block(shown), _words(shown.report)]))]


def _words(report: AnnualReport) -> FactList:
    return FactList(
        [
            Fact("Đánh giá tình hình quản lý, sử dụng", report.assessment or EMPTY),
            Fact("Kiến nghị", report.proposal or EMPTY),
        ],
        title="Đánh giá, kiến nghị",
        wide=True,
    )


def dossier_tab(shown: Shown) -> list[Tab]:
    """Papers of the dossier: the report as it was issued, minutes, what else belongs to it."""
    content = partial(papers_tab, shown.request, REPORT, shown.report, shown.papers, shown.may)
    return [Tab("van-ban", "Hồ sơ, văn bản", content, count=len(shown.papers))]


def editions_tab(shown: Shown) -> list[Tab]:
    """Every time the figures were frozen; none of them is ever changed."""
    rows = shown.report.editions.visible_to(shown.user)
    empty = Empty("Chưa khóa số liệu lần nào", "Khi khóa, số liệu được giữ nguyên và có mã SHA-256 để đối chiếu.")
    return [Tab("cac-lan-khoa", "Các lần khóa", lambda: Rows.of(EditionTable, rows, empty=empty))]


def timeline_tab(shown: Shown) -> list[Tab]:
    """What happened to it."""
    return [Tab("dien-bien", "Diễn biến", partial(whole_timeline, shown.user, shown.report, created="Lập báo cáo năm"))]
