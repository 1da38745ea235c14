"""Rows of the access matrix: closing books, asking that they be opened, deciding on it."""

from typing import Any

from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, record, see
from tests.isolation.rows_yearend import of, sent
from tests.world import pdf_file


def _paper(country: Country) -> list[Any]:
    return [country.middle.more["unlock"].number, country.middle.more["unlock_paper"].public_id]


ROWS: dict[str, Row] = {
    "yearend:review": Row(args=of("annual_draft"), get=record(200)),
    "yearend:lock": Row(
        args=of("annual_draft"), get=record(200), post=record(302), data=sent("annual_draft", reason="Đã xem xét")
    ),
    "yearend:compare": Row(args=of("annual"), get=see()),
    # One waits already: who opens the page is led back and told so, and the rule says so.
    "yearend:unlock_ask": Row(
        args=of("annual"),
        get=record(302),
        post=record(422),
        data=lambda _: {"reason": "Sót hồ sơ", "file": pdf_file("giải trình.pdf")},
    ),
    "yearend:unlocks:list": Row(get=LOGGED_IN),
    "yearend:unlocks:detail": Row(args=of("unlock"), get=see()),
    "yearend:unlocks:withdraw": Row(args=of("unlock"), get=record(200), post=record(302), data=sent("unlock")),
    "yearend:unlocks:decide": Row(
        args=of("unlock"),
        get={**see(403), "admin1": 200},
        post={**see(403), "admin1": 302},
        data=sent("unlock", decision="refused", answer="Chưa đủ căn cứ"),
    ),
    "yearend:unlocks:attach": Row(
        args=of("unlock"),
        get=record(200),
        post=record(302),
        data=lambda _: {"kind": "explanation", "file": pdf_file("giải trình thêm.pdf")},
    ),
    "yearend:unlocks:detach": Row(args=_paper, get=record(200), post=record(302)),
}
