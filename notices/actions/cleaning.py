"""What was kept for a while goes."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from core.scope import elevated
from notices.models import Mail, Notice


def remove_old() -> int:
    """Delete mails MAIL_DAYS after they were sent or given up, notices NOTICE_DAYS after they were read.

    Returns how many rows. What nobody has read stays.
    """
    now = timezone.now()
    ended = now - timedelta(days=settings.MAIL_DAYS)
    with elevated("notices.remove_old: what was kept for a while goes, whosever it was"):
        mails, _ = Mail.objects.filter(Q(sent_at__lt=ended) | Q(given_up_at__lt=ended)).delete()
        notices, _ = Notice.objects.filter(read_at__lt=now - timedelta(days=settings.NOTICE_DAYS)).delete()
    return mails + notices
