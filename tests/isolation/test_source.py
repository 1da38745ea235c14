"""What the source may hold: ways out of the walls, raw SQL, bulk writes, text called safe. No tests, no migrations."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from core.walls import NoWall, concrete_models, wall_of

WALLED = [m for m in concrete_models() if not isinstance(wall_of(m), NoWall)]


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in ("qltb", *settings.FIRST_PARTY_APPS):
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(settings.BASE_DIR)), ast.parse(path.read_text())


SOURCES = list(sources())


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Calls of a function or method of that name."""
    for path, tree in SOURCES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}:
                yield path, node


ELEVATED = {
    "deadlines/actions/calendar.py": ["calendar.change: due days of every unit follow the calendar"],
    "deadlines/actions/oversight.py": [
        "deadlines.excuse: a superior waives what a unit below it owes",
        "deadlines.ask_again: a superior asks a unit below it for what was waived",
    ],
    "deadlines/actions/urging.py": [
        "deadlines.urge: the fact is the superior's, whoever of its accounts writes it",
        "deadlines.answer: the fact is the unit's, whoever of its accounts writes it",
    ],
    "deadlines/actions/watches.py": ["deadlines.watches: people of every unit are told of what ends soon"],
    "core/documents.py": ["documents: which stored files belong to no row of any unit"],
    "core/events.py": [
        "events.deliver: handlers act for the system on any unit",
        "events.deliver_pending: the sweep looks at every unit's outbox",
    ],
    "analysis/actions/scheduling.py": [
        "analysis.schedules: files are made for whoever asked for them, each within its owner's scope"
    ],
    "analysis/actions/watching.py": [
        "analysis.alerts: numbers are watched for whoever asked, each counted within its owner's scope"
    ],
    "analysis/runners.py": ["analysis.schedule: the owner is told of the file that was made"],
    "jobs/actions.py": [
        "jobs.resume: the sweep looks for jobs of anybody that nobody is doing",
        "jobs.remove_expired: what was kept for a while goes, whosever it was",
    ],
    "jobs/files.py": ["jobs.remove_orphans: which stored files belong to no job of anybody"],
    "jobs/running.py": [
        "jobs.run: a worker takes a job up before it has its owner's scope",
        "jobs.run: a worker that came second takes back its mark",
        "jobs.run: a job that failed is marked after its owner's transaction is gone",
    ],
    "deadlines/actions/outdated.py": [
        "deadlines.forget: what was told of what is closed now, or due on another day, is outdated"
    ],
    "deadlines/actions/sweep.py": ["deadlines.sweep: people of every unit are told of what is open"],
    "notices/actions/gathering.py": ["notices.gather: mails are written for whoever has notices to be mailed"],
    "notices/actions/sending.py": ["notices.send: the mails of anybody go out"],
    "notices/actions/cleaning.py": ["notices.remove_old: what was kept for a while goes, whosever it was"],
    "dispatch/actions/delivering.py": ["dispatch.deliver: packages of any unit go out"],
    "dispatch/actions/receipts.py": ["dispatch.take: the document system tells of packages of any unit"],
    "dispatch/actions/retrying.py": ["dispatch.retry_failed: IT Center mended the way for every unit"],
    "dispatch/actions/sending.py": ["dispatch.answer: the receiver's answer is written on the sender's row"],
    "yearend/actions/receiving.py": [
        "yearend.accept: the superior takes a subordinate's report in",
        "yearend.send_back: the superior returns a subordinate's report",
        "yearend.take_in: the superior records a report that came on another way",
    ],
    "equipment/tasks.py": [
        "fold_tally: the application may not write the tally; sums stay what they are",
        "check_books: reads the books of every unit",
        "count_norms: counts every unit's norms; the application may not write them",
    ],
    "personnel/tasks.py": ["pull_people: the HR feed tells of people of every unit"],
    "equipment/actions/equipment.py": ["flag_serial_clashes: compares serials across units for IT Center"],
    "reports/queries/annual.py": [
        "reports: figures of units that the caller reads, of devices that came from others or went there"
    ],
    "reports/queries/survey_books.py": [
        "surveys: what stood on the books of a unit that the caller reads, wherever it is now"
    ],
    "signing/actions/signers.py": [
        "signing.register: an admin names who signs for a unit that only records by itself",
        "signing.switch: an admin names who signs for a unit that only records by itself",
    ],
    "signing/actions/trust.py": [
        "signing.add_authorities: a level-1 admin says whom every unit trusts",
        "signing.switch_authority: a level-1 admin says whom every unit trusts",
        "signing.add_revocations: a level-1 admin says whom every unit trusts",
    ],
    "support/actions/asking.py": [
        "support.ask: every account asks; its number and the handler's term are beyond its own reach"
    ],
    "support/actions/steps.py": ["support: either side's step writes the request and what is owed on it"],
    "transfers/actions/receipt.py": ["transfers.receive: the books of both units move"],
    "yearend/actions/unlocking.py": ["yearend.unlock: a level-1 admin decides on the closed books of any unit"],
    "yearend/actions/drafting.py": [
        "yearend.draft_year: which agencies have no report of the year yet",
        "yearend.draft: counts the books of many units",
        "yearend.follow_calendar: terms of every unit's report",
        "yearend.draft: the system makes the report of a unit",
    ],
    "yearend/actions/editions.py": [
        "yearend.outdate_above: figures of a unit change, the reports above it took them in"
    ],
    "transfers/actions/steps.py": [
        "transfers.decide: papers are never changed, but the receiver reads them from now on",
        "transfers.hand_over: the receiver's term begins with the sender's act",
    ],
}
"""Every way out of the walls, with its reason."""


