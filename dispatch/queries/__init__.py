"""Read-only questions about what is sent."""

from dispatch.queries.organs import organ_of, organs_of
from dispatch.queries.sendings import of_subject, trail_of

__all__ = ["of_subject", "organ_of", "organs_of", "trail_of"]
