"""What follows from facts about yearly reports; importing it registers the handlers."""

from yearend.handlers import outdated, receiving, unlocking

__all__ = ["outdated", "receiving", "unlocking"]
