"""Rows of intakes, their lines and what was owed on them, in COPY's text format."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from accounts.demo import person
from deadlines.rules import TERMS, Kind, State
from equipment.demo.bulk import text
from equipment.demo.market import Buyer, Product
from equipment.demo.plan import Days, Unit
from equipment.rules.lifecycle import FundSource, IntakeState
from equipment.rules.numbers import intake_number

INTAKE_COLUMNS = (
    *("id", "number", "unit_id", "state", "handover_date", "minutes_number", "place", "supplier"),
    *("giver_name", "giver_title", "receiver_name", "receiver_title", "contract_number", "contract_date"),
    *("decision", "fund_source", "note", "late_reason", "cancel_reason", "late"),
    *("confirmed_at", "confirmed_by_id", "created_by_id", "created_at", "version"),
)
LINE_COLUMNS = (
    *("id", "intake_id", "unit_id", "position", "category_id", "model_id", "name", "quantity", "unit_price"),
    *("warranty_months", "made_year", "made_in", "attributes", "items"),
)
OBLIGATION_COLUMNS = (
    *("kind", "unit_id", "subject_type_id", "subject_id", "subject_label", "start_date", "working_days", "due_date"),
    *("state", "fulfilled_on", "reason", "legal_basis", "created_at"),
)
LATE = 0.08
LATE_REASONS = (
    "Chờ nhà cung cấp bổ sung hồ sơ",
    "Cán bộ phụ trách nghỉ phép",
    "Mất kết nối mạng ngành",
    "Bổ sung số máy còn thiếu trong biên bản",
    "Trùng thời gian kiểm kê cuối năm",
)
SUPPLIERS = tuple(
    f"Công ty {form} {trade} Minh Họa {number:02}"
    for number, (form, trade) in enumerate(
        (
            ("TNHH", "Thiết bị tin học"),
            ("Cổ phần", "Công nghệ số"),
            ("TNHH", "Giải pháp mạng"),
            ("Cổ phần", "Thiết bị văn phòng"),
            ("TNHH", "Thương mại máy tính"),
            ("Cổ phần", "Tích hợp hệ thống"),
            ("TNHH", "Dịch vụ viễn thông"),
            ("Cổ phần", "An toàn thông tin"),
        ),
        start=1,
    )
)
FROM_ABOVE = "Trung tâm Công nghệ thông tin, BHXH Việt Nam"
FUNDS = (FundSource.ALLOCATED, FundSource.OPERATING, FundSource.INVESTMENT, FundSource.BUDGET, FundSource.PROJECT)
FUND_SHARES = (35, 80, 92, 98, 100)
PACE = (0, 0, 1, 1, 1, 2, 2, 2, 3, 3)  # working days from the hand-over to recording it in time
NEVER = "\\N"


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the devices of a confirmed intake take from it. `day` counts in the working days."""

    pk: int
    number: str
    day: int
    handover: date
    recorded_day: int
    recorded_at: str


