"""The marker sweep: nothing that a person can reach tells of a unit whose data is not theirs, nor counts it."""

import re

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone

from core import scope
from core.walls import NoWall, concrete_models, wall_of
from deadlines.models import Obligation
from equipment.models import Equipment, Intake, SerialClash
from equipment.rules.figures import ON_THE_BOOKS
from equipment.rules.lifecycle import Status
from orgs.models import OrgUnit
from orgs.rules import UnitKind
from personnel.models import FeedFault, FeedRun
from tests.isolation.conftest import undone
from tests.isolation.country import BELOW, CUSTODY, MIDDLE, PEER, PEER_BELOW, Country, Holding
from tests.isolation.expected import BY_SECRET
from tests.isolation.matrix import ROWS
from tests.isolation.spider import Spider, rows_of, words

OWN = {
    "nghiepvu_danang": {PEER},
    "admin2_danang": {PEER},
    "nghiepvu_badinh": {BELOW},
    "nghiepvu_hoankiem": {PEER_BELOW},
    "vanphong": {CUSTODY},
    "nghiepvu_hanoi": {MIDDLE, BELOW, PEER_BELOW},
}
"""Who sees whose data (art. 6)."""
ASKING = [("nghiepvu_danang", True), ("admin2_danang", False), ("nghiepvu_badinh", False)]
"""Who is sent where, and whether behind both walls; without the second one the first shows that it holds by itself."""
LISTS = ["equipment:list", "search", "intakes:list", "equipment:clashes"]


def starts(country: Country, codes: set[str]) -> list[str]:
    """Every address without arguments, and every page of what is theirs."""
    urls = [reverse(name) for name, row in ROWS.items() if row.get and not row.args(country)]
    for code in sorted(codes):
        holding = country.holdings[code]
        urls += [
            reverse("intakes:detail", args=[i.number]) for i in (holding.draft, holding.cancelled, holding.confirmed)
        ]
        urls += [reverse("equipment:detail", args=[holding.device.code])]
        urls += [reverse("imports:detail", args=[batch.number]) for batch in holding.imports.values()]
        urls += [reverse("equipment:bulk_done", args=[holding.act]), holding.view.address]
        urls += [f"{reverse('equipment:labels')}?id={holding.device.code}&in=pdf"]
    return urls


def traces(holdings: list[Holding]) -> re.Pattern:
    """Finds whatever tells of these units' data; "01-000001" isn't meant where "01.001-000001" stands."""
    names = [name for holding in holdings for name in holding.names]
    return re.compile(
        rf"(?<![\w.-])(?:{'|'.join(map(re.escape, names))})(?!\d)|{'|'.join(h.marker.lower() for h in holdings)}"
    )


@pytest.mark.dieu("6")
@pytest.mark.parametrize(("who", "second_wall"), ASKING)
@pytest.mark.timeout(900)  # some thousand pages
def test_nothing_that_can_be_reached_tells_of_another_unit(country, monkeypatch, who, second_wall):
    if not second_wall:
        monkeypatch.setattr(scope, "APP_ROLE", "none")
    seen = Spider(country.client(who), thorough=who == "nghiepvu_badinh").crawl(starts(country, OWN[who]))
    foreign = traces([holding for code, holding in country.holdings.items() if code not in OWN[who]])
    assert {address: told for address, found in seen.items() if (told := foreign.findall(found.words))} == {}
    own = [country.holdings[code].marker.lower() for code in OWN[who]]
    assert all(any(marker in found.words for found in seen.values()) for marker in own)


@pytest.mark.timeout(900)  # some thousand pages
def test_the_spider_finds_what_is_there(country):
    """Or the test above would pass on a site that it doesn't read."""
    who = "nghiepvu_hoankiem"
    seen = Spider(country.client(who), thorough=False).crawl(starts(country, OWN[who]))
    marker = country.holdings[PEER_BELOW].marker.lower()
    telling = {(found.name, found.kind) for found in seen.values() if marker in found.words}
    page, sheet = "text/html", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert telling >= {
        *((name, kind) for name in ("equipment:list", "intakes:list") for kind in (page, sheet, "text/csv")),
        *((name, page) for name in ("search", "equipment:detail", "equipment:edit", "intakes:detail", "intakes:edit")),
        *((name, page) for name in ("intakes:correct", "intakes:detach")),
        ("documents:download", "application/pdf"),
        ("equipment:labels", "application/pdf"),
    }
    reached = {found.name for found in seen.values()}
    missed = {name for name, row in ROWS.items() if row.get and row.get.get("business") == 200} - reached
    # The upload form stands on the dossier's page and posts; the others show no data.
    takers = ("intakes", "assignments", "disposals", "losses", "repairs", "transfers", "surveys", "yearend")
    uploads = {"yearend:unlocks:attach", *(f"{kind}:attach" for kind in takers)}
    # Districts answer nobody.
    answering = {"answer", "ask_back", "note", "prioritise", "escalate"}
    answering = {*(f"support:{step}" for step in answering), "canned:edit", "canned:remove"}
    others = {"yearend:consolidate"}  # who has nobody below
    assert missed == {"healthz", "readyz", "account_logout", *BY_SECRET, *uploads, *answering, *others}
    page = country.client("above").get(reverse("equipment:clashes"))
    assert traces([country.middle]).search(words(page))


