"""Disposals, losses and the table of procedures on the screen."""

import io

import openpyxl
import pytest
from django.utils import timezone

from core.errors import StaleError
from disposals.actions import procedures
from disposals.loading import load_procedures
from disposals.models import Disposal, LossReport, ProcedureRule
from disposals.queries import suggested
from equipment.actions import life
from equipment.models import Equipment
from equipment.rules.lifecycle import Status
from tests import world as w
from tests.disposals import support as s
from tests.equipment.pages import Person

COUNCIL = "Trần Văn An; Phó Giám đốc; Lãnh đạo\nLê Thị Bình; Kế toán trưởng\nPhạm Văn Cường; Chuyên viên"


@pytest.fixture
def officer(world, client_of):
    return Person(client_of(world.nghiepvu_badinh))


def today():
    return f"{timezone.localdate():%d/%m/%Y}"


@pytest.mark.dieu("10")
def test_a_disposal_on_the_screen(world, officer):
    by = world.nghiepvu_badinh
    world.desktop.stores_data = True
    world.desktop.save()
    (device,) = s.in_books(world, by)
    page = officer.get(f"/thiet-bi/{device.code}/")
    assert {"Thanh lý", "Báo mất"} <= set(page.buttons())
    assert "Tìm thấy" not in page.buttons()
    form = officer.get(page.link("Báo mất").replace("/mat/", "/mat/"))
    assert form.form()["devices"] == device.code

    url = f"/thanh-ly/moi/?thiet-bi={device.code}"
    typed = officer.get(url).form() | {"act": "liquidation", "method": "sale", "reason": "beyond_repair"}
    page = officer.post("/thanh-ly/moi/", typed | {"council": COUNCIL})
    made = Disposal.objects.get()
    assert (page.status, made.lines.get().equipment) == (200, device)
    assert "Trình sau họp hội đồng" not in page.buttons()
    for told in ("Cần số biên bản", "Biên bản của hội đồng thanh lý, hủy (PDF)", "Văn bản đề nghị (PDF)"):
        assert told in page.text
    here = f"/thanh-ly/{made.number}/"
    assert {"Thanh lý", "Báo mất"}.isdisjoint(officer.get(f"/thiet-bi/{device.code}/").buttons())
    assert made.number in officer.get(f"/thiet-bi/{device.code}/?tab=ho-so").main

    for kind in ("council_minutes", "proposal", "expert_opinion"):
        officer.post(f"{here}tai-lieu/", {"kind": kind, "file": w.pdf_file()})
    officer.fill(f"{here}sua/", minutes_number="05/BB", minutes_date=today())
    assert "Trình sau họp hội đồng" in officer.get(here).buttons()
    page = officer.fill(f"{here}trinh/")
    assert "Đã trình hồ sơ" in page.text
    officer.post(f"{here}tai-lieu/", {"kind": "decision", "file": w.pdf_file()})
    page = officer.fill(f"{here}quyet-dinh/", number="12/QĐ", day=today(), signer="Giám đốc")
    assert "còn 3 ngày làm việc" in page.text
    officer.post(f"{here}tai-lieu/", {"kind": "data_wipe", "file": w.pdf_file()})
    page = officer.fill(f"{here}ket-thuc/", closed_on=today(), costs="500.000", proceeds="1.200.000")
    assert device.code in page.errors("wiped_on")
    officer.fill(f"{here}thiet-bi/{device.code}/", wiped_on=today(), wiped_by="A", wipe_method="Ghi đè")
    page = officer.fill(f"{here}ket-thuc/", closed_on=today(), costs="500.000", proceeds="1.200.000")
    assert "Đã kết thúc hồ sơ" in page.text
    assert page.buttons()[:1] != ["Kết thúc"]
    page = officer.post(f"{here}bien-ban/form_c51/")
    assert "Biên bản C51-HD" in page.buttons()
    assert s.fresh(device).status == "disposed"
    assert {"Thanh lý", "Báo mất", "Sửa thông tin"}.isdisjoint(officer.get(f"/thiet-bi/{device.code}/").buttons())
    assert "Thanh lý, hủy: kết thúc vòng đời" in officer.get(f"/thiet-bi/{device.code}/?tab=dien-bien").main
    assert officer.get(f"{here}sua/").status == 403
    assert officer.get(f"{here}huy/").status == 403


