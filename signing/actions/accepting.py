"""Every signature, wherever it was made, is judged by the same rules before it counts."""

from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from pyhanko.pdf_utils.misc import PdfError

from accounts.models import SecurityEvent, User
from core.document_checks import check_pdf
from core.errors import DomainError, SeveralProblemsError
from signing.actions.papers import finish, keep
from signing.checking import Fault, Problem, Trust, Verdict, added, check, problem
from signing.models import Paper, SignerCertificate
from signing.queries.findings import trust
from signing.rules import FIELDS, Step, Way

SKEW = timedelta(minutes=10)
"""By so much the clock of a signer's computer may be wrong."""
_TORN = {Fault.BROKEN, Fault.CHANGED, Fault.PARTIAL}
_INSIDE = frozenset({"embedded"})
"""An archived report carries its figures as files; whether any were added, the comparison of revisions tells."""


def accept(paper: Paper, *, step: Step, former: bytes, signed: bytes, way: Way, by: User, field: str) -> Paper:
    """Take `signed` as the paper with the signature of `step`. The caller holds the paper's row and knows the turn.

    Raises DomainError (with `field`) with everything that is wrong: not our bytes, not exactly one signature, anything
    else changed, a signer that isn't trusted or not registered for this step. The links of the step end.
    """
    outside = way == Way.OUTSIDE
    if outside:
        file = ContentFile(signed, name=f"{paper.title}.pdf")
        check_pdf(file, max_bytes=settings.DOCUMENT_MAX_BYTES, field=field, allowed=_INSIDE)
    trusted = trust()
    _refuse_strangers(paper, step, former, signed, trusted, field)
    result = added(former, signed, own=FIELDS[step], reserved=frozenset(FIELDS.values()), proofs=not outside)
    if result.fault is not None:
        raise _refusal([problem(result.fault)], field)
    now = timezone.now()
    verdicts = check(
        result.reader or signed, trusted, received=lambda end: now if end > len(former) else paper.created_at
    )
    (own,) = (verdict for verdict in verdicts if verdict.until > len(former))
    certificate = _registered(paper, step, own)
    found = [*_torn(verdicts, own), *own.problems, *_clock(paper, own)]
    if certificate is None:
        found.append(problem(Fault.UNREGISTERED))
    if found or certificate is None:
        raise _refusal(found, field)
    keep(
        paper,
        former=former,
        content=result.content,
        by=by,
        step=step,
        way=way,
        certificate=certificate,
        claimed_at=own.claimed_at,
    )
    paper.tokens.filter(step=step, ended_at=None).update(ended_at=now)
    SecurityEvent.objects.create(kind=SecurityEvent.Kind.SIGNED, username=by.username, user=by)
    return finish(paper, by=by)


def _refuse_strangers(paper: Paper, step: Step, former: bytes, signed: bytes, trusted: Trust, field: str) -> None:
    """Refuse a certificate that may not sign here before the long work of comparing the file with the former one."""
    if not signed.startswith(former):
        return
    try:
        verdicts = check(signed, trusted, received=lambda _: timezone.now(), compared=False)
    except PdfError:
        return  # the comparison says what is wrong with the file
    fresh = [verdict for verdict in verdicts if verdict.until > len(former)]
    if len(fresh) == 1 and fresh[0].signer is not None and _registered(paper, step, fresh[0]) is None:
        raise _refusal([*fresh[0].problems, *_clock(paper, fresh[0]), problem(Fault.UNREGISTERED)], field)


def _refusal(problems: list[Problem], field: str) -> DomainError:
    refusals = [DomainError(one.text, field=field, code=one.fault) for one in problems]
    return refusals[0] if len(refusals) == 1 else SeveralProblemsError(refusals)


def _torn(verdicts: list[Verdict], own: Verdict) -> list[Problem]:
    """What this signature did to earlier ones."""
    earlier = (one for verdict in verdicts if verdict is not own for one in verdict.problems)
    return [one for one in earlier if one.fault in _TORN][:1]


def _clock(paper: Paper, own: Verdict) -> list[Problem]:
    moment = own.stamped_at or own.claimed_at
    if moment is not None and paper.created_at - SKEW <= moment <= timezone.now() + SKEW:
        return []
    return [problem(Fault.CLOCK)]


def _registered(paper: Paper, step: Step, own: Verdict) -> SignerCertificate | None:
    if own.signer is None:
        return None
    rows = SignerCertificate.objects.of_unit(paper.unit).filter(step=step, active=True)
    found: SignerCertificate | None = rows.filter(fingerprint=own.signer.fingerprint).first()
    return found
