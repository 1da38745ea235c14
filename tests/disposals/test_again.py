"""What is pressed, or sent, a second time is told or led on, never a page of refusal."""

import pytest
from django.utils import timezone

from disposals.models import Disposal, LossReport
from tests.disposals import support as s
from tests.equipment.pages import Person


@pytest.fixture
def officer(world, client_of):
    return Person(client_of(world.nghiepvu_badinh))


def today():
    return f"{timezone.localdate():%d/%m/%Y}"


def test_the_same_new_form_leads_to_the_dossier_that_it_made(world, officer):
    first, second = s.in_books(world, world.nghiepvu_badinh, 2)
    chosen = {"devices": first.code, "act": "liquidation", "method": "sale", "reason": "other"}
    filled = officer.get("/thanh-ly/moi/").form() | chosen
    officer.post("/thanh-ly/moi/", filled)
    made = Disposal.objects.get()
    page = officer.post("/thanh-ly/moi/", filled)
    assert (page.status, page.url) == (200, f"/thanh-ly/{made.number}/")
    page = officer.post("/thanh-ly/moi/", filled | {"devices": f"{first.code}\n{second.code}"})
    assert (page.status, page.url) == (200, f"/thanh-ly/{made.number}/")
    assert Disposal.objects.get().lines.count() == 2
    page = officer.post("/thanh-ly/moi/", filled | {"act": "destruction", "method": "burn"})
    assert page.status == 422
    assert f"đã được lưu thành hồ sơ {made.number}" in page.summary
    # Another form finds the device taken, as ever.
    page = officer.fill("/thanh-ly/moi/", **chosen)
    assert made.number in page.errors("devices")
    assert Disposal.objects.count() == 1


def test_the_same_new_report_leads_to_the_report_that_it_made(world, officer):
    (device,) = s.in_books(world, world.nghiepvu_badinh)
    told = {"devices": device.code, "happened_on": today(), "circumstances": "Mất khi chuyển trụ sở"}
    filled = officer.get("/thanh-ly/mat/moi/").form() | told
    for _ in range(2):
        page = officer.post("/thanh-ly/mat/moi/", filled)
        made = LossReport.objects.get()
        assert (page.status, page.url) == (200, f"/thanh-ly/mat-tim-thay/{made.number}/")
    assert made.number in officer.fill("/thanh-ly/mat/moi/", **told).errors("devices")


@pytest.mark.parametrize("kind", ["disposal", "loss"])
def test_giving_up_and_taking_up_again_pressed_twice(world, officer, kind):
    by = world.nghiepvu_badinh
    devices = s.in_books(world, by)
    made = s.drafted(devices, by) if kind == "disposal" else s.report(devices, by)
    here = f"/thanh-ly/{'' if kind == 'disposal' else 'mat-tim-thay/'}{made.number}/"
    told = {"version": made.version, "reason": "Lập nhầm"}
    assert "Đã hủy hồ sơ" in officer.post(f"{here}huy/", told).text
    page = officer.post(f"{here}huy/", told)
    assert page.status in {200, 422}
    assert f"đã được hủy bởi {by.full_name}" in page.text
    assert "Khôi phục" in officer.get(here).buttons()
    assert "Đã khôi phục hồ sơ" in officer.post(f"{here}khoi-phuc/").text
    page = officer.post(f"{here}khoi-phuc/")
    assert (page.status, page.url) == (200, here)
    assert f"đã được khôi phục bởi {by.full_name}" in page.text
    assert "Khôi phục" not in page.buttons()
    assert s.fresh(made).state == "draft"
