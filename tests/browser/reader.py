"""Somebody at a browser: logs in, reads pages, and keeps what the browser complained about."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from accounts.models import User
from tests.world import PASSWORD

# Chromium says of every page with such a status that it couldn't load it; refusals are pages too.
REFUSED = re.compile(r"status of (400|403|404|422|429|500) ")


class Reader:
    """One context of the browser, its page, and everything that went wrong in it."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        self.asked: set[str] = set()
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(f"{error.page.url}: {error.error}"))
        context.on("request", self._note)
        context.on("response", self._check)
        self.page: Page = context.new_page()
        # Leaving a changed form asks first; these readers mean it.
        self.page.on("dialog", lambda dialog: dialog.accept())

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not REFUSED.search(message.text):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _note(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"}:
            self.hosts.add(parts.netloc)
            self.asked.add(parts.path + (f"?{parts.query}" if parts.query else ""))

    def _check(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type not in {"document", "xhr", "fetch"}:
            self.complaints.append(f"{response.status} for {response.url}")

    def take_session(self, user: User) -> None:
        """Be logged in without the form."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.site}])

    def log_in(self, username: str, password: str = PASSWORD) -> None:
        """Through the form."""
        if urlsplit(self.page.url).path != "/dang-nhap/":
            self.page.goto("/dang-nhap/")
        self.page.fill("#id_login", username)
        self.page.fill("#id_password", password)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url(lambda url: urlsplit(url).path != "/dang-nhap/")

    def open(self, path: str) -> Page:
        """Go to a page and wait until its scripts have run."""
        self.page.goto(path)
        return self.page

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def message(self) -> str:
        """What the page says has happened."""
        return self.page.locator("#messages .notice").first.inner_text().removesuffix("✕").strip()

    def choose(self, label: str, typed: str, *, within: Locator | None = None) -> None:
        """Choose in a Tom Select as people do: click, type, Enter."""
        boxes = (within or self.page.locator("main")).get_by_role("combobox", name=label)
        field = boxes.and_(self.page.locator("input"))
        field.locator("xpath=..").click()  # the frame: beside a choice the field itself has no room
        field.press_sequentially(typed, delay=10)
        option = self.page.locator(".ts-dropdown .option.active:visible")
        option.wait_for()
        field.press("Enter")

    def fits(self) -> bool:
        """Whether the page needs no scrolling sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
