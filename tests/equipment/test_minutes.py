"""The printed minutes (C50-HD): frozen when issued, issued again after a correction."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import documents
from core.models import Document, DocumentKind, Event
from equipment.printing.minutes import minutes_of
from tests import world as w
from tests.equipment.papers import downloaded, text_of_pdf
from tests.equipment.support import ready, taken_in, vn
from tests.transfers.support import received

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(world, person):
    return person(world.nghiepvu_badinh)


@pytest.fixture
def confirmed(world):
    return taken_in(world, world.nghiepvu_badinh, ["A1"], minutes_number="15/BB")


def issued(made):
    return list(Document.objects.filter(kind=DocumentKind.FORM_C50).order_by("pk"))


def test_issued_minutes_never_change_and_a_correction_gives_a_further_one(world, technician, confirmed):
    url = f"/tiep-nhan/{confirmed.number}/"
    technician.post(f"{url}bien-ban/form_c50/")
    (first,) = issued(confirmed)
    content = downloaded(technician, f"/tep/{first.public_id}/")
    assert documents.verify(first)
    assert "15/BB" in text_of_pdf(content) or "Sao Mai" in text_of_pdf(content)
    technician.post(f"{url}bien-ban/form_c50/")
    assert issued(confirmed) == [first], "the same version is the same paper"
    assert "Phát hành" not in technician.get(url).main

    page = technician.fill(f"{url}dinh-chinh/", supplier="Công ty Hoàng Long", reason="Gõ nhầm tên")
    assert "Đã đính chính" in page.main
    assert "Phát hành lại" in " ".join(technician.get(url).buttons())
    technician.post(f"{url}bien-ban/form_c50/")
    first, second = issued(confirmed)
    assert downloaded(technician, f"/tep/{first.public_id}/") == content
    assert documents.verify(first)
    assert (first.sha256, first.size) != (second.sha256, second.size)
    assert "Hoàng Long" in text_of_pdf(downloaded(technician, f"/tep/{second.public_id}/"))
    assert "Hoàng Long" not in text_of_pdf(content)
    timeline = technician.get(f"{url}?tab=dien-bien").main
    for words in ("Gõ nhầm tên", "Công ty Hoàng Long", "Công ty TNHH Thiết bị Sao Mai", "Phát hành biên bản"):
        assert words in timeline, words
    assert Event.objects.filter(kind="intake.form_issued").count() == 2


def test_minutes_are_issued_of_what_is_in_the_books_only(world, technician):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    assert technician.post(f"/tiep-nhan/{made.number}/bien-ban/form_c50/").status == 403
    assert not issued(made)


def test_a_stale_correction_loses_nothing(world, technician, confirmed, person):
    url = f"/tiep-nhan/{confirmed.number}/dinh-chinh/"
    form = technician.get(url).form() | {"note": "Của tôi", "reason": "x"}
    colleague = person(w.make_user("hai.badinh", world.units["01.001"], "business"))
    assert colleague.fill(url, place="Kho B", reason="y").status == 200
    page = technician.post(url, form)
    assert page.status == 422
    assert "Kho B" in page.summary
    assert page.form()["note"] == "Của tôi"
    tomorrow = {"contract_date": vn(timezone.localdate() + timedelta(days=1)), "reason": "x"}
    assert "tương lai" in technician.fill(url, **tomorrow).errors("contract_date")


def test_minutes_tell_of_all_that_was_delivered_wherever_it_is(world, technician):
    made = taken_in(world, world.nghiepvu_badinh, ["A1", "A2", "A3"], handover_date=w.past(30), late_reason="Chờ")
    gone, *_ = w.devices(made)
    url = f"/tiep-nhan/{made.number}/"
    assert "điều chuyển sang đơn vị khác" not in technician.get(f"{url}?tab=thiet-bi").main
    before = minutes_of(made)
    received(world, [gone])
    assert minutes_of(made) == before
    assert "1 thiết bị của hồ sơ này đã điều chuyển sang đơn vị khác" in technician.get(f"{url}?tab=thiet-bi").main
    technician.post(f"{url}bien-ban/form_c50/")
    (form,) = issued(made)
    text = text_of_pdf(downloaded(technician, f"/tep/{form.public_id}/"))
    for told in ("A1", "A2", "A3", before.value):
        assert told in text
