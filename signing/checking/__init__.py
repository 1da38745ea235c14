"""What the signatures of a PDF are worth. Pure: bytes, certificates and moments in, verdicts out; fetches nothing."""

from signing.checking.addition import MAX_ADDED, Added, added
from signing.checking.certificates import Holder, holder_of, read_authority, read_certificates, read_revocations
from signing.checking.signatures import Trust, Verdict, check
from signing.checking.words import Fault, Problem, problem

__all__ = [
    "MAX_ADDED",
    "Added",
    "Fault",
    "Holder",
    "Problem",
    "Trust",
    "Verdict",
    "added",
    "check",
    "holder_of",
    "problem",
    "read_authority",
    "read_certificates",
    "read_revocations",
]
