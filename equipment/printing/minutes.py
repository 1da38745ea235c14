"""What the hand-over minutes of fixed assets (C50-HD) say, taken from an intake and its devices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from equipment.models import Category, Equipment, Intake
from equipment.printing.basis import legal_basis
from equipment.printing.words import money_in_words
from equipment.queries.deliveries import delivered
from equipment.rules.attributes import attributes_of, display
from orgs.models import OrgUnit
from ui.formats import number, vndate

FORM = "C50-HD"


@dataclass(frozen=True)
class Row:
    """One device: columns A to E of the form, as text."""

    position: str
    name: str
    serial: str
    code: str
    made_in: str
    made_year: str
    used_since: str
    price: str
    wear_rate: str


@dataclass(frozen=True)
class Group:
    """The devices of one line of the delivery."""

    title: str
    details: str
    count: str
    value: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Side:
    """Who signs for one side."""

    name: str
    title: str
    whom: str


@dataclass(frozen=True)
class Minutes:
    form: str
    basis: str
    superior: str
    unit: str
    dossier: str
    number: str
    day: str
    grounds: Sequence[str]
    giver: Side
    receiver: Side
    place: str
    funds: str
    groups: Sequence[Group]
    count: str
    value: str
    words: str


def minutes_of(intake: Intake) -> Minutes:
    """The minutes of a confirmed intake: all that was delivered, by code. The caller got it through a door."""
    devices = delivered(intake)
    value = sum((device.original_price for device in devices), Decimal(0))
    parent = OrgUnit.objects.get_parent(intake.unit)
    return Minutes(
        form=FORM,
        basis=legal_basis(FORM, intake.handover_date) if intake.handover_date else "",
        superior=parent.name.upper() if parent else "",
        unit=intake.unit.name.upper(),
        dossier=intake.number,
        number=intake.minutes_number,
        day=written_date(intake.handover_date),
        grounds=_grounds(intake),
        giver=Side(name=intake.giver_name, title=intake.giver_title, whom=intake.supplier),
        receiver=Side(name=intake.receiver_name, title=intake.receiver_title, whom=intake.unit.name),
        place=intake.place,
        funds=intake.get_fund_source_display() if intake.fund_source else "",
        groups=_groups(devices),
        count=number(len(devices)),
        value=number(value),
        words=money_in_words(value),
    )


def written_date(day: date | None) -> str:
    """As papers write it: a 0 before days below 10 and before months 1 and 2 (NĐ 30/2020/NĐ-CP, annex I)."""
    if day is None:
        return "Ngày …… tháng …… năm ………"
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)  # noqa: PLR2004 - the two months that could be forged
    return f"Ngày {day.day:02} tháng {month} năm {day.year}"


def _grounds(intake: Intake) -> list[str]:
    decision = intake.decision
    if decision and not decision.lower().startswith("quyết định"):
        decision = f"Quyết định số {decision}"
    about = "" if "về việc" in decision.lower() else " về việc bàn giao tài sản cố định"
    grounds = [
        f"Căn cứ {decision}{about}" if decision else f"Căn cứ Quyết định số {BLANK} ngày {BLANK} của {BLANK}{about}"
    ]
    if intake.contract_number:
        signed = f" ngày {vndate(intake.contract_date)}" if intake.contract_date else ""
        grounds.append(f"Căn cứ Hợp đồng số {intake.contract_number}{signed}")
    return grounds


BLANK = "……………"


def _groups(devices: Iterable[Equipment]) -> list[Group]:
    groups, position = [], 0
    for _, members in groupby(devices, key=_line):
        own = list(members)
        rows = [_row(device, position + n) for n, device in enumerate(own, start=1)]
        position += len(own)
        first = own[0]
        groups.append(
            Group(
                title=f"{first.category.name}: {first.model}" if first.model else first.category.name,
                details=_details(first.category, own),
                count=f"{number(len(own))} {(first.category.measure or 'thiết bị').lower()}",
                value=number(sum((device.original_price for device in own), Decimal(0))),
                rows=rows,
            )
        )
    return groups


def _line(device: Equipment) -> tuple[object, ...]:
    """What the devices of one line of the delivery have in common."""
    return device.category_id, device.model_id, device.name, device.original_price


def _details(category: Category, devices: Sequence[Equipment]) -> str:
    """Attributes that all the devices share, for column B (quy cách)."""
    shared = []
    for attribute in attributes_of(category.attribute_keys):
        values = {device.attributes.get(attribute.key, "") for device in devices}
        if len(values) == 1 and (value := values.pop()):
            shared.append(f"{attribute.label}: {display(attribute, value)}")
    return "; ".join(shared)


def _row(device: Equipment, position: int) -> Row:
    return Row(
        position=number(position),
        name=device.name,
        serial=device.serial,
        code=device.code,
        made_in=device.made_in,
        made_year=str(device.made_year or ""),
        used_since=str(device.received_on.year),
        price=number(device.original_price),
        wear_rate=_wear_rate(device.category.life_years),
    )


def _wear_rate(life_years: int | None) -> str:
    """Yearly wear in percent, from the life that the catalogue gives; blank where it gives none."""
    if not life_years:
        return ""
    return number((Decimal(100) / life_years).quantize(Decimal("0.01")).normalize())
