"""How the work is done, on the overview: each number is that of its list, for whoever looks, and nobody sees more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from core.scope import elevated
from deadlines.models import Obligation
from deadlines.rules import Kind, State
from equipment.actions import norm_standings
from equipment.models import NormStanding
from equipment.queries.standings import lines
from equipment.tasks import count_norms
from orgs.models import OrgUnit
from repairs.models import RepairLine
from tests.repairs.support import done, sent, some
from yearend.models import AnnualReport

pytestmark = pytest.mark.django_db
QUERIES = 12
LOOKS = [
    ("ttcntt", ""),
    ("ttcntt", "01"),
    ("admin1", "01.001"),
    ("tracuu_hanoi", ""),
    ("nghiepvu_badinh", ""),
    ("nghiepvu_danang", ""),
]


def number(text: str) -> int:
    return int("".join(c for c in text if c.isdigit()) or 0)


def numbers(tree) -> list[tuple[str, int]]:
    """Address and number of everything on the page that is a link to a list."""
    tiles = []
    for a in tree.xpath("//a[*[@class='tile-number']]"):
        text, note = (a.xpath(f"string(*[@class='tile-{part}'])") for part in ("number", "note"))
        tiles.append((a.get("href"), note if note.endswith(" đ") else text))  # sums stand there in full
    legend = [(a.get("href"), a.text_content().split(":")[1]) for a in tree.xpath("//ul[@class='figure-legend']//a")]
    return [(url, number(text)) for url, text in [*tiles, *legend]]


@pytest.fixture
def work(world):
    """Units whose obligations stand in every way, with repairs under way and done."""
    today = timezone.localdate()
    for name in ("nghiepvu_hanoi", "nghiepvu_badinh", "nghiepvu_danang"):
        by = world.users[name]
        devices = some(world, by, [f"{name}-{n}" for n in range(4)])
        sent(devices[:1], by)
        paid = done(devices[1:2], by, "repaired")
        RepairLine.objects.filter(repair=paid).update(cost=1_200_000)
        for late, state in ((-2, State.OPEN), (3, State.OPEN), (-1, State.FULFILLED_LATE), (0, State.WAIVED)):
            Obligation.objects.create(
                kind=Kind.RECOVERY,
                unit=by.unit,
                subject=devices[abs(late)],
                subject_label="thử",
                start_date=today,
                working_days=3,
                due_date=today + timedelta(days=late),
                state=state,
                fulfilled_on=today if state == State.FULFILLED_LATE else None,
            )
    for code, state in (("01", "draft"), ("01.001", "draft"), ("48", "draft"), ("00.VP", "draft")):
        unit = OrgUnit.objects.get(code=code)
        AnnualReport.objects.create(number=f"BCN-{code}", unit=unit, year=today.year - 1, state=state)
    return world


def shown(world, client_of, name, code, **headers):
    return client_of(world.users[name]).get(reverse("management"), {"unit": code}, headers=headers)


@pytest.mark.dieu("14.6")
@pytest.mark.parametrize(("name", "code"), LOOKS)
def test_every_number_is_that_of_its_list(work, client_of, name, code):
    client = client_of(work.users[name])
    found = numbers(html.fromstring(client.get(reverse("management"), {"unit": code}).content))
    assert len(found) > 8
    for url, many in found:
        listed = client.get(url)
        assert listed.status_code == 200, url
        if reverse("repairs:costs") in url:
            assert number(next(text for text in listed.context["totals"] if text)) == many
        elif url.startswith((reverse("deadlines:list"), reverse("repairs:list"), reverse("yearend:list"))):
            assert listed.context["count"] == many, url
    assert any(many for _, many in found)


def test_peers_are_not_counted(work, client_of):
    whole = shown(work, client_of, "ttcntt", "").content.decode()
    mine = shown(work, client_of, "nghiepvu_badinh", "").content.decode()
    assert "3.600.000" in whole
    assert "1.200.000" in mine
    assert shown(work, client_of, "nghiepvu_badinh", "48").status_code == 404
    assert shown(work, client_of, "nghiepvu_badinh", "01").status_code == 404


def test_what_the_overview_asks_for_is_a_part_of_it(work, client_of):
    part = shown(work, client_of, "ttcntt", "", **{"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Hạn xử lý" in part
    overview = client_of(work.users["ttcntt"]).get("/").content.decode()
    assert f'hx-get="{reverse("management")}?unit=' in overview


@pytest.mark.parametrize(("name", "code"), LOOKS)
def test_few_queries(work, client_of, name, code):
    client = client_of(work.users[name])
    client.get(reverse("management"), {"unit": code})
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("management"), {"unit": code})
    # Within the test's own transaction the walls put back what stood before: two questions that no request asks.
    ours = ("SAVEPOINT", "RELEASE", "SELECT current_setting", "SELECT set_config('role', 'none'")
    asked = [q["sql"] for q in queries if not q["sql"].startswith(ours)]
    assert len(asked) <= QUERIES, "\n".join(asked)


def test_norms_are_counted_every_night_for_every_unit(work, client_of):
    assert count_norms() == OrgUnit.objects.agencies().in_force(timezone.localdate()).count()
    for unit in OrgUnit.objects.agencies():
        with elevated("test: what the page of a unit's norms shows"):
            there = [line.standing for line in lines(unit, timezone.localdate())]
        row = NormStanding.objects.get(unit=unit)
        assert (row.excess, row.shortage) == (sum(s.excess for s in there), sum(s.shortage for s in there))
    NormStanding.objects.filter(unit__code="01.001").update(excess=7)
    assert ">7<" in shown(work, client_of, "nghiepvu_badinh", "").content.decode()
    assert ">7<" not in shown(work, client_of, "nghiepvu_danang", "").content.decode()
    norm_standings.count_all()
    assert NormStanding.objects.get(unit__code="01.001").excess != 7
