from datetime import date

import pytest

from accounts.models import User
from equipment.models import Intake
from orgs import loading
from orgs.loading import UnitRow
from orgs.models import OrgUnit
from orgs.rules import UnitKind


@pytest.fixture
def store(settings, tmp_path):
    """An empty document store of this test's own."""
    settings.DOCUMENTS_ROOT = tmp_path / "store"
    return settings.DOCUMENTS_ROOT


@pytest.fixture
def unit(db):
    loading.load(
        [
            UnitRow(code="00", name="BHXH Việt Nam", kind=UnitKind.HQ),
            UnitRow(code="01", name="BHXH thành phố Hà Nội", kind=UnitKind.PROVINCE, parent="00"),
            UnitRow(code="01.001", name="BHXH quận Ba Đình", kind=UnitKind.DISTRICT, parent="01"),
        ]
    )
    return OrgUnit.objects.get(code="01.001")


@pytest.fixture
def author(unit):
    return User.objects.create(username="nghiepvu.thu", full_name="Trần Thị Thử", unit=unit, kind="business")


@pytest.fixture
def intake(unit, author):
    return Intake.objects.create(
        number="TN-01.001-2026-0001", unit=unit, handover_date=date(2026, 11, 18), created_by=author
    )


def files(store):
    """What lies in the store."""
    return sorted(path for path in store.rglob("*") if path.is_file())