def test_the_ways_out_of_the_walls_are_these():
    found: dict[str, list[str]] = {}
    for path, call in calls("elevated"):
        (why,) = call.args
        found.setdefault(path, []).append(ast.literal_eval(why))
    assert found == ELEVATED
    mentioned = {
        path for path, tree in SOURCES for n in ast.walk(tree) if getattr(n, "id", getattr(n, "name", "")) == "elevated"
    }
    assert mentioned == {*ELEVATED, "core/scope.py"}


SCOPED = {
    "analysis/actions/scheduling.py": 1,
    "repairs/queries.py": 1,
    "reports/queries/surveys.py": 5,
    "core/documents.py": 1,
    "core/scope.py": 6,
    "deadlines/querysets.py": 1,
    "equipment/actions/catalogue.py": 1,
    "equipment/actions/holdings.py": 3,
    "equipment/actions/licences.py": 5,
    "equipment/actions/life.py": 5,
    "equipment/queries/arrivals.py": 1,
    "equipment/queries/depreciation.py": 1,
    "equipment/queries/past.py": 2,
    "equipment/queries/periods.py": 2,
    "equipment/querysets.py": 3,
    "reports/queries/asof.py": 1,
    "signing/queries/papers.py": 1,
    "transfers/actions/receipt.py": 3,
    "transfers/actions/steps.py": 2,
    "transfers/querysets.py": 1,
    "yearend/actions/editions.py": 2,
    "yearend/queries/figures.py": 1,
    "yearend/queries/reports.py": 1,
    "yearend/queries/warnings.py": 1,
}
ENTERED = {
    "analysis/actions/scheduling.py": 1,
    "analysis/actions/watching.py": 1,
    "core/scope.py": 1,
    "deadlines/views/feed.py": 1,
    "jobs/running.py": 1,
    "orgs/middleware.py": 1,
    "signing/views/outside.py": 2,
}
"""Who says that a query is narrowed already, and who sets a scope."""


@pytest.mark.parametrize(("name", "expected"), [("scoped", SCOPED), ("entered", ENTERED)])
def test_who_handles_scopes(name, expected):
    assert Counter(path for path, _ in calls(name)) == expected


