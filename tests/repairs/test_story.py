"""A repair from the device's page to the end, as a person does it."""

import pytest

from core.models import Document, Event
from equipment.models import LedgerEntry, Reservation
from repairs.models import Repair
from tests import world as w
from tests.equipment.support import vn
from tests.repairs import support as s

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("8")]


def test_from_the_device_to_its_return(world, officer, person):  # noqa: PLR0915 - a story
    first, second = s.some(world, officer, ["NGUON-1", "NGUON-2"])
    me = person(officer)
    page = me.get(f"/thiet-bi/{first.code}/")
    url = f"/sua-chua/moi/?thiet-bi={first.code}"
    assert url in page.links
    form = me.get(url).form()
    assert form["devices"] == first.code
    page = me.post(
        "/sua-chua/moi/",
        form
        | {
            "devices": f"{first.code}\n{second.serial}",
            "kind": "repair",
            "opened_on": vn(w.past(9)),
            "assessment": "Bộ nguồn hỏng",
            "fault": "Không lên nguồn",
            "sent_to": "supplier",
            "supplier": "Công ty Phương Nam",
        },
    )
    repair = Repair.objects.get()
    assert page.url == f"/sua-chua/{repair.number}/"
    assert repair.number.startswith(f"SC-01.001-{s.today().year}-0001")
    assert "Chưa gửi sửa chữa được" in page.main
    assert "Biên bản đánh giá tình trạng kỹ thuật" in page.main
    here = page.url
    assert set(Reservation.objects.values_list("number", flat=True)) == {repair.number}
    page = me.post(f"{here}tai-lieu/", {"kind": "assessment", "file": w.pdf_file("danh-gia.pdf")})
    assert "Đã tải lên danh-gia.pdf" in page.text
    assert "Chưa gửi" not in page.main

    page = me.fill(f"{here}sua/", **{f"estimate_{repair.lines.first().pk}": "900.000"})
    assert page.status == 200
    assert "Trả tiền cho thiết bị còn bảo hành" in page.main
    page = me.fill(page.link("Gửi sửa chữa"), sent_on=vn(w.past(5)))
    assert "Đã gửi 2 thiết bị" in page.text
    assert [s.now(d).status for d in (first, second)] == ["in_repair"] * 2
    assert "Chưa hoàn thành được" in page.main

    one, two = repair.lines.all()
    results = {
        "returned_on": vn(s.today()),
        f"result_{one.pk}": "repaired",
        f"work_done_{one.pk}": "Thay bộ nguồn",
        f"parts_{one.pk}": "Bộ nguồn 450 W; 1; 850.000",
        f"result_{two.pk}": "beyond_repair",
        f"result_note_{two.pk}": "Cháy bo mạch chủ",
    }
    page = me.fill(f"{here}ket-qua/", **results)
    assert page.status == 422
    assert "lý do phải trả tiền" in page.errors("cost_reason")
    page = me.post(f"{here}ket-qua/", page.form() | {"cost_reason": "Nguồn cháy do sét, ngoài bảo hành"})
    assert page.status == 200, page.summary
    assert repair.lines.first().cost == 850_000
    page = me.post(f"{here}bien-ban/form_c54/")
    assert "Đã phát hành Biên bản C54-HD" in page.text
    page = me.post(f"{here}tai-lieu/", {"kind": "repair_minutes", "file": w.pdf_file("nghiem-thu.pdf")})
    assert "Chưa hoàn thành" not in page.main
    page = me.fill(page.link("Hoàn thành"))
    assert "đã hoàn thành" in page.text
    assert "chưa có hóa đơn" in page.text
    first, second = s.now(first), s.now(second)
    assert (first.status, second.status, second.condition) == ("in_stock", "pending_disposal", "poor")
    assert not Reservation.objects.exists()
    assert LedgerEntry.objects.count() == 2, "repairs don't change the books"
    assert Document.objects.filter(kind="form_c54", issued=True).count() == 1

    page = me.get(f"/thiet-bi/{first.code}/?tab=sua-chua")
    assert "850.000 đ" in page.main
    assert repair.number in page.main
    page = me.get(f"/thiet-bi/{first.code}/?tab=dien-bien")
    assert "Gửi sửa chữa" in page.main
    assert "Sửa chữa, bảo trì xong" in page.main
    page = me.get(f"/thiet-bi/{second.code}/?tab=ho-so")
    assert repair.number in page.main
    told = Event.objects.filter(kind__startswith="equipment.").values_list("payload__dossier", flat=True)
    assert set(told) == {repair.number}
    for tab in ("ho-so", "thiet-bi", "dien-bien"):
        assert me.get(f"{here}?tab={tab}").status == 200
