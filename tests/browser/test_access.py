"""Every page for everybody: WCAG 2.2 AA as far as axe-core can tell, in both themes, on desk and phone, enlarged."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from django.urls import URLPattern, get_resolver, resolve

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.sights import SIGHTS, furnish
from tests.browser.sights_analysis import NO_PAGE as ANALYSIS_STEPS
from tests.browser.sights_calendar import NO_PAGE as CALENDAR_FILES
from tests.browser.sights_dispatch import NO_PAGE as DISPATCH_STEPS
from tests.browser.sights_disposals import NO_PAGE as DISPOSAL_STEPS
from tests.browser.sights_notices import NO_PAGE as NOTICE_STEPS
from tests.browser.sights_people import NO_PAGE as STEPS_OF_PEOPLE
from tests.browser.sights_prints import NO_PAGE as PRINT_FILES
from tests.browser.sights_repairs import NO_PAGE as REPAIR_STEPS
from tests.browser.sights_reports import NO_PAGE as REPORT_STEPS
from tests.browser.sights_signing import NO_PAGE as SIGNING_STEPS
from tests.browser.sights_support import NO_PAGE as SUPPORT_STEPS
from tests.browser.sights_surveys import NO_PAGE as SURVEY_STEPS
from tests.browser.sights_transfers import NO_PAGE as TRANSFER_STEPS
from tests.browser.sights_yearend import NO_PAGE as YEAR_END_STEPS

pytestmark = pytest.mark.django_db(transaction=True)

ENLARGED = {"width": 683, "height": 384}  # 1366 × 768 at 200 %
NARROW = {"width": 320, "height": 640}  # 1280 at 400 % (WCAG 1.4.10)
AXE = Axe().axe_script
RULES = {"resultTypes": ["violations"]}
# Only colours differ between the themes.
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Answers without a page of their own, and pages that are only posted to.
NO_PAGE = {
    "jobs:cancel",  # a step
    "jobs:export",  # a step
    "jobs:file",  # a file
    "healthz",
    "readyz",
    "orgs:search",
    "equipment:label_frames",
    "scanned",
    "software:search",
    "documents:download",
    "imports:sheet",  # a step
    "imports:check",  # a step
    "imports:apply",  # a step
    *STEPS_OF_PEOPLE,
    *REPAIR_STEPS,
    *CALENDAR_FILES,
    *DISPATCH_STEPS,
    *DISPOSAL_STEPS,
    *TRANSFER_STEPS,
    *ANALYSIS_STEPS,
    *NOTICE_STEPS,
    *PRINT_FILES,
    *SIGNING_STEPS,
    *SUPPORT_STEPS,
    *SURVEY_STEPS,
    *REPORT_STEPS,
    *YEAR_END_STEPS,
    "intakes:line",
    "intakes:issue",
    "intakes:restore",
    "catalogue:category_reopen",
    "catalogue:brand_reopen",
    "catalogue:model_reopen",
    "equipment:bulk",  # seen on the way from the list
    "saved_views:create",
    "saved_views:update",
    "saved_views:default",
}


@pytest.fixture(scope="module")
def scene(country):
    """The furnished country, and addresses that fail."""
    names = furnish(country)
    with override_settings(ROOT_URLCONF="tests.browser.urls", EXPORT_ROWS=20):
        yield names


@pytest.fixture(scope="module")
def readers(open_reader, scene, country):
    """One browser context for each person, opened once."""
    opened = {}

    def of(who):
        if who not in opened:
            opened[who] = open_reader(getattr(country, who) if who else None)
        return opened[who]

    return of


def show(page, size, theme):
    """The page in that size and theme, drawn: scripts hear of the theme before the next frame."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def violations(page, options):
    """What axe-core finds wrong, with the places."""
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{one['id']}: {node['html'][:200]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def keep_picture(page, name):
    """A picture of the page, when asked for: SCREENSHOTS names the folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: sight.name)
def test_page_is_accessible_and_fits(readers, scene, sight):
    reader = readers(sight.who)
    page = reader.page
    show(page, DESKTOP, "light")
    answer = page.goto(sight.path.format(**scene))
    assert answer.status == sight.status
    for step in sight.steps:
        step(page)
    assert page.locator("h1").count() == 1
    assert page.title().endswith("· Quản lý thiết bị CNTT")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    page.evaluate(AXE)
    wrong = {}
    for size, name in ((DESKTOP, "desktop"), (PHONE, "phone")):
        show(page, size, "light")
        keep_picture(page, f"{sight.name}-{name}")
        assert reader.fits(), name
        if not sight.alike or size == DESKTOP:
            wrong[f"{name}, light"] = violations(page, RULES)
        if not sight.alike:
            show(page, size, "dark")
            wrong[f"{name}, dark"] = violations(page, COLOURS)
    for size in (ENLARGED, NARROW):
        show(page, size, "light")
        assert reader.fits(), size
    assert {where: what for where, what in wrong.items() if what} == {}
    assert reader.complaints == []


def test_the_sights_are_all_pages_there_are(scene):
    """A new address is looked at too, or says here why there is nothing to see."""

    def names(patterns, space=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{space}{pattern.name}"
            else:
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from names(pattern.url_patterns, inner)

    seen = {
        resolve(sight.path.format(**scene).split("?")[0]).view_name for sight in SIGHTS if "khong-co" not in sight.path
    }
    assert set(names(get_resolver("qltb.urls").url_patterns)) - NO_PAGE - seen == set()
