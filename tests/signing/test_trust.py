"""Whom the system trusts and who signs for a unit: who may say so, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import SecurityEvent
from core.errors import DomainError
from core.scope import entered
from signing.actions import signers, trust
from signing.models import RevocationList, SignerCertificate, TrustedAuthority
from signing.rules import Step
from tests.signing import pki

pytestmark = pytest.mark.dieu("13.8")


def test_roots_and_those_below_are_told_apart_and_audited(world):
    made = trust.add_authorities(pki.root().pem + pki.intermediate().pem, name="", by=world.admin1)
    assert [(one.root, one.name) for one in made] == [
        (True, "Gốc chứng thực thử nghiệm"),
        (False, "Chứng thực cấp dưới thử nghiệm"),
    ]
    assert SecurityEvent.objects.filter(kind="trust_changed", user=world.admin1).exists()
    with pytest.raises(DomainError, match="đều đã có"):
        trust.add_authorities(pki.root().der, name="", by=world.admin1)


@pytest.mark.parametrize("content", [b"", b"khong phai", pki.head().der, pki.head().pem, pki.head().p12()])
def test_what_is_no_authority_is_refused(world, content):
    with pytest.raises(DomainError, match="không phải chứng thư của tổ chức chứng thực"):
        trust.add_authorities(content, name="", by=world.admin1)
    assert not TrustedAuthority.objects.exists()


def test_lists_of_strangers_parts_and_older_ones_are_refused(world, trusted):
    now = datetime.now(UTC)
    with pytest.raises(DomainError, match="không do tổ chức chứng thực nào đang được tin cậy ký"):
        trust.add_revocations(pki.revocations(pki.foreign_root()), by=world.admin1)
    with pytest.raises(DomainError, match="hoặc mới hơn"):
        trust.add_revocations(pki.revocations(pki.root(), issued=now - timedelta(days=3)), by=world.admin1)
    with pytest.raises(DomainError, match="không phải danh sách"):
        trust.add_revocations(b"khong phai", by=world.admin1)
    assert RevocationList.objects.count() == 2


def test_the_register_takes_people_and_agencies_that_may_still_sign(world):
    unit, by = world.units["01.001"], world.admin2_hanoi
    for content, words in (
        (b"khong phai", "không phải chứng thư số"),
        (pki.root().der, "của tổ chức chứng thực"),
        (pki.expired().der, "đã hết hạn"),
    ):
        with pytest.raises(DomainError, match=words):
            signers.register(unit, step=Step.HEAD, content=content, by=by)
    one = signers.register(unit, step=Step.HEAD, content=pki.head().pem, by=by)
    with pytest.raises(DomainError, match="đã được đăng ký"):
        signers.register(unit, step=Step.HEAD, content=pki.head().der, by=by)
    signers.switch(one, active=False, reason="Nghỉ hưu", by=by)
    with pytest.raises(DomainError, match="đã ngừng dùng"):
        signers.switch(one, active=False, reason="Nghỉ hưu", by=by)
    assert signers.register(unit, step=Step.HEAD, content=pki.head().der, by=by).pk == one.pk
    assert SignerCertificate.history.filter(id=one.pk).count() == 3


def test_a_unit_cannot_name_its_own_signers_nor_whom_all_trust(world, client_of):
    """A district records, its province's admin keeps the register; the database itself refuses the rest."""
    browser = client_of(world.nghiepvu_badinh)
    assert browser.get(reverse("signers:create")).status_code == 403
    assert browser.get(reverse("trust:list")).status_code == 403
    from django.db import DatabaseError, transaction  # noqa: PLC0415 - for this test alone

    with entered(world.nghiepvu_badinh.scope), pytest.raises(DatabaseError), transaction.atomic():
        TrustedAuthority.objects.create(
            name="x", root=True, subject="x", issuer="x", serial="1", fingerprint="0" * 64, content=b"x",
            not_before=datetime.now(UTC), not_after=datetime.now(UTC),
        )  # fmt: skip
