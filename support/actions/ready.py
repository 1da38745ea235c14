"""Writes on ready answers of a unit."""

from django.db import IntegrityError, transaction

from accounts.models import User
from core.errors import DomainError
from core.history import require_version
from core.transitions import lock, save_with_reason
from support.models import CannedAnswer


@transaction.atomic
def write(canned: CannedAnswer | None, *, title: str, text: str, by: User, version: int = 0) -> CannedAnswer:
    """Keep a ready answer for the unit of `by`, or change one. Raises DomainError if the name is taken, StaleError."""
    if canned is None:
        canned = CannedAnswer(unit=by.unit)
    else:
        canned = lock(canned)
        require_version(canned, version)
        canned.version += 1
    canned.title, canned.text = title, text
    try:
        with transaction.atomic():
            save_with_reason(canned, by=by, reason="Lưu câu trả lời mẫu")
    except IntegrityError as taken:
        raise DomainError(f"Đơn vị đã có câu mẫu “{title}”. Hãy đặt tên khác.", field="title", code="taken") from taken
    return canned


@transaction.atomic
def remove(canned: CannedAnswer, *, by: User) -> None:
    """Take it away; its history stays."""
    vars(canned).update(_history_user=by, _change_reason="Xóa câu trả lời mẫu")
    canned.delete()
