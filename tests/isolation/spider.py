"""Reads the site as one person can: follows every link, filter, order, page, export and fragment."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pypdf
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from tests.isolation.matrix import read

FRAGMENTS = ("list-results", "record-tabs")
MANY = 4000  # a site of tests is smaller: more means that the spider goes round in circles
SHORT = 5
SPACES = re.compile(r"\s+")
LEFT_ALONE = ("/static/", "/dang-xuat/", "/dang-nhap/", "/healthz", "/readyz")


def words(response: Any, *, but: Iterable[object] = ()) -> str:
    """Everything that an answer tells, lower case: headers, text, cells, lines of a PDF.

    What the asker sent may be repeated to them: give it as `but`, and it is left out.
    """
    body = read(response)
    told = [f"{name}: {value}" for name, value in response.headers.items()]
    kind = response.headers.get("Content-Type", "")
    if body[:5] == b"%PDF-":
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
        told.append(SPACES.sub("", text))
    elif body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            told += [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    elif not kind.startswith("image/"):  # pictures of signatures: made anew on the server, they hold no words
        told.append(body.decode("utf-8-sig" if "csv" in kind else "utf-8"))
    heard = "\n".join(told).lower()
    for sent in sorted(
        (one.lower() for one in but if isinstance(one, str) and len(one) > SHORT), key=len, reverse=True
    ):
        heard = heard.replace(sent, "")
    return heard


def rows_of(response: Any) -> int:
    """How many rows an exported file has, without its head."""
    body = read(response)
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return parts.read("xl/worksheets/sheet1.xml").count(b"<row ") - 1
    return len(list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))) - 1


@dataclass
class Seen:
    """An answer that the spider got."""

    name: str  # of the address
    kind: str  # of the content
    words: str


@dataclass
class Spider:
    client: Client
    thorough: bool = True  # with every choice of every filter, and every order
    seen: dict[tuple[str, str], Seen] = field(default_factory=dict)

    def crawl(self, starts: list[str]) -> dict[tuple[str, str], Seen]:
        """All that can be reached from `starts`, by address and fragment."""
        waiting = [urljoin("http://testserver/", url) for url in starts]
        while waiting:
            url = waiting.pop()
            path, query = urlsplit(url)[2:4]
            address = f"{path}?{query}" if query else path
            if (address, "") in self.seen or path.startswith(LEFT_ALONE):
                continue
            response = self._ask(address)
            if response.status_code in {301, 302}:
                waiting.append(urljoin(url, response.headers["Location"]))
            page = "text/html" in response.headers.get("Content-Type", "") and response.status_code == 200
            if page and response.content.strip():  # the bell of who has nothing to read is an empty part
                waiting += [urljoin(url, link) for link in self._links(response, url)]
                for target in FRAGMENTS:
                    if f'id="{target}"' in response.content.decode() and "sort=" not in query:
                        self._ask(address, target)
            assert len(self.seen) < MANY
        return self.seen

    def _ask(self, address: str, fragment: str = "") -> Any:
        headers = {"HX-Request": "true", "HX-Target": fragment} if fragment else {}
        response = self.client.get(address, headers=headers)
        assert response.status_code < 500, address
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            name = "nowhere"
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        self.seen[address, fragment] = Seen(name, kind, words(response))
        return response

    def _links(self, response: Any, url: str) -> Iterator[str]:
        """Links; and the forms that ask, with each of their choices alone."""
        path, query = urlsplit(url)[2:4]
        tree = html.document_fromstring(response.content.decode())
        for name in ("href", "hx-get", "data-search-url", "src"):
            for link in tree.xpath(f"//@{name}"):
                if self._worth(urljoin(url, link), query):
                    yield link
        if query or not self.thorough:
            return
        for form in tree.xpath('//form[translate(@method, "GET", "get")="get"]'):
            action = form.get("action") or path
            for choice in form.xpath(".//option[@value != '']|.//input[@type='checkbox' or @type='radio'][@value]"):
                owner = choice if choice.tag == "input" else choice.xpath("ancestor::select")[0]
                name = owner.get("name")
                if name and name != "cols":
                    yield f"{action}?{urlencode({name: choice.get('value')})}"

    def _worth(self, link: str, query: str) -> bool:
        """Orders one way; columns by the files, which have them all; of a narrowed list its further pages only."""
        parts = urlsplit(link)
        asked = dict(parse_qsl(parts.query, keep_blank_values=True))
        if parts.netloc != "testserver" or "cols" in asked or asked.get("sort", "").startswith("-"):
            return False
        if "sort" in asked and not self.thorough:
            return False
        return len(asked) <= 1 or (bool(query) and "page" in asked and len(asked) == 2)
