"""What the document system tells: counted once, in whatever order, by folder or over HTTP with its token."""

import pytest
from django.test import Client

from dispatch import actions
from dispatch.actions import News
from dispatch.models import Dispatch
from dispatch.rules import Channel, State
from dispatch.views.news import MOST
from tests.dispatch.support import sent, status

pytestmark = pytest.mark.django_db
ADDRESS = "/gui-nhan/trang-thai/"
TOKEN = "bi-mat-cua-he-thong-van-ban"


@pytest.fixture
def row(world, out_folder, heard) -> Dispatch:
    made = sent(world)
    actions.deliver_waiting()
    return made


def take(row, code, **more) -> News:
    found = actions.take(status(row.document_id, code, **more), channel=Channel.HTTP)
    row.refresh_from_db()
    return found


def test_arrived_then_received(row, heard):
    assert take(row, "01") == News.COUNTED
    assert row.state == State.ARRIVED
    assert take(row, "03", text="Số đến 126") == News.COUNTED
    assert row.state == State.RECEIVED
    assert heard == [("arrived", "Đã đến"), ("received", "Số đến 126")]


def test_the_same_message_counts_once(row, heard):
    assert [take(row, "02", text="Sai mẫu") for _ in range(3)] == [News.COUNTED, News.KNOWN, News.KNOWN]
    assert (row.state, row.reason) == (State.RETURNED, "Sai mẫu")
    assert len(heard) == 1
    assert row.trail.filter(state="returned").count() == 1


def test_an_older_state_never_overwrites_a_newer_one(row, heard):
    take(row, "03", at="2026/01/12 09:00:00")
    assert take(row, "01", at="2026/01/11 09:00:00") == News.KEPT
    assert take(row, "02", at="2026/01/12 08:00:00") == News.KEPT  # said before it was received
    assert row.state == State.RECEIVED
    assert list(row.trail.filter(counted=False).values_list("state", flat=True)) == ["arrived", "returned"]
    assert take(row, "02", at="2026/01/13 08:00:00") == News.COUNTED
    assert take(row, "03", at="2026/01/14 08:00:00") == News.KEPT
    assert row.state == State.RETURNED
    assert [state for state, _ in heard] == ["received", "returned"]


def test_a_message_from_the_future_is_of_now(row):
    take(row, "03", at="2999/01/01 00:00:00")
    assert take(row, "02", at="2999/01/02 00:00:00") == News.COUNTED


def test_news_of_what_we_dont_know_to_have_left(world, out_folder, heard):
    made = sent(world)  # a worker was killed after handing it over
    assert take(made, "01") == News.COUNTED
    assert actions.deliver_waiting() == 0


@pytest.mark.parametrize("text", ["a\u202eb", "mất \ufffd chữ", "B\xb6o c\xb8o n\xa8m", "\u200b"])
def test_words_that_no_field_takes(row, text):
    assert take(row, "02", text=text) == News.COUNTED
    assert row.reason


def test_an_unknown_document(row, heard, caplog):
    assert actions.take(status("01,2026/01/01,1/BC,khac", "03"), channel=Channel.HTTP) == News.UNKNOWN
    assert heard == []
    assert "isn't ours" in caplog.text


def test_the_exchange_folder_is_read_and_cleared(row, out_folder, heard):
    place = out_folder / "in"
    place.mkdir()
    (place / "1.xml").write_bytes(status(row.document_id, "01"))
    (place / "2.edxml").write_bytes(status(row.document_id, "03"))
    (place / "3.xml").write_bytes(status("khac", "03"))
    (place / "4.xml").write_bytes(b'<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    (place / "5.xml.tmp").write_bytes(b"<dang-ghi")
    assert actions.poll_folder() == 2
    assert sorted(path.name for path in (place / "done").iterdir()) == ["1.xml", "2.edxml"]
    assert sorted(path.name for path in (place / "bad").iterdir()) == ["3.xml", "4.xml"]
    assert (place / "5.xml.tmp").exists()
    assert actions.poll_folder() == 0
    # Killed before it was put aside, it is found again and known.
    (place / "6.xml").write_bytes(status(row.document_id, "01"))
    assert actions.poll_folder() == 0
    assert [state for state, _ in heard] == ["arrived", "received"]


def post(body, *, token=TOKEN, **headers):
    extra = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(enforce_csrf_checks=True).post(
        ADDRESS, body, content_type="application/xml", headers={**extra, **headers}
    )


@pytest.fixture
def told_the_token(settings):
    settings.DISPATCH_RECEIPT_TOKEN = TOKEN


def test_the_address_takes_news(row, told_the_token):
    body = status(row.document_id, "03")
    assert [post(body).status_code for _ in range(2)] == [204, 204]
    row.refresh_from_db()
    assert row.state == State.RECEIVED
    assert row.trail.get(state="received").channel == "http"


@pytest.mark.parametrize("token", ["", "sai", TOKEN + "x", TOKEN[:-1], "ố"])
def test_without_the_token_nothing(row, told_the_token, token):
    sent_as = token.encode().decode("latin-1")
    assert post(status(row.document_id, "03"), token=sent_as).status_code == 401
    row.refresh_from_db()
    assert row.state == State.SENT


def test_where_no_token_is_set_there_is_no_address(row):
    assert post(status(row.document_id, "03")).status_code == 404


def test_refusals_of_the_address(row, told_the_token):
    assert post(b"<x>").status_code == 422
    assert post(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>').status_code == 422
    assert post(b"a" * 300_000).status_code == 413
    answer = post(status("khac", "03"))
    assert (answer.status_code, answer.content) == (404, b"")
    assert Client().get(ADDRESS).status_code == 405
    assert "set-cookie" not in {name.lower() for name in post(b"<x>").headers}


def test_too_many_calls_within_a_minute(row, told_the_token):
    answers = [post(b"", token="sai").status_code for _ in range(MOST + 1)]
    assert (answers[0], answers[-1]) == (401, 429)
    assert post(status(row.document_id, "03")).status_code == 204, "held up by somebody without the token"
