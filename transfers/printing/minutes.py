"""Biên bản bàn giao, tiếp nhận tài sản công (01/TSC-BBGN): what it says, taken from a transfer and its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.documents import documents_of
from core.models import DocumentKind
from equipment.printing.basis import legal_basis
from equipment.printing.minutes import BLANK, Side, written_date
from equipment.printing.words import money_in_words
from equipment.rules.attributes import attributes_of, display
from orgs.models import OrgUnit
from transfers.actions.lines import lines_of
from transfers.models import Transfer, TransferLine
from transfers.rules import DIFFERENCES, Outcome
from ui.formats import number
from ui.pdf import render_pdf

FORM = "01/TSC-BBGN"
PAPERS = (
    DocumentKind.DECISION,
    DocumentKind.DATA_WIPE,
    DocumentKind.PROPOSAL,
    DocumentKind.ACCEPTANCE,
    DocumentKind.SUPERIOR_OPINION,
    DocumentKind.OTHER,
)


@dataclass(frozen=True)
class Row:
    """One device, as text: columns of part B.1."""

    position: str
    name: str
    code: str
    details: str
    measure: str
    price: str
    residual: str
    condition: str
    note: str


@dataclass(frozen=True)
class Minutes:
    """The whole form."""

    form: str
    basis: str
    superior: str
    unit: str
    dossier: str
    ground: str
    day: str
    place: str
    giver: Side
    receiver: Side
    rows: Sequence[Row]
    count: str
    value: str
    residual: str
    words: str
    papers: Sequence[str]
    wiped: Sequence[str]


def minutes_pdf(transfer: Transfer) -> bytes:
    """The form as it stands now: A4, one row for each device."""
    return render_pdf(
        "print/bbgn.html", {"minutes": minutes_of(transfer)}, styles={"print/document.css": {}, "print/bbgn.css": {}}
    )


def minutes_of(transfer: Transfer) -> Minutes:
    """What the form says. The caller got the transfer through a door."""
    lines = lines_of(transfer)
    parent = OrgUnit.objects.get_parent(transfer.unit)
    value = sum((line.original_price for line in lines), Decimal(0))
    residual = [line.residual for line in lines if line.residual is not None]
    kinds = list(documents_of(transfer).values_list("kind", flat=True))
    return Minutes(
        form=FORM,
        basis=legal_basis(FORM, transfer.handed_over_on) if transfer.handed_over_on else "",
        superior=parent.name.upper() if parent else "",
        unit=transfer.unit.name.upper(),
        dossier=transfer.number,
        ground=_ground(transfer),
        day=_today(transfer.handed_over_on),
        place=transfer.place,
        giver=Side(name=transfer.giver_name, title=transfer.giver_title, whom=transfer.unit.name),
        receiver=Side(name=transfer.receiver_name, title=transfer.receiver_title, whom=transfer.receiver.name),
        rows=[_row(line) for line in lines],
        count=number(len(lines)),
        value=number(value),
        residual=number(sum(residual, Decimal(0))) if residual else "",
        words=money_in_words(value),
        papers=[DocumentKind(kind).label for kind in PAPERS if kind in kinds],
        wiped=_wiped(lines),
    )


def _wiped(lines: Sequence[TransferLine]) -> list[str]:
    """How the data were wiped: devices of which the same is stated stand together."""
    groups: dict[str, list[str]] = {}
    for line in lines:
        if line.data_wiped_on and line.data_wiped:
            said = f"{line.data_wipe_method}, ngày {line.data_wiped_on:%d/%m/%Y}, {line.data_wiped_by} thực hiện"
            groups.setdefault(said, []).append(line.code)
    return [f"{said}: {', '.join(codes)}" for said, codes in groups.items()]


def _ground(transfer: Transfer) -> str:
    day = f"{transfer.decision_date:%d/%m/%Y}" if transfer.decision_date else BLANK
    return (
        f"Căn cứ Quyết định số {transfer.decision_number or BLANK} ngày {day} của {transfer.decision_issuer or BLANK}"
        " về việc điều chuyển tài sản công;"
    )


def _today(day: date | None) -> str:
    written = written_date(day)
    return f"Hôm nay, {written[0].lower()}{written[1:]}"


def _row(line: TransferLine) -> Row:
    known = attributes_of(line.category.attribute_keys)
    shown = [f"{a.label}: {display(a, line.attributes[a.key])}" for a in known if line.attributes.get(a.key)]
    made = ", ".join(filter(None, [str(line.made_year or ""), line.made_in]))
    serial = f"Số máy: {line.serial}" if line.serial else ""
    return Row(
        position=number(line.position),
        name=line.name,
        code=line.code,
        details="; ".join(filter(None, [serial, f"Sản xuất: {made}" if made else "", *shown])),
        measure=line.category.measure or "Chiếc",
        price=number(line.original_price),
        residual=number(line.residual) if line.residual is not None else "",
        condition=line.get_condition_display(),
        note=_note(line),
    )


def _note(line: TransferLine) -> str:
    """What became of a line: that it goes along, that it didn't arrive and why, what the sender found out of it."""
    told = ["Đi cùng máy"] if line.along_id is not None else []
    if line.result in DIFFERENCES:
        told.append(f"{line.get_result_display()}{': ' + line.difference if line.difference else ''}")
    if line.outcome:
        told.append(Outcome(line.outcome).label)
    said = "; ".join(f"{part[:1].lower()}{part[1:]}" for part in told)
    return f"{said[:1].upper()}{said[1:]}"
