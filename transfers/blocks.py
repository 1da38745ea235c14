"""Pieces of the pages of transfers, and what they add to the pages of devices."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from deadlines.models import Obligation
from deadlines.rules import Kind, state_of
from dossiers.blocks import clock, timeline, whole_timeline
from equipment.extensions import DossierRow
from equipment.models import Equipment, LedgerEntry
from equipment.rules.attributes import ATTRIBUTES, attributes_of, display
from equipment.rules.lifecycle import CONDITION_TONES, Condition
from equipment.tables import LedgerTable
from transfers.actions.lines import lines_of
from transfers.actions.receipt import value_of
from transfers.actions.steps import due_in
from transfers.event_titles import STEPS
from transfers.models import Transfer, TransferLine
from transfers.policies import may_transfer
from transfers.queries import lines_of_device
from transfers.rules import RESULT_TONES, TONES, Outcome, Result, State
from ui.actions import Action
from ui.blocks import Clock, Fact, FactList, Rows, Section, Stack, Status, Step, Stepper, Timeline
from ui.formats import local, money
from ui.links import Link
from ui.lists import BulkAction


def transfer_step(user: User, device: Equipment) -> Action | Link | None:
    """The step on a device's page that begins a transfer of it."""
    if not may_transfer(user, device):
        return None
    url = f"{reverse('transfers:create')}?thiet-bi={device.code}"
    return Action("Điều chuyển", url, icon="truck-delivery", method="get")


def transfer_bulk(_user: User) -> BulkAction:
    """The same for the rows ticked in the list of devices."""
    return BulkAction("Điều chuyển", reverse("transfers:create"), icon="truck-delivery")


def transfers_of(user: User, device: Equipment) -> list[DossierRow]:
    """The transfers of a device that the account sees."""
    return [
        DossierRow(
            kind="Điều chuyển",
            number=line.transfer.number,
            url=reverse("transfers:detail", args=[line.transfer.number]),
            state=line.transfer.get_state_display(),
            tone=TONES[State(line.transfer.state)],  # type: ignore[arg-type]  # tones of the kit
            day=line.transfer.handed_over_on or line.transfer.decision_date or local(line.transfer.created_at).date(),
            note=f"{line.transfer.unit.name} → {line.transfer.receiver.name}",
        )
        for line in lines_of_device(user, device.pk)
    ]


def stepper(transfer: Transfer) -> Stepper:
    """Draft, decision, hand-over, receipt; or where it stopped."""
    made = Step("Lập hồ sơ", "done", when=_day_of(transfer.created_at), who=str(transfer.created_by or ""))
    decided = Step("Quyết định", "done", when=transfer.decision_date, who=transfer.decision_signer)
    given = Step("Bàn giao", "done", when=transfer.handed_over_on, who=str(transfer.handed_by or ""))
    said = Step("Kiểm nhận", "done", when=transfer.received_on, who=str(transfer.received_by or ""))
    if transfer.state == State.CANCELLED:
        return Stepper([made, *([decided] if transfer.decision_date else []), Step("Đã hủy", "stopped")])
    if transfer.state == State.DRAFT:
        names = ("Quyết định", "Bàn giao", "Kiểm nhận")
        return Stepper([made, Step(names[0], "now"), *(Step(name) for name in names[1:])])
    if transfer.state == State.DECIDED:
        return Stepper([made, decided, Step("Bàn giao", "now"), Step("Kiểm nhận")])
    if transfer.state == State.HANDED_OVER:
        return Stepper([made, decided, given, Step("Kiểm nhận", "now")])
    if transfer.state == State.DIFFERENCE:
        return Stepper([made, decided, given, said, Step("Xử lý chênh lệch", "now")])
    last = Step(transfer.get_state_display(), "stopped" if transfer.state == State.REFUSED else "done")
    return Stepper([made, decided, given, said, last])


def both_clocks(user: User, transfer: Transfer, today: date) -> list[Clock]:
    """How the terms of both sides stand.

    A side doesn't see what the other owes; but the days are those of the dossier, which both read.
    """
    if transfer.decision_date is None or transfer.partner_id is None or transfer.state == State.CANCELLED:
        return []
    owed = {one.kind: one for one in Obligation.objects.visible_to(user).about(transfer)}
    terms = [(Kind.TRANSFER_OUT, transfer.decision_date, transfer.handed_at)]
    if transfer.handed_over_on is not None:
        terms.append((Kind.TRANSFER_IN, transfer.handed_over_on, transfer.received_at))
    return [clock(owed.get(kind) or _term(kind, start, done), today) for kind, start, done in terms]


def _term(kind: Kind, start: date, done: Any) -> Obligation:
    """The other side's term, as the days of the dossier give it."""
    due, on = due_in(kind, start), _day_of(done)
    return Obligation(kind=kind, due_date=due, fulfilled_on=on, state=state_of(due=due, fulfilled_on=on))


