"""The main job at the screen: a delivery with its signed minutes, from an empty form to printed papers."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.models import Document
from equipment.models import Equipment, Intake
from tests import world as w
from tests.equipment.papers import downloaded, text_of_pdf
from tests.equipment.support import ready, taken_in, vn

pytestmark = pytest.mark.django_db
NEW = "/tiep-nhan/moi/"


@pytest.fixture
def technician(world, person):
    return person(world.nghiepvu_badinh)


@pytest.mark.dieu("7.1")
def test_the_whole_way_from_an_empty_form_to_labels(world, person, technician):
    # An empty form can be saved, and says what is still missing.
    page = technician.fill(NEW)
    made = Intake.objects.get()
    detail = f"/tiep-nhan/{made.number}/"
    assert page.url == detail
    for words in ("Đã lưu nháp", "Bản nháp", "Cần ngày ký biên bản", "chưa có thiết bị", "thiếu tài liệu bắt buộc"):
        assert words in page.main, words
    assert "Tiếp nhận" not in page.buttons(), "not offered before it can be done"

    # The head and a line; "add a line" saves and comes back with one more.
    edit = f"{detail}sua/"
    typed = {
        "handover_date": vn(timezone.localdate()), "supplier": "Công ty Sao Mai", "contract_number": "12/HĐ",
        "fund_source": "operating",
        "lines-TOTAL_FORMS": "1", "lines-0-category": "MAY_TINH_BAN", "lines-0-model": str(world.model.pk),
        "lines-0-quantity": "12", "lines-0-unit_price": "14.500.000 đ", "lines-0-warranty_months": "36",
        "lines-0-attr_CPU": "i5", "lines-0-items": "\n".join(f"SN-{n:03d}" for n in range(12)), "add_line": "1",
    }  # fmt: skip
    page = technician.fill(edit, **typed)
    assert page.status == 200, page.summary
    form = page.form()
    assert (form["lines-TOTAL_FORMS"], form["lines-0-unit_price"], form["lines-0-quantity"]) == (
        "2",
        "14.500.000",
        "12",
    )
    assert form["lines-0-items"].split() == [f"SN-{n:03d}" for n in range(12)]
    assert form["lines-0-attr_CPU"] == "i5"
    second = {"lines-1-category": "UD_VAN_PHONG", "lines-1-quantity": "12", "lines-1-attr_so_ban_quyen": "12"}
    page = technician.fill(edit, **{"lines-TOTAL_FORMS": "2", "lines-1-unit_price": "0"}, **second)
    assert page.status == 200, page.summary
    assert "24" in page.main
    assert "174.000.000 đ" in page.main
    page = technician.get(f"{detail}?tab=thiet-bi")
    assert [page.rows[0][1], page.rows[0][2]] == ["Máy vi tính để bàn", "12"]

    # The second line is taken out again; the signed minutes come in.
    technician.fill(edit, **{"lines-1-DELETE": "on"})
    assert made.lines.count() == 1
    page = technician.post(f"{detail}tai-lieu/", {"kind": "minutes", "file": w.pdf_file("Biên bản số 5.pdf")})
    assert "Đã tải lên Biên bản số 5.pdf" in page.main
    assert "Chưa tiếp nhận được" not in page.main
    assert "Tiếp nhận" in page.buttons()

    # The question names number and value; then it is done.
    page = technician.get(f"{detail}tiep-nhan/")
    assert "12 thiết bị" in page.main
    assert "174.000.000 đ" in page.main
    page = technician.post(f"{detail}tiep-nhan/", page.form())
    assert "Đã tiếp nhận 12 thiết bị" in page.main
    assert "Còn thiếu: hợp đồng" in page.main
    assert "đúng hạn" in page.main
    assert "Sửa bản nháp" not in page.main

    find_print_and_hide(world, person, detail)


def find_print_and_hide(world, person, detail):
    technician = person(world.nghiepvu_badinh)
    # Found by a fragment, opened, its timeline read.
    page = technician.get("/tim-kiem/?q=n-007")
    (row,) = page.rows
    code = next(cell for cell in row if cell.startswith("01.001-"))
    assert "Tiếp nhận theo hồ sơ" in technician.get(f"/thiet-bi/{code}/?tab=dien-bien").main

    # Labels and minutes.
    labels = technician.client.get(technician.get(detail).link("In nhãn QR") + "&in=pdf")
    assert labels["Content-Type"] == "application/pdf"
    assert code in text_of_pdf(labels.getvalue() if not labels.streaming else b"".join(labels.streaming_content))
    assert technician.post(f"{detail}bien-ban/form_c50/").status == 200
    content = downloaded(technician, technician.get(detail).link("C50-HD"))
    assert content.startswith(b"%PDF-")
    assert "SN-007" in text_of_pdf(content)

    # The superior sees, and changes nothing; the peer sees nothing.
    superior = person(world.tracuu_hanoi)
    assert "Công ty Sao Mai" in superior.get(detail).main
    for step in ("sua/", "tiep-nhan/", "huy/", "dinh-chinh/", "tai-lieu/"):
        assert superior.get(f"{detail}{step}").status == 403
        assert person(world.nghiepvu_hoankiem).get(f"{detail}{step}").status == 404
    assert person(world.nghiepvu_hoankiem).get(detail).status == 404


def test_a_line_asked_again_for_its_category_keeps_what_was_typed_and_can_be_taken_out(world, technician):
    typed = {
        "prefix": "lines-3",
        "lines-3-category": "UD_VAN_PHONG",
        "lines-3-name": "Bộ <b>văn phòng</b>",
        "lines-3-quantity": "7",
    }
    page = technician.post("/tiep-nhan/dong/", typed)
    fields = {e.get("name"): e for e in page.tree.xpath("//*[@name]")}
    assert {"lines-3-attr_so_ban_quyen", "lines-3-attr_loai_bq", "lines-3-attr_han_BQ", "lines-3-DELETE"} <= set(fields)
    assert fields["lines-3-name"].get("value") == "Bộ <b>văn phòng</b>"
    assert fields["lines-3-quantity"].get("value") == "7"
    page = technician.post("/tiep-nhan/dong/", {"prefix": "lines-0", "lines-0-category": "MAY_TINH_BAN"})
    assert page.tree.xpath(f'//select[@name="lines-0-model"]/option[@value="{world.model.pk}"]')


def test_closed_categories_and_groups_are_not_offered(world, technician):
    offered = technician.get(NEW).tree.xpath('//select[@name="lines-0-category"]//option/@value')
    assert set(offered) == {"", "MAY_TINH_BAN", "UD_VAN_PHONG"}
    world.office.closed_on = timezone.localdate()
    world.office.save()
    offered = technician.get(NEW).tree.xpath('//select[@name="lines-0-category"]//option/@value')
    assert set(offered) == {"", "MAY_TINH_BAN"}
    page = technician.post(NEW, technician.get(NEW).form() | {"lines-0-category": "UD_VAN_PHONG", "lines-0-name": "x"})
    assert page.errors("lines-0-category")


def test_a_draft_whose_category_was_closed_meanwhile_cannot_be_confirmed(world, technician):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    world.desktop.closed_on = timezone.localdate()
    world.desktop.save()
    assert "đã ngừng dùng" in technician.get(f"/tiep-nhan/{made.number}/").main
    page = technician.post(f"/tiep-nhan/{made.number}/tiep-nhan/", {"version": made.version})
    assert page.status == 422
    assert "đã ngừng dùng" in page.summary
    assert not Equipment.objects.exists()


def test_a_duplicate_serial_links_to_its_device_before_and_at_confirming(world, technician):
    (held,) = w.devices(taken_in(world, world.nghiepvu_badinh, ["DUP"]))
    made = ready(world, world.nghiepvu_badinh, ["dup"])
    page = technician.get(f"/tiep-nhan/{made.number}/")
    assert f"/thiet-bi/{held.code}/" in page.links
    page = technician.post(f"/tiep-nhan/{made.number}/tiep-nhan/", {"version": made.version})
    assert page.status == 422
    assert f"/thiet-bi/{held.code}/" in page.links
    assert "đã có ở thiết bị" in page.summary


@pytest.mark.parametrize("items", ["", "\n\n", "SN1", "SN1\n\n", "SN1\n\nSN3"])
def test_empty_serials_can_be_saved_and_not_confirmed(world, technician, items):
    typed = {
        "lines-0-category": "MAY_TINH_BAN",
        "lines-0-quantity": "3",
        "lines-0-unit_price": "1",
        "lines-0-items": items,
    }
    page = technician.post(NEW, technician.get(NEW).form() | typed | {"handover_date": vn(timezone.localdate())})
    assert page.status == 200
    made = Intake.objects.get()
    page = technician.post(f"/tiep-nhan/{made.number}/tiep-nhan/", {"version": made.version})
    assert page.status == 422
    assert re.search(r"Dòng 1 .*cần 3 số máy, mới có \d", page.summary)
    assert not Equipment.objects.exists()


def test_papers_of_a_draft_come_and_go_and_those_of_the_books_stay(world, technician):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    url = f"/tiep-nhan/{made.number}/"
    technician.post(f"{url}tai-lieu/", {"kind": "contract", "file": w.pdf_file("Hợp đồng.pdf")})
    contract = Document.objects.get(kind="contract")
    page = technician.post(f"{url}tai-lieu/{contract.public_id}/go/", {})
    assert "Đã gỡ" in page.main
    assert "Gỡ tài liệu" in technician.get(f"{url}?tab=dien-bien").main
    technician.post(f"{url}tai-lieu/", {"kind": "contract", "file": w.pdf_file("Hợp đồng.pdf")})
    technician.fill(f"{url}tiep-nhan/")
    contract = Document.objects.get(kind="contract")
    assert technician.get(f"{url}tai-lieu/{contract.public_id}/go/").status == 403
    page = technician.post(f"{url}tai-lieu/", {"kind": "licence", "file": w.pdf_file("Giấy phép.pdf")})
    assert "Đã tải lên" in page.main, "what was missing may still come"
    assert downloaded(technician, f"/tep/{contract.public_id}/").startswith(b"%PDF-")


def test_cancelling_and_restoring_at_the_screen(world, technician):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    url = f"/tiep-nhan/{made.number}/"
    assert "Hãy nhập lý do" in technician.post(f"{url}huy/", {"reason": " "}).summary
    page = technician.fill(f"{url}huy/", reason="Lập nhầm")
    assert "Đã hủy" in page.main
    assert "Lập nhầm" in page.main
    assert technician.get(f"{url}sua/").status == 403
    assert technician.post(f"{url}tai-lieu/", {"kind": "contract", "file": w.pdf_file()}).status == 403
    assert technician.client.get(f"{url}khoi-phuc/").status_code == 405
    page = technician.post(f"{url}khoi-phuc/")
    assert "Đã khôi phục" in page.main
    assert "Lập nhầm" in technician.get(f"{url}?tab=dien-bien").main


def test_saving_a_draft_keeps_what_was_closed_meanwhile(world, technician):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    yesterday = timezone.localdate() - timedelta(days=1)
    for entry in (world.model, world.desktop):
        entry.closed_on = yesterday
        entry.save()
    page = technician.fill(f"/tiep-nhan/{made.number}/sua/", note="Thêm ghi chú")
    assert page.status == 200, page.summary
    made.refresh_from_db()
    line = made.lines.get()
    assert (made.note, line.category, line.model) == ("Thêm ghi chú", world.desktop, world.model)
    assert line.attributes == {"CPU": "i5-10400", "RAM": "8 GB"}
    offered = technician.get(NEW).tree.xpath('//select[@name="lines-0-category"]//option/@value')
    assert world.desktop.code not in offered


def test_the_list_of_intakes_shows_terms_that_run_and_none_that_fell_away(world, technician):
    ready(world, world.nghiepvu_badinh, ["A1"], handover_date=date(2026, 2, 13), contract_date=None)
    (row,) = technician.get("/tiep-nhan/").rows
    assert "25/02/2026" in row
    assert "29.000.000 đ" not in row
    assert "14.500.000 đ" in row
    technician.fill(f"/tiep-nhan/{Intake.objects.get().number}/huy/", reason="Lập nhầm")
    (row,) = technician.get("/tiep-nhan/").rows
    assert "25/02/2026" not in row
    assert technician.get("/tiep-nhan/?due=late").rows == []
    assert len(technician.get("/tiep-nhan/?state=cancelled&q=sao+mai").rows) == 1
