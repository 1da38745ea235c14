"""The pages on which BC01 and BC02 are entered."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.models import Survey
from reports.queries.surveys import items_of, software_of
from reports.rules.surveys import Form, Item, SoftwareRow
from tests.reports.survey_support import close, opened, saved_network, saved_software, server_room
from tests.world import pdf_file

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]
LIST = "/bao-cao/khao-sat/"


@pytest.fixture
def officer(world):
    return world.nghiepvu_badinh


@pytest.fixture
def client(world, client_of):
    return client_of(world.nghiepvu_badinh)


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def data_of(response) -> dict[str, str]:
    """What a browser would send of the form in the page."""
    form = response.context["form"]
    sent = {name: form[name].value() for name in form.fields if name != "finish"}
    sets = [*getattr(form, "named", {}).values(), *([form.rows] if hasattr(form, "rows") else [])]
    for rows in sets:
        for one in (rows.management_form, *rows.forms):
            sent |= {one.add_prefix(name): one[name].value() for name in one.fields}
    return {name: "" if value is None else value for name, value in sent.items() if value is not False}


def begin(client, form: Form, **more):
    return client.post(reverse("surveys:open"), {"unit": "01.001", "year": 2025, "form": form.value, **more})


def test_from_the_list_to_a_finished_form(client, world, officer):
    server_room(world, world.units["01.001"], by=officer)
    page = client.get(LIST, {"nam": "2025"})
    assert page.status_code == 200
    assert text(page).count("Chưa kê khai") == 3
    assert begin(client, Form.NETWORK).url == LIST + "KS-01.001-2025-3/ke-khai/"
    edit = client.get(LIST + "KS-01.001-2025-3/ke-khai/")
    assert "2 (tốt 1, trung bình 0, kém 1)" in text(edit)
    assert "3.7" not in text(edit)  # a question to provinces
    sent = data_of(edit)
    refused = client.post(edit.request["PATH_INFO"], sent)
    assert refused.status_code == 422
    assert "Mục 1.1.1 Máy điều hòa nhiệt độ: có 1 “kém” thì phải thuyết minh" in text(refused)
    sent |= {"r1_1_1_note": "Cần thay", "muc3_3-TOTAL_FORMS": "1", "muc3_3-0-name": "TST", "muc3_3-0-good": "1"}
    saved = client.post(edit.request["PATH_INFO"], sent)
    assert saved.url == LIST + "KS-01.001-2025-3/"
    survey = Survey.objects.get()
    assert {item.code: item.name for item in items_of(survey)} == {"1.1.1": "", "2.1": "", "3.3": "TST"}
    edit = client.get(LIST + "KS-01.001-2025-3/ke-khai/")
    sent = data_of(edit)
    for name in sent:
        if name.startswith("r") and name.endswith("_good") and sent[name] == "":
            sent[name] = "0"
        if name.endswith("_answer"):
            sent |= {name: "khong", name.replace("_answer", "_note"): "Chưa có"}
    assert client.post(edit.request["PATH_INFO"], {**sent, "finish": "1"}).status_code == 302
    assert "Đã hoàn thành" in text(client.get(LIST, {"nam": "2025"}))
    kept = {(item.code, item.name, item.good, item.poor) for item in items_of(survey)}
    assert {("1.1.1", "", 1, 1), ("2.1", "", 1, 0), ("3.3", "TST", 1, None)} <= kept  # as they were before
    page = client.get(LIST + "KS-01.001-2025-3/")
    assert "Khác sổ" not in text(page)
    told = text(client.get(LIST + "KS-01.001-2025-3/", {"tab": "dien-bien"}))
    assert "Hoàn thành kê khai" in told
    assert "3.3 TST" in told


def test_differences_to_the_books_are_marked(client, world, officer):
    server_room(world, world.units["01.001"], by=officer)
    saved_network(opened(world, Form.NETWORK), [Item("2.1", good=4)], by=officer)
    for page in ("", "ke-khai/"):
        assert "Khác sổ" in text(client.get(LIST + "KS-01.001-2025-3/" + page))


def test_software_is_entered_row_by_row(client, world, officer):
    begin(client, Form.OWN)
    url = LIST + "KS-01.001-2025-2/ke-khai/"
    sent = data_of(client.get(url))
    sent |= {"rows-TOTAL_FORMS": "2", "rows-0-name": "Web", "rows-0-origin": "Tự xây dựng", "rows-1-note": "Thiếu tên"}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "Dòng 2, Tên phần mềm: Hãy nhập tên phần mềm" in text(refused)
    assert client.post(url, {**sent, "rows-1-name": "Kho"}).status_code == 302
    survey = Survey.objects.get()
    assert [(row.name, row.values["origin"]) for row in software_of(survey)] == [("Web", "Tự xây dựng"), ("Kho", "")]
    sent = data_of(client.get(url)) | {"rows-0-DELETE": "on", "none": "on"}
    assert "vẫn còn dòng" in text(client.post(url, sent))


def test_a_stale_form_keeps_what_was_typed(client, world, officer):
    begin(client, Form.NETWORK)
    url = LIST + "KS-01.001-2025-3/ke-khai/"
    sent = data_of(client.get(url))
    saved_network(Survey.objects.get(), [Item("2.1", good=3)], by=world.nghiepvu_badinh)
    stale = client.post(url, sent | {"r2_2_2_good": "7"})
    assert stale.status_code == 422
    assert "Hồ sơ đã thay đổi trong lúc bạn nhập" in text(stale)
    assert "tốt 3, trung bình 0, kém 0" in text(stale)
    again = data_of(stale)
    assert again["r2_2_2_good"] == "7"
    assert client.post(url, again).status_code == 302


def test_a_page_without_its_version_is_refused(client, world):
    begin(client, Form.OWN)
    assert client.post(LIST + "KS-01.001-2025-2/ke-khai/", {}).status_code == 422


def test_closed_books_leave_the_form_to_be_read(client, world, officer):
    survey = saved_software(opened(world, Form.OWN), [SoftwareRow("Web")], by=officer)
    close(survey.unit, 2025, by=officer)
    page = client.get(LIST + survey.number + "/")
    assert "Số liệu năm 2025 đã khóa" in text(page)
    assert "ke-khai" not in page.content.decode()
    sent = data_of(client.get(LIST + survey.number + "/ke-khai/")) | {"rows-0-name": "Khác"}
    refused = client.post(LIST + survey.number + "/ke-khai/", sent)
    assert refused.status_code == 422
    assert "lập đề nghị mở khóa" in text(refused)
    assert client.post(LIST + survey.number + "/tai-lieu/", {"kind": "other", "file": pdf_file()}).status_code == 403
    refused = begin(client, Form.NETWORK)
    assert refused.url.startswith(LIST + "?unit=")
    assert [row.name for row in software_of(survey)] == ["Web"]


def test_papers_go_with_the_form(client, world, officer):
    survey = opened(world, Form.NETWORK)
    sent = {"kind": "server_log", "file": pdf_file("nhật ký.pdf")}
    assert client.post(LIST + survey.number + "/tai-lieu/", sent).status_code == 302
    page = text(client.get(LIST + survey.number + "/", {"tab": "tai-lieu"}))
    assert "Nhật ký phòng máy chủ (bản chụp)" in page
    assert "Thêm tài liệu" in text(client.get(LIST + survey.number + "/", {"tab": "dien-bien"}))


def test_superiors_read_and_write_nothing(world, client_of, officer):
    survey = saved_software(opened(world, Form.OWN), [SoftwareRow("Web")], by=officer)
    superior = client_of(world.nghiepvu_hanoi)
    page = superior.get(LIST, {"unit": "01.001", "nam": "2025"})
    assert "1 phần mềm" in text(page)
    assert "Kê khai" not in re.findall(r"<button[^>]*>(.*?)</button>", page.content.decode(), re.DOTALL)
    assert superior.get(LIST + survey.number + "/").status_code == 200
    for name in ("edit", "copy"):
        assert superior.get(reverse(f"surveys:{name}", args=[survey.number])).status_code == 403
    assert begin(superior, Form.NETWORK).status_code == 403
    peer = client_of(world.nghiepvu_hoankiem)
    assert peer.get(LIST + survey.number + "/").status_code == 404
    assert peer.get(LIST, {"unit": "01.001"}).status_code == 400
    assert begin(peer, Form.NETWORK).status_code == 404


def test_custodians_enter_for_whom_they_record(world, client_of):
    office = client_of(world.vanphong)
    sent = {"unit": "00.PC", "year": 2025, "form": "BC01-2"}
    assert office.post(reverse("surveys:open"), sent).status_code == 302
    assert Survey.objects.get().unit.code == "00.PC"


@pytest.mark.parametrize("sent", [{"form": "BC03"}, {"year": "x"}, {"year": 1990}])
def test_what_no_page_offers_is_refused(client, world, sent):
    answer = client.post(reverse("surveys:open"), {"unit": "01.001", "year": 2025, "form": "BC02", **sent})
    assert answer.status_code in {302, 404}
    assert not Survey.objects.exists()


OF_THE_WALLS = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT current_setting")


def questions(client, url: str) -> list[str]:
    """What the page asks the database, without what puts the walls up and takes them down."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return [one["sql"] for one in seen.captured_queries if not one["sql"].startswith(OF_THE_WALLS)]


def test_pages_ask_few_questions_whatever_was_entered(client, world, officer):
    server_room(world, world.units["01.001"], by=officer)
    network, own = opened(world, Form.NETWORK), opened(world, Form.OWN)
    pages = [LIST]
    for one in (network, own):
        pages += [f"{LIST}{one.number}/{page}" for page in ("", "ke-khai/", "?tab=dien-bien", "?tab=tai-lieu")]
    client.get(LIST)
    few = {url: len(questions(client, url)) for url in pages}
    saved_network(network, [Item("3.3", f"PM {n}", good=1) for n in range(30)], by=officer)
    saved_software(own, [SoftwareRow(f"PM {n}") for n in range(30)], by=officer)
    asked = {url: questions(client, url) for url in pages}
    assert {url: len(found) for url, found in asked.items()} == few
    assert max(few.values()) <= 14, asked[max(few, key=few.__getitem__)]