@pytest.mark.parametrize(("who", "second_wall"), ASKING)
def test_addresses_of_foreign_things_tell_nothing(country, monkeypatch, who, second_wall):
    """Refusals too, by GET and POST."""
    if not second_wall:
        monkeypatch.setattr(scope, "APP_ROLE", "none")
    foreign = traces([country.middle])
    for name, row in ROWS.items():
        if name in BY_SECRET:
            continue
        url = row.url(name, country)
        for method in ("get", "post"):
            client = country.client(who, raise_request_exception=False)
            with undone():
                sent = row.data(country) if method == "post" else {}
                response = getattr(client, method)(url, sent)
                told = words(response, but=[url, *row.query(country).values(), *sent.values()])
                assert foreign.findall(told) == [], (name, response.status_code)


@pytest.mark.parametrize("who", OWN)
def test_counts_are_of_ones_own(country, walls, who):
    client, codes = country.client(who), OWN[who]
    own = Equipment.objects.filter(unit__code__in=codes)
    devices, stored = own.count(), own.filter(status=Status.IN_STOCK).count()
    expected = {
        "equipment:list": devices,
        "search": devices,
        "intakes:list": Intake.objects.filter(unit__code__in=codes).count(),
        "equipment:clashes": 0,
    }
    for name, count in expected.items():
        response = client.get(reverse(name))
        assert response.context["count"] == count, name
        for kind in ("csv", "xlsx"):
            assert rows_of(client.get(reverse(name), {"export": kind})) == count, (name, kind)
    owed = Obligation.objects.filter(unit__code__in=codes).open()
    page = client.get(reverse("overview")).context
    tiles, (statuses,) = page["waiting"], [chart for chart in page["charts"] if chart.key == "trang-thai"]
    in_stock = next(bar.sum.quantity for bar in statuses.bars if bar.label == Status.IN_STOCK.label)
    assert (page["total"].quantity, in_stock, tiles.drafts, tiles.due, tiles.late, tiles.clashes) == (
        own.filter(status__in=ON_THE_BOOKS).count(),
        stored,
        2 * len(codes),
        owed.filter(due_date__gte=timezone.localdate()).count(),
        owed.overdue(timezone.localdate()).count(),
        0,
    )


@pytest.mark.parametrize("name", LISTS)
def test_searching_for_the_marker_finds_nothing(country, walls, name):
    """By a part of it, which the page may repeat; foreign numbers in filters are as good as none."""
    client, middle = country.client("peer"), country.middle
    part = middle.marker[:8]
    asked = [{"q": part}, {"q": middle.device.serial[:10]}, {"q": middle.device.code[:-1]}]
    asked += [{"q": middle.confirmed.number[:-1]}, {"intake": middle.confirmed.number}]
    for query in asked if name != "equipment:clashes" else []:
        if "intake" in query and name == "intakes:list":
            continue
        response = client.get(reverse(name), query)
        assert (response.status_code, response.context["count"]) == (200, 0), query
        for kind in ("csv", "xlsx"):
            assert rows_of(client.get(reverse(name), {**query, "export": kind})) == 0


def test_search_by_exact_names_says_nothing_of_foreign_ones(country, walls):
    client, middle = country.client("peer"), country.middle
    for exact in (middle.device.code, middle.confirmed.number, middle.device.serial, middle.marker):
        response = client.get(reverse("search"), {"q": exact})
        assert response.status_code == 200
        assert response.context["count"] == 0


def test_foreign_units_are_not_offered(country):
    client = country.client("peer")
    found = client.get(reverse("orgs:search"), {"q": "BHXH"}).json()
    assert [unit["id"] for unit in found["results"]] == [PEER]
    assert found["more"] == 0


def test_a_search_is_scoped_before_it_is_limited(country, walls):
    """Many hits elsewhere push none of one's own out (NetBox cut at 1,000 hits before it asked who may see them)."""
    world = country.world
    for code, many in ((PEER, 1), (MIDDLE, 120)):
        Equipment.objects.bulk_create(
            Equipment(
                code=f"{code}-8{n:05d}",
                unit=world.units[code],
                category=world.desktop,
                name="Máy chiếu Tukhoa",
                serial=f"TUKHOA-{n}",
                received_on="2026-01-05",
            )
            for n in range(many)
        )
        parent = OrgUnit.objects.get(code=code)
        for n in range(min(many, 30)):
            unit = OrgUnit(code=f"{code}.8{n:02d}", name=f"BHXH huyện Tukhoa {n}", kind=UnitKind.DISTRICT)
            OrgUnit.objects.add_child(parent, instance=unit)
            parent.refresh_from_db()
    client = country.client("peer")
    own = f"{PEER}-800000"
    for name in ("equipment:list", "search"):
        page = client.get(reverse(name), {"q": "tukhoa"})
        assert page.context["count"] == 1
        assert own in page.content.decode()
    assert rows_of(client.get(reverse("equipment:list"), {"q": "tukhoa", "export": "csv"})) == 1
    labels = client.get(reverse("equipment:labels"), {"all": "1", "filter": "q=tukhoa", "in": "pdf"})
    assert own.lower() in words(labels)
    found = client.get(reverse("orgs:search"), {"q": "tukhoa"}).json()
    assert ([unit["id"] for unit in found["results"]], found["more"]) == ([f"{PEER}.800"], 0)


