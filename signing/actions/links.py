"""One-time links by which a tool on a person's computer fetches a paper and brings it back signed."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from signing.actions.papers import held, require_turn
from signing.actions.signatures import take_signed
from signing.models import Paper, UploadToken
from signing.rules import Step

BYTES = 32  # 256 bits: nobody finds it by trying
_DOWNLOADS = "signing.downloads"


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def issue(paper: Paper, *, step: Step, by: User) -> tuple[UploadToken, str]:
    """A new link for `by` to sign this step; an earlier one of theirs stops working. The secret is told this once.

    Raises DomainError when it isn't this step's turn.
    """
    paper = held(paper)
    require_turn(paper, step)
    revoke(paper, step=step, by=by)
    secret = secrets.token_urlsafe(BYTES)
    expires = timezone.now() + timedelta(minutes=settings.SIGNING_LINK_MINUTES)
    token = UploadToken.objects.create(paper=paper, step=step, owner=by, sha256=hashed(secret), expires_at=expires)
    return token, secret


@transaction.atomic
def revoke(paper: Paper, *, step: Step, by: User) -> None:
    """The account's links for this step stop working."""
    paper.tokens.filter(owner=by, step=step, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def use(token: UploadToken, *, pdf: bytes) -> Paper:
    """Take the signed file that came by a link, and end the link. Runs within its owner's scope.

    Two at once: the second finds the link ended, or the step signed. A refused file leaves the link as it was: the
    person signs again. Raises DomainError.
    """
    found = Paper.objects.writable_by(token.owner).filter(pk=token.paper_id).first()
    paper = held(found) if found is not None else None
    standing = UploadToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if paper is None or standing.ended_at is not None or standing.expires_at <= timezone.now():
        message = "Liên kết ký đã được dùng, đã thu hồi hoặc hết hạn. Hãy mở lại trang ký và tạo liên kết mới."
        raise DomainError(message, code="ended")
    paper = take_signed(paper, step=Step(standing.step), pdf=pdf, by=standing.owner)
    standing.ended_at = timezone.now()
    standing.save(update_fields=["ended_at"])
    return paper


def download_name(token: UploadToken) -> str:
    """What stands in the address from which the tool fetches the file: signed, good as long as the link."""
    return signing.dumps(token.pk, salt=_DOWNLOADS)


def download_of(name: str) -> int | None:
    """Which link an address for fetching belongs to; None for one that isn't ours or is too old."""
    try:
        found: int = signing.loads(name, salt=_DOWNLOADS, max_age=settings.SIGNING_LINK_MINUTES * 60)
    except signing.BadSignature:
        return None
    return found
