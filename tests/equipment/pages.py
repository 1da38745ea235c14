"""Pages as a person reads and fills them: what a form holds, what is wrong with a field, where links lead."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from django.test import Client
from lxml import html


def text_of(element: Any) -> str:
    """The words of an element, single-spaced."""
    return " ".join(element.text_content().split())


@dataclass
class Page:
    """An answer of the server."""

    response: Any
    client: Client
    url: str

    @property
    def status(self) -> int:
        return self.response.status_code

    @cached_property
    def tree(self) -> Any:
        return html.document_fromstring(self.response.content.decode())

    @cached_property
    def text(self) -> str:
        return text_of(self.tree)

    @property
    def main(self) -> str:
        return text_of(self.tree.xpath("//main")[0])

    def form(self, action: str = "") -> dict[str, Any]:
        """What the page's form would send if nothing were typed."""
        where = f'//form[@action="{action}"]' if action else '//main//form[@method="post"]'
        (form, *_) = self.tree.xpath(where)
        data: dict[str, Any] = {}
        for control in form.xpath(".//input[@name]|.//textarea[@name]|.//select[@name]"):
            if control.xpath("ancestor::template"):
                continue
            name = control.get("name")
            if control.tag == "select":
                chosen = [o.get("value") for o in control.xpath(".//option[@selected]")]
                data[name] = chosen if control.get("multiple") is not None else (chosen or [""])[0]
            elif control.tag == "textarea":
                data[name] = (control.text or "").removeprefix("\n")
            elif control.get("type") in {"checkbox", "radio"}:
                if control.get("checked") is not None:
                    data.setdefault(name, []).append(control.get("value", "on"))
            elif control.get("type") not in {"submit", "file"}:
                data[name] = control.get("value", "")
        return data

    def errors(self, name: str) -> str:
        """What stands at the field `name` as its fault."""
        return " ".join(text_of(e) for e in self.tree.xpath(f'//*[@id="id_{name}_error"]'))

    @property
    def summary(self) -> str:
        """The summary of faults, or the notice of a stale form."""
        return " ".join(text_of(e) for e in self.tree.xpath('//main//*[@role="alert"]'))

    @property
    def links(self) -> list[str]:
        """Addresses within the page's own part, absolute paths."""
        return [urljoin(self.url, a.get("href")) for a in self.tree.xpath("//main//a[@href]")]

    def link(self, label: str) -> str:
        """Where the link or the button's form called `label` leads."""
        for a in self.tree.xpath("//a[@href]"):
            if label in text_of(a):
                return urljoin(self.url, a.get("href"))
        raise AssertionError(f"no link “{label}” in {self.url}")

    def buttons(self) -> list[str]:
        """What may be pressed on the record, links among them."""
        return [text_of(b) for b in self.tree.xpath("//main//button[@type='submit']|//main//a[contains(@class,'btn')]")]

    @property
    def rows(self) -> list[list[str]]:
        """Cells of the list."""
        found = self.tree.xpath('//main//table[contains(@class,"table-list")]/tbody/tr')
        return [[text_of(cell) for cell in row.xpath("td|th")] for row in found]


class Person:
    """Somebody who has logged in and clicks."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, url: str, **headers: Any) -> Page:
        return Page(self.client.get(url, follow=True, **headers), self.client, url)

    def post(self, url: str, data: Any = None, *, follow: bool = True, **extra: Any) -> Page:
        response = self.client.post(url, data or {}, follow=follow, **extra)
        chain = getattr(response, "redirect_chain", [])
        return Page(response, self.client, chain[-1][0] if chain else url)

    def fill(self, url: str, *, follow: bool = True, **typed: Any) -> Page:
        """Open the form at `url`, type into it, send it."""
        return self.post(url, self.get(url).form() | typed, follow=follow)
