"""The door to a notice: its reader alone has the key."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.models import User
from notices.models import Notice


def access_notice(user: User, public_id: UUID) -> Notice:
    """A notice of `user`; 404 for everybody else's."""
    return get_object_or_404(Notice.objects.owned_by(user), public_id=public_id)
