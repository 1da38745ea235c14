"""Read-only questions about notices and mails."""

from django.conf import settings

from accounts.models import User
from notices.models import Notice, Preference
from notices.querysets import NoticeQuerySet
from notices.rules import MailChoice, Topic

NO_SERVER = "django.core.mail.backends.dummy.EmailBackend"


def mail_is_on() -> bool:
    """Whether there is a mail server. Without one nothing is gathered: it goes out as one mail once there is."""
    return settings.EMAIL_BACKEND != NO_SERVER


def unread_of(user: User) -> NoticeQuerySet:
    """What the bell counts."""
    return Notice.objects.owned_by(user).unread()


def choices_of(user: User) -> dict[Topic, MailChoice]:
    """How `user` wants the mail of each topic."""
    chosen = dict(Preference.objects.owned_by(user).values_list("topic", "mail"))
    return {topic: MailChoice(chosen.get(topic, MailChoice.SOON)) for topic in Topic}
