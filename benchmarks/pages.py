"""Pages, asked over HTTP as a browser does; beside each the same question in SQL by hand, as the tables' owner."""

import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import psycopg

from benchmarks.site import Browser, say

WARM = 3
ROWS = """SELECT e.code, e.name, e.serial, u.name, e.holder_name, e.status, e.received_on
FROM (SELECT id FROM equipment_equipment e WHERE {where} ORDER BY id DESC LIMIT 50 OFFSET {skip}) k
JOIN equipment_equipment e USING (id) JOIN orgs_orgunit u ON u.id = e.unit_id ORDER BY e.id DESC"""
COUNT = "SELECT count(*) FROM equipment_equipment e WHERE {where}"
BELOW = """e.unit_id IN (SELECT id FROM orgs_orgunit
WHERE path LIKE (SELECT path FROM orgs_orgunit WHERE code = '{unit}') || '%')"""
DESKTOPS = "e.category_id = (SELECT id FROM equipment_category WHERE code = 'MAY_TINH_BAN') AND e.status = 'in_use'"
FIGURES = """SELECT e.category_id, e.status, e.condition, extract(year FROM e.received_on), count(*),
sum(e.original_price) FROM equipment_equipment e WHERE {where} GROUP BY 1, 2, 3, 4"""
UNITS = "SELECT e.unit_id, count(*), sum(e.original_price) FROM equipment_equipment e WHERE {where} GROUP BY 1"

BRANDS = """SELECT m.brand_id, e.condition, count(*) FROM equipment_equipment e
LEFT JOIN equipment_equipmentmodel m ON m.id = e.model_id WHERE e.status NOT IN ('disposed', 'lost') GROUP BY 1, 2"""
STANDINGS = """SELECT {by}, count(*) FILTER (WHERE o.state = 'fulfilled'), count(*) FILTER (WHERE o.state = 'open')
FROM deadlines_obligation o WHERE o.due_date BETWEEN date_trunc('year', now()) AND now() GROUP BY 1"""
BOARD = (STANDINGS.format(by="o.unit_id"), STANDINGS.format(by="date_trunc('month', o.due_date)"))
DUE = (
    "SELECT count(*) FROM deadlines_obligation",
    """SELECT o.kind, o.subject_label, u.name, o.due_date, o.state FROM deadlines_obligation o
JOIN orgs_orgunit u ON u.id = o.unit_id ORDER BY o.due_date DESC, o.id DESC LIMIT 50""",
)


@dataclass(frozen=True)
class Page:
    """Who asks for what; `reach` is the figure to reach in ms; `floor` the same by hand."""

    name: str
    who: str
    path: str
    reach: int
    floor: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class Timing:
    """Milliseconds of warm requests."""

    median: float
    p95: float


