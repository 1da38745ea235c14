"""How long the pages of a running server take: `python benchmarks/pages.py http://127.0.0.1:8000`."""

import argparse
import http.client
import re
import statistics
import time
from urllib.parse import quote, urlencode, urlsplit

PASSWORD = "qltb-demo-2026"  # noqa: S105 - the demonstration's
ACCOUNTS = ("ttcntt", "tracuu.hanoi", "nghiepvu.badinh")


class Browser:
    """One connection with its cookies."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80)
        self.origin = address.rstrip("/")
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        """Status and body of one request; cookies are kept, redirects are not followed."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Referer": self.origin + path}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body or None, headers)
        answer = self.connection.getresponse()
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read()

    def log_in(self, username: str) -> None:
        """Through the form, as a person would."""
        self.ask("GET", "/dang-nhap/")
        token = self.cookies["qltb_csrf"]
        form = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token}
        status, _ = self.ask("POST", "/dang-nhap/", urlencode(form))
        if status != http.client.FOUND:
            raise SystemExit(f"{username} can't log in ({status}): is this a server with demonstration data?")


def pages_of(browser: Browser) -> dict[str, str]:
    """What to ask: the first devices of the account's own list give the code and the fragment."""
    _, body = browser.ask("GET", "/thiet-bi/?status=in_use&category=MAY_TINH")
    text = body.decode()
    codes = re.findall(r'href="/thiet-bi/([^"/?]+)/"', text)
    serials = re.findall(r'data-label="Số máy">(\w{6,})<', text)
    last = max((int(n) for n in re.findall(r"[?;&]page=(\d+)", text)), default=1)
    fragment = serials[0][1:7] if serials else "5CG9"
    return {
        "overview": "/",
        "list, first page": "/thiet-bi/",
        f"list, page {min(last, 1000)}": f"/thiet-bi/?page={min(last, 1000)}",
        "list, category + status": "/thiet-bi/?category=MAY_TINH_BAN&status=in_use",
        "list, + subtree": "/thiet-bi/?unit=01.001&category=MAY_TINH_BAN&status=in_use",
        "list, sorted by name": "/thiet-bi/?sort=name",
        f"search {fragment}": f"/tim-kiem/?q={quote(fragment)}",
        "device": f"/thiet-bi/{codes[0]}/",
        "device, history": f"/thiet-bi/{codes[0]}/?tab=dien-bien",
        "device, ledger": f"/thiet-bi/{codes[0]}/?tab=but-toan",
        "intakes": "/tiep-nhan/",
        "unit tree": "/quan-tri/don-vi/",
    }


def main() -> None:
    """Print one row for each account and page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--times", type=int, default=40)
    options = parser.parse_args()
    print(f"{'account':<17}{'page':<28}{'median':>9}{'p95':>9}{'bytes':>9}")  # noqa: T201 - a report
    for account in ACCOUNTS:
        browser = Browser(options.address)
        browser.log_in(account)
        for name, path in pages_of(browser).items():
            times = []
            for _ in range(options.times + 3):
                began = time.perf_counter()
                status, body = browser.ask("GET", path)
                times.append((time.perf_counter() - began) * 1000)
            warm = sorted(times[3:])
            p95 = warm[int(len(warm) * 0.95) - 1]
            note = "" if status == http.client.OK else f"  {status}"
            print(f"{account:<17}{name:<28}{statistics.median(warm):>7.1f}ms{p95:>7.1f}ms{len(body):>9}{note}")  # noqa: T201 - a report


if __name__ == "__main__":
    main()
