"""Labels of the devices that were chosen, and of no other: what is asked first, the paper, the job for many."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from equipment.models import Equipment
from equipment.printing.label_formats import FORMATS
from equipment.rules.numbers import typed_code
from equipment.views import labels as views
from jobs import running
from jobs.models import Job
from jobs.rules import State
from tests import world as w
from tests.equipment.support import taken_in
from tests.printing.read import texts

pytestmark = pytest.mark.django_db
URL = "/thiet-bi/nhan/"
PRINT = {"in": "pdf", "format": "a4-24", "parts": ["name", "serial", "unit"]}


@pytest.fixture
def stock(world):
    mine = w.devices(taken_in(world, world.nghiepvu_badinh, ["A1", "A2", "B1"]))
    theirs = w.devices(taken_in(world, world.nghiepvu_danang, ["A3"]))
    return mine, theirs


def pdf_of(response):
    assert response["Content-Type"] == "application/pdf", response.headers
    return b"".join(response.streaming_content) if response.streaming else response.content


def codes_in(pdf):
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    return sorted({word for word in words if re.fullmatch(r"\d\d[.\w]*-\d{6}", word)})


def codes_on(person, user, query):
    """What is printed for what the page sends when its button is pressed."""
    one = person(user)
    page = one.get(f"{URL}?{query}")
    assert page.status == 200
    sent = {name: value for name, value in page.form().items() if value != ""}
    sent["id"] = page.tree.xpath('//main//input[@name="id"]/@value')
    return codes_in(pdf_of(one.client.post(URL, sent | {"in": "pdf"})))


def test_the_chosen_ones(stock, world, person):
    (one, two, _), (foreign,) = stock
    query = f"id={one.code}&id={two.code}&id={foreign.code}"
    page = person(world.nghiepvu_badinh).get(f"{URL}?{query}")
    assert f"2 thiết bị: {one.code}, {two.code}" in page.main
    assert foreign.code not in page.response.content.decode()
    assert codes_on(person, world.nghiepvu_badinh, query) == [one.code, two.code]


def test_all_that_is_filtered(stock, world, person):
    (one, two, three), _ = stock
    assert codes_on(person, world.tracuu_hanoi, "all=1&filter=q%3Da2") == [two.code]
    assert codes_on(person, world.tracuu_hanoi, f"all=1&filter=intake%3D{one.intake.number}") == [
        one.code,
        two.code,
        three.code,
    ]


@pytest.mark.parametrize(
    "query", ["", "id=", "id=48-000001", "all=1&filter=q%3Dkhong-co", "all=1&filter=status%3Dgone"]
)
@pytest.mark.parametrize("wanted", ["", "&in=pdf", "&in=nhanh"])
def test_nothing_chosen_is_said(stock, world, person, query, wanted):
    page = person(world.nghiepvu_badinh).get(f"{URL}?{query}{wanted}")
    assert page.response.redirect_chain[-1][0] == "/thiet-bi/"
    assert "Chưa chọn" in page.text or "lựa chọn" in page.text


def test_what_stands_under_the_code_is_chosen(stock, world, client_of):
    ((one, *_), _) = stock
    Equipment.objects.filter(pk=one.pk).update(holder_name="Nguyễn Thị Ánh", inventory_number="TS-77")
    client = client_of(world.nghiepvu_badinh)
    post = PRINT | {"id": one.code, "format": "a4-40"}
    (text,) = texts(pdf_of(client.post(URL, post | {"parts": ["holder", "inventory"]})))
    assert text == f"{one.code} Số thẻ: TS-77 Nguyễn Thị Ánh"
    (text,) = texts(pdf_of(client.post(URL, post | {"parts": []})))
    assert text == one.code


def test_a_begun_sheet_is_used_up(stock, world, client_of):
    ((one, two, _), _) = stock
    post = PRINT | {"id": [one.code, two.code], "start": "24"}
    pages = texts(pdf_of(client_of(world.nghiepvu_badinh).post(URL, post)))
    assert [one.code in pages[0], two.code in pages[1]] == [True, True]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"format": "a5"}, "format", ""),
        ({"start": "25"}, "start", "chỉ có 24 ô"),
        ({"start": "0"}, "start", ""),
        ({"format": "cuon-50x30", "start": "2"}, "start", "mỗi lần chỉ có một ô"),
        ({"format": "a4-40", "parts": ["name", "serial", "inventory", "unit", "room"]}, "parts", "chỗ cho 4 dòng"),
        ({"parts": ["price"]}, "parts", ""),
        ({"right": "11"}, "right", ""),
        ({"down": "abc"}, "down", ""),
    ],
)
def test_what_cannot_be_printed_is_said_at_its_field(stock, world, client_of, changes, field, words):
    ((one, *_), _) = stock
    response = client_of(world.nghiepvu_badinh).post(URL, PRINT | {"id": one.code} | changes)
    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])
    assert f'name="id" value="{one.code}"' in response.content.decode(), "what was chosen stays chosen"
    assert views.SESSION_KEY not in response.wsgi_request.session


def test_the_last_choice_is_remembered_but_not_the_begun_sheet(stock, world, person):
    ((one, *_), _) = stock
    technician = person(world.nghiepvu_badinh)
    assert technician.get(f"{URL}?id={one.code}").form()["format"] == ["a4-24"]
    post = PRINT | {"id": one.code, "format": "a4-65", "parts": ["room"], "start": "9", "right": "-1,5"}
    pdf_of(technician.client.post(URL, post))
    form = technician.get(f"{URL}?id={one.code}").form()
    assert (form["format"], form["parts"], form["start"], form["right"]) == (["a4-65"], ["room"], "", "-1,5")
    assert person(world.tracuu_badinh).get(f"{URL}?id={one.code}").form()["format"] == ["a4-24"], "of each person"


def test_a_roll_prints_one_label_with_one_press(stock, world, client_of):
    """The link of a device's page: on a roll nothing has to be asked, on a sheet the place does."""
    ((one, *_), _) = stock
    client = client_of(world.nghiepvu_badinh)
    link = f"{URL}?id={one.code}&in=nhanh"
    assert link.replace("&", "&amp;") in client.get(f"/thiet-bi/{one.code}/").content.decode()
    assert "Mẫu nhãn" in client.get(link).content.decode(), "the first time"
    client.post(URL, PRINT | {"id": one.code, "format": "a4-40"})
    assert "Mẫu nhãn" in client.get(link).content.decode(), "a sheet may be begun"
    client.post(URL, PRINT | {"id": one.code, "format": "cuon-50x30"})
    assert codes_in(pdf_of(client.get(link))) == [one.code]