def test_settings_of_the_wall_are_set_in_one_place():
    texts = [
        (path, node.value)
        for path, tree in SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert {path for path, text in texts if "set_config(" in text} == {"core/scope.py"}
    assert {
        path for path, text in texts if re.search(r"\b(SET|RESET) (LOCAL |SESSION )?(ROLE|AUTHORIZATION)\b", text)
    } == set()


RAW_SQL = {
    "core/bulk.py",
    "core/counters.py",
    "core/database.py",
    "core/scope.py",
    "core/walls.py",
    "equipment/actions/tally.py",
    "equipment/queries/books.py",
    "equipment/queries/depreciation.py",
    "equipment/querysets.py",
    "jobs/actions.py",
    "jobs/running.py",
    "orgs/loading.py",
    "personnel/actions/feed.py",
    "reports/queries/flows.py",
    "reports/queries/stocks.py",
}
"""Of what serves requests; the demonstration data and the starting of servers aside."""
BULK = {
    "core/bulk.py": "writes the history of the very rows in the same function",
    "notices/actions/gathering.py": "notices have no history",
    "notices/actions/reading.py": "notices have no history",
    "orgs/loading.py": "treebeard's count of children, no fact of the unit",
    "signing/actions/accepting.py": "links have no history",
    "signing/actions/links.py": "links have no history",
    "signing/actions/papers.py": "links have no history",
}


def test_raw_sql_stands_where_it_is_known():
    found = {path for name in ("cursor", "raw", "RawSQL", "extra", "execute", "copy_expert") for path, _ in calls(name)}
    assert {path for path in found if not path.startswith(("equipment/demo/", "qltb/", "yearend/demo.py"))} == RAW_SQL


def test_bulk_writes_keep_history():
    """`update()` of a queryset writes no history row: changes go through save, or the bulk functions of the history."""
    found = set()
    for name in ("update", "bulk_update", "aupdate"):
        for path, call in calls(name):
            target = ast.unparse(call.func)
            if name != "update" or any(word in target for word in ("objects", "filter(", "visible_to", "rows")):
                found.add(path)
    assert found == set(BULK)


MARK_SAFE = {"ui/cells.py": 1, "ui/tables.py": 1}
SAFE_STRING = {"ui/icons.py": 1}


def test_what_is_called_safe_is_listed():
    assert Counter(path for path, _ in calls("mark_safe")) == MARK_SAFE
    assert Counter(path for path, _ in calls("SafeString")) == SAFE_STRING
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\|\s*safe\b|autoescape\s+off|safeseq", text), path


EXEMPT = {
    "csrf_exempt": {"dispatch/views/news.py", "signing/views/outside.py"},
    "login_not_required": {
        "qltb/health.py",
        "deadlines/views/feed.py",
        "dispatch/views/news.py",
        "signing/views/outside.py",
    },
}
"""Health checks; files and messages for whoever has a secret of their own."""


@pytest.mark.parametrize("name", EXEMPT)
def test_no_other_view_is_exempt_from_the_token(name):
    used = {p for p, tree in SOURCES for n in ast.walk(tree) if getattr(n, "id", getattr(n, "attr", "")) == name}
    assert used == EXEMPT[name]


NARROWING = {"visible_to", "owned_by", "writable_by", "of_unit", "about", "scoped", "waiting_for"}
SUBQUERIES = {
    # Papers of a report that came through a door; counts of the badge, which both walls narrow; the operator's check.
    ("signing/queries/papers.py", "Paper"),
    ("yearend/queries/checking.py", "AnnualReport"),
    ("yearend/queries/checking.py", "PeriodLock"),
    ("yearend/queries/reports.py", "AnnualReport"),
    ("yearend/queries/warnings.py", "Transfer"),
    ("deadlines/queries/boards.py", "UrgingReply"),
    ("disposals/queries.py", "Obligation"),
    ("disposals/queries.py", "Reservation"),
    ("equipment/queries/__init__.py", "IntakeLine"),
    ("equipment/queries/__init__.py", "Obligation"),
    ("equipment/queries/assignments.py", "AssignmentLine"),
    ("equipment/queries/assignments.py", "Equipment"),
    ("equipment/queries/assignments.py", "Holding"),
    ("equipment/queries/assignments.py", "Obligation"),
    ("equipment/queries/software.py", "Installation"),
    ("reports/queries/asof.py", "LedgerEntry"),
    ("reports/queries/wear.py", "LedgerEntry"),
}
"""Inside a query that is narrowed itself."""


def test_screens_start_every_query_at_visible_to():
    """Or go through a door. AST: `Model.objects` of a walled model, then one of the narrowing methods in the chain."""
    names = {m.__name__ for m in WALLED}
    found = set()
    for path, tree in SOURCES:
        if not re.search(r"/(views|queries|blocks|filters|forms|tables|tasks)\b", path):
            continue
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager", "_default_manager"}):
                continue
            model = getattr(node.value, "id", "")
            chain, at = set(), parents[node]
            while isinstance(at, ast.Attribute | ast.Call):
                chain.add(getattr(at, "attr", ""))
                at = parents[at]
            if (model in names or model == "StoredDocument") and not chain & NARROWING:
                found.add((path, model))
    assert found == SUBQUERIES


def test_no_address_takes_the_name_of_a_model():
    """A generic endpoint (model name plus id) would pass every door by."""
    for name in ("get_model", "get_object_for_this_type", "get_by_natural_key"):
        assert [path for path, _ in calls(name)] == []
    assert Counter(path for path, _ in calls("model_class")) == {"dossiers/kinds.py": 1}  # compares


def test_no_address_that_a_user_gives_is_fetched():
    """No client of the web in the application (GLPI's hole); the starting of servers aside."""
    clients = {"requests", "httpx", "urllib3", "aiohttp", "urllib.request", "http.client", "ftplib"}
    for path, tree in SOURCES:
        if path.startswith("qltb/") or path in {"personnel/importing/feed.py", "dispatch/adapters/web.py"}:  # settings
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert not {a.name for a in node.names} & clients, path
            if isinstance(node, ast.ImportFrom):
                assert node.module not in clients, path
                assert not (
                    node.module in {"urllib", "http"} and {a.name for a in node.names} & {"request", "client"}
                ), path


def test_no_loose_ends():
    """Nothing is put off, and no test is passed over."""
    words = re.compile(
        r"\b(?:"
        + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"])
        + r")\b|mark\.(?:skip|xfail)|pytest\.(?:skip|xfail)\("
    )
    for folder in ("qltb", "tests", *settings.FIRST_PARTY_APPS):
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            assert not words.search(path.read_text()), path
