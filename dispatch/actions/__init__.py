"""Writes on what is sent."""

from dispatch.actions.delivering import deliver, deliver_waiting
from dispatch.actions.receipts import News, poll_folder, take
from dispatch.actions.retrying import retry, retry_failed
from dispatch.actions.sending import answer, send

__all__ = ["News", "answer", "deliver", "deliver_waiting", "poll_folder", "retry", "retry_failed", "send", "take"]
