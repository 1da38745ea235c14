"""No page asks the database often, whatever it is of: every address, as who writes there and as who looks from above.

That none asks more often because there is more to show is tested beside each app.
"""

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from tests.isolation.conftest import undone
from tests.isolation.matrix import ROWS, read

MOST = 12
MORE = {
    "reports:report": 25,  # every column of the yearly report: the books, the state of things, wear, norms
    "intakes:detail": 19,  # what stands against confirming, and what the norms say of it
    "disposals:detail": 18,  # what the law wants of a dossier
    "surveys:detail": 14,
    **dict.fromkeys(("assignments:norms", "disposals:suggestions", "yearend:detail"), 13),
}
# The test's own transaction is the outer one: each scope remembers what it has to restore, and what a page writes of
# its session is undone, so that it writes it again.
OWN = ('UPDATE "django_session"', "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config", "SELECT current_setting")


@pytest.mark.parametrize("who", ["business", "above"])
def test_no_page_asks_often(country, who):
    client, asked = country.client(who), {}
    for name, row in ROWS.items():
        if row.get is None:
            continue
        for _ in range(2):  # the caches of content types are filled
            reset_queries()
            with undone(), CaptureQueriesContext(connection) as captured:
                response = client.get(row.url(name, country))
                read(response)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            asked[name] = sum(not query["sql"].startswith(OWN) for query in captured)
    assert len(asked) > 100
    assert {name: many for name, many in asked.items() if many > MORE.get(name, MOST)} == {}
