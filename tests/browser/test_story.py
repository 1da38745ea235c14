"""The main job, from nothing (QĐ 375, art. 6 and 7): a unit takes in its equipment; only those who may see it do."""

import re
from urllib.parse import unquote

import pytest
from django.utils import timezone

from equipment.models import Equipment, Intake, LedgerEntry
from tests.browser.papers import csv_text, minutes, words, xlsx_text

pytestmark = pytest.mark.django_db(transaction=True)

SERIALS = [f"BĐ7K{number:03}XZ" for number in range(1, 13)]
PDF = "application/pdf"


@pytest.fixture(scope="module")
def told():
    """What the story leaves for the readers after it."""
    return {}


def fill_in(reader):
    """The form of an intake, as the technician fills it."""
    page = reader.page
    page.get_by_label("Ngày ký biên bản bàn giao").fill(f"{timezone.localdate():%d%m%Y}")
    page.get_by_label("Số biên bản").fill("15/BB-BG")
    page.get_by_label("Bên giao (nhà cung cấp)").fill("Công ty TNHH Thiết bị Sao Mai")
    page.get_by_label("Nguồn kinh phí").select_option(index=1)
    page.get_by_label("Đại diện bên giao").fill("Trần Văn Giao")
    page.get_by_label("Đại diện bên nhận").fill("Lê Thị Nhận")
    with page.expect_response(lambda response: response.url.endswith("/tiep-nhan/dong/")):
        reader.choose("Loại thiết bị", "may vi tinh")
    page.get_by_label("Bộ xử lý").wait_for()
    reader.choose("Mẫu", "optiplex")
    page.get_by_label("Số lượng").fill("12")
    page.get_by_label("Đơn giá").fill("14890000")
    page.get_by_label("Bảo hành").fill("36")
    page.get_by_label("Bộ xử lý").fill("Core i5-10400")
    # Pasted as from a spreadsheet, line ends and all.
    page.get_by_label("Số máy (serial)").focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const paste = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        "\r\n".join(SERIALS),
    )
    page.get_by_text("12/12 số máy").wait_for()


@pytest.mark.dieu("7.1")
def test_a_unit_takes_in_its_computers(reader_of, country, told, tmp_path):
    reader = reader_of()
    page = reader.page
    reader.log_in("nghiepvu.badinh")
    page.get_by_role("link", name="Lập hồ sơ tiếp nhận").click()
    fill_in(reader)
    page.get_by_role("button", name="Lưu nháp").click()
    page.wait_for_url("**/tiep-nhan/TN-01.001-*/")
    intake = Intake.objects.get()
    assert reader.message == f"Đã lưu nháp hồ sơ {intake.number}."
    assert "Biên bản bàn giao, nghiệm thu" in page.locator(".notice--warn").inner_text()

    page.get_by_label("Tệp PDF").set_input_files(minutes(tmp_path))
    page.get_by_role("button", name="Tải lên").click()
    page.get_by_text("Đã tải lên").wait_for()
    page.get_by_role("link", name="Tiếp nhận", exact=True).last.click()
    assert "Ghi 12 thiết bị, giá trị 178.680.000 đ, vào sổ của BHXH quận Ba Đình?" in page.inner_text("main")
    page.get_by_role("button", name="Tiếp nhận 12 thiết bị").click()
    page.wait_for_url(f"**/tiep-nhan/{intake.number}/")
    assert reader.message.startswith(f"Đã tiếp nhận 12 thiết bị, hồ sơ {intake.number}. Còn thiếu: hợp đồng")
    codes = list(Equipment.objects.filter(intake=intake).order_by("code").values_list("code", flat=True))
    assert len(codes) == 12

    find_one(reader, codes)
    print_papers(reader, intake)
    for tab in ("Thiết bị", "Diễn biến"):
        page.goto(f"/tiep-nhan/{intake.number}/")
        page.locator(".tabs").get_by_role("link", name=tab).click()
        page.locator(f".tabs a[aria-current]:has-text('{tab}')").wait_for()
    told_once = [title for title in page.locator(".timeline b").all_inner_texts() if "iếp nhận" in title]
    assert told_once == ["Tiếp nhận thiết bị", "Lập hồ sơ tiếp nhận"]
    page.goto(f"/tiep-nhan/{intake.number}/dinh-chinh/")
    page.goto(f"/thiet-bi/{codes[0]}/sua/")
    told |= {"number": intake.number, "codes": codes, "asked": addresses(reader, intake, codes)}


