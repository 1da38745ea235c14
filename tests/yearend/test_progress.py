"""The board of the units below: exact counts, each with the list behind it, within what the person sees."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from core.transitions import transition
from deadlines.models import Obligation
from deadlines.rules import Kind
from tests.yearend.support import drafted, frozen, last_year
from yearend.actions.duties import fulfilled
from yearend.models import AnnualReport
from yearend.queries.progress import progress
from yearend.rules import FLOW, State
from yearend.rules.progress import MISSING

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8"), pytest.mark.dieu("14.6")]
WAY = (State.LOCKED, State.ISSUED, State.SIGNED, State.SENT, State.ACCEPTED)


def brought_to(world, unit: str, state: State, *, by) -> AnnualReport:
    """The unit's report in that state."""
    report = frozen(world.units[unit], by=by)
    for one in WAY[1 : WAY.index(state) + 1]:
        report = transition(report, one, flow=FLOW, by=by, reason=one.label, event=f"annual.{one}")
        if one == State.SENT:
            fulfilled(report, by)
    return report


@pytest.fixture
def year(world):
    """Ba Đình has sent, Hoàn Kiếm has locked, Đà Nẵng is accepted, Văn phòng has no report."""
    drafted()
    brought_to(world, "01.001", State.SENT, by=world.nghiepvu_badinh)
    brought_to(world, "01.002", State.LOCKED, by=world.nghiepvu_hoankiem)
    brought_to(world, "48", State.ACCEPTED, by=world.nghiepvu_danang)
    gone = AnnualReport.objects.get(unit=world.units["00.VP"])
    Obligation.objects.about(gone).get().reminders.all().delete()
    Obligation.objects.about(gone).delete()
    AnnualReport.history.filter(id=gone.pk).delete()
    gone.delete()


def board(client, **asked):
    return client.get(reverse("yearend:progress"), {"year": last_year(), **asked})


def figures(page):
    """Every number of a page that leads to a list, with its address."""
    found = re.findall(
        r'<a(?: class="tile[^"]*")? href="(/bao-cao-nam/\?[^"]*)">(?:<span class="tile-number">)?([\d.]+)<', page
    )
    return [(url.replace("&amp;", "&"), int(number.replace(".", ""))) for url, number in found]


@pytest.mark.parametrize("name", ["admin1", "ttcntt", "nghiepvu_hanoi", "tracuu_hanoi"])
def test_each_number_leads_to_exactly_its_list(world, year, client_of, name):
    client = client_of(world.users[name])
    page = board(client).content.decode()
    found = figures(page)
    assert len(found) >= 6
    for url, number in found:
        shown = client.get(url)
        assert shown.status_code == 200
        assert shown.context["count"] == number, url


def test_the_country_is_counted(world, year):
    found = progress(world.admin1, "", last_year(), timezone.localdate())
    assert found.here.code == "00.CNTT"
    assert [row.unit.code for row in found.rows] == ["00", "00.VP", "00.PC", "01", "48"]
    assert found.whole.total == 8
    assert dict(found.whole.states) == {
        State.DRAFT: 4, State.SENT: 1, State.LOCKED: 1, State.ACCEPTED: 1, MISSING: 1,
    }  # fmt: skip
    assert [unit.code for unit in found.missing] == ["00.VP"]
    hanoi = next(row.whole for row in found.rows if row.unit.code == "01")
    assert (hanoi.total, hanoi.done, hanoi.of(State.LOCKED)) == (3, 1, 1)


def test_what_is_late_is_what_the_obligations_say(world, year):
    found = progress(world.admin1, "", last_year(), timezone.localdate())
    owed = Obligation.objects.filter(kind=Kind.ANNUAL_REPORT)
    assert found.whole.overdue == owed.overdue(timezone.localdate()).count() == 4
    assert found.whole.late == owed.filter(state="fulfilled_late").count() == 2


def test_a_province_sees_its_districts_and_nobody_else(world, year, client_of):
    page = board(client_of(world.nghiepvu_hanoi)).content.decode()
    for name in ("BHXH quận Ba Đình", "BHXH quận Hoàn Kiếm", "Riêng BHXH thành phố Hà Nội"):
        assert name in page
    assert "Đà Nẵng" not in page
    assert "Pháp chế" not in page


@pytest.mark.parametrize(("name", "unit"), [("nghiepvu_badinh", ""), ("nghiepvu_danang", ""), ("nghiepvu_hanoi", "48")])
def test_no_board_for_who_has_nobody_below_or_asks_for_peers(world, year, client_of, name, unit):
    assert board(client_of(world.users[name]), unit=unit).status_code == 404


@pytest.mark.parametrize("asked", ["2019", "x", str(timezone.localdate().year)])
def test_no_board_of_a_year_that_isnt_reported(world, year, client_of, asked):
    assert client_of(world.admin1).get(reverse("yearend:progress"), {"year": asked}).status_code == 404


def test_the_overdue_are_urged_from_the_board(world, year, client_of):
    client = client_of(world.nghiepvu_hanoi)
    page = board(client)
    urging = page.context["page"].urging
    assert urging.label == "Đôn đốc 1 đơn vị quá hạn"
    asked = parse_qs(urlsplit(urging.url).query)
    assert asked["expected"] == ["1"]
    form = client.get(urging.url)
    assert form.status_code == 200
    assert "BHXH quận Hoàn Kiếm" in form.content.decode()
    assert "Ba Đình" not in form.content.decode().split("<form", 1)[1]


def test_the_board_as_a_file_has_every_unit(world, year, client_of):
    answer = board(client_of(world.admin1), export="csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 8
    assert any("00.VP" in line and "Chưa lập" in line for line in lines)


def test_the_badge_counts_own_work_and_what_came_in(world, year, client_of):
    from yearend.queries.reports import waiting_for  # noqa: PLC0415 - beside what it is for

    waits = {
        name: waiting_for(world.users[name]).count()
        for name in ("nghiepvu_hanoi", "nghiepvu_badinh", "nghiepvu_danang", "vanphong", "admin1", "tracuu_hanoi")
    }
    # Hà Nội: its own draft and what Ba Đình sent; Văn phòng: that of the Vụ in its custody.
    assert waits == {
        "nghiepvu_hanoi": 2,
        "nghiepvu_badinh": 0,
        "nghiepvu_danang": 0,
        "vanphong": 1,
        "admin1": 0,
        "tracuu_hanoi": 0,
    }
