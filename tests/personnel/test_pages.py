"""People on the screen: by hand, by file, and the runs of the feed (art. 7, 13.2)."""

import pytest
from django.urls import reverse

from core.models import Event
from personnel.actions.feed import pull
from personnel.models import Employee
from tests.core.threads import at_once, failures
from tests.equipment.pages import Person
from tests.imports.support import upload, xlsx
from tests.personnel.support import person

HEAD = ["STT", "Mã cán bộ", "Họ và tên", "Chức danh", "Phòng, tổ", "Trạng thái", "Từ ngày"]


@pytest.fixture
def clerk(titles, client_of):
    return Person(client_of(titles.nghiepvu_badinh))


def sheet(*rows, head=HEAD):
    return upload(xlsx([["DANH SÁCH CÁN BỘ"], head, *rows]))


def test_a_person_by_hand(clerk, titles):
    page = clerk.fill("/can-bo/them/", full_name="Nguyễn Thị Tay")
    made = Employee.objects.get()
    assert (made.code, made.unit.code, made.source) == ("01.001-CB0001", "01.001", "hand")
    assert made.code in page.main
    clerk.fill("/can-bo/them/", full_name="Trần Văn Mã", code="nv7")
    assert Employee.objects.filter(code="01.001-NV7").exists()
    again = clerk.fill("/can-bo/them/", full_name="Lê Văn Lặp", code="NV7")
    assert (again.status, "đã có" in again.errors("code")) == (422, True)
    clerk.fill(f"/can-bo/{made.code}/sua/", room="01.001.T1", account="nghiepvu.badinh", state="working")
    made.refresh_from_db()
    assert (made.room.code, made.account.username) == ("01.001.T1", "nghiepvu.badinh")
    other = clerk.fill("/can-bo/01.001-NV7/sua/", account="nghiepvu.badinh")
    assert other.errors("account")


def test_numbers_that_are_taken_are_passed_over(clerk, titles):
    for code in ("CB0001", "CB0002", "CB0004"):
        clerk.fill("/can-bo/them/", full_name="Nguyễn Thị Gõ", code=code)
    for _ in range(2):
        assert clerk.fill("/can-bo/them/", full_name="Trần Văn Số").status == 200
    given = Employee.objects.filter(full_name="Trần Văn Số").order_by("pk")
    assert list(given.values_list("code", flat=True)) == ["01.001-CB0003", "01.001-CB0005"]


def test_codes_of_units_never_clash(clerk, titles, client_of):
    clerk.fill("/can-bo/them/", full_name="Nguyễn Thị Tay", code="NV7")
    other = Person(client_of(titles.nghiepvu_hoankiem))
    assert other.fill("/can-bo/them/", full_name="Nguyễn Thị Tay", code="NV7").status == 200
    assert set(Employee.objects.values_list("code", flat=True)) == {"01.001-NV7", "01.002-NV7"}


def test_a_stale_page_is_answered_with_what_changed(clerk):
    clerk.fill("/can-bo/them/", full_name="Nguyễn Thị Tay")
    url = "/can-bo/01.001-CB0001/sua/"
    form = clerk.get(url).form()
    clerk.fill(url, full_name="Nguyễn Thị Khác")
    page = clerk.post(url, form | {"full_name": "Nguyễn Thị Ba"})
    assert (page.status, "Nguyễn Thị Khác" in page.text) == (422, True)


@pytest.mark.dieu("13.2")
@pytest.mark.parametrize(("state", "kind"), [("moved", "moved"), ("retired", "retired"), ("left", "left")])
def test_who_leaves_is_told_of(clerk, state, kind):
    clerk.fill("/can-bo/them/", full_name="Nguyễn Thị Tay")
    clerk.fill("/can-bo/01.001-CB0001/sua/", state=state)
    assert Event.objects.filter(kind=f"employee.{kind}", unit__code="01.001").count() == 1
    assert Employee.objects.get().state_since is not None
    late = clerk.fill("/can-bo/01.001-CB0001/sua/", state_since="31/12/2999")
    assert late.errors("state_since")


def test_whom_the_hr_system_knows_the_unit_only_places(folder, clerk):
    folder([person(1, room="")])
    pull()
    form = clerk.get("/can-bo/HR0001/sua/").form()
    assert set(form) >= {"room", "account"}
    assert "full_name" not in form
    clerk.post("/can-bo/HR0001/sua/", form | {"room": "01.001.T1", "full_name": "Tên giả", "state": "left"})
    one = Employee.objects.get()
    assert (one.room.code, one.full_name, one.state) == ("01.001.T1", "Nguyễn Văn Số 1", "working")
    assert "phần mềm quản lý nhân sự" in clerk.fill("/can-bo/them/", full_name="Nguyễn Thị Tay").summary
    refused = clerk.post("/can-bo/tu-tep/", {"file": sheet([1, "A1", "Nguyễn A"])})
    assert "phần mềm quản lý nhân sự" in refused.errors("file")