@dataclass(slots=True)
class Dossiers:
    """Makes the rows and keeps them until they are taken."""

    days: Days
    subject_type: int
    rng: Random
    last_intake: int = 0
    last_line: int = 0
    intakes: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    obligations: list[str] = field(default_factory=list)

    def confirmed(self, unit: Unit, day: int) -> Dossier:
        """An intake of a hand-over on `day`, in the books since then."""
        rng, days = self.rng, self.days
        late = rng.random() < LATE and day + 15 < days.last
        recorded = min(day + (rng.randint(4, 14) if late else rng.choice(PACE)), days.last)
        on = days.dates[recorded]
        minute = rng.randrange(480)
        reason = rng.choice(LATE_REASONS) if late else ""
        dossier = self._intake(
            unit,
            day,
            state=IntakeState.CONFIRMED,
            created=at(on, minute),
            confirmed=at(on, minute + rng.randint(5, 60)),
            late_reason=reason,
            recorded=recorded,
        )
        state = State.FULFILLED_LATE if late else State.FULFILLED
        self._owe(unit, dossier, state, at(on, minute), on.isoformat(), reason)
        return dossier

    def draft(self, unit: Unit, day: int) -> Dossier:
        """An intake that still has to be recorded."""
        created = at(self.days.dates[day], 510)
        dossier = self._intake(
            unit, day, state=IntakeState.DRAFT, created=created, confirmed=NEVER, late_reason="", recorded=day
        )
        self._owe(unit, dossier, State.OPEN, created, NEVER, "")
        return dossier

    def line(
        self,
        unit: Unit,
        dossier: Dossier,
        product: Product,
        *,
        position: int,
        quantity: int,
        price: int,
        attributes: Mapping[str, str],
        items: Sequence[Mapping[str, str]] = (),
    ) -> None:
        """A line of the intake."""
        self.last_line += 1
        self.lines.append(
            f"{self.last_line}\t{dossier.pk}\t{unit.pk}\t{position}\t{product.category}\t{product.model or NEVER}"
            f"\t{text(product.name)}\t{quantity}\t{price}\t{product.warranty_months or NEVER}"
            f"\t{made_year(dossier, product)}\t{product.made_in}\t{as_json(attributes)}\t{as_json(items)}\n"
        )

    def take(self) -> tuple[list[str], list[str], list[str]]:
        """What was made since the last time: intakes, lines, obligations."""
        taken = self.intakes, self.lines, self.obligations
        self.intakes, self.lines, self.obligations = [], [], []
        return taken

    def _intake(
        self, unit: Unit, day: int, *, state: str, created: str, confirmed: str, late_reason: str, recorded: int
    ) -> Dossier:
        rng = self.rng
        handover, year = self.days.dates[day], self.days.dates[recorded].year
        self.last_intake += 1
        number = intake_number(unit.code, year, unit.number(year))
        (fund,) = rng.choices(FUNDS, cum_weights=FUND_SHARES)
        given = fund == FundSource.ALLOCATED and unit.buyer != Buyer.IT_CENTER
        fund = fund if given or fund != FundSource.ALLOCATED else FundSource.INVESTMENT
        paper, signed = rng.randint(1, 90), handover - timedelta(days=rng.randint(10, 60))
        contract = f"\t{NEVER}\t" if given else f"{paper:02}/{signed.year}/HĐMB\t{signed}\t"
        decision = f"Quyết định số {paper + 100}/QĐ-BHXH ngày {signed:%d/%m/%Y}" if given else ""
        self.intakes.append(
            f"{self.last_intake}\t{number}\t{unit.pk}\t{state}\t{handover}\t{rng.randint(1, 60):02}/BB-BG\t{unit.place}"
            f"\t{FROM_ABOVE if given else rng.choice(SUPPLIERS)}\t{person(rng)}"
            f"\t{'Chuyên viên' if given else 'Nhân viên giao hàng'}\t{unit.receiver}\tGiám đốc"
            f"\t{contract}{decision}\t{fund}\t\t{late_reason}\t"
            f"\t{'t' if late_reason else 'f'}\t{confirmed}\t{NEVER if confirmed == NEVER else unit.recorder}"
            f"\t{unit.recorder}\t{created}\t{1 if confirmed == NEVER else 2}\n"
        )
        return Dossier(self.last_intake, number, day, handover, recorded, created if confirmed == NEVER else confirmed)

    def _owe(self, unit: Unit, dossier: Dossier, state: str, created: str, done: str, reason: str) -> None:
        term = TERMS[Kind.INTAKE]
        self.obligations.append(
            f"{Kind.INTAKE}\t{unit.pk}\t{self.subject_type}\t{dossier.pk}\t{dossier.number}\t{dossier.handover}"
            f"\t{term.working_days}\t{self.days.due(dossier.day)}\t{state}\t{done}\t{reason}\t{text(term.legal_basis)}\t{created}\n"
        )


def at(day: date, minute: int) -> str:
    """A moment of that working day, so many minutes after it began at 8."""
    return f"{datetime(day.year, day.month, day.day, 8) + timedelta(minutes=minute):%Y-%m-%d %H:%M}+07"  # noqa: DTZ001 - the zone is written


def as_json(value: Mapping[str, str] | Sequence[Mapping[str, str]]) -> str:
    """JSON for COPY."""
    return text(json.dumps(value, ensure_ascii=False))


def made_year(dossier: Dossier, product: Product) -> str:
    """The year on the type plate; software has none."""
    return NEVER if product.software else str(dossier.handover.year - (dossier.handover.month < 4))  # noqa: PLR2004 - sold in spring, made last year
