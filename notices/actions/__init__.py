"""Writes on notices and mails."""

from notices.actions.choosing import choose_mail
from notices.actions.cleaning import remove_old
from notices.actions.gathering import gather
from notices.actions.reading import mark_read, mark_unread
from notices.actions.sending import send
from notices.actions.telling import tell

__all__ = ["choose_mail", "gather", "mark_read", "mark_unread", "remove_old", "send", "tell"]
