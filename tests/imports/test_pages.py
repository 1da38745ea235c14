"""The screens of an import: each step by hand, twice, too late, by somebody else."""

import io
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from core.sheets import read
from equipment.models import Equipment, ImportBatch
from equipment.views.import_parts import Parts
from jobs.actions import cancel, remove_expired
from jobs.models import Job, JobFile
from tests.imports import support as s

ROWS = [s.HEAD, s.row(), s.row(price="15 triệu")]


@pytest.fixture
def officer(world, client_of):
    return client_of(world.nghiepvu_badinh)


def rows(*changes):
    return s.xlsx([s.HEAD, *(s.row(**change) for change in changes)])


def url(name, batch=None):
    return reverse(f"imports:{name}", args=[batch.number] if batch else [])


def send(client, content=None, name="ds.xlsx", **data):
    file = s.upload(content if content is not None else rows({}, {}), name)
    return client.post(url("create"), {"file": file, "existing": "refuse", **data})


def messages(response):
    return [str(message) for message in response.context["messages"]]


def match_data(batch, **changes):
    data = {"version": batch.version}
    for column in s.columns_of(batch):
        data[f"field_{column.index}"] = column.field
        if column.accented:
            data[f"encoding_{column.index}"] = column.encoding
    return data | changes


def test_a_page_that_was_asked_for_while_its_work_ended_shows_the_end(world, officer, rf):
    """The batch is read before its job: the page must not show the step that is over, with nothing to load it anew."""
    send(officer, rows({}, {}))
    before = ImportBatch.objects.get()
    s.work(ImportBatch.objects.get())
    request = rf.get(url("detail", before))
    request.user = world.nghiepvu_badinh
    parts = Parts(request, before)
    assert not parts.working
    assert parts.status().label == "Chờ ghép cột"
    assert [action.label for action in parts.actions()] == ["Ghép cột", "Hủy đợt nhập"]


def test_a_list_goes_through_every_page_into_the_books(world, officer):
    assert "Chưa có đợt nhập nào" in officer.get(url("list")).content.decode()
    page = officer.get(url("create"))
    key = page.context["form"].initial["submission"]
    response = send(officer, rows({}, {}, {"price": None}), submission=key)
    batch = ImportBatch.objects.get()
    assert response.headers["Location"] == url("detail", batch)
    page = officer.get(url("detail", batch)).content.decode()
    assert "Đang đọc tệp" in page
    assert "hx-get" in page
    batch, _ = s.work(batch)
    assert "nhận ra 6/6 cột" in officer.get(url("detail", batch)).content.decode()
    assert officer.get(url("match", batch)).status_code == 200
    officer.post(url("match", batch), match_data(batch))
    batch, _ = s.work(batch)
    page = officer.get(url("detail", batch)).content.decode()
    assert "Nhập 2 dòng hợp lệ, trả lại 1 dòng lỗi" in page
    assert "Cần nguyên giá" in page
    response = officer.post(url("apply", batch), {"mode": "valid", "version": batch.version})
    assert response.headers["Location"] == url("detail", batch)
    batch, _ = s.work(batch)
    page = officer.get(url("detail", batch))
    assert "Đã nhập 2 thiết bị mới" in page.content.decode()
    found = officer.get(reverse("equipment:list"), {"batch": batch.number})
    assert found.context["count"] == 2
    file = JobFile.objects.get(purpose="errors", job__public_id=batch.job)
    assert reverse("jobs:file", args=[file.public_id]) in page.content.decode()
    answer = officer.get(reverse("jobs:file", args=[file.public_id]))
    (head, _) = read(io.BytesIO(b"".join(answer.streaming_content)), "x.xlsx").rows(0)
    assert head[-1] == "Lỗi cần sửa"
    device = Equipment.objects.filter(batch=batch).first()
    assert batch.number in officer.get(reverse("equipment:detail", args=[device.code])).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "ds.xlsx", "Tệp rỗng"),
        (b"x", "ds.pdf", "Chỉ nhận tệp XLSX, XLS, ODS hoặc CSV"),
        (b"x" * (21 * 2**20), "ds.xlsx", "nhiều nhất 20 MB"),
    ],
)
def test_a_file_that_is_refused_leaves_the_form_as_it_was_filled(world, officer, content, name, says):
    response = send(officer, content, name, existing="update")
    assert response.status_code == 422
    form = response.context["form"]
    assert says in str(form.errors["file"])
    assert form["existing"].value() == "update"
    assert not ImportBatch.objects.exists()