def timed(times: int, act: Callable[[], object]) -> Timing:
    """So many warm calls of `act`."""
    taken = []
    for _ in range(times + WARM):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    warm = sorted(taken[WARM:])
    return Timing(statistics.median(warm), warm[max(0, -(-len(warm) * 95 // 100) - 1)])


def _list(where: str, page: int = 1) -> tuple[str, str]:
    return COUNT.format(where=where), ROWS.format(where=where, skip=(page - 1) * 50)


def pages(database: psycopg.Connection) -> list[Page]:
    """The rows of the table of figures that are pages."""
    hanoi, badinh = BELOW.format(unit="01"), BELOW.format(unit="01.001")
    (found,) = database.execute(COUNT.format(where=hanoi)).fetchall()
    last = min(1000, -(-found[0] // 50))
    row = database.execute(
        f"SELECT e.code, e.serial, e.id FROM equipment_equipment e WHERE {hanoi} AND e.serial <> '' ORDER BY id LIMIT 1"  # noqa: S608 - ours
    ).fetchone()
    code, serial, key = row or ("", "", 0)
    part = serial[1:7]
    search = f"SELECT count(*) FROM equipment_equipment WHERE search_text LIKE '%{part.lower()}%'"  # noqa: S608 - ours
    device = (
        f"SELECT * FROM equipment_equipment WHERE code = '{code}'",  # noqa: S608 - ours
        f"SELECT * FROM equipment_historicalequipment WHERE id = {key} ORDER BY history_id DESC",  # noqa: S608 - ours
    )
    subtree = f"{DESKTOPS} AND {badinh}"
    whole = (FIGURES.format(where="true"), UNITS.format(where="true"))
    return [
        Page("list, first page: nationwide", "ttcntt", "/thiet-bi/", 60, _list("true")),
        Page("list, page 1,000: nationwide", "ttcntt", "/thiet-bi/?page=1000", 60, _list("true", 1000)),
        Page("list, first page: province", "tracuu.hanoi", "/thiet-bi/", 60, _list(hanoi)),
        Page(f"list, page {last}: province", "tracuu.hanoi", f"/thiet-bi/?page={last}", 60, _list(hanoi, last)),
        Page("list, first page: district", "nghiepvu.badinh", "/thiet-bi/", 60, _list(badinh)),
        Page(
            "list, category + status", "ttcntt", "/thiet-bi/?category=MAY_TINH_BAN&status=in_use", 60, _list(DESKTOPS)
        ),
        Page(
            "list, category + status + subtree",
            "ttcntt",
            "/thiet-bi/?unit=01.001&category=MAY_TINH_BAN&status=in_use",
            60,
            _list(subtree),
        ),
        Page("search by a serial's fragment", "ttcntt", f"/tim-kiem/?q={part}", 50, (search,)),
        Page("search, province", "tracuu.hanoi", f"/tim-kiem/?q={part}", 50, (search,)),
        Page("device", "tracuu.hanoi", f"/thiet-bi/{code}/", 40, device[:1]),
        Page("device with history", "tracuu.hanoi", f"/thiet-bi/{code}/?tab=dien-bien", 40, device),
        Page("dashboard: nationwide", "ttcntt", "/", 100, whole),
        Page("dashboard: nationwide, by value", "ttcntt", "/?measure=value", 100, whole),
        Page("dashboard: province", "tracuu.hanoi", "/", 100, (FIGURES.format(where=hanoi), UNITS.format(where=hanoi))),
        Page(
            "dashboard: district",
            "nghiepvu.badinh",
            "/",
            100,
            (FIGURES.format(where=badinh), UNITS.format(where=badinh)),
        ),
        Page("pivot: nationwide, province and condition", "ttcntt", "/phan-tich/", 300, whole),
        Page(
            "pivot: nationwide, brand, device by device",
            "ttcntt",
            "/phan-tich/?rows=brand&cols=condition",
            1500,
            (BRANDS,),
        ),
        Page("what is due: nationwide", "ttcntt", "/han-xu-ly/danh-sach/", 60, DUE),
        Page("who keeps terms: nationwide", "ttcntt", "/han-xu-ly/cap-duoi/", 100, BOARD),
    ]


def measure(address: str, database: psycopg.Connection, times: int, count_queries: Callable[[Page], int]) -> None:
    """Print a line for each page."""
    say(f"{'page':<36}{'median':>9}{'p95':>9}{'reach':>7}{'floor':>9}{'ratio':>7}{'queries':>9}{'kB':>6}")
    browsers: dict[str, Browser] = {}
    for page in pages(database):
        if page.who not in browsers:
            browsers[page.who] = Browser(address)
            browsers[page.who].log_in(page.who)
        browser = browsers[page.who]
        body = b""

        def ask(browser: Browser = browser, page: Page = page) -> None:
            nonlocal body
            status, body = browser.ask("GET", page.path)
            if status != 200:  # noqa: PLR2004 - found
                raise SystemExit(f"{page.name}: {page.path} answered {status}")

        taken = timed(times, ask)
        floor = timed(min(times, 10), partial(_all, database, page.floor)).median
        mark = "" if taken.median <= page.reach else "  not reached"
        say(
            f"{page.name:<36}{taken.median:>7.1f}ms{taken.p95:>7.1f}ms{page.reach:>7}{floor:>7.1f}ms"
            f"{taken.median / floor:>7.1f}{count_queries(page):>9}{len(body) / 1000:>6.0f}{mark}"
        )


def _all(database: psycopg.Connection, questions: Sequence[str]) -> list[Any]:
    return [database.execute(re.sub(r"\s+", " ", sql)).fetchall() for sql in questions]
