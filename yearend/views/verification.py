"""Checking a paper against what was frozen."""

from uuid import UUID

from django.http import HttpResponse

from core.http import Request


def edition_check(request: Request, public_id: UUID) -> HttpResponse:
    return HttpResponse()