def test_a_file_is_shown_and_then_brought_in(clerk):
    clerk.fill("/can-bo/them/", full_name="Nguyễn Thị Cũ", code="A1")
    rows = [
        [1, "A1", "Nguyễn Thị Mới", "CV", None, None, None],
        [2, "01.001-A2", "Trần Văn Hai", "Chuyên viên / viên chức", "Tổ Thu", "Đang làm việc", "10/03/2020"],
        [3, "A2", "Trần Văn Lặp", None, None, None, None],
        [4, "A4", "Vũ Văn Vua", "Vua", None, None, None],
        [5, "A5", None, None, None, None, None],
    ]
    page = clerk.post("/can-bo/tu-tep/", {"file": sheet(*rows)})
    assert "2 người thêm hoặc thay đổi, 0 người giữ nguyên, 3 dòng lỗi" in page.text
    for told in ("Nguyễn Thị Cũ → Nguyễn Thị Mới", "đã có ở dòng", "Không có chức danh", "Thiếu họ và tên"):
        assert told in page.main
    assert Employee.objects.count() == 1
    form = page.form("/can-bo/tu-tep/nhap/")
    done = clerk.post("/can-bo/tu-tep/nhap/", form)
    assert "Đã thêm 1, cập nhật 1 cán bộ. 3 dòng lỗi không nhập." in done.text
    two = Employee.objects.get(code="01.001-A2")
    assert (two.room.code, two.title.code, two.source) == ("01.001.T1", "CV", "file")
    again = clerk.post("/can-bo/tu-tep/nhap/", form)
    assert "Chưa nhập gì" in again.text
    assert Employee.objects.count() == 2
    page = clerk.post("/can-bo/tu-tep/", {"file": sheet(*rows[:2])})
    assert "2 người giữ nguyên" in page.text


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (sheet(head=["Tên", "Máy"]), "Không thấy dòng tiêu đề"),
        (sheet(), "Không thấy dòng tiêu đề"),
        (upload(xlsx([["x"]]), "anh.png"), "XLSX"),
        (upload(b"khong phai", "a.xlsx"), ""),
    ],
)
def test_what_is_no_list_is_refused(clerk, file, said):
    file.seek(0)
    page = clerk.post("/can-bo/tu-tep/", {"file": file})
    assert page.status == 422
    assert said in page.errors("file")


def test_what_was_signed_for_somebody_else_is_refused(clerk, titles, client_of):
    form = clerk.post("/can-bo/tu-tep/", {"file": sheet([1, "A1", "Nguyễn A"])}).form("/can-bo/tu-tep/nhap/")
    other = Person(client_of(titles.nghiepvu_hoankiem))
    assert "không còn dùng được" in other.post("/can-bo/tu-tep/nhap/", form).text
    assert "không còn dùng được" in clerk.post("/can-bo/tu-tep/nhap/", form | {"roster": form["roster"][:-2]}).text
    assert not Employee.objects.exists()


def test_the_runs_are_for_who_watches_the_sector(folder, titles, client_of):
    folder([person(1), person(2, unit="99")])
    run = pull()
    center = Person(client_of(titles.ttcntt))
    assert "Có bản ghi lỗi" in center.get("/can-bo/dong-bo/").main
    assert "Không có đơn vị mã “99”" in center.get(f"/can-bo/dong-bo/{run.pk}/").main
    for name in ("nghiepvu_badinh", "admin2_hanoi"):
        client = client_of(getattr(titles, name))
        assert client.get(reverse("personnel:runs")).status_code == 403
        assert client.get(reverse("personnel:run", args=[run.pk])).status_code == 403


def test_the_list_is_searched_without_accents_and_filtered(folder, titles, client_of):
    folder([person(1, full_name="Đỗ Thị Hường"), person(2, title="TT"), person(3, unit="01.002", room="")])
    pull()
    above = Person(client_of(titles.tracuu_hanoi))
    assert len(above.get("/can-bo/").rows) == 3
    assert len(above.get("/can-bo/?q=do huong").rows) == 1
    assert len(above.get("/can-bo/?title=TT").rows) == 1
    assert len(above.get("/can-bo/?room=thu").rows) == 2
    assert len(above.get("/can-bo/?unit=01.002").rows) == 1
    assert len(Person(client_of(titles.nghiepvu_danang)).get("/can-bo/").rows) == 0


@pytest.mark.django_db(transaction=True)
def test_two_people_add_the_same_code_at_once(titles, client_of):
    clients = [Person(client_of(titles.nghiepvu_badinh)) for _ in range(2)]
    forms = [client.get("/can-bo/them/").form() | {"full_name": "Nguyễn A", "code": "X1"} for client in clients]
    given = at_once(*(lambda c=c, f=f: c.post("/can-bo/them/", f).status for c, f in zip(clients, forms, strict=True)))
    assert not failures(given)
    assert sorted(given) == [200, 422]
    assert Employee.objects.count() == 1
