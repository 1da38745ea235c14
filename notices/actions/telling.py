"""Tell people things."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from notices.actions.choosing import mail_at
from notices.models import Notice, Preference
from notices.rules import MailChoice, Message

BATCH = 2000


@transaction.atomic
def tell(pairs: Iterable[tuple[User, Message]]) -> int:
    """Tell people things, each person each thing once (by the message's key). Returns how many were asked to be told.

    Runs elevated, in the transaction that makes true what is told: a notice is written for other accounts.
    """
    told = list(pairs)
    owners = {user.pk for user, _ in told}
    chosen = {
        (owner, topic): MailChoice(mail)
        for owner, topic, mail in Preference.objects.filter(owner__in=owners, unit=F("owner__unit")).values_list(
            "owner", "topic", "mail"
        )
    }
    now = timezone.now()
    rows = [
        Notice(
            owner=user,
            unit_id=user.unit_id,
            topic=message.topic,
            tone=message.tone,
            key=message.key,
            title=message.title[:200],
            text=message.text,
            law=message.law,
            due_date=message.due,
            address=message.address,
            mail_at=mail_at(user, chosen.get((user.pk, message.topic), MailChoice.SOON), now),
        )
        for user, message in told
    ]
    Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)
