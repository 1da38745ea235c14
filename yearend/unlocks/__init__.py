"""Requests to open closed books: what the kit of dossiers, lists and pages need of them."""