def details(transfer: Transfer) -> Stack:
    """The head of a transfer."""
    notes = {
        "Lý do điều chuyển": transfer.reason,
        "Bên giao cập nhật muộn vì": transfer.sender_late_reason,
        "Bên nhận cập nhật muộn vì": transfer.receiver_late_reason,
        "Lý do không nhận": transfer.refusal_reason,
        "Lý do hủy": transfer.cancel_reason,
    }
    shown = [Fact(label, text) for label, text in notes.items() if text]
    return Stack(
        [
            FactList(
                [
                    Fact("Số quyết định", transfer.decision_number or "—"),
                    Fact("Ngày quyết định", _shown(transfer.decision_date)),
                    Fact("Người ký", transfer.decision_signer or "—"),
                    Fact("Cơ quan ban hành", transfer.decision_issuer or "—"),
                ],
                title="Quyết định",
            ),
            FactList(
                [
                    Fact("Bên giao", transfer.unit.name),
                    Fact("Bên nhận", transfer.receiver.name),
                    Fact("Địa điểm bàn giao", transfer.place or "—"),
                    Fact("Ngày bàn giao", _shown(transfer.handed_over_on)),
                    Fact("Ngày nhận", _shown(transfer.received_on)),
                    Fact("Đại diện bên giao", _person(transfer.giver_name, transfer.giver_title)),
                    Fact("Đại diện bên nhận", _person(transfer.receiver_name, transfer.receiver_title)),
                    Fact("Người lập", str(transfer.created_by or "—")),
                    Fact("Người ghi giao", str(transfer.handed_by or "—")),
                    Fact("Người ghi nhận", str(transfer.received_by or "—")),
                ],
                title="Bàn giao",
            ),
            *([FactList(shown, wide=True)] if shown else []),
        ]
    )


def devices_tab(user: User, transfer: Transfer) -> Section:
    """The devices as both sides read them, with what came of each."""
    lines = lines_of(transfer)
    sender = user.scope.reads(transfer.unit.path)
    receiver = transfer.partner is not None and user.scope.reads(transfer.partner.path)
    rows = [
        {
            "line": line,
            "url": _page_of(line, transfer, sender=sender, receiver=receiver),
            "details": _described(line),
            "condition": Status(line.get_condition_display(), CONDITION_TONES[Condition(line.condition)]),  # type: ignore[arg-type]  # tones of the kit
            "result": Status(_result(line), RESULT_TONES[Result(line.result)]),  # type: ignore[arg-type]  # tones of the kit
        }
        for line in lines
    ]
    wipes = any(line.data_wiped or line.category.stores_data for line in lines)
    shows_result = transfer.state not in {State.DRAFT, State.DECIDED, State.CANCELLED}
    return Section(
        "transfers/devices.html", {"rows": rows, "total": value_of(lines), "results": shows_result, "wipes": wipes}
    )


def _page_of(line: TransferLine, transfer: Transfer, *, sender: bool, receiver: bool) -> str:
    """Where the reader finds the device: at its unit, or the sender's record of what has gone."""
    gone = line.result == Result.RECEIVED
    if gone and sender and not receiver:
        return reverse("transfers:line", args=[transfer.number, line.code])
    if receiver if gone else sender:
        return reverse("equipment:detail", args=[line.code])
    return ""


def _described(line: TransferLine) -> str:
    made = ", ".join(filter(None, [str(line.made_year or ""), line.made_in]))
    known = attributes_of(line.category.attribute_keys)
    shown = [f"{a.label}: {display(a, line.attributes[a.key])}" for a in known if line.attributes.get(a.key)]
    return "; ".join(filter(None, [line.category.name, str(line.model or ""), made, *shown]))


def _result(line: TransferLine) -> str:
    return (
        f"{line.get_result_display()} – {Outcome(line.outcome).label.lower()}"
        if line.outcome
        else line.get_result_display()
    )


def transfer_timeline(user: User, transfer: Transfer) -> Timeline:
    """What happened to the dossier, as far as the account's side sees it."""
    return timeline(user, transfer, steps=STEPS | {transfer.cancel_reason})


def line_details(line: TransferLine) -> Stack:
    """The device as it left."""
    known = [
        Fact(ATTRIBUTES[key].label if key in ATTRIBUTES else key, str(value))
        for key, value in line.attributes.items()
        if value
    ]
    worn = [
        Fact("Hao mòn lũy kế khi giao", money(line.accumulated), kind="num"),
        Fact("Giá trị còn lại khi giao", money(line.residual), kind="num"),
    ]
    return Stack(
        [
            FactList(
                [
                    Fact("Mã thiết bị", line.code, kind="code"),
                    Fact("Số máy (serial)", line.serial or "—", kind="code"),
                    Fact("Loại", line.category.name),
                    Fact("Mẫu", str(line.model) if line.model else "—"),
                    Fact("Năm sản xuất", str(line.made_year or "—")),
                    Fact("Nước sản xuất", line.made_in or "—"),
                    Fact("Tình trạng khi giao", line.get_condition_display()),
                    Fact("Nguyên giá", money(line.original_price), kind="num"),
                    *(worn if line.residual is not None else []),
                ],
                title="Thiết bị khi bàn giao",
            ),
            *([FactList(known, title="Thuộc tính")] if known else []),
            *(
                [
                    FactList(
                        [
                            Fact("Ngày xóa", _shown(line.data_wiped_on)),
                            Fact("Người xóa", line.data_wiped_by),
                            Fact("Cách xóa", line.data_wipe_method),
                        ],
                        title="Xóa dữ liệu",
                    )
                ]
                if line.data_wiped
                else []
            ),
        ]
    )


def line_timeline(user: User, line: TransferLine) -> Timeline:
    """The device's record at the sender, up to the hour at which it was received elsewhere."""
    device, until = Equipment(pk=line.equipment_id), line.transfer.received_at
    whole = whole_timeline(user, device, created="Ghi vào sổ thiết bị")
    return Timeline([entry for entry in whole.entries if until is None or entry.when <= until])


def line_ledger(user: User, line: TransferLine) -> Rows:
    """The sender's books of the device up to then."""
    rows = LedgerEntry.objects.visible_to(user).filter(
        equipment=line.equipment_id, unit=line.unit_id, recorded_at__lte=line.transfer.received_at or timezone.now()
    )
    return Rows.of(LedgerTable, rows)


def _person(name: str, title: str) -> str:
    return ", ".join(filter(None, [name, title])) or "—"


def _day_of(moment: Any) -> date | None:
    return local(moment).date() if moment else None


def _shown(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "—"
