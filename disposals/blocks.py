"""Pieces of the record pages: steps, checklist of the law, devices with their figures, details."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse

from accounts.models import User
from core.errors import DomainError
from disposals.models import Disposal, DisposalLine, LossLine, LossReport
from disposals.queries import Taken, facts_of, loss_lines_of, rules_of, shown_figures, steps_taken, still_seen
from disposals.rules.council import format_council
from disposals.rules.flow import REPORT_DAYS, DisposalState, Happening, LossState
from disposals.rules.procedure import Facts, Item, Stage, Standing, checklist
from ui.blocks import Clock, Fact, FactList, Section, Stack, Step, Stepper
from ui.formats import local, money, vndate

_DISPOSAL_STEPS = (
    (DisposalState.DRAFT, "Lập hồ sơ", "disposal.drafted"),
    (DisposalState.SUBMITTED, "Họp hội đồng, trình", "disposal.submitted"),
    (DisposalState.DECIDED, "Quyết định", "disposal.decided"),
    (DisposalState.CLOSED, "Kết thúc", "disposal.closed"),
)
_LOSS_STEPS = ((LossState.DRAFT, "Lập hồ sơ", "loss.drafted"), (LossState.CONFIRMED, "Ghi sổ", "loss.confirmed"))


def disposal_stepper(user: User, disposal: Disposal) -> Stepper:
    """Draft → submitted → decided → closed, or where it stopped."""
    taken = steps_taken(user, disposal)
    if disposal.state == DisposalState.CANCELLED:
        return _stopped(taken, _DISPOSAL_STEPS, "disposal.cancelled", submitted=disposal.submitted_on is not None)
    return _stepper(disposal.state, taken, _DISPOSAL_STEPS)


def loss_stepper(user: User, report: LossReport) -> Stepper:
    """Draft → in the books, or where it stopped."""
    taken = steps_taken(user, report)
    if report.state == LossState.CANCELLED:
        return _stopped(taken, _LOSS_STEPS, "loss.cancelled", submitted=False)
    return _stepper(report.state, taken, _LOSS_STEPS)


_Steps = Sequence[tuple[str, str, str]]


def _stepper(state: str, taken: Mapping[str, Taken], steps: _Steps) -> Stepper:
    names = [name for name, _, _ in steps]
    reached = names.index(state)
    made = [_done(label, taken.get(event)) for _, label, event in steps[: reached + 1]]
    ahead = [Step(label, "now" if place == 0 else "ahead") for place, (_, label, _) in enumerate(steps[reached + 1 :])]
    return Stepper([*made, *ahead])


def _stopped(taken: Mapping[str, Taken], steps: _Steps, event: str, *, submitted: bool) -> Stepper:
    made = [
        _done(label, taken[kind])
        for place, (_, label, kind) in enumerate(steps)
        if kind in taken and (place == 0 or submitted)
    ]
    return Stepper([*made, replace(_done("Đã hủy", taken.get(event)), state="stopped")])


def _done(label: str, taken: Taken | None) -> Step:
    return Step(label, "done", local(taken.when).date() if taken else None, taken.who if taken else "")


@dataclass(frozen=True)
class _Shown:
    """A line of the checklist as its template reads it."""

    text: str
    law: str
    words: str
    css: str
    icon: str
    quiet: bool


_STANDINGS = {
    Standing.DONE: ("Đã có", "is-done", "circle-check", False),
    Standing.MISSING: ("Còn thiếu", "is-missing", "alert-circle", False),
    Standing.OPTIONAL: ("Chưa có, không bắt buộc", "is-optional", "circle-dashed", True),
    Standing.NOT_APPLICABLE: ("Không áp dụng cho hồ sơ này", "is-optional", "circle-dashed", True),
}


def law_checklist(procedure: str, day: date, facts: Facts, kinds: Collection[str]) -> Section:
    """What the law of that day wants for the act, and how far the dossier has come."""
    items = checklist(rules_of(procedure, day), facts, kinds)
    return Section("disposals/checklist.html", {"items": [_shown(item) for item in items]})


def _shown(item: Item) -> _Shown:
    words, css, icon, quiet = _STANDINGS[item.standing]
    if item.standing == Standing.MISSING and item.stage != Stage.SUBMIT:
        words = f"{words} ({Stage(item.stage).label.lower()})"
    return _Shown(item.text, item.law, words, css, icon, quiet)


def disposal_checklist(
    disposal: Disposal, lines: Sequence[DisposalLine], kinds: Collection[str], today: date
) -> Section:
    """The checklist of a disposal, by the law of the day on which its council met."""
    day = disposal.minutes_date or today
    return law_checklist(disposal.act, day, facts_of(lines, day), kinds)


def missing(title: str, problems: Sequence[DomainError]) -> list[Section]:
    """What stands against the next step; nothing when nothing does."""
    return [Section("disposals/missing.html", {"title": title, "problems": problems})] if problems else []


def disposal_devices(
    user: User, disposal: Disposal, lines: Sequence[DisposalLine], today: date, *, editable: bool
) -> Section:
    """The devices with original value, wear and residual value: of today, or as the dossier keeps them."""
    figures = shown_figures(disposal, lines, today)
    own, seen = [figures[line.equipment_id] for line in lines], still_seen(user, lines)
    rows = [
        {
            **_device(line, seen),
            "original": one.original,
            "accumulated": one.accumulated,
            "residual": one.residual,
            "why": f"{line.get_condition_display()}; {line.get_reason_display().lower()}",
            "proceeds": line.proceeds,
            "wiping": _wiping(line),
            "edit": reverse("disposals:line", args=[disposal.number, line.code]),
        }
        for line, one in zip(lines, own, strict=True)
    ]
    context = {
        "rows": rows,
        "wear": True,
        "editable": editable,
        "original": sum(one.original for one in own),
        "accumulated": sum(one.accumulated for one in own),
        "residual": sum(one.residual for one in own),
        "note": _as_of(disposal, today),
    }
    return Section("disposals/lines.html", context)


def _as_of(disposal: Disposal, today: date) -> str:
    days = {DisposalState.DRAFT: today, DisposalState.CLOSED: disposal.closed_on}
    day = days.get(DisposalState(disposal.state), disposal.minutes_date if disposal.submitted_on else None)
    return f"Hao mòn và giá trị còn lại theo sổ tại ngày {vndate(day)}." if day else ""


def _device(line: DisposalLine | LossLine, seen: Collection[int]) -> dict[str, object]:
    url = reverse("equipment:detail", args=[line.code]) if line.equipment_id in seen else ""
    return {"name": line.name, "code": line.code, "url": url}


def _wiping(line: DisposalLine) -> str:
    if line.wiped_on:
        return ", ".join(filter(None, [vndate(line.wiped_on), line.wiped_by, line.wipe_method]))
    return "Phải xóa" if line.category.stores_data else "Không lưu dữ liệu"


def loss_devices(user: User, report: LossReport) -> Section:
    """The devices of a report."""
    lines = loss_lines_of(report)
    seen = still_seen(user, lines)
    rows = [{**_device(line, seen), "original": line.original_value} for line in lines]
    total = sum(line.original_value for line in lines)
    return Section("disposals/lines.html", {"rows": rows, "original": total})


def disposal_details(disposal: Disposal) -> Stack:
    """The head of a disposal."""
    council = format_council(disposal.council).splitlines()
    decision = f"{disposal.decision_number}, ngày {vndate(disposal.decision_date)}" if disposal.decision_number else "—"
    closed = disposal.closed_on is not None
    texts = {
        "Kết luận của hội đồng": disposal.conclusion,
        "Lý do lập hồ sơ muộn": disposal.late_reason,
        "Lý do kết thúc muộn": disposal.close_late_reason,
        "Lý do hủy": disposal.cancel_reason,
        "Ghi chú": disposal.note,
    }
    notes = [Fact(label, text) for label, text in texts.items() if text]
    return Stack(
        [
            FactList(
                [
                    Fact("Số biên bản hội đồng", disposal.minutes_number or "—"),
                    Fact("Ngày họp hội đồng", vndate(disposal.minutes_date) or "—"),
                    Fact("Quyết định", decision),
                    Fact("Người ký", disposal.decision_signer or "—"),
                    Fact("Ngày thực hiện xong", vndate(disposal.closed_on) or "—"),
                    Fact("Chi phí", money(disposal.costs) if closed else "—"),
                    Fact("Giá trị thu hồi", money(disposal.proceeds) if closed else "—"),
                    Fact("Người lập", str(disposal.created_by or "—")),
                ],
                title="Biên bản, quyết định, kết quả",
            ),
            FactList(
                [
                    Fact("Trưởng ban" if place == 0 else "Ủy viên", line.replace("; ", ", "))
                    for place, line in enumerate(council)
                ]
                or [Fact("Hội đồng", "Chưa ghi")],
                title="Hội đồng",
            ),
            *([FactList(notes, wide=True)] if notes else []),
        ]
    )


def loss_details(report: LossReport) -> Stack:
    """The head of a report."""
    found = report.kind == Happening.FOUND
    texts = {"Hoàn cảnh": report.circumstances, "Lý do hủy": report.cancel_reason}
    return Stack(
        [
            FactList(
                [
                    Fact("Ngày tìm thấy" if found else "Ngày phát hiện", vndate(report.happened_on)),
                    Fact("Số biên bản", report.minutes_number or "—"),
                    Fact("Tình trạng", report.get_condition_display())
                    if found
                    else Fact("Chịu trách nhiệm", report.responsible or "—"),
                    Fact("Người lập", str(report.created_by or "—")),
                ]
            ),
            FactList([Fact(label, text) for label, text in texts.items() if text], wide=True),
        ]
    )


def report_clock(report: LossReport) -> list[Clock]:
    """A loss is told to the upper body within 30 days: said here, nobody is made to."""
    if report.kind != Happening.LOST or report.state == LossState.CANCELLED:
        return []
    until = report.happened_on + timedelta(days=REPORT_DAYS)
    return [Clock(f"Lập hồ sơ xử lý gửi cấp trên trong {REPORT_DAYS} ngày, đến {vndate(until)}")]
