"""What one account of each unit of the country is told, with the marker in every text."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from notices.actions import gather, tell
from notices.models import Mail, Notice, Preference
from notices.rules import MailChoice, Message, Tone, Topic


def furnish(holding: Any, *, by: User) -> None:
    """A notice that was mailed, one that wasn't, and a choice."""
    marker = holding.marker
    by.email = f"{marker}@example.vn"
    by.save(update_fields=["email"])
    Preference.objects.create(owner=by, unit=by.unit, topic=Topic.WATCH, mail=MailChoice.NEVER)
    for topic in (Topic.DEADLINE, Topic.WATCH):
        message = Message(
            key=f"{topic} {marker}",
            topic=topic,
            tone=Tone.WARNING,
            title=f"Sắp đến hạn {marker}",
            text=f"Hãy xử lý {marker}.",
            law=f"Điều 7 {marker}",
            due=timezone.localdate(),
            address=f"/tiep-nhan/?q={marker}",
        )
        tell([(by, message)])
    mine = Notice.objects.filter(owner=by)
    mine.filter(topic=Topic.DEADLINE).update(mail_at=timezone.now())
    gather()
    Mail.objects.filter(owner=by).update(problem=f"550 {marker}")
    holding.more["notice"] = mine.get(topic=Topic.DEADLINE)
    holding.told += [str(notice.public_id) for notice in mine]
