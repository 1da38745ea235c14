"""The whole life of one device (QĐ 375, art. 7 to 10), as two units and the one above them see it at every step."""

import re

import pytest
from django.utils import timezone

from equipment.models import Equipment, LedgerEntry, Reservation
from personnel.models import Employee, Title
from tests.browser.papers import minutes, words

pytestmark = pytest.mark.django_db(transaction=True)

SERIAL = "DOI-MOT-THIET-BI"
PRICE = 14_890_000
COST = 1_250_000
PERSON = "Nguyễn Thị Thơm"
CODE = "01.001-000001"
DEVICE = f"/thiet-bi/{CODE}/"


def vn(day):
    return f"{day:%d/%m/%Y}"


@pytest.fixture
def sides(reader_of, country):
    """The technicians of the two districts, and the province that looks up."""
    people = (country.nghiepvu_badinh, country.nghiepvu_hoankiem, country.tracuu_hanoi)
    return [reader_of(person) for person in people]


@pytest.fixture
def furnished(country):
    """Somebody to hold the device; computers keep data."""
    country.desktop.stores_data = True
    country.desktop.save()
    title = Title.objects.create(code="CV", name="Chuyên viên")
    unit, room = country.units["01.001"], country.units["01.001.T1"]
    return Employee.objects.create(code="NV001", full_name=PERSON, unit=unit, room=room, title=title)


def books():
    """Lines of the ledger as (unit, kind, quantity, value)."""
    rows = LedgerEntry.objects.order_by("pk").values_list("unit__code", "kind", "quantity", "value")
    return [(unit, kind, quantity, int(value)) for unit, kind, quantity, value in rows]


def seen(reader, path=DEVICE):
    """The head of a record, or the status that refuses it."""
    answer = reader.page.goto(path)
    return reader.page.locator(".record-head").inner_text() if answer.status == 200 else answer.status


def attach(reader, label, folder):
    page = reader.page
    page.get_by_label("Loại tài liệu").select_option(label=label)
    page.get_by_label("Tệp PDF").set_input_files(minutes(folder))
    page.get_by_role("button", name="Tải lên").click()
    page.get_by_text("Đã tải lên").wait_for()


def press(reader, name):
    """A step of the record at which the reader is."""
    reader.page.locator(".record-head").get_by_role("link", name=name, exact=True).click()
    reader.page.wait_for_load_state()


def submit(reader, name):
    reader.page.locator("main").get_by_role("button", name=name, exact=True).click()
    reader.page.locator("#messages .notice").first.wait_for()
    return reader.message


def paper(reader, label):
    """Issue a printed form; its text."""
    reader.page.get_by_role("button", name=f"Phát hành {label}").click()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name=label, exact=True).click()
    return words(download.value.path().read_bytes())


def here(reader):
    return re.sub(r"https?://[^/]+", "", reader.page.url)


@pytest.mark.dieu("7.1")
@pytest.mark.dieu("8")
@pytest.mark.dieu("9")
@pytest.mark.dieu("10")
def test_from_hand_over_to_the_end(sides, furnished, country, tmp_path):
    badinh, hoankiem, hanoi = sides
    taken_in(badinh, tmp_path)
    entries = [("01.001", "intake", 1, PRICE)]
    assert books() == entries
    assert "Trong kho" in seen(badinh)
    assert "Trong kho" in seen(hanoi)
    assert seen(hoankiem) == 404

    handed_to_a_person(badinh)
    assert books() == entries
    for reader in (badinh, hanoi):
        assert all(word in seen(reader) for word in ("Đang sử dụng", PERSON, "Tổ Thu"))
    assert seen(hoankiem) == 404

    repaired(badinh, tmp_path)
    assert books() == entries, "a repair costs money and leaves the value as it was"
    assert all(word in seen(badinh) for word in ("Đang sử dụng", PERSON))
    badinh.page.locator(".tabs").get_by_role("link", name="Sửa chữa", exact=True).click()
    badinh.page.get_by_text("1.250.000 đ").first.wait_for()

    number = moved(badinh, hoankiem, hanoi, tmp_path)
    entries += [("01.001", "transfer_out", -1, -PRICE), ("01.002", "transfer_in", 1, PRICE)]
    assert books() == entries
    both_views_after_the_move(badinh, hoankiem, hanoi, number)

    disposed(hoankiem, tmp_path)
    assert books() == [*entries, ("01.002", "disposal", -1, -PRICE)]
    assert "Đã thanh lý, hủy" in seen(hoankiem)
    assert "Đã thanh lý, hủy" in seen(hanoi)
    assert seen(badinh) == 404
    head = hoankiem.page.locator(".record-head")
    hoankiem.page.goto(DEVICE)
    assert head.get_by_role("link", name=re.compile("Sửa|Bàn giao|Điều chuyển|Thanh lý")).count() == 0
    assert not Reservation.objects.exists()
    assert [badinh.complaints, hoankiem.complaints, hanoi.complaints] == [[], [], []]