def test_a_loss_and_a_find_on_the_screen(world, officer):
    (device,) = s.in_books(world, world.nghiepvu_badinh)
    page = officer.fill(
        f"/thanh-ly/mat/moi/?thiet-bi={device.code}", happened_on=today(), circumstances="Mất khi chuyển trụ sở"
    )
    made = LossReport.objects.get()
    here = f"/thanh-ly/mat-tim-thay/{made.number}/"
    assert "Ghi sổ" not in page.buttons()
    assert "trong 30 ngày" in page.text
    officer.post(f"{here}tai-lieu/", {"kind": "loss_minutes", "file": w.pdf_file()})
    assert "Đã ghi sổ 1 thiết bị" in officer.fill(f"{here}ghi-so/").text
    page = officer.get(f"/thiet-bi/{device.code}/")
    assert "Tìm thấy" in page.buttons()
    assert {"Thanh lý", "Báo mất"}.isdisjoint(page.buttons())
    officer.fill(page.link("Tìm thấy"), happened_on=today(), circumstances="Trong kho", condition="fair")
    found = LossReport.objects.get(kind="found")
    here = f"/thanh-ly/mat-tim-thay/{found.number}/"
    officer.post(f"{here}tai-lieu/", {"kind": "found_minutes", "file": w.pdf_file()})
    officer.fill(f"{here}ghi-so/")
    assert s.fresh(device).status == "in_stock"
    for url, number in (("/thanh-ly/mat/", made.number), ("/thanh-ly/tim-thay/", found.number)):
        assert [row[0] for row in officer.get(url).rows] == [number]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"devices": "KHONG-CO"}, "devices"),
        ({"devices": ""}, "devices"),
        ({"method": "burn"}, "method"),
        ({"council": "; Giám đốc"}, "council"),
        ({"minutes_date": "01/01/2999"}, "minutes_date"),
    ],
)
def test_what_is_wrong_stands_at_its_field(world, officer, changes, field):
    (device,) = s.in_books(world, world.nghiepvu_badinh)
    right = {"devices": device.code, "act": "liquidation", "method": "sale", "reason": "other"}
    page = officer.fill("/thanh-ly/moi/", **(right | changes))
    assert page.status == 422
    assert page.errors(field)
    assert not Disposal.objects.exists()


def test_a_device_of_another_unit_is_as_one_that_does_not_exist(world, officer):
    (foreign,) = s.in_books(world, world.nghiepvu_hoankiem)
    right = {"act": "liquidation", "method": "sale", "reason": "other"}
    pages = [officer.fill("/thanh-ly/moi/", devices=code, **right) for code in (foreign.code, "01.002-999999")]
    assert [page.errors("devices") for page in pages] == [
        f"Không có thiết bị “{code}” trong đơn vị." for code in (foreign.code, "01.002-999999")
    ]


def test_a_line_of_another_dossier_is_not_reached(world, officer):
    by = world.nghiepvu_badinh
    first, second = s.in_books(world, by, 2)
    mine, other = s.drafted([first], by), s.drafted([second], by)
    for number, code in ((mine.number, second.code), (other.number, first.code)):
        url = f"/thanh-ly/{number}/thiet-bi/{code}/"
        assert officer.get(url).status == 404
        assert officer.post(url, {"version": 1, "condition": "poor", "reason": "other"}).status == 404


def test_a_stale_form_tells_and_keeps_what_was_typed(world, officer):
    by = world.nghiepvu_badinh
    made = s.drafted(s.in_books(world, by), by)
    url = f"/thanh-ly/{made.number}/sua/"
    typed = officer.get(url).form() | {"conclusion": "Của tôi"}
    officer.fill(url, conclusion="Của người khác")
    page = officer.post(url, typed)
    assert page.status == 422
    assert "Của người khác" in page.text
    assert page.form()["conclusion"] == "Của tôi"


def test_suggestions_and_the_dossier_made_of_them(world, officer):
    by = world.nghiepvu_badinh
    world.desktop.life_years = 5
    world.desktop.save()
    old = s.in_books(world, by, 3, prefix="CU", days=365 * 7)
    young = s.in_books(world, by, 2, prefix="MOI", days=100)
    life.step([young[0]], to=Status.PENDING_DISPOSAL, by=by, reason="Hỏng", event="equipment.test")
    s.drafted([old[2]], by)
    s.in_books(world, world.nghiepvu_hoankiem, 1, prefix="HK", days=365 * 7)
    page = officer.get("/thanh-ly/goi-y/")
    wanted = {old[0].code, old[1].code, young[0].code}
    assert {row[1] for row in page.rows} == wanted
    form = officer.post("/thanh-ly/goi-y/lap/", {"all": "1", "filter": "", "expected": "3"})
    assert set(form.form()["devices"].split()) == wanted
    form = officer.post("/thanh-ly/goi-y/lap/", {"id": [old[0].code, young[1].code]})
    assert form.form()["devices"].split() == [old[0].code]
    officer.post(
        "/thanh-ly/goi-y/lap/", form.form() | {"act": "liquidation", "method": "sale", "reason": "end_of_life"}
    )
    assert Disposal.objects.filter(lines__equipment=old[0]).count() == 1
    form = officer.post("/thanh-ly/moi/", {"id": [young[1].code]})  # ticked in the list of all devices
    assert form.form()["devices"] == young[1].code


