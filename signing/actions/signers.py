"""The register of certificates with which units sign; kept by the admins who manage the units' accounts."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import SecurityEvent, User
from core.errors import DomainError
from core.scope import elevated
from core.transitions import lock, save_with_reason
from orgs.models import OrgUnit
from signing.checking import Holder, holder_of, read_authority, read_certificates
from signing.models import SignerCertificate
from signing.rules import Step

MAX_BYTES = 64 * 1024


@transaction.atomic
def register(unit: OrgUnit, *, step: Step, content: bytes, by: User) -> SignerCertificate:
    """From now on this certificate (DER or PEM) may sign `step` for `unit`. The caller is behind the admins' door.

    Raises DomainError for what is no certificate of a person or agency, is over, or is registered already.
    """
    der, holder = _read(content)
    with elevated("signing.register: an admin names who signs for a unit that only records by itself"):
        rows = SignerCertificate.objects.select_for_update().filter(unit=unit, step=step)
        known = rows.filter(fingerprint=holder.fingerprint).first()
        if known is not None and known.active:
            message = f"Chứng thư của {holder.name} đã được đăng ký cho vai trò này."
            raise DomainError(message, field="file", code="known")
        if known is not None:
            return _switch(known, active=True, by=by, reason="Dùng lại")
        certificate = SignerCertificate(
            unit=unit,
            step=step,
            holder=holder.name[:200],
            content=der,
            created_by=by,
            **holder.kept,
        )
        save_with_reason(certificate, by=by, reason="Đăng ký")
    _note(by)
    return certificate


@transaction.atomic
def switch(certificate: SignerCertificate, *, active: bool, reason: str, by: User) -> SignerCertificate:
    """The certificate may (not) sign any more; what it signed stays. Raises DomainError when it is so already."""
    with elevated("signing.switch: an admin names who signs for a unit that only records by itself"):
        certificate = lock(certificate)
        if certificate.active == active:
            state = "đang dùng" if active else "đã ngừng dùng"
            raise DomainError(f"Chứng thư này {state} rồi. Hãy tải lại trang để xem.", code="same")
        certificate = _switch(certificate, active=active, by=by, reason=reason)
    _note(by)
    return certificate


def read_upload(file: UploadedFile) -> bytes:
    """The bytes of an uploaded certificate; raises DomainError for far too many."""
    if (file.size or 0) > MAX_BYTES:
        message = f"Tệp nặng quá {MAX_BYTES // 1024} KB nên không phải tệp chứng thư. Hãy chọn đúng tệp .cer, .crt."
        raise DomainError(message, field="file", code="too_big")
    return file.read()


def _read(content: bytes) -> tuple[bytes, Holder]:
    try:
        der = read_certificates(content)[0]
    except (ValueError, TypeError, KeyError) as fault:
        message = "Tệp không phải chứng thư số (.cer, .crt, .pem). Hãy xuất chứng thư từ thiết bị ký rồi chọn lại."
        raise DomainError(message, field="file", code="not_certificate") from fault
    holder = holder_of(der)
    if _of_authority(der):
        message = "Đây là chứng thư của tổ chức chứng thực, không phải của người ký hay cơ quan. Hãy chọn lại tệp."
        raise DomainError(message, field="file", code="authority")
    if holder.not_after <= timezone.now():
        message = f"Chứng thư của {holder.name} đã hết hạn ngày {holder.not_after:%d/%m/%Y}. Hãy dùng chứng thư mới."
        raise DomainError(message, field="file", code="expired")
    return der, holder


def _of_authority(der: bytes) -> bool:
    try:
        read_authority(der)
    except ValueError:
        return False
    return True


def _switch(certificate: SignerCertificate, *, active: bool, by: User, reason: str) -> SignerCertificate:
    certificate.active, certificate.version = active, certificate.version + 1
    save_with_reason(certificate, by=by, reason=reason[:100], fields=["active", "version"])
    return certificate


def _note(by: User) -> None:
    SecurityEvent.objects.create(kind=SecurityEvent.Kind.TRUST_CHANGED, username=by.username, user=by)