def taken_in(reader, folder):
    page = reader.page
    page.goto("/tiep-nhan/moi/")
    page.get_by_label("Ngày ký biên bản bàn giao").fill(vn(timezone.localdate()))
    page.get_by_label("Bên giao (nhà cung cấp)").fill("Công ty TNHH Thiết bị Sao Mai")
    page.get_by_label("Nguồn kinh phí").select_option(index=1)
    with page.expect_response(lambda response: response.url.endswith("/tiep-nhan/dong/")):
        reader.choose("Loại thiết bị", "may vi tinh")
    page.get_by_label("Bộ xử lý").wait_for()
    page.get_by_label("Số lượng").fill("1")
    page.get_by_label("Đơn giá").fill(str(PRICE))
    page.get_by_label("Số máy (serial)").fill(SERIAL)
    page.get_by_role("button", name="Lưu nháp").click()
    page.wait_for_url("**/tiep-nhan/TN-01.001-*/")
    page.get_by_label("Tệp PDF").set_input_files(minutes(folder))
    page.get_by_role("button", name="Tải lên").click()
    page.get_by_text("Đã tải lên").wait_for()
    page.get_by_role("link", name="Tiếp nhận", exact=True).last.click()
    assert "Đã tiếp nhận 1 thiết bị" in submit(reader, "Tiếp nhận 1 thiết bị")


def handed_to_a_person(reader):
    reader.page.goto(DEVICE)
    press(reader, "Bàn giao")
    assert reader.page.locator("#id_devices").input_value() == CODE
    reader.page.locator("#id_employee").select_option(index=1)
    submit(reader, "Bàn giao")
    assert re.search(r"/ban-giao/BG-01\.001-\d{4}-0001/", here(reader))


def repaired(reader, folder):
    page = reader.page
    page.goto(DEVICE)
    press(reader, "Sửa chữa")
    page.locator("#id_kind").select_option(label="Sửa chữa")
    page.get_by_label("Kết quả đánh giá tình trạng").fill("Nguồn cháy, bo mạch còn tốt")
    page.get_by_label("Hiện tượng hỏng, việc cần làm").fill("Không lên nguồn")
    page.locator("#id_sent_to").select_option(index=1)
    page.locator("#id_supplier").fill("Trung tâm bảo hành Sao Mai")
    submit(reader, page.locator("main form button[type=submit].btn-primary").inner_text().strip())
    record = here(reader)
    assert re.match(r"/sua-chua/SC-01\.001-\d{4}-0001/", record)
    attach(reader, "Biên bản đánh giá tình trạng kỹ thuật", folder)
    press(reader, "Gửi sửa chữa")
    submit(reader, "Gửi 1 thiết bị")
    assert all(word in seen(reader) for word in ("Đang sửa chữa", PERSON, "SC-01.001"))

    page.goto(record)
    press(reader, "Ghi kết quả")
    page.get_by_label("Ngày nghiệm thu, nhận lại").fill(vn(timezone.localdate()))
    page.locator("[id^=id_result_]:not([id*=note])").first.select_option(index=1)
    page.get_by_label("Việc đã làm").fill("Thay nguồn 450 W")
    page.get_by_label("Chi phí thực tế").fill(str(COST))
    submit(reader, "Lưu kết quả")
    attach(reader, "Biên bản nghiệm thu sửa chữa", folder)
    press(reader, "Hoàn thành")
    submit(reader, "Hoàn thành")
    text = paper(reader, "Biên bản C54-HD")
    assert all(word in text for word in (CODE, "Thay nguồn 450 W", "1.250.000"))


