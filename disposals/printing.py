"""Biên bản thanh lý TSCĐ, form C51-HD, taken from a disposal and its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from disposals.models import Disposal, DisposalLine
from disposals.queries import lines_of, shown_figures
from disposals.rules.flow import Act
from equipment.printing.basis import legal_basis
from equipment.printing.minutes import BLANK, written_date
from equipment.printing.words import money_in_words
from equipment.queries.depreciation import Figures
from orgs.models import OrgUnit
from ui.formats import number, vndate
from ui.pdf import render_pdf

FORM = "C51-HD"


@dataclass(frozen=True)
class Person:
    """One line of part I."""

    name: str
    title: str
    body: str
    role: str


@dataclass(frozen=True)
class Row:
    """One device: part II of the form, as text."""

    position: str
    name: str
    code: str
    made_in: str
    made_year: str
    used_since: str
    card: str
    reason: str
    original: str
    accumulated: str
    residual: str


@dataclass(frozen=True)
class Minutes:
    form: str
    basis: str
    superior: str
    unit: str
    dossier: str
    title: str
    day: str
    ground: str
    met: str
    act: str
    method: str
    council: Sequence[Person]
    head: str
    rows: Sequence[Row]
    count: str
    original: str
    accumulated: str
    residual: str
    conclusion: str
    costs: str
    costs_words: str
    proceeds: str
    proceeds_words: str
    booked_on: str


def disposal_minutes_pdf(disposal: Disposal) -> bytes:
    """The form as a PDF: A4 across, one row for each device. The caller got the dossier through a door."""
    styles: dict[str, dict[str, str]] = {"print/document.css": {}, "print/c51.css": {}}
    return render_pdf("print/c51.html", {"minutes": minutes_of(disposal)}, styles=styles)


def minutes_of(disposal: Disposal) -> Minutes:
    """What the form says of the disposal as it stands; result and booking are blank until it is closed."""
    lines, closed = lines_of(disposal), disposal.closed_on is not None
    figures = shown_figures(disposal, lines, timezone.localdate())
    own = [figures[line.equipment_id] for line in lines]
    parent = OrgUnit.objects.get_parent(disposal.unit)
    act = disposal.get_act_display()
    council = sorted(disposal.council, key=lambda member: not member["head"])
    return Minutes(
        form=FORM,
        basis=legal_basis(FORM, disposal.closed_on or timezone.localdate()),
        superior=parent.name.upper() if parent else "",
        unit=disposal.unit.name.upper(),
        dossier=disposal.number,
        title=f"BIÊN BẢN {act.upper()} TÀI SẢN CỐ ĐỊNH",
        day=written_date(disposal.closed_on),
        ground=_ground(disposal),
        met=_met(disposal),
        act=act.lower(),
        method=disposal.get_method_display(),
        council=[Person(m["name"], m["title"], m["body"], "Trưởng ban" if m["head"] else "Ủy viên") for m in council],
        head=next((member["name"] for member in council if member["head"]), ""),
        rows=[_row(line, position, figures[line.equipment_id]) for position, line in enumerate(lines, start=1)],
        count=number(len(lines)),
        original=number(sum(one.original for one in own)),
        accumulated=number(sum(one.accumulated for one in own)),
        residual=number(sum(one.residual for one in own)),
        conclusion=disposal.conclusion,
        costs=number(disposal.costs) if closed else "",
        costs_words=money_in_words(disposal.costs) if closed else "",
        proceeds=number(disposal.proceeds) if closed else "",
        proceeds_words=money_in_words(disposal.proceeds) if closed else "",
        booked_on=_written(disposal.closed_on),
    )


def _ground(disposal: Disposal) -> str:
    what = "thanh lý" if disposal.act == Act.LIQUIDATION else "tiêu hủy"
    about = f"về việc {what} tài sản cố định"
    if not disposal.decision_number or disposal.decision_date is None:
        return f"Căn cứ Quyết định số {BLANK} ngày {BLANK} của {BLANK} {about}"
    signer = f" của {disposal.decision_signer}" if disposal.decision_signer else ""
    return f"Căn cứ Quyết định số {disposal.decision_number} ngày {vndate(disposal.decision_date)}{signer} {about}"


def _met(disposal: Disposal) -> str:
    """Which council said what the form repeats: its minutes have a number and a day of their own."""
    day = vndate(disposal.minutes_date) or BLANK
    return f"Theo Biên bản họp Hội đồng số {disposal.minutes_number or BLANK} ngày {day}"


def _row(line: DisposalLine, position: int, figures: Figures) -> Row:
    model = str(line.model) if line.model and str(line.model) not in line.name else ""
    serial = f"S/N: {line.serial}" if line.serial else ""
    return Row(
        position=number(position),
        name="; ".join(filter(None, [line.name, model, serial])),
        code=line.code,
        made_in=line.made_in,
        made_year=str(line.made_year or ""),
        used_since=str(line.received_on.year),
        card=line.inventory_number,
        reason=f"{line.get_condition_display()}; {line.get_reason_display().lower()}",
        original=number(figures.original),
        accumulated=number(figures.accumulated),
        residual=number(figures.residual),
    )


def _written(day: date | None) -> str:
    text = written_date(day)
    return text[:1].lower() + text[1:]
