"""Lists, upkeep, costs, the tab of a device, and what pages cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from equipment.models import Category, Equipment
from repairs.actions import results
from repairs.models import Repair, RepairLine
from repairs.rules.flow import months_before
from tests import world as w
from tests.equipment.support import vn
from tests.repairs import support as s

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("8")]


def queries(me, url):
    me.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert me.get(url).status == 200
    return len(seen)


def column(page, number):
    return [row[number] for row in page.rows]


def test_the_list_finds_and_narrows(world, officer, person):
    first = s.sent(s.some(world, officer, ["LAP-1", "LAP-2"]), officer, expected_on=w.past(1))
    s.sent(s.some(world, officer, ["LAP-3"]), officer, expected_on=s.today())
    s.done(s.some(world, officer, ["LAP-4"]), officer, "repaired", kind="maintenance", supplier="Xưởng Đông Đô")
    me = person(officer)
    page = me.get("/sua-chua/")
    assert len(page.rows) == 3
    for query, count in (
        ("q=lap-2", 1),
        ("q=dong do", 1),
        ("q=OptiPlex", 3),
        (f"q={first.number}", 1),
        ("q=khong-co", 0),
        ("state=sent", 2),
        ("state=sent&state=done", 3),
        ("kind=maintenance", 1),
        ("overdue=late", 1),
        ("sent_to=in_house", 0),
        (f"opened_tu={vn(s.today())}", 0),
    ):
        assert len(me.get(f"/sua-chua/?{query}").rows) == count, query
    assert me.get("/sua-chua/?overdue=late").rows[0][0] == first.number
    assert len(person(world.nghiepvu_hoankiem).get("/sua-chua/").rows) == 0
    assert len(person(world.tracuu_hanoi).get("/sua-chua/").rows) == 3
    text = me.client.get("/sua-chua/?export=csv").getvalue().decode("utf-8-sig")
    assert text.count(first.number) == 1
    assert "Kết quả đánh giá" in text.splitlines()[0]


def test_overdue_is_said_on_the_record(world, officer, person):
    repair = s.sent(s.some(world, officer, ["S1"]), officer, expected_on=w.past(2))
    assert "quá hẹn 2 ngày" in person(officer).get(f"/sua-chua/{repair.number}/").main


def test_costs_add_up_and_go_out_as_a_file(world, officer, person):
    devices = s.some(world, officer, ["S1", "S2"], line={"warranty_months": 0})
    for cost in (400_000, 350_000):
        repair = s.ready(devices, officer, "repaired", "repaired")
        for line in repair.lines.all():
            line.cost = cost
            line.save()

        repair.refresh_from_db()
        results.finish(repair, by=officer, version=repair.version)
    open_one = s.known(s.sent(devices[:1], officer), officer, "repaired")
    RepairLine.objects.filter(repair=open_one).update(cost=999_000)
    me = person(officer)
    page = me.get("/sua-chua/chi-phi/")
    assert len(page.rows) == 4
    assert "1.500.000" in page.main
    assert len(me.get(f"/sua-chua/chi-phi/?q={devices[0].code}").rows) == 2
    text = me.client.get("/sua-chua/chi-phi/?export=csv").getvalue().decode("utf-8-sig")
    assert text.count("400000") == 2
    tab = me.get(f"/thiet-bi/{devices[0].code}/?tab=sua-chua").main
    assert "750.000 đ" in tab, "what isn't finished isn't paid yet"
    assert open_one.number in tab
    assert (
        "Thiết bị chưa sửa chữa lần nào"
        in me.get(f"/thiet-bi/{s.some(world, officer, ['S9'])[0].code}/?tab=sua-chua").main
    )


@pytest.fixture
def kept_up(world):
    Category.objects.filter(pk=world.desktop.pk).update(maintenance_months=6)


def received(device, months):
    Equipment.objects.filter(pk=device.pk).update(received_on=months_before(s.today(), months))


def test_upkeep_is_due_by_its_interval(world, officer, person, kept_up):
    old, edge, young = s.some(world, officer, ["CU", "VUA", "MOI"])
    received(old, 20)
    received(edge, 6)
    me = person(officer)
    page = me.get("/sua-chua/den-ky/")
    assert column(page, 1) == [old.code, edge.code]
    later = vn(s.today().replace(year=s.today().year + 1))
    assert len(me.get(f"/sua-chua/den-ky/?by={later}").rows) == 3
    assert len(me.get(f"/sua-chua/den-ky/?by={vn(w.past(1))}").rows) == 1
    assert young.code not in page.main
    assert me.get("/sua-chua/den-ky/?by=mai").status == 400
    assert len(me.get("/sua-chua/den-ky/?q=vua").rows) == 1
    assert len(person(world.nghiepvu_hoankiem).get("/sua-chua/den-ky/").rows) == 0

    opened = me.post("/sua-chua/den-ky/lap-ho-so/", {"id": [old.code, edge.code]})
    form = opened.form()
    assert (form["kind"], form["devices"].split()) == ("maintenance", [old.code, edge.code])
    page = me.post(opened.url, form)
    repair = Repair.objects.get()
    assert (page.url, repair.lines.count()) == (f"/sua-chua/{repair.number}/", 2)


def test_upkeep_that_was_done_starts_the_interval_anew(world, officer, person, kept_up):
    old, other = s.some(world, officer, ["CU", "KHAC"])
    received(old, 20)
    received(other, 20)
    s.done([old, other], officer, "repaired", "not_done", kind="maintenance")
    s.done([other], officer, "repaired", kind="repair")
    page = person(officer).get("/sua-chua/den-ky/")
    assert column(page, 1) == [other.code], "a repair is no upkeep, nor is one that wasn't done"
    later = person(officer).get(f"/sua-chua/den-ky/?by={vn(s.today().replace(year=s.today().year + 1))}")
    assert len(later.rows) == 2
    assert vn(s.today()) in later.main


def test_all_that_is_due_opens_one_form(world, officer, person, kept_up):
    for device in s.some(world, officer, [f"N{n}" for n in range(4)]):
        received(device, 12)
    me = person(officer)
    opened = me.post("/sua-chua/den-ky/lap-ho-so/", {"all": "1", "filter": "q=n2", "expected": "1"})
    assert len(opened.form()["devices"].split()) == 1
    opened = me.post("/sua-chua/den-ky/lap-ho-so/", {"all": "1", "filter": "", "expected": "4"})
    assert len(opened.form()["devices"].split()) == 4
    page = me.post("/sua-chua/den-ky/lap-ho-so/", {"id": []})
    assert page.status == 422, "nothing ticked is the form itself, empty"


@pytest.mark.parametrize(
    "url", ["/sua-chua/", "/sua-chua/chi-phi/", "/sua-chua/den-ky/", "/thiet-bi/{code}/?tab=sua-chua"]
)
def test_lists_cost_the_same_however_long(world, officer, person, kept_up, url):
    me = person(officer)
    (device, *_) = s.some(world, officer, ["A1", "A2"])
    url = url.format(code=device.code)
    s.done([device], officer, "repaired", kind="maintenance")
    for one in s.some(world, officer, ["B1", "B2"]):
        received(one, 12)
    few = queries(me, url)
    for n in range(4):
        s.done(s.some(world, officer, [f"C{n}"]), officer, "repaired", kind="maintenance")
        s.done([s.now(device)], officer, "repaired", kind="repair")
    for one in s.some(world, officer, [f"D{n}" for n in range(6)]):
        received(one, 12)
    assert queries(me, url) == few <= 16


@pytest.mark.parametrize("state", ["draft", "sent", "done"])
def test_the_pages_of_a_dossier_cost_the_same_however_many_devices(world, officer, person, state):
    me, seen = person(officer), {}
    for count in (1, 6):
        devices = s.some(world, officer, [f"{state}{count}-{n}" for n in range(count)])
        make = {
            "draft": lambda devices=devices: s.drafted(devices, officer),
            "sent": lambda devices=devices: s.known(s.sent(devices, officer), officer, *["repaired"] * len(devices)),
            "done": lambda devices=devices: s.done(devices, officer, *["repaired"] * len(devices)),
        }
        repair = make[state]()
        pages = ["", "?tab=thiet-bi"] + {"draft": ["sua/", "gui/"], "sent": ["ket-qua/", "hoan-thanh/"], "done": []}[
            state
        ]
        seen[count] = [queries(me, f"/sua-chua/{repair.number}/{page}") for page in pages]
    assert seen[1] == seen[6]
    assert max(seen[1]) <= 20, seen


def test_a_device_that_went_to_another_unit_stays_on_the_record(world, officer, person):
    first, second = s.some(world, officer)
    repair = s.done([first, second], officer, "repaired", "repaired")
    Equipment.objects.filter(pk=first.pk).update(unit=world.units["48"])
    me = person(officer)
    page = me.get(f"/sua-chua/{repair.number}/?tab=thiet-bi")
    assert first.code in page.main
    assert f"/thiet-bi/{first.code}/" not in page.links
    assert f"/thiet-bi/{second.code}/" in page.links
    assert "Đã phát hành" in me.post(f"/sua-chua/{repair.number}/bien-ban/form_c54/").text
    assert len(me.get("/sua-chua/chi-phi/").rows) == 2
    assert repair.number not in person(world.nghiepvu_danang).get(f"/thiet-bi/{first.code}/?tab=sua-chua").main
