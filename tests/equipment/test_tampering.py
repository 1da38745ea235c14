"""Forms that were changed on their way: without their version, with foreign things, with other files than they say."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Document
from equipment.models import Equipment, Intake
from tests import world as w
from tests.documents.pdfs import padded
from tests.equipment.support import ready, taken_in

pytestmark = pytest.mark.django_db
NEW = "/tiep-nhan/moi/"
TYPED = {
    "supplier": "Công ty Điện tử Hoàn Mỹ",
    "lines-0-category": "MAY_TINH_BAN",
    "lines-0-quantity": "1",
    "lines-0-items": "SN1",
}


@pytest.fixture
def technician(world, person):
    return person(world.nghiepvu_badinh)


# --- the guard of the version ---------------------------------------------------------------------------------------

TAMPERED = [None, "", "abc", "-1", "1.5", "99999999999999999999", "1 OR 1=1", "\x00"]


def tampered(form, version):
    rest = {name: value for name, value in form.items() if name != "version"}
    return rest if version is None else rest | {"version": version}


def edit_pages(world):
    made = ready(world, world.nghiepvu_badinh, ["D1"])
    done = taken_in(world, world.nghiepvu_badinh, ["A1"])
    (device,) = w.devices(done)
    return {
        f"/tiep-nhan/{made.number}/sua/": (made, {"supplier": "Kẻ gian"}),
        f"/tiep-nhan/{made.number}/tiep-nhan/": (made, {}),
        f"/tiep-nhan/{done.number}/dinh-chinh/": (done, {"supplier": "Kẻ gian", "reason": "x"}),
        f"/thiet-bi/{device.code}/sua/": (device, {"holder_name": "Kẻ gian", "reason": "x"}),
    }


def test_a_form_without_its_version_never_passes_the_guard(world, technician):
    for url, (row, typed) in edit_pages(world).items():
        form = technician.get(url).form() | typed
        before = type(row).objects.filter(pk=row.pk).values().get()
        for version in TAMPERED:
            page = technician.post(url, tampered(form, version))
            assert page.status == 422, (url, version)
            assert "không còn nguyên vẹn" in page.summary, (url, version)
            assert "version" not in page.summary.lower()
        assert type(row).objects.filter(pk=row.pk).values().get() == before, url
    assert Equipment.objects.count() == 1


def test_a_version_that_never_was_counts_as_stale(world, technician):
    for url, (row, typed) in edit_pages(world).items():
        before = type(row).objects.filter(pk=row.pk).values().get()
        for version in ("0", "77"):
            page = technician.post(url, technician.get(url).form() | typed | {"version": version})
            assert page.status == 422, (url, version)
            assert "đã thay đổi" in page.summary or "người khác sửa" in page.summary
        assert type(row).objects.filter(pk=row.pk).values().get() == before, url


def test_the_catalogue_guards_its_entries_too(world, person):
    admin = person(world.admin1)
    brand = world.model.brand
    for url, row in (
        (f"/quan-tri/danh-muc/hang/{brand.pk}/sua/", brand),
        (f"/quan-tri/danh-muc/mau/{world.model.pk}/sua/", world.model),
        (f"/quan-tri/danh-muc/loai/{world.desktop.code}/sua/", world.desktop),
    ):
        form = admin.get(url).form() | {"name": "Tên khác"}
        for version in TAMPERED:
            page = admin.post(url, tampered(form, version))
            assert page.status == 422, (url, version)
        assert admin.post(url, form | {"version": "9"}).status == 422
        name = row.name
        row.refresh_from_db()
        assert row.name == name
        assert admin.post(url, form).status == 200
        row.refresh_from_db()
        assert (row.name, row.version) == ("Tên khác", 2)


# --- files ----------------------------------------------------------------------------------------------------------


def pdf(content, name="bien-ban.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def locked_pdf():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(w.pdf_bytes())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


FILES = [
    ("html", lambda: b"<html><script>alert(1)</script></html>", "không phải PDF"),
    ("locked", locked_pdf, "mật khẩu"),
    ("25 MB", lambda: padded(25 * 1024 * 1024), "vượt giới hạn 20 MB"),
    ("cut", lambda: w.pdf_bytes()[:-40], "cắt cụt"),
    ("empty", lambda: b"", "rỗng"),
]


@pytest.mark.dieu("7.1")
@pytest.mark.parametrize(("content", "says"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_a_file_that_is_no_good_pdf(world, technician, content, says):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    before = Document.objects.count()
    page = technician.post(f"/tiep-nhan/{made.number}/tai-lieu/", {"kind": "contract", "file": pdf(content())})
    assert page.status == 422
    assert says in page.errors("file"), page.summary
    assert page.form()["kind"] == "contract"
    assert Document.objects.count() == before


def test_a_document_of_no_known_kind_or_without_a_file(world, technician):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    url = f"/tiep-nhan/{made.number}/tai-lieu/"
    assert technician.post(url, {"kind": "form_c50", "file": w.pdf_file()}).errors("kind"), (
        "issued forms aren't uploaded"
    )
    assert "Hãy chọn một tệp PDF" in technician.post(url, {"kind": "minutes"}).errors("file")
    assert Document.objects.count() == 1


# --- foreign things -------------------------------------------------------------------------------------------------


@pytest.mark.dieu("6")
def test_a_foreign_unit_or_line_in_any_field(world, person, technician):
    theirs = ready(world, world.nghiepvu_danang, ["FOREIGN-1"])
    line = theirs.lines.get()
    office = person(world.vanphong)
    form = office.get(NEW).form()
    for unit in ("48", "01", "00", "00.PC.X", "", str(world.units["48"].pk)):
        page = office.post(NEW, form | {"unit": unit})
        assert page.status == 422, unit
        assert page.errors("unit"), unit
    page = technician.post(NEW, technician.get(NEW).form() | TYPED | {"lines-0-pk": str(line.pk), "unit": "48"})
    assert page.status == 200
    made = Intake.objects.exclude(pk=theirs.pk).get()
    assert made.unit == world.units["01.001"]
    assert made.lines.get().pk != line.pk
    page = technician.fill(f"/tiep-nhan/{made.number}/sua/", **{"lines-0-pk": str(line.pk), "lines-0-name": "Chiếm"})
    assert page.status == 200
    line.refresh_from_db()
    assert (line.intake, line.name) == (theirs, "")


def test_a_foreign_room_or_model_on_a_device(world, technician):
    (device,) = w.devices(taken_in(world, world.nghiepvu_badinh, ["A1"]))
    url = f"/thiet-bi/{device.code}/sua/"
    form = technician.get(url).form() | {"reason": "x"}
    for room in ("01.002.T1", "01.P1", "48.P1", "01.001", "khong-co"):
        page = technician.post(url, form | {"room": room})
        assert page.status == 422, room
        assert page.errors("room")
    assert technician.post(url, form | {"model": "99999"}).errors("model")
    assert technician.post(url, form | {"made_year": "5"}).errors("made_year")
    device.refresh_from_db()
    assert (device.version, device.room) == (1, None)
