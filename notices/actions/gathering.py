"""Which notices go by mail now: all of one person in one mail."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.scope import elevated
from notices.models import Mail, Notice
from notices.queries import mail_is_on
from notices.rules import Tone

PEOPLE = 200  # of one transaction
SHOWN = 50  # in one mail; the list has the others
URGENCY = {Tone.DANGER: 0, Tone.WARNING: 1, Tone.INFO: 2}


def gather() -> int:
    """Write a mail to everybody who has unread notices whose time has come. Returns how many mails.

    Two at once make no mail twice: the second waits for the first one's rows and then finds them mailed.
    """
    made, found = 0, mail_is_on()
    while found:
        with elevated("notices.gather: mails are written for whoever has notices to be mailed"):
            found, written = _gather_some()
        made += written
    return made


def _gather_some() -> tuple[bool, int]:
    """Whether anybody was still waiting, and how many mails were written."""
    due = Notice.objects.filter(mail=None, read_at=None, mail_at__lte=timezone.now())
    people = list(due.order_by("owner").values_list("owner", flat=True).distinct()[:PEOPLE])
    rows = due.filter(owner__in=people).select_for_update(of=("self",)).select_related("owner").order_by("pk")
    by_owner: dict[User, list[Notice]] = defaultdict(list)
    for notice in rows:
        notice.mail_at = None  # it is mailed now or never
        by_owner[notice.owner].append(notice)
    mails = []
    for owner, notices in by_owner.items():
        wanted = [notice for notice in notices if notice.unit_id == owner.unit_id]
        if wanted and owner.is_active and owner.email:
            mail = compose(owner, wanted)
            mails.append(mail)
            for notice in wanted:
                notice.mail = mail
    Mail.objects.bulk_create(mails)
    told = [notice for notices in by_owner.values() for notice in notices]
    Notice.objects.bulk_update(told, ["mail", "mail_at"], batch_size=1000)
    return bool(people), len(mails)


def compose(owner: User, notices: Sequence[Notice]) -> Mail:
    """The mail that tells `owner` all of `notices`, the most urgent first. It isn't saved."""
    ordered = sorted(notices, key=lambda n: (URGENCY[Tone(n.tone)], n.due_date or date.max, n.pk))
    late = sum(notice.tone == Tone.DANGER for notice in ordered)
    context = {
        "owner": owner,
        "entries": [
            {"notice": n, "url": absolute(reverse("notices:open", args=[n.public_id]))} for n in ordered[:SHOWN]
        ],
        "count": len(ordered),
        "late": late,
        "more": max(0, len(ordered) - SHOWN),
        "list_url": absolute(reverse("notices:list")),
        "options_url": absolute(reverse("notices:options")),
    }
    now = timezone.now()
    return Mail(
        message_id=f"<{uuid4()}@{urlsplit(settings.SITE_URL).hostname}>",
        owner=owner,
        unit_id=owner.unit_id,
        to=owner.email,
        subject=ordered[0].title if len(ordered) == 1 else _subject(len(ordered), late),
        text=render_to_string("notices/mail/notices.txt", context),
        html=render_to_string("notices/mail/notices.html", context),
        next_try_at=now,
    )


def _subject(count: int, late: int) -> str:
    return f"{count} thông báo về thiết bị CNTT" + (f", {late} mục quá hạn" if late else "")


def absolute(path: str) -> str:
    """A path of this site as an address that works in a mail."""
    return f"{settings.SITE_URL}{path}"
