"""Which link a tool came with."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from signing.models import UploadToken


def _open() -> QuerySet[UploadToken]:
    rows = UploadToken.objects.select_related("owner__unit")
    return rows.filter(ended_at=None, expires_at__gt=timezone.now(), owner__is_active=True)


def link_by_hash(sha256: str) -> UploadToken | None:
    """The link with this secret, as long as it works."""
    return _open().filter(Q(sha256=sha256)).first()


def link_by_key(pk: int) -> UploadToken | None:
    """The link with this key, as long as it works."""
    return _open().filter(pk=pk).first()
