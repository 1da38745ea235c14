"""How somebody wants mail."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notices.models import Notice, Preference
from notices.queries import choices_of
from notices.rules import MailChoice, Topic, mail_time


@transaction.atomic
def choose_mail(user: User, wanted: Mapping[Topic, MailChoice]) -> None:
    """Keep what `user` wants of each topic. What is waiting to be mailed follows; what went without mail stays so."""
    before = choices_of(user)
    for topic, choice in wanted.items():
        if choice == before[topic]:
            continue
        mine = Preference.objects.owned_by(user)
        mine.update_or_create(owner=user, unit=user.unit, topic=topic, defaults={"mail": choice})
        waiting = Notice.objects.owned_by(user).unread().filter(topic=topic, mail=None).exclude(mail_at=None)
        waiting.update(mail_at=mail_at(user, choice, timezone.now()))


def mail_at(user: User, choice: MailChoice, now: datetime) -> datetime | None:
    """When a notice of `now` to `user` goes by mail."""
    if not user.email:
        return None
    quiet = timedelta(minutes=settings.NOTICE_QUIET_MINUTES)
    return mail_time(choice, timezone.localtime(now), quiet=quiet, digest_hour=settings.NOTICE_DIGEST_HOUR)
