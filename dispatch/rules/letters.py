"""What is sent: a letter with its attachments, from one agency to another. Pure."""

import re
from dataclasses import dataclass
from datetime import date

ORGAN_ID_LENGTH = 35
_ORGAN_ID = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+)*")


def organ_id_fault(text: str) -> str:
    """Why `text` can't be an agency's identifier (mã định danh), or the empty string."""
    if len(text) <= ORGAN_ID_LENGTH and _ORGAN_ID.fullmatch(text):
        return ""
    return (
        f"Mã định danh gồm các nhóm chữ in hoa không dấu và chữ số, cách nhau bằng dấu chấm, "
        f"nhiều nhất {ORGAN_ID_LENGTH} ký tự, ví dụ 000.01.12.H28."
    )


@dataclass(frozen=True)
class Organ:
    """An agency as the document system knows it."""

    organ_id: str
    name: str
    in_charge: str


@dataclass(frozen=True)
class Letter:
    """What stands on the paper that is sent; the document system shows and files it by this.

    `number` and `notation` are parts of "15/BC-BHXH"; `content` sums up in a sentence or two. `competence` and
    `position` are those of the signatory.
    """

    number: str
    notation: str
    day: date
    place: str
    subject: str
    content: str
    competence: str = ""
    position: str = ""
    signatory: str = ""
    type_name: str = "Báo cáo"
    places: tuple[str, ...] = ()
    pages: int = 0
    due: date | None = None
    staff: str = ""

    @property
    def code(self) -> str:
        """Number and sign as people write them."""
        return "/".join(part for part in (self.number, self.notation) if part)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter. Its name is shown to people; `description` says what it is."""

    name: str
    content: bytes
    content_type: str
    description: str = ""