def test_the_form_sent_twice_makes_one_batch(world, officer):
    key = uuid4()
    first, second = (send(officer, submission=key).headers["Location"] for _ in range(2))
    assert first == second
    assert ImportBatch.objects.count() == 1


@pytest.mark.dieu("13.7")
def test_who_records_for_several_units_says_for_which(world, client_of):
    office = client_of(world.vanphong)
    page = office.get(url("template")).content.decode()
    assert "?don_vi=00.PC" in page
    chosen = office.get(url("template"), {"don_vi": "00.PC"})
    (head, *_) = read(io.BytesIO(b"".join(chosen.streaming_content)), "mau.xlsx").rows(0)
    assert head[0] == "Loại thiết bị (bắt buộc)"
    assert send(office).status_code == 422
    assert send(office, unit="01").status_code == 422
    assert send(office, unit="00.PC").status_code == 302
    assert ImportBatch.objects.get().unit.code == "00.PC"


def test_the_template_of_the_only_unit_comes_at_once(world, officer):
    response = officer.get(url("template"), {"don_vi": "01.002"})  # another unit's code is no choice
    assert response.headers["Content-Disposition"].startswith('attachment; filename="mau-nhap-thiet-bi-01.001-')
    response.close()


def test_the_letters_are_seen_as_they_would_be_read(world, officer):
    old = [[s.tcvn3(cell) if isinstance(cell, str) else cell for cell in row] for row in [s.HEAD, *[s.row()] * 9]]
    batch = s.uploaded(world.nghiepvu_badinh, s.xlsx(old))
    page = officer.get(url("match", batch)).content.decode()
    assert "<ins>Trần Thị Bình</ins>" in page
    data = match_data(batch, encoding_5="vni", preview="1")
    page = officer.post(url("match", batch), data)
    assert page.status_code == 200
    assert "<ins>Trần Thị Bình</ins>" not in page.content.decode()
    assert s.again(batch).version == batch.version


def test_a_match_that_lacks_something_says_at_which_column(world, officer):
    batch = s.uploaded(world.nghiepvu_badinh, rows({}))
    response = officer.post(url("match", batch), match_data(batch, field_3="serial", field_5="attr:bia-ra"))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"field_5"}
    response = officer.post(url("match", batch), match_data(batch, field_3="serial"))
    assert set(response.context["form"].errors) == {"field_3", "__all__"}
    assert "Nguyên giá" in response.content.decode()


def test_another_sheet_is_read_on_demand(world, officer):
    batch = s.uploaded(world.nghiepvu_badinh, s.xlsx([s.HEAD, s.row()], [["Tên", "S/N"], ["x", "y"]]))
    data = {"version": batch.version, "sheet": 1, "header_row": 1}
    response = officer.post(url("sheet", batch), data)
    assert response.headers["Location"] == url("match", batch)
    assert [column.field for column in s.columns_of(s.again(batch))] == ["name", "serial"]
    for wrong in ({"sheet": 9}, {"header_row": "x"}, {"header_row": 0}, {}):
        again = s.again(batch)
        page = officer.post(url("sheet", batch), data | {"version": again.version - (not wrong)} | wrong, follow=True)
        assert messages(page)
        assert s.again(batch).version == again.version


def test_the_page_of_yesterday_brings_nothing_in(world, officer):
    """The back button, or a second tab: what was looked at is not what stands there now."""
    by = world.nghiepvu_badinh
    batch = s.checked(by, rows({}, {}))
    old = batch.version
    s.imports.check_again(batch, by=by, version=old)
    batch, _ = s.work(batch)
    for data in ({"mode": "all", "version": old}, {"mode": "all"}, {"mode": "all", "version": "x"}):
        page = officer.post(url("apply", batch), data, follow=True)
        assert "đã có thay đổi sau khi bạn mở trang này" in messages(page)[0]
    page = officer.post(url("apply", batch), {"mode": "everything", "version": batch.version}, follow=True)
    assert "Hãy chọn nhập cả tệp" in messages(page)[0]
    assert not Job.objects.filter(kind="import.apply").exists()


def test_pressed_twice_is_done_once(world, officer):
    batch = s.checked(world.nghiepvu_badinh, rows({}, {}))
    data = {"mode": "all", "version": batch.version}
    officer.post(url("apply", batch), data, follow=True)
    assert "đang chạy" in messages(officer.post(url("apply", batch), data, follow=True))[0]
    batch, _ = s.work(batch)
    assert "đã vào sổ lúc" in messages(officer.post(url("apply", batch), data, follow=True))[0]
    assert Job.objects.filter(kind="import.apply").count() == 1
    assert Equipment.objects.count() == 2


