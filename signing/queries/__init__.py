"""Read-only questions about papers: which one stands, its bytes, and what its signatures are worth."""

from signing.queries.findings import Findings, Signed, findings_of, trust
from signing.queries.papers import file_of, paper_of, pictures_of, revisions_of, turn_of

__all__ = [
    "Findings",
    "Signed",
    "file_of",
    "findings_of",
    "paper_of",
    "pictures_of",
    "revisions_of",
    "trust",
    "turn_of",
]
