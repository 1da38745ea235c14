"""Blocks of this app's record pages, made of what the database says."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.urls import reverse

from accounts.models import User
from core.documents import documents_of
from deadlines.models import Obligation
from deadlines.rules import Kind, State
from dossiers.blocks import checklist_of, clock, events_of, history_of, newest_first, timeline, whole_timeline
from equipment.extensions import dossiers_of
from equipment.kinds import INTAKE
from equipment.models import Equipment, ImportBatch, Intake, LedgerEntry
from equipment.queries.past import earlier_entries, earlier_ledger
from equipment.rules.attributes import display
from equipment.rules.lifecycle import EntryKind, IntakeState
from equipment.tables import LedgerTable
from ui.blocks import Clock, DocumentList, Fact, FactList, Rows, Section, Stack, Step, Stepper, Timeline
from ui.formats import local, money

CONFIRMED = EntryKind.INTAKE.label  # the reason under which the confirmation stands in the history


def equipment_timeline(user: User, item: Equipment) -> Timeline:
    """What happened to a device, with what stood there before."""
    return whole_timeline(user, item, created="Ghi vào sổ thiết bị", more=earlier_entries(user, item))


def equipment_ledger(user: User, item: Equipment) -> Stack:
    """The books of a device: the lines that the reader sees, and those that came along with it."""
    rows = Rows.of(LedgerTable, LedgerEntry.objects.visible_to(user).filter(equipment=item))
    earlier = earlier_ledger(user, item)
    return Stack([rows, *([Section("equipment/earlier_ledger.html", {"rows": earlier})] if earlier else [])])


def equipment_dossiers(user: User, item: Equipment) -> Section:
    """Every dossier in which the device is or was, as far as the account sees it."""
    return Section("equipment/dossiers.html", {"rows": dossiers_of(user, item)})


def intake_timeline(user: User, intake: Intake) -> Timeline:
    """What happened to an intake."""
    return timeline(user, intake, steps={CONFIRMED})


def import_timeline(user: User, batch: ImportBatch) -> Timeline:
    """The steps that an import has taken."""
    return newest_first(events_of(user, batch))


def catalogue_timeline(entry: models.Model) -> Timeline:
    """What happened to an entry of the catalogue."""
    return newest_first(history_of(entry, created="Thêm vào danh mục"))


def shown(entry: models.Model, field: models.Field) -> str:
    """A field's value as people read it."""
    value = getattr(entry, field.name)
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, date):
        return _day(value)
    return money(value) if isinstance(field, models.DecimalField) else str(value)


def equipment_details(item: Equipment) -> Stack:
    """Everything that is recorded of a device."""
    known = {a.key: a for a in item.category.attributes}
    attributes = [
        Fact(known[key].label if key in known else key, display(known[key], value) if key in known else value)
        for key, value in item.attributes.items()
        if value
    ]
    intake = item.intake
    return Stack(
        [
            FactList(
                [
                    Fact("Mã thiết bị", item.code, kind="code"),
                    Fact("Số máy (serial)", item.serial or "—", kind="code"),
                    Fact("Số thẻ tài sản", item.inventory_number or "—"),
                    Fact("Loại", item.category.name),
                    Fact("Mẫu", str(item.model) if item.model else "—"),
                    Fact(
                        "Năm, nước sản xuất", ", ".join(filter(None, [str(item.made_year or ""), item.made_in])) or "—"
                    ),
                ],
                title="Nhận dạng",
            ),
            FactList(
                [
                    Fact("Đơn vị", item.unit.name),
                    Fact("Phòng, tổ", item.room.name if item.room else "—"),
                    Fact("Người sử dụng", item.holder_name or "—"),
                    Fact("Trạng thái", item.get_status_display()),
                    Fact("Tình trạng", item.get_condition_display()),
                ],
                title="Nơi đặt, người dùng",
            ),
            FactList(
                [
                    Fact("Nguyên giá", money(item.original_price), kind="num"),
                    Fact("Ngày tiếp nhận", _day(item.received_on)),
                    Fact(
                        "Hồ sơ tiếp nhận",
                        intake.number if intake else "—",
                        url=reverse("intakes:detail", args=[intake.number]) if intake else "",
                        kind="code",
                    ),
                    *_batch(item),
                    Fact("Bảo hành đến", _day(item.warranty_until)),
                    Fact("Nhà sản xuất hết hỗ trợ", _day(item.end_of_support)),
                ],
                title="Giá trị và thời hạn",
            ),
            *([FactList(attributes, title="Thuộc tính")] if attributes else []),
            *([FactList([Fact("Ghi chú", item.note)], wide=True)] if item.note else []),
        ]
    )


