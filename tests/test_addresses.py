"""Addresses, as the people who type them read them."""

import re

import pytest
from django.urls import get_resolver

WORDS = re.compile(r"[a-z]+(-[a-z]+)*")
TECHNICAL = {"healthz", "readyz", "q", "ban-in.pdf", "so-lieu.xlsx", "so-lieu.json", "hinh.png"}


def literal_parts(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from literal_parts(pattern, route)
        else:
            yield from (part for part in route.split("/") if part and not part.startswith("<"))


def test_addresses_are_plain_vietnamese_words():
    parts = set(literal_parts(get_resolver()))
    assert {"thiet-bi", "tiep-nhan", "quan-tri", "dang-nhap", "tim-kiem"} <= parts
    assert all(WORDS.fullmatch(part) for part in parts - TECHNICAL)


@pytest.mark.dieu("4.1")
def test_the_regulations_address_is_served_and_no_other(client, settings, db):
    settings.ALLOWED_HOSTS = ["qltb.bhxh.gov.vn"]
    assert client.get("/dang-nhap/", headers={"host": "qltb.bhxh.gov.vn"}).status_code == 200
    assert client.get("/dang-nhap/", headers={"host": "qltb.example"}).status_code == 400