def find_one(reader, codes):
    """By a fragment of its serial, from anywhere, by the key “/”."""
    page = reader.page
    page.locator("body").press("/")
    page.keyboard.type("7k007")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thiết bị", exact=True).wait_for()
    assert page.locator("#list-count").inner_text() == "1 thiết bị"
    page.locator("tbody .main a").click()
    page.wait_for_url(f"**/thiet-bi/{codes[6]}/")
    assert SERIALS[6] in page.locator(".record-head").inner_text()
    page.get_by_role("link", name="Diễn biến").click()
    page.locator(".timeline").wait_for()
    assert "Ghi vào sổ thiết bị" in page.locator(".timeline").inner_text()
    assert "Người dùng nghiepvu.badinh" in page.locator(".timeline").inner_text()
    page.get_by_role("link", name="Sổ biến động").click()
    page.locator("caption", has_text="Bút toán").wait_for(state="attached")
    assert "14.890.000 đ" in page.locator("#record-tabs").inner_text()


def print_papers(reader, intake):
    """The frozen minutes and the sheet of labels."""
    page = reader.page
    page.goto(f"/tiep-nhan/{intake.number}/")
    page.get_by_role("button", name="Phát hành biên bản C50-HD").click()
    link = page.get_by_role("link", name="Biên bản C50-HD", exact=True)
    with page.expect_download() as download:
        link.click()
    text = words(download.value.path().read_bytes())
    assert [serial for serial in SERIALS if serial not in text] == []
    assert "Trần Văn Giao" in text
    labels = page.request.get(page.get_by_role("link", name="In nhãn QR").get_attribute("href") + "&in=pdf")
    assert (labels.status, labels.headers["content-type"]) == (200, PDF)
    assert [serial for serial in SERIALS if serial not in words(labels.body())] == []


def addresses(reader, intake, codes):
    """Every address of the story that names the dossier, a device or a file; also those only posted to."""
    page = reader.page
    links = set(reader.asked)
    for path in (f"/tiep-nhan/{intake.number}/", f"/thiet-bi/{codes[0]}/", f"/tiep-nhan/{intake.number}/?tab=thiet-bi"):
        page.goto(path)
        links |= set(page.eval_on_selector_all("main a[href]", "all => all.map(one => one.pathname + one.search)"))
        links |= set(
            page.eval_on_selector_all("main form[action]", "all => all.map(one => new URL(one.action).pathname)")
        )
    named = re.compile(rf"^/(tiep-nhan/{intake.number}|thiet-bi/01\.001-\d|q/|tep/[0-9a-f-]{{36}})")
    return sorted(one for one in map(unquote, links) if named.match(one))


def test_the_story_went_through_every_kind_of_page(told):
    asked = told["asked"]
    for step in (
        "sua/",
        "dinh-chinh/",
        "bien-ban/form_c50/",
        "tai-lieu/",
        "tiep-nhan/",
        "?tab=dien-bien",
        "?tab=but-toan",
    ):
        assert [one for one in asked if one.endswith(step)], step
    assert len([one for one in asked if one.startswith("/tep/")]) == 2
    assert len([one for one in asked if re.fullmatch(r"/thiet-bi/[\d.-]+/", one)]) == 12