def moved(sender, receiver, superior, folder):
    """Decided, handed over, received; the number of the dossier."""
    page = sender.page
    page.goto(DEVICE)
    press(sender, "Điều chuyển")
    sender.choose("Bên nhận", "hoan kiem")
    page.get_by_label("Lý do điều chuyển").fill("Thừa so với định mức")
    submit(sender, "Lập hồ sơ")
    record = here(sender)
    assert re.match(r"/dieu-chuyen/DC-01\.001-\d{4}-0001/", record)
    assert receiver.page.goto(record).status == 404, "a draft is the sender's alone"

    press(sender, "Ghi quyết định")
    page.get_by_label("Số quyết định").fill("375/QĐ-BHXH")
    page.get_by_label("Ngày quyết định").fill(vn(timezone.localdate()))
    page.get_by_label("Người ký").fill("Trần Quốc Thái")
    page.get_by_label("Quyết định (tệp PDF)").set_input_files(minutes(folder))
    submit(sender, "Ghi quyết định")
    assert "Đã có quyết định" in seen(receiver, record)
    assert seen(receiver) == 404, "the device itself isn't seen before it is received"

    page.goto(record)
    press(sender, "Bàn giao")
    page.get_by_label("Đại diện bên giao").fill("Lê Văn Giao")
    page.get_by_label("Đại diện bên nhận").fill("Vũ Thị Nhận")
    page.get_by_role("button", name="Bàn giao", exact=True).click()
    page.locator(".form-errors, .error-summary, [role=alert]").first.wait_for()
    assert "Biên bản xóa dữ liệu" in page.locator("main").inner_text()

    page.goto(record)
    press(sender, "Xóa dữ liệu, phần mềm")
    page.get_by_label(f"Đã xóa dữ liệu {CODE}").check()
    page.get_by_label("Ngày xóa dữ liệu").fill(vn(timezone.localdate()))
    page.get_by_label("Người xóa dữ liệu").fill("Lê Văn Giao")
    page.get_by_label("Cách xóa dữ liệu").fill("Ghi đè toàn bộ ổ cứng")
    submit(sender, "Lưu")
    attach(sender, "Biên bản xóa dữ liệu", folder)
    press(sender, "Bàn giao")
    page.get_by_label("Đại diện bên giao").fill("Lê Văn Giao")
    page.get_by_label("Đại diện bên nhận").fill("Vũ Thị Nhận")
    submit(sender, "Bàn giao")
    text = paper(sender, "Mẫu 01/TSC-BBGN")
    assert all(word in text for word in ("375/QĐ-BHXH", "Lê Văn Giao", "Vũ Thị Nhận", SERIAL, "14.890.000"))
    for reader in (sender, superior):
        told = seen(reader)
        assert "Đang điều chuyển" in told
        assert PERSON not in told
    assert [book[0] for book in books()] == ["01.001"], "until the receipt the sender has it"

    page = receiver.page
    page.goto("/")
    page.get_by_role("navigation").first.get_by_role("link", name=re.compile("Điều chuyển")).click()
    page.get_by_role("link", name=re.compile("DC-01.001")).first.click()
    press(receiver, "Kiểm nhận")
    page.get_by_label("Đã nhận").check()
    submit(receiver, "Xác nhận")
    return record


