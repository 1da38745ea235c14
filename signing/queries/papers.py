"""Papers and their files."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from signing.models import Paper, Revision, SignatureImage
from signing.models.papers import STANDING
from signing.rules import Step, next_step


def paper_of(subject: Model) -> Paper | None:
    """The paper of `subject` that is to be signed or is signed; a withdrawn one doesn't count.

    The caller got `subject` through a door.
    """
    kind = ContentType.objects.get_for_model(subject)
    rows = Paper.objects.filter(subject_type=kind, subject_id=subject.pk, state__in=STANDING)
    found: Paper | None = rows.scoped().select_related("unit").first()
    return found


def revisions_of(paper: Paper) -> QuerySet[Revision]:
    """What each step added, in order, without the bytes."""
    rows: QuerySet[Revision] = paper.revisions.defer("content")
    return rows.select_related("certificate", "created_by").order_by("number")


def file_of(paper: Paper, number: int | None = None) -> bytes:
    """The whole file as it was after signature `number`; None: as it is. 0 is the paper as it was issued."""
    rows = paper.revisions.order_by("number")
    if number is not None:
        rows = rows.filter(number__lte=number)
    return b"".join(bytes(content) for content in rows.values_list("content", flat=True))


def turn_of(paper: Paper) -> Step | None:
    """Whose signature is awaited; None when all are there."""
    signed = paper.revisions.exclude(step="").values_list("step", flat=True)
    return next_step(paper.boxes, list(signed))


def pictures_of(paper: Paper, step: Step) -> QuerySet[SignatureImage]:
    """The pictures that a signature of this step may show."""
    rows: QuerySet[SignatureImage] = SignatureImage.objects.of_unit(paper.unit)
    return rows.filter(step=step, active=True).order_by("name")
