"""What follows from facts about yearly reports; importing it registers the handlers."""

from yearend.handlers import outdated

__all__ = ["outdated"]
