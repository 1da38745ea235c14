"""What the signatures of a paper are worth, as of now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.misc import PdfError

from signing.checking import Fault, Problem, Trust, Verdict, check, problem
from signing.models import Paper, Revision, RevocationList, TrustedAuthority
from signing.queries.papers import file_of, revisions_of
from signing.rules import FIELDS, Step, steps_of


@dataclass(frozen=True)
class Signed:
    """One signature: its verdict, for which step it stands, when the system received it."""

    verdict: Verdict
    step: Step | None = None
    received_at: datetime | None = None

    @property
    def label(self) -> str:
        """Who signs here."""
        return self.step.label if self.step else "Chữ ký khác"


@dataclass(frozen=True)
class Findings:
    """All signatures of a file and everything that is wrong with it, in words fit to be shown."""

    signatures: Sequence[Signed]
    problems: Sequence[Problem]

    @property
    def good(self) -> bool:
        """All signatures of the paper are there and nothing is wrong."""
        return not self.problems

    @property
    def sound(self) -> bool:
        """Nothing is wrong with what is signed so far."""
        return all(found.fault == Fault.MISSING for found in self.problems)


def trust() -> Trust:
    """Whom the system trusts now, with the newest revocation list of each authority."""
    authorities = list(TrustedAuthority.objects.filter(active=True))
    lists = RevocationList.objects.filter(authority__active=True).order_by("authority_id", "-issued_at", "-id")
    return Trust(
        roots=tuple(bytes(one.content) for one in authorities if one.root),
        others=tuple(bytes(one.content) for one in authorities if not one.root),
        lists=tuple(bytes(one.content) for one in lists.distinct("authority_id")),
    )


def findings_of(paper: Paper, pdf: bytes | None = None) -> Findings:
    """What is to be said of the paper's file, or of `pdf` that somebody presents as this paper. Four queries.

    The caller got `paper` through a door.
    """
    revisions = list(revisions_of(paper))
    kept = file_of(paper)
    shown = kept if pdf is None else pdf
    received = _received(revisions) if kept.startswith(shown) or shown.startswith(kept) else _never
    try:
        verdicts = check(shown, trust(), received=lambda end: _moment(received(end)))
    except PdfError:
        return Findings((), (problem(Fault.UNREADABLE),))
    found = [_signed(verdict, received(verdict.until)) for verdict in verdicts]
    return Findings(found, [*_file_problems(paper, kept, shown, found), *_each(found)])


def _received(revisions: Sequence[Revision]) -> Callable[[int], Revision | None]:
    """Which revision brought the signature that ends at a byte: proofs may follow a signature within its revision."""

    def of(end: int) -> Revision | None:
        reaching = (one for one in revisions if one.number > 0 and end <= one.size)
        found = next(reaching, None)
        before = next((one.size for one in revisions if found and one.number == found.number - 1), 0)
        return found if end > before else None

    return of


def _never(_end: int) -> None:
    return None


def _moment(revision: Revision | None) -> datetime | None:
    return revision.created_at if revision else None


def _signed(verdict: Verdict, revision: Revision | None) -> Signed:
    if revision is not None:
        return Signed(verdict, Step(revision.step), revision.created_at)
    step = next((step for step, name in FIELDS.items() if name == verdict.field), None)
    return Signed(verdict, step)


def _file_problems(paper: Paper, kept: bytes, shown: bytes, found: Sequence[Signed]) -> list[Problem]:
    if not found:
        return [problem(Fault.FOREIGN if not kept.startswith(shown) else Fault.MISSING)]
    problems = []
    if shown != kept:
        problems.append(problem(Fault.FOREIGN))
    wanted = steps_of(paper.boxes)
    steps = [one.step for one in found]
    if steps != wanted[: len(steps)]:
        problems.append(problem(Fault.ORDER))
    elif len(steps) < len(wanted):
        problems.append(problem(Fault.MISSING))
    return problems


def _each(found: Sequence[Signed]) -> list[Problem]:
    return [Problem(one.fault, f"{signed.label}: {one.text}") for signed in found for one in signed.verdict.problems]
