"""Set reports, full and empty; the lists behind their figures."""

from tests.isolation.holdings_reports import make
from tests.world import World

CENTER, SUPERIOR, OFFICER, PEER = "ttcntt", "tracuu_hanoi", "nghiepvu_badinh", "nghiepvu_danang"
NO_PAGE = {"reports:start"}  # a step


def furnish_reports(world: World) -> dict[str, str]:
    """A report that a worker has made."""
    return {"made_report": str(make("của quận", by=world.nghiepvu_badinh).public_id)}


# name, who, address
PAGES = (
    ("reports", OFFICER, "/bao-cao/"),
    ("report-changes", SUPERIOR, "/bao-cao/tang-giam/"),
    ("report-changes-both", SUPERIOR, "/bao-cao/tang-giam/?level=both"),
    ("report-assets", SUPERIOR, "/bao-cao/tang-giam-tai-san/?level=unit"),
    ("report-use", OFFICER, "/bao-cao/hien-trang-su-dung/"),
    ("report-condition", OFFICER, "/bao-cao/tinh-trang/"),
    ("report-ages", CENTER, "/bao-cao/tuoi-doi/"),
    ("report-wear", OFFICER, "/bao-cao/hao-mon/"),
    ("report-norms", OFFICER, "/bao-cao/dinh-muc/"),
    ("report-empty", PEER, "/bao-cao/tang-giam/?first=01/01/1995&last=31/12/1995"),
    ("report-made", OFFICER, "/bao-cao/ket-qua/{made_report}/"),
    ("ledger", OFFICER, "/bao-cao/so-bien-dong/"),
    ("ledger-empty", PEER, "/bao-cao/so-bien-dong/"),
    ("held", SUPERIOR, "/bao-cao/ton-so/"),
)