def both_views_after_the_move(sender, receiver, superior, record):
    told = seen(receiver)
    assert all(word in told for word in ("Trong kho", "BHXH quận Hoàn Kiếm", SERIAL))
    receiver.page.goto(f"{DEVICE}?tab=dien-bien")
    past_of_it = receiver.page.locator("#record-tabs").inner_text()
    assert "BHXH quận Ba Đình" in past_of_it
    assert PERSON not in past_of_it, "the sender's people stay with the sender"
    assert "Hoàn Kiếm" in seen(superior)

    assert seen(sender) == 404
    assert seen(sender, record) != 404
    kept = sender.page.goto(f"{record}thiet-bi/{CODE}/")
    assert kept.status == 200
    assert PERSON in sender.page.locator("main").inner_text() or "Diễn biến" in sender.page.locator("main").inner_text()
    assert receiver.page.goto(f"{record}thiet-bi/{CODE}/").status in {403, 404}
    sender.page.goto("/thiet-bi/")
    assert sender.page.locator("#list-count").inner_text() == "0 thiết bị"
    receiver.page.goto("/thiet-bi/")
    assert receiver.page.locator("#list-count").inner_text() == "1 thiết bị"
    item = Equipment.objects.get()
    assert (item.unit.code, item.room, item.holder_name, item.status) == ("01.002", None, "", "in_stock")


def disposed(reader, folder):
    page = reader.page
    page.goto(DEVICE)
    press(reader, "Thanh lý")
    page.locator("#id_act").select_option(label="Thanh lý")
    page.get_by_label("Hình thức").select_option(label="Bán")
    page.locator("#id_reason").select_option(label="Hỏng, không sửa chữa được")
    people = (
        "Phạm Thu Hằng; Phó Giám đốc; Lãnh đạo",
        "Đỗ Văn Quang; Kế toán trưởng; Kế toán",
        "Lý Minh Châu; CV; CNTT",
    )
    page.get_by_label("Hội đồng thanh lý, hủy").fill("\n".join(people))
    page.get_by_label("Số biên bản").fill("07/BB-HĐTL")
    page.get_by_label("Ngày họp, ký biên bản").fill(vn(timezone.localdate()))
    page.get_by_label("Kết luận của hội đồng").fill("Đồng ý thanh lý")
    submit(reader, "Lưu nháp")
    assert re.match(r"/thanh-ly/TL-01\.002-\d{4}-0001/", here(reader))
    for label in (
        "Biên bản của hội đồng thanh lý, hủy",
        "Văn bản đề nghị",
        "Ý kiến của cơ quan chuyên môn",
    ):
        attach(reader, label, folder)
    press(reader, "Trình sau họp hội đồng")
    submit(reader, "Trình hồ sơ")
    record = here(reader)
    assert "Chờ thanh lý" in seen(reader)
    page.goto(record)
    attach(reader, "Quyết định", folder)
    press(reader, "Ghi quyết định")
    page.get_by_label("Số quyết định").fill("99/QĐ-BHXH")
    page.get_by_label("Ngày quyết định").fill(vn(timezone.localdate()))
    page.get_by_label("Cơ quan, người ký").fill("Trần Quốc Thái")
    submit(reader, "Ghi quyết định")
    attach(reader, "Biên bản xóa dữ liệu", folder)
    press(reader, "Kết thúc")
    page.get_by_label("Ngày bán, phá dỡ hoặc tiêu hủy xong").fill(vn(timezone.localdate()))
    page.get_by_label("Giá trị thu hồi").fill("500000")
    page.get_by_label("Ngày xóa dữ liệu").fill(vn(timezone.localdate()))
    page.get_by_label("Người xóa").fill("Lê Văn Hủy")
    page.get_by_label("Cách xóa").fill("Phá hủy ổ cứng")
    submit(reader, "Kết thúc")
    text = paper(reader, "Biên bản C51-HD")
    assert all(word in text for word in (CODE, "Phạm Thu Hằng", "99/QĐ-BHXH", "14.890.000", "500.000"))
