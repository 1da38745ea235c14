"""Writes on what is due."""

from deadlines.actions.obligations import fulfil, open_obligation, redate_open, reopen, waive

__all__ = ["fulfil", "open_obligation", "redate_open", "reopen", "waive"]
