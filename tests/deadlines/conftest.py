import pytest

from accounts.actions import create_account
from accounts.rules import Kind
from core.models import Event
from deadlines.management.commands import load_calendar
from deadlines.models import CalendarDay
from orgs import loading
from orgs.loading import UnitRow
from orgs.models import OrgUnit
from orgs.rules import UnitKind


@pytest.fixture
def units(db):
    """A root, a province and two districts, by code."""
    loading.load(
        [
            UnitRow(code="00", name="BHXH Việt Nam", kind=UnitKind.HQ),
            UnitRow(code="01", name="BHXH thành phố Hà Nội", kind=UnitKind.PROVINCE, parent="00"),
            UnitRow(code="01.001", name="BHXH quận Ba Đình", kind=UnitKind.DISTRICT, parent="01"),
            UnitRow(code="01.002", name="BHXH quận Hoàn Kiếm", kind=UnitKind.DISTRICT, parent="01"),
        ]
    )
    return {unit.code: unit for unit in OrgUnit.objects.all()}


@pytest.fixture
def account(units):
    def make(code, kind=Kind.BUSINESS):
        name = f"{kind}.{code}"
        return create_account(
            username=name, full_name="Người dùng thử", unit=units[code], kind=kind, password="bBa-dinh-2026-thu"
        )

    return make


@pytest.fixture
def dossier(units):
    """Any row that something can be owed on."""

    def make(code="01.001"):
        return Event.objects.create(kind="test.dossier", unit=units[code], subject=units[code])

    return make


@pytest.fixture
def official_calendar(db):
    """The days off as they were decided, Tết of 2026 among them."""
    CalendarDay.objects.bulk_create(CalendarDay(**row) for row in load_calendar.rows())
