"""Writes on requests for support, ready answers and public ones."""