@pytest.mark.dieu("6")
def test_the_superior_sees_and_changes_nothing(reader_of, country, told):
    reader = reader_of(country.tracuu_hanoi)
    page = reader.page
    number, code = told["number"], told["codes"][6]
    page.goto("/thiet-bi/")
    assert page.locator("#list-count").inner_text() == "12 thiết bị"
    page.get_by_role("link", name=code).first.click()
    assert SERIALS[6] in page.inner_text("main")
    assert page.get_by_role("link", name="Sửa thông tin").count() == 0
    page.goto(f"/tiep-nhan/{number}/")
    main = page.locator("main")
    assert main.locator("form[method=post]").count() == 0
    assert main.get_by_role("link", name=re.compile("Đính chính|Sửa|Hủy|Gỡ")).count() == 0
    for path in (
        f"/thiet-bi/{code}/sua/",
        f"/tiep-nhan/{number}/dinh-chinh/",
        f"/tiep-nhan/{number}/tai-lieu/",
        "/tiep-nhan/moi/",
    ):
        assert page.goto(path).status == 403, path
        assert "không được làm việc này" in reader.heading
    assert SERIALS[11] in csv_text(page.request.get("/thiet-bi/?export=csv").body())


@pytest.mark.dieu("6")
@pytest.mark.parametrize("name", ["nghiepvu_hoankiem", "admin2_danang"])
def test_a_peer_finds_no_trace(reader_of, country, told, name):
    reader = reader_of(getattr(country, name))
    page = reader.page
    page.goto("/")
    token = page.locator("meta[name=csrf-token]").get_attribute("content")
    for path in told["asked"]:
        answers = {page.request.get(path).status, page.request.post(path, headers={"X-CSRFToken": token}).status}
        # 405 is said before anything is looked for: of a page that is only read, or a step that is only taken.
        assert 404 in answers, path
        assert answers <= {404, 405}, path
    assert page.goto(f"/tiep-nhan/{told['number']}/").status == 404
    assert reader.heading == "Không tìm thấy nội dung này"
    assert page.locator(".tile-number").count() == 0
    page.goto("/", wait_until="networkidle")  # the terms and the works are fetched by the page
    assert set(page.locator(".tile-number").all_inner_texts()) == {"0", "0 đ", "–"}
    code, number = told["codes"][6], told["number"]
    for path in ("/thiet-bi/", "/tiep-nhan/"):
        page.goto(path)
        assert page.locator("#list-count").inner_text().startswith("0 ")
    for fragment in ("7K007", SERIALS[6], code, number, "Sao Mai"):
        for path in ("/tim-kiem/", "/thiet-bi/", "/tiep-nhan/"):
            found = page.request.get(path, params={"q": fragment})
            assert re.search(r'id="list-count"[^>]*>0 ', found.text()), (path, fragment)
    hidden = re.compile(rf"BĐ7K|01\.001-|{number}|Sao Mai")
    for path in ("/thiet-bi/", "/tiep-nhan/"):
        assert not hidden.search(csv_text(page.request.get(f"{path}?export=csv").body()))
        assert not hidden.search(xlsx_text(page.request.get(f"{path}?export=xlsx").body()))
    for query in (f"id={code}", f"all=1&filter=intake%3D{number}"):
        answer = page.request.get(f"/thiet-bi/nhan/?{query}")
        assert answer.headers["content-type"] != PDF
        assert not re.search(r"BĐ7K", answer.text())


@pytest.mark.dieu("14.6")
def test_it_center_sees_all(reader_of, country, told):
    reader = reader_of(country.ttcntt)
    page = reader.page
    page.goto("/")
    tile = page.get_by_role("link", name=re.compile("thiết bị trên sổ"))
    assert tile.locator(".tile-number").inner_text() == "12"
    tile.click()
    assert page.locator("#list-count").inner_text() == "12 thiết bị"
    for path in told["asked"]:
        if not path.endswith(("/sua/", "/dinh-chinh/", "/tai-lieu/", "/bien-ban/form_c50/", "/tiep-nhan/")):
            assert page.request.get(path).status == 200, path
    assert all(serial in xlsx_text(page.request.get("/thiet-bi/?export=xlsx").body()) for serial in SERIALS)


def test_the_books_hold_it_once(country, told):
    assert Intake.objects.count() == 1
    assert LedgerEntry.objects.count() == len(told["codes"]) == Equipment.objects.count() == 12
