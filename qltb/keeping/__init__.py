"""Backups of everything, restoring them, and handing all data over in open formats. docs/operations.md tells how."""
