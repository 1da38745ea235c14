"""Scanned minutes: real files, few enough for a small disk. All other intakes show what is missing."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from core.models import Document, DocumentKind, document_storage, random_name
from equipment.demo.bulk import copy
from equipment.models import Intake

MINUTES = Path(__file__).with_name("minutes.pdf")
PAGES = 1
MOST = 300
MOST_OF_ONE_UNIT = 35
COLUMNS = (
    *("public_id", "unit_id", "subject_type_id", "subject_id", "kind", "title", "file", "sha256", "size", "pages"),
    *("issued", "created_by_id", "created_at"),
)


class Paper(NamedTuple):
    """An intake that may get a scan."""

    intake: int
    number: str
    unit: int
    recorder: int
    at: str


def choose(of_shown: Sequence[Paper], of_others: Sequence[Paper]) -> list[Paper]:
    """The newest intakes of the units that are shown to people, and a sample of the others'."""
    newest: dict[int, list[Paper]] = {}
    for paper in reversed(of_shown):
        if len(mine := newest.setdefault(paper.unit, [])) < MOST_OF_ONE_UNIT:
            mine.append(paper)
    chosen = [paper for mine in newest.values() for paper in mine][:MOST]
    room = min(MOST - len(chosen), MOST // 4)
    step = max(1, len(of_others) // max(room, 1))
    return sorted([*chosen, *of_others[::step][:room]])


@contextmanager
def filed(papers: Sequence[Paper]) -> Iterator[None]:
    """Store a scan for each of them; should the block or the transaction's end fail, no file stays behind."""
    content = MINUTES.read_bytes()
    digest, storage = hashlib.sha256(content).hexdigest(), document_storage()
    about = ContentType.objects.get_for_model(Intake).pk
    names: list[str] = []
    rows = []
    try:
        for paper in papers:
            names.append(storage.save(random_name(Document(), ""), ContentFile(content)))
            rows.append(
                f"{uuid.uuid4()}\t{paper.unit}\t{about}\t{paper.intake}\t{DocumentKind.MINUTES}"
                f"\tBien-ban-ban-giao-{paper.number}.pdf\t{names[-1]}\t{digest}\t{len(content)}\t{PAGES}\tf"
                f"\t{paper.recorder}\t{paper.at}\n"
            )
        copy(Document, COLUMNS, rows)
        yield
    except BaseException:
        for name in names:
            storage.delete(name)
        raise
