"""One-time links: what a signing tool fetches and brings back without a login."""

import io
import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from core.scope import elevated, entered
from qltb.logs import without_secrets
from signing.actions import links
from signing.actions.papers import withdraw
from signing.models import Paper, UploadToken
from signing.queries import file_of
from signing.rules import PaperState, Step
from tests.signing import pki
from tests.signing.conftest import make_paper
from tests.signing.helpers import sign_file, signed_outside

pytestmark = pytest.mark.dieu("13.8")
TAKE = "/ky-so/ngoai/nhan/"


def ordered(browser: Client, paper: Paper) -> dict:
    """What the page tells the tool to do."""
    page = browser.post(reverse("signing:link_issue", args=[paper.public_id]))
    assert page.status_code == 200
    return json.loads(page.context["order"])


def brought(order: dict, pdf: bytes, *, head: bool = False):
    """What the tool sends: it has neither cookies nor a token of the form."""
    file = io.BytesIO(pdf)
    file.name = "vanban.signed.pdf"
    if head:
        auth = {"HTTP_AUTHORIZATION": f"Bearer {order['JWTToken']}"}
        return Client(enforce_csrf_checks=True).post(TAKE, {"uploadfile": file}, **auth)
    return Client(enforce_csrf_checks=True).post(TAKE, {"uploadfile": file, "JWTToken": order["JWTToken"]})


def fetched(order: dict) -> bytes:
    path = order["FileName"].removeprefix("http://testserver")
    answer = Client().get(path)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("head", [True, False])
def test_the_tool_fetches_signs_and_brings_back(world, paper, client_of, head):
    browser = client_of(world.nghiepvu_badinh)
    order = ordered(browser, paper)
    assert set(order) == {"FileUploadHandler", "SessionId", "JWTToken", "FileName", "MetaData"}
    assert order["FileUploadHandler"] == f"http://testserver{TAKE}"
    pdf = fetched(order)
    with entered(world.nghiepvu_badinh.scope):
        assert pdf == file_of(paper)
    answer = brought(order, signed_outside(pdf, pki.preparer()), head=head)
    assert answer.status_code == 200
    assert answer.json()["Status"] is True
    assert answer.json()["FileServer"].endswith(".pdf")
    assert not answer.cookies
    with entered(world.nghiepvu_badinh.scope):
        revision = paper.revisions.get(number=1)
    assert (revision.step, revision.way, revision.created_by_id) == ("preparer", "outside", world.nghiepvu_badinh.pk)


def test_a_link_works_once_and_only_for_a_while(world, paper, client_of):
    browser = client_of(world.nghiepvu_badinh)
    order = ordered(browser, paper)
    signed = signed_outside(fetched(order), pki.preparer())
    refused = brought(order, signed[:-40])
    assert refused.json()["Status"] is False
    assert refused.json()["Message"]
    assert brought(order, signed).json()["Status"] is True
    again = brought(order, signed)
    assert again.status_code == 403
    assert again.json()["Message"].startswith("Liên kết ký không đúng, đã dùng hoặc hết hạn")
    assert Client().get(order["FileName"].removeprefix("http://testserver")).status_code == 404
    late = ordered(browser, paper)
    UploadToken.objects.filter(ended_at=None).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert brought(late, signed).status_code == 403


def test_a_new_link_ends_the_former_and_links_are_revoked(world, paper, client_of):
    browser = client_of(world.nghiepvu_badinh)
    first = ordered(browser, paper)
    second = ordered(browser, paper)
    signed = signed_outside(fetched(second), pki.preparer())
    assert brought(first, signed).status_code == 403
    assert browser.post(reverse("signing:link_revoke", args=[paper.public_id])).status_code == 302
    assert brought(second, signed).status_code == 403


def test_a_link_ends_with_its_step_however_it_was_signed(world, paper, client_of):
    user = world.nghiepvu_badinh
    order = ordered(client_of(user), paper)
    signed = signed_outside(fetched(order), pki.preparer())
    with entered(user.scope):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
    assert Client().get(order["FileName"].removeprefix("http://testserver")).status_code == 404
    assert brought(order, signed).status_code == 403


def test_only_a_hash_is_kept_and_the_logs_say_nothing(world, paper, client_of, caplog):
    order = ordered(client_of(world.nghiepvu_badinh), paper)
    token = UploadToken.objects.get()
    assert order["JWTToken"] not in {str(value) for value in vars(token).values()}
    assert token.sha256 == links.hashed(order["JWTToken"])
    assert order["FileName"].rsplit("/", 1)[1] not in without_secrets(f"GET {order['FileName']} 200")
    with caplog.at_level("DEBUG"):
        brought(order, b"x")
    assert order["JWTToken"] not in caplog.text


def test_an_account_that_is_closed_or_moved_away_brings_nothing(world, paper, client_of):
    user = world.nghiepvu_badinh
    order = ordered(client_of(user), paper)
    signed = signed_outside(fetched(order), pki.preparer())
    user.is_active = False
    user.save()
    assert brought(order, signed).status_code == 403


def test_somebody_who_tries_secrets_is_slowed_down(settings, db):
    settings.SIGNING_ASKS_PER_MINUTE = 5
    codes = [Client().post(TAKE, {"JWTToken": f"thu-{n}"}).status_code for n in range(7)]
    assert codes == [403] * 5 + [429] * 2


def test_without_exactly_one_file_nothing_happens(world, paper, client_of):
    order = ordered(client_of(world.nghiepvu_badinh), paper)
    answer = Client().post(TAKE, {"JWTToken": order["JWTToken"]})
    assert answer.json() == {
        "Status": False,
        "Message": "Hãy gửi đúng một tệp PDF đã ký.",
        "FileName": "",
        "FileServer": "",
    }


@pytest.fixture
def race(transactional_db, world, heard, trusted):
    """A paper that others see at once."""
    return make_paper(world)


def at_once(*works):
    """What each gives, or the refusal it meets."""
    results: list = [None] * len(works)
    ready = threading.Barrier(len(works))

    def run(number, work):
        ready.wait()
        try:
            results[number] = work()
        except DomainError as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, work)) for n, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_at_once_with_one_link_sign_once(world, race):
    user = world.nghiepvu_badinh
    with entered(user.scope):
        token, _ = links.issue(race, step=Step.PREPARER, by=user)
        signed = signed_outside(file_of(race), pki.preparer())

    def bring():
        with entered(user.scope):
            return links.use(token, pdf=signed)

    results = at_once(bring, bring)
    assert sorted(isinstance(one, DomainError) for one in results) == [False, True]
    with elevated("tests: what was written"):
        assert race.revisions.count() == 2


def test_signing_and_withdrawing_at_once_leave_one_of_both(world, race):
    user = world.nghiepvu_badinh
    with entered(user.scope):
        token, _ = links.issue(race, step=Step.PREPARER, by=user)
        signed = signed_outside(file_of(race), pki.preparer())

    def bring():
        with entered(user.scope):
            return links.use(token, pdf=signed)

    def take_back():
        with entered(user.scope):
            return withdraw(race, by=user, reason="In lại")

    brought_back, withdrawn = at_once(bring, take_back)
    race.refresh_from_db()
    assert race.state == PaperState.WITHDRAWN
    assert not isinstance(withdrawn, DomainError)
    with elevated("tests: what was written"):
        assert race.revisions.count() == (1 if isinstance(brought_back, DomainError) else 2)