def test_a_list_that_changed_meanwhile_is_shown_again(stock, world, person):
    technician = person(world.nghiepvu_badinh)
    sent = technician.get(f"{URL}?all=1&filter=").form()
    assert sent["expected"] == "3"
    taken_in(world, world.nghiepvu_badinh, ["C1"])
    response = technician.client.post(URL, sent | {"in": "pdf"})
    assert response.status_code == 422
    assert "lúc bạn chọn có 3 thiết bị, nay có 4" in response.content.decode()
    assert 'name="expected" value="4"' in response.content.decode()


def test_more_than_one_print_holds_is_refused(stock, world, person, monkeypatch):
    monkeypatch.setattr(views, "MOST", 2)
    page = person(world.nghiepvu_badinh).get(f"{URL}?all=1&filter=")
    assert "nhiều nhất 2 nhãn" in page.text


# Many: a job


@pytest.fixture
def many(stock, world, person, monkeypatch):
    """Somebody who asked for more labels than are printed at once."""
    monkeypatch.setattr(views, "AT_ONCE", 2)
    one = person(world.nghiepvu_badinh)
    page = one.get(f"{URL}?all=1&filter=")
    assert "xếp trong nền" in page.main
    sent = page.form() | {"in": "pdf", "start": "3"}
    return one, sent


def test_many_labels_are_a_job(many, stock):
    one, sent = many
    assert "Mẫu nhãn" in one.get(f"{URL}?all=1&filter=&in=pdf").main, "a link asks, it starts nothing"
    assert not Job.objects.exists()
    answer, again = one.client.post(URL, sent), one.client.post(URL, sent)
    job = Job.objects.get()
    assert answer.url == again.url == reverse("jobs:detail", args=[job.public_id]), "a second press starts no other"
    assert running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (State.DONE, "Đã in 3 nhãn.")
    stored = job.files.get()
    assert stored.name == "nhan-thiet-bi.pdf"
    saved = one.client.get(reverse("jobs:file", args=[stored.public_id]))
    assert codes_in(pdf_of(saved)) == sorted(device.code for device in stock[0])


def test_a_job_prints_what_its_owner_still_sees(many, stock, world):
    one, sent = many
    one.client.post(URL, sent)
    (first, *_), _ = stock
    Equipment.objects.filter(pk=first.pk).update(unit=world.units["48"])
    job = Job.objects.get()
    assert running.run(job.pk)
    job.refresh_from_db()
    assert job.message.startswith("Đã in 2 nhãn. 1 thiết bị đã chọn nay không còn")


# The trial sheet and the codes


@pytest.mark.parametrize("fmt", FORMATS)
def test_frames_are_printed_for_any_paper(world, client_of, fmt):
    client = client_of(world.nghiepvu_danang)
    response = client.post("/thiet-bi/nhan/khung/", {"format": fmt, "right": "2,5"})
    assert response["Content-Disposition"] == 'inline; filename="khung-thu-nhan.pdf"'
    assert "1" in texts(pdf_of(response))[0].split()
    assert client.post("/thiet-bi/nhan/khung/", {"format": "a5"}).url == "/thiet-bi/"


def test_a_label_opens_its_device_after_login(stock, world, client):
    ((one, *_), (foreign,)) = stock
    answer = client.get(f"/q/{one.code}/")
    assert answer.url == f"/dang-nhap/?next=/q/{one.code}/"
    answer = client.post(answer.url, {"login": "nghiepvu.badinh", "password": w.PASSWORD}, follow=True)
    assert [url for url, _ in answer.redirect_chain] == [f"/q/{one.code}/", f"/thiet-bi/{one.code}/"]
    assert one.name in answer.content.decode()
    said = [client.get(f"/q/{code}/") for code in (foreign.code, "01.001-999999", "x" * 300)]
    assert [answer.status_code for answer in said] == [404] * 3
    assert re.sub(r"\S{40,}", "", said[0].text) == re.sub(r"\S{40,}", "", said[1].text), "but for tokens"


@pytest.mark.parametrize("typed", ["01.001-000001", "01.001000001", " 01.001 – 000001 ", "01.001 000001"])
def test_a_code_may_be_typed(stock, world, client_of, typed):
    answer = client_of(world.nghiepvu_badinh).get(f"/q/{typed}/")
    assert answer.url == "/thiet-bi/01.001-000001/"
    answer = client_of(world.nghiepvu_badinh).get("/tim-kiem/", {"q": typed})
    assert answer.url == "/thiet-bi/01.001-000001/"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("00.cntt-000042", "00.CNTT-000042"), ("00.cntt000042", "00.CNTT-000042"), ("42", "42"), ("", ""), ("ABC", "ABC")],
)
def test_letters_of_either_case_name_a_code(typed, meant):
    assert typed_code(typed) == meant
