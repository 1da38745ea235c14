"""A paper's life: opened for signing, signed step by step, withdrawn."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from core import events
from core.errors import DomainError
from core.transitions import lock, transition
from orgs.models import OrgUnit
from signing.models import Paper, Revision
from signing.pdf.fields import with_fields
from signing.queries.papers import paper_of, turn_of
from signing.rules import FLOW, PaperState, Step
from signing.subjects import subject_of

CORNERS = 5  # page, left, bottom, right, top


@transaction.atomic
def open_paper(
    *,
    subject: models.Model,
    unit: OrgUnit,
    title: str,
    pdf: bytes,
    boxes: Mapping[str, Sequence[float]],
    by: User,
) -> Paper:
    """Put `pdf` out for signing. `boxes` says who signs it, and where: step → (page, left, bottom, right, top).

    The caller holds the subject's row and the right to write for `unit`. The kept file begins with the bytes of `pdf`
    and has an empty signature field in each box. Raises DomainError while another paper of the subject stands,
    ValueError for boxes of nobody or on no page.
    """
    if not boxes or set(boxes) - set(Step.values) or any(len(box) != CORNERS for box in boxes.values()):
        message = f"not the boxes of a paper: {boxes}"
        raise ValueError(message)
    if paper_of(subject) is not None:
        message = "Đã có một bản đang trình ký hoặc đã ký. Hãy thu hồi bản đó trước khi trình ký bản mới."
        raise DomainError(message, code="standing")
    content = with_fields(pdf, boxes)
    paper = Paper(
        unit=unit,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        title=title,
        boxes={step: list(box) for step, box in boxes.items()},
        issued_sha256=hashlib.sha256(pdf).hexdigest(),
        created_by=by,
    )
    paper.save(force_insert=True)
    keep(paper, former=b"", content=content, by=by)
    events.record("signing.opened", paper, unit=unit, by=by)
    return paper


def keep(paper: Paper, *, former: bytes, content: bytes, by: User, **signature: Any) -> Revision:
    """Write the bytes that were added to `former`. The caller holds the paper's row."""
    digest = hashlib.sha256(former)
    digest.update(content)
    revision = Revision(
        paper=paper,
        unit=paper.unit,
        number=paper.revisions.count(),
        content=content,
        size=len(former) + len(content),
        sha256=digest.hexdigest(),
        created_by=by,
        **signature,
    )
    revision.save(force_insert=True)
    return revision


def held(paper: Paper) -> Paper:
    """The paper as it is now, its subject's row and its own locked, in that order: every writer takes them so."""
    lock(paper.about)
    return lock(paper)


def require_turn(paper: Paper, step: Step) -> None:
    """Refuse a signature that isn't awaited (any more). The caller holds the paper's row."""
    if paper.state == PaperState.WITHDRAWN:
        message = "Bản này đã được thu hồi nên không ký được nữa. Hãy mở bản đang trình ký của hồ sơ."
        raise DomainError(message, code="withdrawn")
    former = paper.revisions.filter(step=step).select_related("created_by").defer("content").first()
    if former is not None:
        when = timezone.localtime(former.created_at)
        message = f"{step.label} đã ký lúc {when:%H:%M %d/%m/%Y} (tài khoản {former.created_by}). Không cần ký lại."
        raise DomainError(message, code="signed")
    turn = turn_of(paper)
    if turn != step:
        label = turn.label if turn else "không còn ai"
        message = f"Chưa đến lượt “{step.label}”: bước ký kế tiếp là “{label}”. Hãy ký theo đúng thứ tự."
        raise DomainError(message, code="order")


def finish(paper: Paper, *, by: User) -> Paper:
    """The last signature is in: the paper is complete, and so is what its subject makes of it."""
    events.record("signing.signed", paper, unit=paper.unit, by=by)
    if turn_of(paper) is not None:
        return paper
    paper = transition(
        paper,
        PaperState.COMPLETE,
        flow=FLOW,
        by=by,
        reason="Đã đủ chữ ký",
        event="signing.completed",
        completed_at=timezone.now(),
    )
    subject_of(paper.about).completed(paper.about, by)
    return paper


@transaction.atomic
def withdraw(paper: Paper, *, by: User, reason: str) -> Paper:
    """The paper isn't to be signed any more, or what was signed isn't used; its links stop working, nothing is deleted.

    For the subject's own steps, which know what becomes of it. Raises DomainError when it is withdrawn already.
    """
    paper = held(paper)
    if paper.state == PaperState.WITHDRAWN:
        raise DomainError("Bản này đã được thu hồi trước đó. Hãy tải lại trang để xem.", code="withdrawn")
    paper.tokens.filter(ended_at=None).update(ended_at=timezone.now())
    return transition(
        paper,
        PaperState.WITHDRAWN,
        flow=FLOW,
        by=by,
        reason=reason,
        event="signing.withdrawn",
        withdrawn_why=reason,
    )
