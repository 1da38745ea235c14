"""What is said of a file that somebody presents: ours and good, or why not (story of the year end)."""

import asyncio
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from core.scope import elevated, entered
from signing.actions import trust
from signing.checking import Fault, Trust, check
from signing.models import Revision, TrustedAuthority
from signing.queries import file_of, findings_of
from tests.signing import pki
from tests.signing.conftest import make_paper, make_report
from tests.signing.helpers import sign_all, signed_outside
from tests.signing.test_outside import FORMER
from tests.world import pdf_bytes

pytestmark = pytest.mark.dieu("13.8")
TRUST = Trust((pki.root().der,), (pki.intermediate().der,))


@pytest.fixture
def complete(world, paper):
    with entered(world.nghiepvu_badinh.scope):
        sign_all(paper, by=world.nghiepvu_badinh)
    paper.refresh_from_db()
    return paper


def faults(findings) -> set[Fault]:
    return {one.fault for one in findings.problems}


def test_the_file_itself_is_good_for_whoever_reads_the_unit(world, complete, django_assert_max_num_queries):
    for user in (world.nghiepvu_badinh, world.tracuu_hanoi, world.ttcntt):
        with entered(user.scope), django_assert_max_num_queries(6):
            assert findings_of(complete, file_of(complete)).good


def test_a_tampered_file_is_refused(world, complete):
    with entered(world.ttcntt.scope):
        kept = file_of(complete)
        forged = kept.replace(b"/MediaBox [ 0 0 595 842 ]", b"/MediaBox [ 0 0 595 841 ]", 1)
        assert forged != kept
        assert {Fault.FOREIGN, Fault.BROKEN} <= faults(findings_of(complete, forged))


@pytest.mark.parametrize("part", range(0, 100, 7))
def test_once_kept_no_bit_can_change(world, complete, part):
    with entered(world.ttcntt.scope):
        forged = bytearray(file_of(complete))
        forged[len(forged) * part // 100] ^= 1
        assert not findings_of(complete, bytes(forged)).good


def test_a_foreign_file_is_refused(world, complete):
    other = make_paper(world, make_report(world, year=2024), pdf=pdf_bytes(3))
    with entered(world.nghiepvu_badinh.scope):
        sign_all(other, by=world.nghiepvu_badinh)
        found = findings_of(complete, file_of(other))
    assert Fault.FOREIGN in faults(found)
    assert "không phải văn bản này" in " ".join(one.text for one in found.problems)


def test_an_unsigned_file_is_refused(world, complete):
    with entered(world.ttcntt.scope):
        assert faults(findings_of(complete, file_of(complete, 0))) == {Fault.MISSING}
        assert faults(findings_of(complete, pdf_bytes(2))) == {Fault.FOREIGN}


def test_what_is_cut_off_or_garbage_is_refused(world, complete):
    with entered(world.ttcntt.scope):
        kept = file_of(complete)
        assert not findings_of(complete, kept[: len(kept) // 2]).good
        assert not findings_of(complete, b"%PDF-1.7 nothing").good
        assert not findings_of(complete, kept + b"more").good


def test_a_root_that_is_trusted_no_more_is_said(world, complete):
    root = TrustedAuthority.objects.get(root=True)
    trust.switch_authority(root, active=False, reason="Bị lộ khóa", by=world.admin1)
    with entered(world.ttcntt.scope):
        found = findings_of(complete)
    assert faults(found) == {Fault.UNTRUSTED}
    assert len(found.problems) == 3


def test_revoked_after_signing_stays_good_revoked_before_does_not(world, complete):
    now = datetime.now(UTC)
    later = {pki.preparer(): now + timedelta(days=1)}
    trust.add_revocations(pki.revocations(pki.intermediate(), later, issued=now), by=world.admin1)
    with entered(world.ttcntt.scope):
        assert findings_of(complete).good
    earlier = {pki.preparer(): now - timedelta(days=1)}
    trust.add_revocations(
        pki.revocations(pki.intermediate(), earlier, issued=now + timedelta(seconds=5)), by=world.admin1
    )
    with entered(world.ttcntt.scope):
        assert faults(findings_of(complete)) == {Fault.REVOKED}


def test_a_certificate_that_ended_since_was_good_when_it_signed():
    now = datetime.now(UTC)
    who = pki.issue("Ngắn Hạn", by=pki.intermediate(), start=now - timedelta(days=9), end=now - timedelta(days=1))
    signed = signed_outside(FORMER, who)
    (today,) = check(signed, TRUST, received=lambda _: now)
    (then,) = check(signed, TRUST, received=lambda _: now - timedelta(days=3))
    (before,) = check(signed, TRUST, received=lambda _: now - timedelta(days=30))
    assert [one.fault for one in today.problems] == [Fault.EXPIRED]
    assert then.good
    assert [one.fault for one in before.problems] == [Fault.NOT_YET]


def test_what_the_page_says_of_a_file(world, complete, client_of):
    browser = client_of(world.ttcntt)
    url = reverse("signing:look", args=[complete.public_id])
    with entered(world.ttcntt.scope):
        kept = file_of(complete)
    good = browser.post(url, {"file": _upload(kept)})
    assert good.status_code == 200
    assert "Đủ chữ ký, hợp lệ" in good.content.decode()
    bad = browser.post(url, {"file": _upload(kept.replace(b"595 842 ]", b"595 841 ]", 1))})
    assert "Không hợp lệ" in bad.content.decode()
    assert "tệp đã bị sửa sau khi ký" in bad.content.decode()
    page = browser.get(reverse("signing:detail", args=[complete.public_id])).content.decode()
    for words in ("Đủ chữ ký, hợp lệ", "Nguyễn Văn Đứng", "Không bị thu hồi", "Đã ký đủ"):
        assert words in page


def test_what_was_signed_cannot_be_changed_by_anybody(world, complete):
    from django.db import DatabaseError, transaction  # noqa: PLC0415 - for this test alone

    with elevated("tests: even the owner"):
        revision = Revision.objects.get(paper=complete, number=1)
        for write in (
            lambda: Revision.objects.filter(pk=revision.pk).update(content=b"x"),
            lambda: Revision.objects.filter(pk=revision.pk).delete(),
        ):
            with pytest.raises(DatabaseError, match="can't be changed"), transaction.atomic():
                write()


def _upload(content: bytes):
    file = io.BytesIO(content)
    file.name = "bao-cao.pdf"
    return file


def test_it_works_within_a_loop_that_is_running():
    async def within() -> bool:
        return check(signed_outside(FORMER, pki.preparer()), TRUST)[0].good

    assert asyncio.run(within())
