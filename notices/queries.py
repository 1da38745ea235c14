"""Read-only questions about notices and mails."""

from django.conf import settings

from accounts.models import User
from notices.models import Notice, Preference
from notices.querysets import NoticeQuerySet
from notices.rules import MailChoice, Topic
from orgs.queries import superiors
from orgs.rules import Grant

NO_SERVER = "django.core.mail.backends.dummy.EmailBackend"


def mail_is_on() -> bool:
    """Whether there is a mail server. Without one nothing is gathered: it goes out as one mail once there is."""
    return settings.EMAIL_BACKEND != NO_SERVER


def unread_of(user: User) -> NoticeQuerySet:
    """What the bell counts."""
    return Notice.objects.owned_by(user).unread()


def topics_of(user: User) -> list[Topic]:
    """What `user` may ever be told of: a unit without others below it, for one, hears of no unit that is late."""
    scope, above = user.scope, {unit.pk for unit in superiors().values()}
    works = scope.may(Grant.RECORD_DATA)
    oversees = scope.may(Grant.SUPERVISE) and user.unit_id in above
    heard = {
        Topic.DEADLINE: works or scope.may(Grant.ANSWER_SUPPORT),
        Topic.ESCALATION: oversees,
        Topic.URGING: works or oversees,
        Topic.SUPPORT: True,
        Topic.WATCH: works or scope.may(Grant.MANAGE_ACCOUNTS),
        Topic.REPORT: works or oversees,
        Topic.ANALYSIS: True,
    }
    return [topic for topic in Topic if heard[topic]]


def choices_of(user: User) -> dict[Topic, MailChoice]:
    """How `user` wants the mail of each topic."""
    chosen = dict(Preference.objects.owned_by(user).values_list("topic", "mail"))
    return {topic: MailChoice(chosen.get(topic, MailChoice.SOON)) for topic in Topic}
