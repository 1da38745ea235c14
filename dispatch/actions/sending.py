"""Putting something into the outbox, and answering what came."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from celery import current_app
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.errors import DomainError
from core.scope import elevated
from core.transitions import lock
from dispatch import edxml
from dispatch.actions.trail import move, note
from dispatch.adapters import channel
from dispatch.models import Dispatch, Package
from dispatch.queries.organs import organs_of
from dispatch.rules import Attachment, Channel, Kind, Letter, State
from dossiers.actions import take_number
from orgs.models import OrgUnit

logger = logging.getLogger("qltb.dispatch")
PREFIX = "GN"
AT_ONCE = "Đơn vị nhận thấy ngay trong phần mềm"


@transaction.atomic
def send(
    *,
    subject: models.Model,
    sender: OrgUnit,
    receiver: OrgUnit,
    letter: Letter,
    attachments: Sequence[Attachment],
    by: Any,
) -> Dispatch:
    """Make the package and put it into the outbox, in the transaction of the step that sends.

    Without an adapter this system is the way: the receiver has it at once. Raises DomainError if it is too large.
    """
    now, key = timezone.now(), uuid4()
    organs = organs_of([sender, receiver])
    known_as = edxml.document_id(letter, sender=organs[sender.pk], key=key)
    content = edxml.letter_package(
        letter,
        attachments,
        sender=organs[sender.pk],
        receiver=organs[receiver.pk],
        known_as=known_as,
        key=key,
        at=now,
    )
    made = Dispatch(
        public_id=key,
        number=take_number(sender, PREFIX),
        unit=sender,
        partner=receiver,
        subject=subject,
        subject_label=str(subject),
        document_id=known_as,
        title=letter.subject,
        code=letter.code,
        document_date=letter.day,
        created_by=by,
    )
    return _queue(made, content, at=now)


def _queue(made: Dispatch, content: bytes, *, at: datetime) -> Dispatch:
    """Keep the package with its row, and ask for its delivery when the transaction commits."""
    if len(content) > settings.DISPATCH_MAX_MB * 1024 * 1024:
        message = f"Gói văn bản lớn hơn {settings.DISPATCH_MAX_MB} MB nên không gửi được. Hãy báo Trung tâm CNTT."
        raise DomainError(message, code="too_large")
    made.created_at = made.known_at = at
    made.channel = channel()
    made.size, made.sha256 = len(content), hashlib.sha256(content).hexdigest()
    made.next_try_at, made.give_up_at = at, at + timedelta(days=settings.DISPATCH_GIVE_UP_DAYS)
    made.save()
    Package.objects.create(dispatch=made, unit_id=made.unit_id, partner_id=made.partner_id, content=content)
    note(made, State.QUEUED, at=at, channel=made.channel, by=made.created_by)
    put_on_its_way(made, at=at)
    return made


def put_on_its_way(row: Dispatch, *, at: datetime) -> None:
    """Hand it to the sender of the queue at the commit; or, within this system, to its receiver now."""
    if row.channel == Channel.APP:
        move(row, State.ARRIVED, at=at, sent_at=at)
        note(row, State.ARRIVED, at=at, channel=Channel.APP, text=AT_ONCE)
    else:
        transaction.on_commit(partial(_ask_for_delivery, row.pk), robust=True)


def _ask_for_delivery(pk: int) -> None:
    try:
        current_app.send_task("dispatch.tasks.deliver_one", [pk])  # by its name: tasks import this module
    except OperationalError:
        # The broker is away: the row is stored, the sweep delivers it when the broker is back.
        logger.warning("broker away, package left to the sweep", extra={"dispatch": pk})


@transaction.atomic
def answer(dispatch: Dispatch, *, state: State, by: Any, reason: str = "") -> Dispatch:
    """What the receiver does with it, RECEIVED or RETURNED (with the reason): kept, and told to the document system.

    The caller has judged that `by` may answer for the receiver. Said again it is the same.
    """
    with elevated("dispatch.answer: the receiver's answer is written on the sender's row"):
        row, now = lock(dispatch), timezone.now()
        if row.state == state:
            return row
        note(row, state, at=now, channel=Channel.APP, text=reason, by=by)
        move(row, state, at=now, reason=reason)
        if row.channel != Channel.APP and row.sent_at and channel() != Channel.APP:
            _tell_document_system(row, state, reason=reason, by=by, at=now)
        return row


def _tell_document_system(row: Dispatch, state: State, *, reason: str, by: Any, at: datetime) -> None:
    key, organs = uuid4(), organs_of([row.unit, row.partner])
    content = edxml.status_message(
        state,
        about=row.document_id,
        code=row.code,
        day_of_paper=row.document_date,
        sender=organs[row.unit_id],
        answering=organs[row.partner_id],
        text=reason or state.label,
        staff=str(by or ""),
        at=at,
    )
    made = Dispatch(
        public_id=key,
        number=take_number(row.partner, PREFIX),
        kind=Kind.STATUS,
        unit_id=row.partner_id,
        partner_id=row.unit_id,
        subject_type_id=row.subject_type_id,
        subject_id=row.subject_id,
        subject_label=row.subject_label,
        answers=row,
        document_id=f"{row.document_id},{state},{key.hex}",
        title=f"{state.label}: {row.title}",
        code=row.code,
        document_date=row.document_date,
        created_by=by,
    )
    _queue(made, content, at=at)
