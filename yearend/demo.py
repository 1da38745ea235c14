"""Reports of last year for the demonstration: nearly everybody has reported in January, the units that people log in
for are at various steps. Frozen figures are made of the books as `actions.editions.freeze` makes them, for many units
at once; what is still open is made by the real steps.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from accounts.demo import BA_DINH, DA_NANG, HANOI, HOAN_KIEM, IT_CENTER, OFFICE, PASSWORD, person
from accounts.models import User
from accounts.rules import Kind as AccountKind
from core.models import Counter
from deadlines.models import Obligation
from deadlines.queries import calendar
from deadlines.rules import TERMS, Kind, state_of
from equipment.demo.bulk import execute
from orgs.models import OrgUnit
from orgs.queries import superiors
from orgs.rules import UnitKind
from reports.queries.annual import lines_by_unit
from reports.queries.surveys import surveys_of
from reports.rules.annual import Lines, digest
from signing.actions.signatures import sign_with_file
from signing.demo import DemoAuthority
from signing.queries import paper_of
from signing.rules import Step
from yearend.actions.drafting import draft_year
from yearend.actions.issuing import Letter, issue
from yearend.actions.locking import lock
from yearend.actions.sending import send
from yearend.models import AnnualEdition, AnnualReport, EditionPart
from yearend.queries.figures import deadlines_by_unit
from yearend.rules import State
from yearend.rules.figures import Counts, PartFigures, Words, composed
from yearend.rules.terms import closing_day, due_day, last_year
from yearend.tree import reporting

WHY = "Dữ liệu minh họa"
SEED = 375
FEW = 5  # working days of January: before them nobody has reported
OPEN = frozenset({IT_CENTER, OFFICE, HANOI, BA_DINH, HOAN_KIEM, DA_NANG})
"""Units that have not reported yet, so that there is something to do for those who log in."""
SILENT, LATE, UNSENT, SENT_BACK = 97, 23, frozenset({"01.003", "01.004"}), frozenset({"01.005"})
"""Every so manieth district is silent, or was late; of these districts of Hà Nội some have closed their books and not
sent anything, as nobody has signed for them, and one was answered."""
WORDS = Words(
    notes={},
    assessment="Thiết bị được giao cho từng cán bộ quản lý, sử dụng đúng mục đích; hồ sơ cập nhật đúng hạn. Một số máy "
    "trạm hết thời gian sử dụng vẫn phải dùng cho công tác giải quyết hồ sơ.",
    proposal="Trang bị thay thế máy trạm đã hết thời gian sử dụng theo tiêu chuẩn, định mức.",
)
SIGNERS = {
    BA_DINH: {Step.PREPARER: "Nguyễn Thu Trang", Step.HEAD: "Lê Đức Thắng", Step.SEAL: "BHXH quận Ba Đình"},
    HOAN_KIEM: {Step.PREPARER: "Vũ Minh Tâm", Step.HEAD: "Hoàng Bích Ngọc", Step.SEAL: "BHXH quận Hoàn Kiếm"},
    HANOI: {Step.PREPARER: "Đặng Quốc Việt", Step.HEAD: "Bùi Thanh Hương", Step.SEAL: "BHXH thành phố Hà Nội"},
    IT_CENTER: {Step.PREPARER: "Trịnh Văn Sơn", Step.HEAD: "Phan Mỹ Linh", Step.SEAL: "Trung tâm Công nghệ thông tin"},
}
LOCKED_WHY = "Các việc còn lại đã rà soát, không làm thay đổi số liệu đến 31/12."


@dataclass
class Made:
    """A report of January before it is written."""

    unit: OrgUnit
    report: AnnualReport
    clerk: User
    when: datetime
    figures: dict[str, Any] = field(default_factory=dict)
    edition: AnnualEdition = field(default_factory=AnnualEdition)
    parts: "list[Made]" = field(default_factory=list)

    @property
    def number(self) -> str:
        """Of the report."""
        return self.report.number


def make_reports() -> int:
    """Reports of last year for every unit; how many there are."""
    today = timezone.localdate()
    year = last_year(today)
    if today > date(today.year, 1, 2 * FEW):
        _Januaries(year, today).write()
    draft_year(year)
    for code in (HOAN_KIEM, DA_NANG):
        report = _report(code, year)
        lock(report, by=_clerk(code), version=report.version, reason=LOCKED_WHY)
    _sign(year)
    return AnnualReport.objects.filter(year=year).count()


def _report(code: str, year: int) -> AnnualReport:
    return AnnualReport.objects.select_related("unit").get(unit__code=code, year=year)


def _clerk(code: str) -> User:
    return User.objects.select_related("unit").get(unit__code=code, kind=AccountKind.BUSINESS, is_active=True)


def _sign(year: int) -> None:
    """Hoàn Kiếm has sent its signed report, which waits at Hà Nội; for the others there are key files to sign with."""
    authority = DemoAuthority(User.objects.filter(kind=AccountKind.LEVEL1_ADMIN).order_by("pk")[0])
    files = {code: authority.name_signers(OrgUnit.objects.get(code=code), people) for code, people in SIGNERS.items()}
    if settings.SIGNING_TSA_URL:  # it answers for people's work; its issuer isn't trusted by data that was invented
        return
    report, clerk, people = _report(HOAN_KIEM, year), _clerk(HOAN_KIEM), SIGNERS[HOAN_KIEM]
    letter = Letter(
        document_number="15/BC-BHXH",
        document_date=timezone.localdate(),
        place="Hà Nội",
        preparer=people[Step.PREPARER],
        position="GIÁM ĐỐC",
        signatory=people[Step.HEAD],
    )
    report = issue(report, letter=letter, by=clerk, version=report.version, reason=WHY)
    for step, file in files[HOAN_KIEM].items():
        paper = paper_of(report)
        assert paper is not None  # noqa: S101 - it was issued a moment ago
        sign_with_file(paper, step=step, key_file=file, password=PASSWORD, picture=None, by=clerk)
    report.refresh_from_db()
    send(report, by=clerk, version=report.version, reason=WHY)


class _Januaries:
    """What was reported in January."""

    def __init__(self, year: int, today: date) -> None:
        self.year, self.today, self.rng = year, today, Random(SEED)  # noqa: S311 - data to look at, no secret
        self.due = due_day(year, calendar())
        every = reporting(year)
        self.above = superiors()
        self.units = [unit for at, unit in enumerate(every) if unit.code not in OPEN and at % SILENT]
        self.below: dict[int, list[OrgUnit]] = {}
        for unit in every:
            if unit.pk in self.above:
                self.below.setdefault(self.above[unit.pk].pk, []).append(unit)
        self.clerks = self._clerks()

    def _clerks(self) -> dict[int, User]:
        """Who recorded for each unit, open accounts first."""
        users = User.objects.filter(kind=AccountKind.BUSINESS).order_by("is_active", "pk").select_related("unit")
        found = {user.unit_id: user for user in users}
        office = next(user for user in found.values() if user.unit.code == OFFICE)
        return {unit.pk: found.get(unit.pk, office) for unit in self.units}

    def write(self) -> None:
        """Reports, editions, what went into which, closed books and terms: a few statements for all of them."""
        lines, surveys = lines_by_unit(self.units, self.year), surveys_of(self.units, self.year)
        terms = deadlines_by_unit(self.units, self.year)
        made: dict[int, Made] = {}
        for at, unit in enumerate(sorted(self.units, key=lambda unit: unit.kind != UnitKind.DISTRICT)):
            one = made[unit.pk] = self._report(unit, at)
            one.parts = [made[below.pk] for below in self.below.get(unit.pk, []) if below.pk in made]
            silent = [below.code for below in self.below.get(unit.pk, []) if below.pk not in made]
            self._freeze(one, lines[unit.pk], surveys[unit.pk], terms[unit.pk], silent)
        _store(list(made.values()), self.year)
        self._owe(list(made.values()))

    def _report(self, unit: OrgUnit, at: int) -> Made:
        answered = State.RETURNED if unit.code in SENT_BACK else State.ACCEPTED
        state = State.LOCKED if unit.code in UNSENT else answered
        late = not at % LATE
        day = self.due + timedelta(days=3 + at % 9) if late else self.due - timedelta(days=1 + at % FEW)
        when = timezone.make_aware(datetime.combine(min(day, self.today), time(9 + at % 8, at % 60)))
        report = AnnualReport(
            number=f"BC-{unit.code}-{self.year}-0001",
            unit=unit,
            year=self.year,
            state=state,
            assessment=WORDS.assessment,
            proposal=WORDS.proposal,
        )
        if state != State.LOCKED:
            self._send(report, unit, at, when)
        return Made(unit, report, self.clerks[unit.pk], when)

    def _send(self, report: AnnualReport, unit: OrgUnit, at: int, when: datetime) -> None:
        """What stood on its paper, and how it was answered."""
        report.document_number, report.document_date = f"{40 + at % 90}/BC-BHXH", when.date()
        report.place = unit.name.removeprefix("BHXH ").removeprefix("thành phố ").removeprefix("tỉnh ")[:100]
        report.preparer, report.position = self.clerks[unit.pk].full_name, "Giám đốc"
        report.signatory, report.sent_at = person(self.rng), when
        if report.state == State.ACCEPTED:
            report.accepted_at = when + timedelta(days=1)
        else:
            report.return_reason = "Thiếu số liệu kiểm kê của một phòng, đề nghị rà soát."

    def _freeze(self, one: Made, own: Lines, survey: Mapping[str, Any], terms: Counts, silent: Sequence[str]) -> None:
        one.figures = composed(
            year=self.year,
            code=one.unit.code,
            name=one.unit.name,
            own=own,
            parts=[_part(part) for part in one.parts],
            missing=silent,
            survey=survey,
            deadlines=terms,
            words=WORDS,
        )
        one.edition.sha256 = digest(one.figures)

    def _owe(self, made: Sequence[Made]) -> None:
        term = TERMS[Kind.ANNUAL_REPORT]
        owed = [
            Obligation(
                kind=Kind.ANNUAL_REPORT,
                unit=one.unit,
                subject=one.report,
                subject_label=one.number,
                start_date=self.due,
                working_days=term.working_days,
                due_date=self.due,
                state=state_of(due=self.due, fulfilled_on=sent),
                fulfilled_on=sent,
                reason="Chờ đơn vị cấp dưới gửi bổ sung số liệu." if sent and sent > self.due else "",
                legal_basis=term.legal_basis,
            )
            for one in made
            for sent in [one.when.date() if one.report.sent_at else None]
        ]
        bulk_create_with_history(owed, Obligation, batch_size=1000, default_change_reason=WHY)


def _part(one: Made) -> PartFigures:
    return PartFigures(
        unit=one.unit.code,
        name=one.unit.name,
        edition=str(one.edition.public_id),
        number=one.number,
        sha256=one.edition.sha256,
        total=one.figures["total"],
        survey=one.figures["survey"],
        deadlines=one.figures["deadlines"]["total"],
    )


def _store(made: Sequence[Made], year: int) -> None:
    """Write it with the days of January: what is frozen can't be given another day afterwards."""
    states = {one.number: one.report.state for one in made}
    for one in made:
        one.report.state = State.DRAFT  # nothing is locked without an edition
    bulk_create_with_history([one.report for one in made], AnnualReport, batch_size=1000, default_change_reason=WHY)
    Counter.objects.bulk_create(Counter(unit=one.unit, key=f"BC-{year}", value=1) for one in made)
    execute(EDITIONS, [json.dumps(list(_rows(made, year)))])
    keys = dict(AnnualEdition.objects.filter(year=year).values_list("public_id", "pk"))
    EditionPart.objects.bulk_create(
        EditionPart(edition_id=keys[one.edition.public_id], unit=one.unit, part_id=keys[part.edition.public_id])
        for one in made
        for part in one.parts
    )
    settled = [{"number": number, "state": state} for number, state in states.items()]
    execute(SETTLED, [json.dumps(settled)])
    execute(CLOSED, [closing_day(year), year])


