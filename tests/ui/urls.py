"""Addresses for the tests of navigation."""

from django.http import HttpResponse
from django.urls import path

from core.http import Request


def page(request: Request) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", page, name="home"),
    path("thiet-bi/", page, name="things"),
    path("don-vi/", page, name="units"),
    path("hop/", page, name="box"),
    path("chuong/", page, name="bell"),
]
