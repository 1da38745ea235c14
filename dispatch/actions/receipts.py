"""What the document system tells of packages that went through it."""

import contextlib
import hashlib
import logging
from enum import Enum, auto
from pathlib import Path
from typing import Any

from django.utils import timezone

from core.scope import elevated
from core.transitions import lock
from dispatch import subjects
from dispatch.actions.trail import move, note
from dispatch.adapters import DeliveryError
from dispatch.adapters.folder import FolderAdapter
from dispatch.edxml import RefusedError, Status, status_of
from dispatch.edxml.reading import STATUS_BYTES
from dispatch.models import Dispatch
from dispatch.rules import Channel, Kind, State, follows

logger = logging.getLogger("qltb.dispatch")


class News(Enum):
    """What a message was."""

    COUNTED = auto()  # the state is another one now
    KEPT = auto()  # it stands in the trail, and the state was newer already
    KNOWN = auto()  # the same message came before
    UNKNOWN = auto()  # of no package of ours


def take(content: bytes, *, channel: Channel) -> News:
    """Keep what a status message says: once, however often it comes, and never an older state over a newer one.

    Raises RefusedError for what is no such message.
    """
    status = status_of(content)
    key = hashlib.sha256(content).hexdigest()
    with elevated("dispatch.take: the document system tells of packages of any unit"):
        rows = Dispatch.objects.filter(kind=Kind.LETTER, document_id=status.document_id)
        row = rows.first()
        if row is None:
            logger.warning("news of a package that isn't ours", extra={"key": key, "channel": channel})
            return News.UNKNOWN
        subject: Any = row.subject
        lock(subject)  # before the sending, as every step of the subject does
        row = lock(row)
        if row.trail.filter(key=key).exists():
            return News.KNOWN
        return _learn(row, status, key=key, channel=channel)


def _learn(row: Dispatch, status: Status, *, key: str, channel: Channel) -> News:
    now = timezone.now()
    told_at = min(status.told_at or now, now)
    counted = follows(State(row.state), status.state, known_at=row.known_at, told_at=told_at)
    event = note(row, status.state, at=told_at, channel=channel, text=status.text, key=key, counted=counted)
    if not counted:
        return News.KEPT
    reason = status.text if status.state == State.RETURNED else row.reason
    move(row, status.state, at=told_at, reason=reason, sent_at=row.sent_at or told_at)
    subjects.tell(row, event)
    return News.COUNTED


def poll_folder() -> int:
    """Take the messages that lie in the exchange folder, each in a transaction of its own. Returns how many counted.

    Looked at, a message is put aside; a worker killed before that finds it known the next time.
    """
    folder, counted = FolderAdapter(), 0
    try:
        waiting = list(folder.incoming())
    except (DeliveryError, OSError) as failure:
        logger.warning("exchange folder not read", extra={"error": str(failure)})
        return 0
    for path in waiting:
        with contextlib.suppress(FileNotFoundError):  # another worker put it aside just now
            news = _take_file(path)
            folder.settle(path, taken=news not in {None, News.UNKNOWN})
            counted += news == News.COUNTED
    return counted


def _take_file(path: Path) -> News | None:
    with path.open("rb") as file:
        content = file.read(STATUS_BYTES + 1)
    try:
        return take(content, channel=Channel.FOLDER)
    except RefusedError as refusal:
        logger.warning("message refused", extra={"name_of_file": path.name[:100], "why": str(refusal)})
        return None