def test_questions_do_not_grow_with_the_rows(world, client_of, django_assert_max_num_queries):
    by = world.nghiepvu_badinh
    world.desktop.life_years = 5
    world.desktop.save()
    counts = {}
    client = client_of(by)
    for many in (2, 12):
        devices = s.in_books(world, by, many * 2, prefix=f"Q{many}", days=365 * 7)
        made = s.drafted(devices[:many], by)
        lost = s.report(devices[many : many + 1], by)
        for name, url in {
            "list": "/thanh-ly/",
            "suggestions": "/thanh-ly/goi-y/",
            "record": f"/thanh-ly/{made.number}/",
            "devices": f"/thanh-ly/{made.number}/?tab=thiet-bi",
            "timeline": f"/thanh-ly/{made.number}/?tab=dien-bien",
            "submit": f"/thanh-ly/{made.number}/trinh/",
            "losses": "/thanh-ly/mat/",
            "loss": f"/thanh-ly/mat-tim-thay/{lost.number}/?tab=thiet-bi",
        }.items():
            client.get(url)
            with django_assert_max_num_queries(60) as asked:
                assert client.get(url).status_code == 200
            counts.setdefault(name, []).append(len(asked))
    assert {name: both for name, both in counts.items() if both[0] != both[1]} == {}


def test_lists_search_filter_and_export(world, officer):
    by = world.nghiepvu_badinh
    devices = s.in_books(world, by, 3)
    made = [s.drafted([devices[0]], by), s.decided([devices[1]], by), s.closed([devices[2]], by)]
    found = {
        f"q={devices[1].code}": [made[1].number],
        "q=05 bb": [d.number for d in made[::-1]],
        "state=closed": [made[2].number],
        "act=destruction": [],
        "due=open": [made[1].number, made[0].number],
        "due=late": [],
        f"unit={by.unit.code}&state=draft": [made[0].number],
    }
    for query, numbers in found.items():
        assert [row[0] for row in officer.get(f"/thanh-ly/?{query}").rows] == numbers, query
    response = officer.client.get("/thanh-ly/?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.max_row == 4


def test_the_law_of_the_day_on_which_the_council_met(world, officer):
    load_procedures()
    assert load_procedures() == 0
    by = world.nghiepvu_badinh
    made = s.drafted(s.in_books(world, by, days=900), by, minutes_date=w.past(560), late_reason="Cũ")
    assert "NĐ 151/2017" in officer.get(f"/thanh-ly/{made.number}/").text
    new = s.drafted(s.in_books(world, by, prefix="N"), by)
    page = officer.get(f"/thanh-ly/{new.number}/")
    assert "NĐ 186/2025" in page.text
    assert "Không áp dụng cho hồ sơ này" in page.text


def test_it_center_keeps_the_table(world, client_of, officer):
    load_procedures()
    admin = Person(client_of(world.admin1))
    rule = ProcedureRule.objects.get(procedure="liquidation", valid_to=None, document_kind="superior_opinion")
    admin.fill(f"/quan-tri/danh-muc/thu-tuc/{rule.pk}/sua/", required="on")
    assert s.fresh(rule).required
    assert "Bắt buộc" in admin.get(f"/quan-tri/danh-muc/thu-tuc/{rule.pk}/?tab=dien-bien").main
    made = s.drafted(s.in_books(world, world.nghiepvu_badinh), world.nghiepvu_badinh)
    assert "Văn bản đề nghị của cấp trên (PDF)" in officer.get(f"/thanh-ly/{made.number}/").text
    assert officer.get(f"/quan-tri/danh-muc/thu-tuc/{rule.pk}/sua/").status == 403
    page = admin.fill(f"/quan-tri/danh-muc/thu-tuc/{rule.pk}/sua/", valid_to="01/01/2001")
    assert page.errors("valid_to")
    with pytest.raises(StaleError):
        procedures.edit_rule(rule, values={"item": "x"}, version=1, by=world.admin1)


def test_who_records_nowhere_is_offered_nothing(world, client_of):
    devices = s.in_books(world, world.nghiepvu_badinh)
    viewer = Person(client_of(world.tracuu_hanoi))
    assert {"Thanh lý", "Báo mất"}.isdisjoint(viewer.get(f"/thiet-bi/{devices[0].code}/").buttons())
    assert suggested(world.tracuu_hanoi, timezone.localdate()).count() == 0
    assert Equipment.objects.count() == 1
