"""The project's addresses, and some that fail: their pages must be seen too."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.shortcuts import render
from django.urls import path

from qltb.urls import urlpatterns as project


@login_not_required
def unclear(request):
    raise SuspiciousOperation


@login_not_required
def broken(request):
    raise ArithmeticError


@login_not_required
def flooded(request):
    return render(request, "429.html", status=429)


urlpatterns = [
    *project,
    path("thu/400/", unclear),
    path("thu/429/", flooded),
    path("thu/500/", broken),
]
