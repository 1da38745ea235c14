"""No page asks the database more often than twelve times, and none more often because there is more to show."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from core.models import Document, Event
from equipment.actions import bulk, bulk_undo, equipment, intake
from equipment.models import (
    Brand,
    Category,
    DepreciationRate,
    DepreciationRegime,
    Equipment,
    EquipmentModel,
    SerialClash,
)
from equipment.rules.bulk import APPEND, Wanted
from orgs.models import OrgUnit
from tests import world as w
from tests.equipment.support import paper, ready, taken_in

# As in production a request is the outermost transaction: nested ones ask for the scope that they have to restore.
pytestmark = pytest.mark.django_db(transaction=True)
MOST = 12
MOST_OF_A_DRAFT = 14  # what stands against the next step is looked up besides, closed books too
MOST_OF_A_FILE = 14  # every column, wear among them
MOST_ON_PAPER = 30  # all tabs of a record at once
MANY = 30
APPS = {"", "equipment", "intakes", "catalogue", "orgs", "documents"}
# Written to only, or answering with a file of its own (tests/printing).
NOT_PAGES = {"intakes:line", "intakes:restore", "intakes:issue", "catalogue:category_reopen", "catalogue:brand_reopen",
             "catalogue:model_reopen", "equipment:labels",
             "equipment:label_frames", "equipment:bulk", "documents:download", "healthz", "readyz"}  # fmt: skip
TABS = {
    "equipment:detail": (
        *("chi-tiet", "nguoi-giu", "sua-chua", "phan-mem", "ho-so", "tai-lieu", "dien-bien", "but-toan", "hao-mon"),
    ),
    "intakes:detail": ("ho-so", "thiet-bi", "dien-bien"),
    "orgs:detail": ("truc-thuoc", "chi-tiet"),
    **dict.fromkeys(
        [f"catalogue:{name}" for name in ("category", "brand", "model", "rate", "regime")], ("chi-tiet", "dien-bien")
    ),
}
LISTS = (
    "equipment:list",
    "intakes:list",
    "catalogue:categories",
    "catalogue:brands",
    "catalogue:models",
    "equipment:clashes",
)


def names(patterns, namespace=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from names(pattern.url_patterns, inner)
        elif pattern.name:
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            yield name, tuple(pattern.pattern.converters)


def addresses(arguments):
    """Every page of the application, once for each of its tabs; a page nobody gave arguments for fails the test."""
    for name, parameters in names(get_resolver().url_patterns):
        if name.rpartition(":")[0] not in APPS or name.startswith("account_") or name in NOT_PAGES:
            continue
        for args in arguments[name] if parameters else [()]:
            url = reverse(name, args=args)
            yield from [f"{url}?tab={tab}" for tab in TABS[name]] if name in TABS else [url]
            if name in TABS:
                yield f"{url}?in=pdf"
    for name in LISTS:
        yield f"{reverse(name)}?sort=-{'code' if name == 'equipment:list' else 'name'}&page=1"
        yield f"{reverse(name)}?export=csv"
        yield f"{reverse(name)}?export=xlsx"
    yield f"{reverse('equipment:list')}?q=sn&status=in_stock&category=MAY_TINH&unit=00"
    yield f"{reverse('equipment:labels')}?all=1&filter="
    yield f"{reverse('search')}?q=optiplex"
    yield f"{reverse('orgs:search')}?q=ha"


def count_queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
        if response.streaming:
            b"".join(response.streaming_content)
    asked = [query["sql"] for query in captured if query["sql"] not in {"BEGIN", "COMMIT"}]
    return response.status_code, len(asked)


class Country:
    """One of everything, which then becomes many of everything."""

    def __init__(self, world):
        self.world, self.by = world, world.nghiepvu_badinh
        self.done = taken_in(world, self.by, ["SN0"])
        self.draft = ready(world, self.by, ["SND"])
        (self.device,) = w.devices(self.done)
        regime = DepreciationRegime.objects.create(code="TT45-2018", valid_from="2018-07-02", source="TT 45/2018")
        self.rate = DepreciationRate.objects.create(
            regime=regime, category=world.desktop, life_years=5, rate=20, source="TT 45/2018"
        )
        self.grow(0)

    def grow(self, n):
        world, by = self.world, self.by
        chosen = [(item.pk, item.version) for item in w.devices(taken_in(world, by, [f"SNX{n}"]))]
        wanted = Wanted(room="01.001.T1", note_mode=APPEND, note=f"Lần {n}")
        seen = bulk.fingerprint(chosen)
        # The clock stands still: all of these are one act.
        when, _ = bulk.change_many([pk for pk, _ in chosen], seen=seen, wanted=wanted, reason="Thử", by=by)
        self.act = bulk_undo.stamp_of(when)
        theirs = taken_in(world, world.nghiepvu_hoankiem, [f"sny{n}"])
        SerialClash.objects.create(
            unit=world.units["00"], serial=f"S{n}", equipment=self.device, other=w.devices(theirs)[0]
        )
        for made in (self.done, self.draft):
            paper(made, by, "other")
            Event.objects.create(kind="intake.document_added", subject=made, unit=made.unit, actor=by)
        self.device.refresh_from_db()
        room = None if n % 2 else world.units["01.001.T1"]
        values = {"holder_name": f"Người {n}", "room": room, "note": f"Lần {n}"}
        equipment.describe(self.device, values=values, reason="Thử", by=by, version=self.device.version)
        self.done.refresh_from_db()
        intake.correct(self.done, values={"note": f"{n}"}, reason="Thử", by=by, version=self.done.version)
        if n in {0, MANY - 1}:
            rows = [
                intake.LineData(category=world.desktop, model=world.model, quantity=1, items=[{"serial": f"D{n}-{i}"}])
                for i in range(n + 1)
            ]
            self.draft.refresh_from_db()
            intake.save_draft(self.draft, header=w.header(), lines=rows, by=by, version=self.draft.version)
        for below in ("01.001", "01"):
            unit = OrgUnit(code=f"{below}.N{n}", name=f"Tổ {n}", kind="department")
            OrgUnit.objects.add_child(OrgUnit.objects.get(code=below), instance=unit)
        brand = Brand.objects.create(name=f"Hãng {n}")
        EquipmentModel.objects.create(brand=brand, category=world.desktop, name=f"Mẫu {n}")
        Category.objects.create(code=f"LOAI_{n}", name=f"Loại {n}", parent=world.desktop.parent)
        for entry in (world.model, world.model.brand, world.desktop):
            entry.save()

    def arguments(self):
        device, done, draft = [(self.device.code,)], [(self.done.number,)], [(self.draft.number,)]
        self.paper = Document.objects.filter(subject_id=self.draft.pk).first()
        codes, brands, models = (
            [(key,)] for key in (self.world.desktop.code, self.world.model.brand_id, self.world.model.pk)
        )
        return {
            "scanned": device, "equipment:detail": device, "equipment:edit": device,
            "equipment:bulk_done": [(self.act,)], "equipment:bulk_undo": [(self.act,)],
            "intakes:detail": done + draft, "intakes:edit": draft, "intakes:confirm": draft, "intakes:cancel": draft,
            "intakes:correct": done, "intakes:attach": draft,
            "intakes:detach": [(self.draft.number, self.paper.public_id)],
            "orgs:detail": [("01",), ("01.001",)],
            **{f"catalogue:category{step}": codes for step in ("", "_edit", "_close")},
            **{f"catalogue:brand{step}": brands for step in ("", "_edit", "_close")},
            **{f"catalogue:model{step}": models for step in ("", "_edit", "_close")},
            **{f"catalogue:rate{step}": [(self.rate.pk,)] for step in ("", "_edit")},
            **{f"catalogue:regime{step}": [(self.rate.regime_id,)] for step in ("", "_edit")},
        }  # fmt: skip


WHO = ("nghiepvu_badinh", "admin1")


def most(url, draft):
    """How many queries a page may ask."""
    if url.endswith("?in=pdf"):
        return MOST_ON_PAPER
    if "?export=" in url:
        return MOST_OF_A_FILE
    return MOST_OF_A_DRAFT if draft in url else MOST


@time_machine.travel("2026-11-20T09:00:00+07:00", tick=False)  # the session's clock isn't written meanwhile
def test_few_queries_whatever_there_is_to_show(client_of, capsys):
    world = w.make_world()
    country = Country(world)
    clients = {name: client_of(getattr(world, name)) for name in WHO}
    urls = list(addresses(country.arguments()))
    for name in WHO:
        for url in urls[:: 1 if name == WHO[0] else len(urls)]:
            count_queries(clients[name], url)  # the caches of content types are filled
    pages = [(name, url) for url in urls for name in WHO]
    few = {(name, url): count_queries(clients[name], url) for name, url in pages}
    for n in range(1, MANY):
        country.grow(n)
    many = {(name, url): count_queries(clients[name], url) for name, url in pages}
    opened = {page: count for page, (status, count) in many.items() if status == 200}
    with capsys.disabled():
        print(f"\nqueries of {len(opened)} pages: {min(opened.values())} to {max(opened.values())}")  # noqa: T201 - a figure
    assert not [page for page, (status, _) in many.items() if status >= 500]
    assert [(page, few[page], found) for page, found in many.items() if found != few[page]] == [], (
        "more rows, more queries"
    )
    assert {page: count for page, count in opened.items() if count > most(page[1], country.draft.number)} == {}
    for name in WHO:
        assert sum(who == name for who, _ in opened) >= 30
    assert Equipment.objects.count() > 2 * MANY
