from datetime import date

import pytest

from deadlines.models import Obligation
from deadlines.rules import Kind
from tests.yearend.support import drafted, last_year
from yearend.rules import State

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]


def test_every_agency_gets_a_draft_with_its_term(world):
    reports = drafted()
    assert set(reports) == {"00", "00.VP", "00.CNTT", "00.PC", "01", "01.001", "01.002", "48"}
    assert {report.state for report in reports.values()} == {State.DRAFT}
    owed = Obligation.objects.filter(kind=Kind.ANNUAL_REPORT)
    assert set(owed.values_list("unit__code", flat=True)) == set(reports) - {"00.CNTT"}
    assert {one.due_date < date(last_year() + 1, 1, 15) for one in owed} == {True}