IDENTIFIERS = {
    "analysis.Analysis": {"query"},
    "analysis.Schedule": {"report", "query"},
    "analysis.Alert": {"measure", "row", "column"},
    "core.Counter": {"key"},
    "core.Document": {"file", "sha256"},
    "core.Event": {"kind"},
    "deadlines.Obligation": {"legal_basis", "subject_label"},
    "deadlines.Urging": {"items"},
    "dispatch.Dispatch": {"number", "subject_label", "sha256", "problem"},
    "dispatch.DispatchEvent": {"key"},
    "disposals.Disposal": {"number"},
    "disposals.DisposalLine": {"code", "history_change_reason"},
    "disposals.LossReport": {"number"},
    "disposals.LossLine": {"code", "history_change_reason"},
    "equipment.Equipment": {"code", "search_text"},
    "equipment.Assignment": {"number", "person_title", "room_name", "history_change_reason"},
    "equipment.AssignmentLine": {"code", "former_room", "finding", "category_name"},
    "equipment.Installation": {"computer_code", "software_code"},
    "equipment.Holding": {"given_by", "ended_by"},
    "equipment.Recovery": {"employee_code", "history_change_reason"},
    "personnel.Employee": {"code", "history_change_reason"},
    "equipment.ColumnMatch": {"field", "encoding"},
    "equipment.ImportBatch": {"number"},
    "equipment.Intake": {"number"},
    "equipment.IntakeLine": {"history_change_reason"},
    "equipment.LedgerEntry": {"dossier"},
    "equipment.EquipmentPast": {"dossier", "ledger"},
    "equipment.Reservation": {"kind", "number"},
    "equipment.SerialClash": {"serial"},
    "equipment.SoftwareLicence": {"history_change_reason"},
    "reports.Survey": {"number", "history_change_reason"},
    "reports.SurveyItem": {"code", "history_change_reason"},
    "reports.SurveySoftware": {"history_change_reason"},
    "jobs.Job": {"kind"},
    "notices.Mail": {"message_id"},
    "jobs.JobFile": {"purpose", "file"},
    "repairs.Repair": {"number"},
    "repairs.RepairLine": {"code", "history_change_reason"},
    "support.CannedAnswer": {"history_change_reason"},
    "support.SupportRequest": {"number", "app_version"},
    "transfers.Transfer": {"number"},
    "transfers.TransferLine": {"code", "history_change_reason"},
    "ui.SavedView": {"path", "columns"},
    # Of a certificate the holder tells whose it is; who issued it is no secret of a unit.
    "signing.Paper": {"boxes", "issued_sha256"},
    "signing.Revision": {"sha256"},
    "signing.SignerCertificate": {"issuer", "serial", "fingerprint", "history_change_reason"},
    "signing.SignatureImage": {"history_change_reason"},
    "yearend.AnnualReport": {"number", "draft"},
    "yearend.AnnualEdition": {"sha256", "missing"},
    "yearend.UnlockRequest": {"number"},
    "ui.DefaultView": {"path"},
}
"""Text that the system writes itself: it can't hold a marker."""


def _texts(model: type[models.Model]) -> list[models.Field]:
    known = IDENTIFIERS.get(getattr(model, "instance_type", model)._meta.label, set()) | {"history_type"}
    return [
        f
        for f in model._meta.concrete_fields
        if isinstance(f, models.CharField | models.TextField | models.JSONField)
        and not isinstance(f, models.GeneratedField)
        and not f.choices
        and f.name not in known
    ]


@pytest.mark.parametrize(
    "model", [m for m in concrete_models() if not isinstance(wall_of(m), NoWall)], ids=lambda m: m._meta.label
)
def test_the_marker_is_in_every_text(country, model):
    """Or the sweep wouldn't notice a page that shows it. A new model or field: put the marker there (country.py)."""
    rows, marker = model._base_manager.filter(unit=country.middle.unit), country.middle.marker.lower()
    if model in {SerialClash, FeedRun, FeedFault}:  # they belong to the root
        rows = model._base_manager.all()
    assert rows.exists()
    bare = [
        f.name for f in _texts(model) if not any(marker in str(v).lower() for v in rows.values_list(f.name, flat=True))
    ]
    assert bare == []
