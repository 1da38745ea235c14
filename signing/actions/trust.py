"""Whom the system trusts, and what was revoked: level-1 admins' alone."""

import hashlib
from collections.abc import Sequence

from django.db import transaction

from accounts.models import SecurityEvent, User
from core.errors import DomainError
from core.scope import elevated
from core.transitions import lock, save_with_reason
from signing.checking import holder_of, read_authority, read_certificates, read_revocations
from signing.models import RevocationList, TrustedAuthority

MAX_LIST = 16 << 20
"""Bytes: the lists of national authorities have some megabytes."""


@transaction.atomic
def add_authorities(content: bytes, *, name: str, by: User) -> list[TrustedAuthority]:
    """Trust the authorities whose certificates (DER, or some in PEM) these are; those known already are left alone.

    One that was issued by itself becomes a root. Raises DomainError for what is no certificate of an authority, or
    when all are known.
    """
    made = []
    with elevated("signing.add_authorities: a level-1 admin says whom every unit trusts"):
        for der, root in _authorities(content):
            holder = holder_of(der)
            if TrustedAuthority.objects.filter(fingerprint=holder.fingerprint).exists():
                continue
            authority = TrustedAuthority(
                name=(name or holder.name)[:200],
                root=root,
                content=der,
                created_by=by,
                **holder.kept,
            )
            save_with_reason(authority, by=by, reason="Thêm")
            made.append(authority)
    if not made:
        raise DomainError("Các chứng thư trong tệp đều đã có trong danh sách.", field="file", code="known")
    _note(by)
    return made


def _authorities(content: bytes) -> Sequence[tuple[bytes, bool]]:
    try:
        return [(der, read_authority(der)) for der in read_certificates(content)]
    except (ValueError, TypeError, KeyError) as fault:
        message = (
            "Tệp không phải chứng thư của tổ chức chứng thực (CA). Hãy chọn tệp .cer, .crt hoặc .pem của gốc tin cậy "
            "hay chứng thư CA cấp dưới."
        )
        raise DomainError(message, field="file", code="not_authority") from fault


@transaction.atomic
def switch_authority(authority: TrustedAuthority, *, active: bool, reason: str, by: User) -> TrustedAuthority:
    """The authority is (not) trusted any more. Raises DomainError when it is so already."""
    with elevated("signing.switch_authority: a level-1 admin says whom every unit trusts"):
        authority = lock(authority)
        if authority.active == active:
            state = "đang được tin cậy" if active else "đã ngừng tin cậy"
            raise DomainError(f"“{authority.name}” {state} rồi. Hãy tải lại trang để xem.", code="same")
        authority.active, authority.version = active, authority.version + 1
        save_with_reason(authority, by=by, reason=reason[:100], fields=["active", "version"])
    _note(by)
    return authority


@transaction.atomic
def add_revocations(content: bytes, *, by: User) -> RevocationList:
    """Keep a list of revoked certificates (DER or PEM). Raises DomainError for what is none, is signed by nobody whom
    the system trusts, or isn't newer than the one that is kept.
    """
    authorities = list(TrustedAuthority.objects.filter(active=True).order_by("pk"))
    try:
        found = read_revocations(content, [bytes(one.content) for one in authorities])
    except LookupError as fault:
        message = "Danh sách này không do tổ chức chứng thực nào đang được tin cậy ký. Hãy thêm nơi cấp trước."
        raise DomainError(message, field="file", code="unknown_issuer") from fault
    except (ValueError, TypeError, KeyError) as fault:
        message = "Tệp không phải danh sách chứng thư bị thu hồi đầy đủ (.crl). Hãy tải lại tệp từ nơi cấp chứng thư."
        raise DomainError(message, field="file", code="not_list") from fault
    authority = authorities[found.authority]
    with elevated("signing.add_revocations: a level-1 admin says whom every unit trusts"):
        authority = lock(authority)
        latest = authority.lists.order_by("-issued_at").first()
        if latest is not None and latest.issued_at >= found.issued_at:
            message = f"Đã có danh sách của “{authority.name}” phát hành lúc {latest.issued_at:%d/%m/%Y} hoặc mới hơn."
            raise DomainError(message, field="file", code="old")
        kept = RevocationList.objects.create(
            authority=authority,
            issued_at=found.issued_at,
            next_at=found.next_at,
            entries=found.entries,
            sha256=hashlib.sha256(found.der).hexdigest(),
            content=found.der,
            created_by=by,
        )
    _note(by)
    return kept


def _note(by: User) -> None:
    SecurityEvent.objects.create(kind=SecurityEvent.Kind.TRUST_CHANGED, username=by.username, user=by)