def _batch(item: Equipment) -> list[Fact]:
    """The list that brought the device, if one did."""
    if item.batch is None:
        return []
    url = reverse("imports:detail", args=[item.batch.number])
    return [Fact("Đợt nhập từ tệp", item.batch.number, url=url, kind="code")]


def intake_details(intake: Intake) -> Stack:
    """The head of an intake."""
    return Stack(
        [
            FactList(
                [
                    Fact("Ngày ký biên bản", _day(intake.handover_date)),
                    Fact("Số biên bản", intake.minutes_number or "—"),
                    Fact("Địa điểm giao nhận", intake.place or "—"),
                    Fact("Quyết định giao nhận", intake.decision or "—"),
                    Fact("Bên giao", intake.supplier or "—"),
                    Fact("Số hợp đồng", intake.contract_number or "—"),
                    Fact("Ngày hợp đồng", _day(intake.contract_date)),
                    Fact("Nguồn kinh phí", intake.get_fund_source_display() or "—"),
                    Fact("Đại diện bên giao", _person(intake.giver_name, intake.giver_title)),
                    Fact("Đại diện bên nhận", _person(intake.receiver_name, intake.receiver_title)),
                    Fact("Người lập", str(intake.created_by or "—")),
                    Fact("Người tiếp nhận", str(intake.confirmed_by or "—")),
                ]
            ),
            *_notes(intake),
        ]
    )


def _notes(intake: Intake) -> list[FactList]:
    notes = {
        "Lý do cập nhật muộn": intake.late_reason,
        "Lý do hủy": intake.cancel_reason,
        "Ghi chú": intake.note,
    }
    facts = [Fact(label, text) for label, text in notes.items() if text]
    return [FactList(facts, wide=True)] if facts else []


def intake_stepper(intake: Intake) -> Stepper:
    """Draft → confirmed, or where it stopped."""
    made = Step("Lập hồ sơ", "done", when=_local(intake.created_at), who=str(intake.created_by or ""))
    if intake.state == IntakeState.CANCELLED:
        return Stepper([made, Step("Đã hủy", "stopped")])
    if intake.state == IntakeState.CONFIRMED:
        step = Step("Đã tiếp nhận", "done", when=_local(intake.confirmed_at), who=str(intake.confirmed_by or ""))
        return Stepper([made, step])
    return Stepper([made, Step("Bổ sung, kiểm tra", "now"), Step("Tiếp nhận", "ahead")])


def intake_clock(intake: Intake, owed: Obligation | None, today: date) -> Clock:
    """How the term of art. 7 stands."""
    if owed is None or owed.state == State.WAIVED:
        return Clock("Chưa tính hạn: chưa có ngày ký biên bản" if not intake.handover_date else "Không tính hạn")
    return clock(owed, today)


def obligation_of(user: User, intake: Intake) -> Obligation | None:
    """What the unit owes on the intake."""
    return Obligation.objects.visible_to(user).about(intake).filter(kind=Kind.INTAKE).first()


def equipment_documents(user: User, item: Equipment) -> DocumentList:
    """The papers of a device are those of the intake that brought it."""
    if item.intake is None:
        return DocumentList([], empty="Thiết bị này không có hồ sơ tiếp nhận trong hệ thống.")
    papers = documents_of(item.intake).select_related("created_by", "unit")
    return checklist_of(user, INTAKE, item.intake, list(papers), removable=False)


def _person(name: str, title: str) -> str:
    return ", ".join(filter(None, [name, title])) or "—"


def _local(moment: datetime | None) -> Any:
    return local(moment).date() if moment else None


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "—"
