"""Blocks of this app's record pages, made of what the database says."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse

from accounts.models import User
from core.history import Revision, revisions
from core.models import Document as StoredDocument
from core.models import DocumentKind, Event
from deadlines.models import Obligation
from deadlines.queries import calendar
from deadlines.rules import Kind, State, clock_text
from equipment.actions.intake import missing
from equipment.models import Equipment, ImportBatch, Intake
from equipment.rules.attributes import display
from equipment.rules.lifecycle import EntryKind, IntakeState
from ui.blocks import Clock, Document, DocumentList, Entry, Fact, FactList, Stack, Step, Stepper, Timeline
from ui.formats import local, money

EVENT_TITLES = {
    "intake.drafted": "Lập hồ sơ tiếp nhận",
    "intake.confirmed": "Tiếp nhận thiết bị",
    "intake.cancelled": "Hủy hồ sơ",
    "intake.restored": "Khôi phục hồ sơ",
    "intake.corrected": "Đính chính hồ sơ",
    "intake.document_added": "Thêm tài liệu",
    "intake.document_removed": "Gỡ tài liệu",
    "intake.form_issued": "Phát hành biên bản C50-HD",
    "equipment.described": "Sửa thông tin thiết bị",
    "import.uploaded": "Tải tệp lên",
    "import.read": "Đọc xong tệp",
    "import.matched": "Ghép cột",
    "import.checked": "Kiểm tra xong các dòng",
    "import.finished": "Nhập vào sổ",
    "import.failed": "Không đọc được tệp",
    "import.cancelled": "Hủy đợt nhập",
}
EVENT_TONES = {"intake.confirmed": "ok", "intake.cancelled": "bad"}
CONFIRMED = EntryKind.INTAKE.label  # the reason under which the confirmation stands in the history
# The history row of the same step says more than these events do.
TOLD_BY_HISTORY = frozenset(
    {
        "equipment.described",
        "equipment.imported",
        "equipment.updated",
        "intake.corrected",
        "intake.cancelled",
        "intake.restored",
    }
)


def _events(user: User, subject: models.Model) -> list[Entry]:
    rows = (
        Event.objects.visible_to(user)
        .filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)
        .exclude(kind__in=TOLD_BY_HISTORY)
        .select_related("actor")
    )
    return [
        Entry(
            when=event.created_at,
            who=str(event.actor or "Hệ thống"),
            title=EVENT_TITLES.get(event.kind, event.kind),
            text=str(event.payload.get("title", "")),
            tone=EVENT_TONES.get(event.kind, ""),  # type: ignore[arg-type]  # tones of the kit
        )
        for event in rows
    ]


def _history(obj: models.Model, *, created: str) -> list[Entry]:
    return [_revision(r, created=created) for r in revisions(obj) if r.changes or r.kind == "+"]


def _revision(revision: Revision, *, created: str) -> Entry:
    return Entry(
        when=revision.when,
        who=revision.who or "Hệ thống",
        title=created if revision.kind == "+" else "Thay đổi thông tin",
        text=revision.reason,
        changes=revision.changes,
    )


def _newest_first(entries: Sequence[Entry]) -> Timeline:
    return Timeline(sorted(entries, key=lambda entry: entry.when, reverse=True))


def equipment_timeline(user: User, item: Equipment) -> Timeline:
    """What happened to a device, with what stood there before."""
    return _newest_first([*_history(item, created="Ghi vào sổ thiết bị"), *_events(user, item)])


def intake_timeline(user: User, intake: Intake) -> Timeline:
    """What happened to an intake."""
    # Its confirmation is told by the event, in words; the row of history would only say that the state changed.
    history = [entry for entry in _history(intake, created="") if entry.changes and entry.text != CONFIRMED]
    return _newest_first([*history, *_events(user, intake)])


def import_timeline(user: User, batch: ImportBatch) -> Timeline:
    """The steps that an import has taken."""
    return _newest_first(_events(user, batch))


def catalogue_timeline(entry: models.Model) -> Timeline:
    """What happened to an entry of the catalogue."""
    return _newest_first(_history(entry, created="Thêm vào danh mục"))


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
    due = f"hạn {owed.due_date:%d/%m/%Y}"
    if owed.state == State.OPEN:
        late = today > owed.due_date
        return Clock(f"Cập nhật: {clock_text(owed.due_date, today, calendar())} ({due})", "late" if late else "soon")
    if owed.state == State.FULFILLED_LATE:
        return Clock(f"Tiếp nhận muộn ngày {owed.fulfilled_on:%d/%m/%Y} ({due})", "late")
    return Clock(f"Đúng hạn, ngày {owed.fulfilled_on:%d/%m/%Y} ({due})", "done")


def obligation_of(user: User, intake: Intake) -> Obligation | None:
    """What the unit owes on the intake."""
    return Obligation.objects.visible_to(user).about(intake).filter(kind=Kind.INTAKE).first()


def equipment_documents(user: User, item: Equipment) -> DocumentList:
    """The papers of a device are those of the intake that brought it."""
    if item.intake is None:
        return DocumentList([], empty="Thiết bị này không có hồ sơ tiếp nhận trong hệ thống.")
    papers = (
        StoredDocument.objects.visible_to(user)
        .filter(subject_type=ContentType.objects.get_for_model(Intake), subject_id=item.intake.pk)
        .select_related("created_by")
        .order_by("id")
    )
    return intake_documents(list(papers), item.intake, removable=False)


def intake_documents(documents: Sequence[StoredDocument], intake: Intake, *, removable: bool) -> DocumentList:
    """The checklist of art. 7: what is there, what is missing."""
    shown = [
        Document(
            label=document.get_kind_display(),
            url=reverse("documents:download", args=[document.public_id]),
            name=document.title,
            size=document.size,
            uploaded=document.created_at,
            who=str(document.created_by or "Hệ thống"),
            remove_url=reverse("intakes:detach", args=[intake.number, document.public_id])
            if removable and not document.issued
            else "",
        )
        for document in documents
    ]
    lacking = missing(intake, kinds=[document.kind for document in documents])
    wanted = [Document(label=DocumentKind(kind).label, required=True) for kind in lacking]
    return DocumentList([*wanted, *shown])


def _person(name: str, title: str) -> str:
    return ", ".join(filter(None, [name, title])) or "—"


def _local(moment: datetime | None) -> Any:
    return local(moment).date() if moment else None


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "—"