def test_work_that_was_stopped_can_be_taken_up_again(world, officer):
    by = world.nghiepvu_badinh
    batch = s.checked(by, rows({}, {}))
    s.imports.apply(batch, mode="all", by=by, version=batch.version)
    cancel(Job.objects.get(public_id=s.again(batch).job))
    batch, job = s.work(batch)
    assert (job.state, batch.state) == ("cancelled", "checked")
    page = officer.get(url("detail", batch)).content.decode()
    assert "Đã hủy" in page
    assert "Nhập cả 2 dòng" in page
    officer.post(url("apply", batch), {"mode": "all", "version": batch.version})
    batch, _ = s.work(batch)
    assert (batch.state, Equipment.objects.count()) == ("done", 2)


def test_when_the_files_are_gone_the_pages_say_so(world, officer):
    batch = s.checked(world.nghiepvu_badinh, s.xlsx(ROWS))
    Job.objects.update(finished_at="2020-01-01T00:00Z")
    assert remove_expired() == 2
    page = officer.get(url("detail", batch)).content.decode()
    assert "Tệp các dòng lỗi đã hết thời gian lưu" in page
    assert "hết thời gian lưu" in messages(officer.get(url("match", batch), follow=True))[0]
    officer.post(url("apply", batch), {"mode": "valid", "version": batch.version})
    batch, job = s.work(batch)
    assert (job.state, batch.state) == ("failed", "checked")
    assert "hết thời gian lưu" in job.message
    assert not Equipment.objects.exists()


def test_a_batch_is_given_up_after_a_question(world, officer):
    batch = s.checked(world.nghiepvu_badinh, rows({}))
    assert batch.number in officer.get(url("cancel", batch)).content.decode()
    officer.post(url("cancel", batch))
    assert s.again(batch).state == "cancelled"
    assert "Không có thiết bị nào được ghi" in officer.get(url("detail", batch)).content.decode()
    over = officer.get(url("match", batch))  # an old tab: the account isn't at fault
    assert (over.status_code, "đang ở trạng thái" in over.text, "điều chỉnh quyền" in over.text) == (403, True, False)


@pytest.mark.dieu("6")
def test_only_who_brought_the_file_goes_on_with_it(world, client_of):
    batch = s.checked(world.nghiepvu_badinh, s.xlsx(ROWS))
    file = JobFile.objects.get(purpose="errors")
    superior, look_up = client_of(world.nghiepvu_hanoi), client_of(world.tracuu_badinh)
    for client in (superior, look_up):
        page = client.get(url("detail", batch))
        assert page.status_code == 200
        text = page.content.decode()
        assert "đủ số đồng" in text
        assert str(file.public_id) not in text
        assert "hợp lệ" not in text
        assert client.get(reverse("jobs:file", args=[file.public_id])).status_code == 404
        for step in ("match", "sheet", "check", "apply", "cancel"):
            assert client.post(url(step, batch)).status_code == 403
    assert look_up.get(url("create")).status_code == 403
    assert look_up.get(url("template")).status_code == 403
    peer = client_of(world.nghiepvu_hoankiem)
    for step in ("detail", "match", "cancel"):
        assert peer.get(url(step, batch)).status_code == 404
    assert peer.get(url("list")).context["count"] == 0


def test_a_session_that_ended_leads_back_to_the_step(world, officer):
    batch = s.uploaded(world.nghiepvu_badinh, rows({}))
    del officer.cookies[settings.SESSION_COOKIE_NAME]
    response = officer.post(url("match", batch), match_data(batch))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse(settings.LOGIN_URL))
    assert s.again(batch).version == batch.version


def test_whatever_a_file_says_is_shown_as_text(world, officer):
    evil = "<img src=x onerror=alert(1)>"
    by = world.nghiepvu_badinh
    content = s.xlsx([[*s.HEAD, evil], [*s.row(category=evil, name=evil), evil]])
    batch = s.checked(by, content, name=f"{evil}.xlsx")
    for page in (url("detail", batch), f"{url('detail', batch)}?tab=cot", url("match", batch), url("list")):
        text = officer.get(page).content.decode()
        assert evil not in text
        assert "&lt;img" in text


def test_the_pages_cost_the_same_whatever_the_file(world, officer, django_assert_max_num_queries):
    for many in (2, 150):
        batch = s.checked(world.nghiepvu_badinh, rows(*({"price": None} for _ in range(many))))
        for page in (url("detail", batch), url("match", batch), url("list")):
            with django_assert_max_num_queries(18):
                assert officer.get(page).status_code == 200