def _rows(made: Sequence[Made], year: int) -> Iterator[dict[str, Any]]:
    for one in made:
        yield {
            "public_id": str(one.edition.public_id),
            "report_id": one.report.pk,
            "unit_id": one.unit.pk,
            "year": year,
            "figures": one.figures,
            "sha256": one.edition.sha256,
            "missing": one.figures["missing"],
            "created_by_id": one.clerk.pk,
            "created_at": (one.when - timedelta(days=1)).isoformat(),
        }


EDITIONS = """
INSERT INTO yearend_annualedition
  (public_id, report_id, unit_id, year, edition, figures, sha256, missing, reason, created_by_id, created_at)
SELECT public_id, report_id, unit_id, year, 1, figures, sha256, missing, '', created_by_id, created_at
FROM jsonb_to_recordset(%s::jsonb) AS r(public_id uuid, report_id bigint, unit_id bigint, year int, figures jsonb,
  sha256 text, missing jsonb, created_by_id bigint, created_at timestamptz)
"""
SETTLED = """
UPDATE yearend_annualreport AS report
SET state = r.state, edition_id = edition.id, created_at = make_timestamptz(report.year + 1, 1, 1, 0, 20, 0),
  drafted_at = make_timestamptz(report.year + 1, 1, 1, 0, 20, 0),
  draft = jsonb_build_object('own', edition.figures->'own')
FROM jsonb_to_recordset(%s::jsonb) AS r(number text, state text), yearend_annualedition AS edition
WHERE report.number = r.number AND edition.report_id = report.id
"""
CLOSED = """
INSERT INTO equipment_periodlock
  (unit_id, year, closed_until, locked_at, locked_by_id, reason, unlock_reason)
SELECT unit_id, year, %s, created_at, created_by_id, '', '' FROM yearend_annualedition WHERE year = %s
"""
