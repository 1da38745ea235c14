"""What units enter for BC01 and BC02, and the reports made of it."""

from playwright.sync_api import Page

from accounts.models import User
from reports.actions import surveys as actions
from reports.rules.surveys import Form, Item, SoftwareRow
from tests.reports.survey_support import close, opened, saved_network, saved_software, server_room
from tests.world import World

OFFICER, SUPERIOR, PEER = "nghiepvu_badinh", "tracuu_hanoi", "nghiepvu_danang"
HOME = "/bao-cao/khao-sat/"
YEAR, LONG_AGO = 2025, 2021


def furnish_surveys(world: World, officer: User) -> dict[str, str]:
    """BC02 and the second part of BC01 of a year; at a unit beside one of a year that is closed."""
    server_room(world, officer.unit, by=officer)
    network = opened(world, Form.NETWORK, year=YEAR)
    items = [
        Item("1.1.1", good=1, poor=1, note="Một máy chảy nước, không đủ lạnh; đề nghị thay trong năm 2026"),
        Item("1.2.3", good=2, note="2 × 3 kVA"),
        Item("2.1", good=2),
        Item("2.2.1", good=1),
        Item("2.3.3", "Phần mềm sao lưu", fair=1),
        Item("3.3", "Thu và sổ thẻ (TST)", good=1),
        Item("3.3", "Giám định BHYT", good=1),
        Item("3.5", answer=True, note="Quyết định 15/QĐ-BHXH ngày 02/3/2024"),
        Item("3.6", "Lê Văn Hoà"),
    ]
    saved_network(network, items, by=officer, proposal="Trang bị thêm đường truyền dự phòng.")
    former = opened(world, Form.OWN, year=YEAR - 1)
    rows = [
        SoftwareRow(
            "Cổng tra cứu hồ sơ nội bộ", {"current_version": "2.1", "origin": "Tự xây dựng", "stability": "Tốt"}
        )
    ]
    saved_software(former, rows, by=officer, proposal="Bàn giao mã nguồn về Trung tâm CNTT.")
    saved_software(opened(world, Form.OWN, year=YEAR), rows, by=officer)
    beside = world.nghiepvu_danang
    shut = actions.open_survey(unit=beside.unit, year=LONG_AGO, form=Form.NETWORK, by=beside)
    close(beside.unit, LONG_AGO, by=beside)
    running = opened(world, Form.NETWORK, year=YEAR + 1)
    return {
        "survey_running": running.number,
        "survey_network": network.number,
        "survey_software": f"KS-01.001-{YEAR}-2",
        "survey_shut": shut.number,
    }


def finish(page: Page) -> None:
    page.locator("main").get_by_role("button", name="Hoàn thành").click()
    page.locator("main [role=alert]").first.wait_for()


PAGES = (
    ("surveys", OFFICER, f"{HOME}?nam={YEAR}"),
    ("surveys-superior", SUPERIOR, f"{HOME}?unit=01.001&nam={YEAR}"),
    ("surveys-none", PEER, f"{HOME}?nam={YEAR}"),
    ("surveys-closed", PEER, f"{HOME}?nam={LONG_AGO}", (), 200, True),
    ("survey-network", OFFICER, HOME + "{survey_network}/"),
    ("survey-papers", OFFICER, HOME + "{survey_network}/?tab=tai-lieu"),
    ("survey-timeline", OFFICER, HOME + "{survey_network}/?tab=dien-bien"),
    ("survey-shut", PEER, HOME + "{survey_shut}/", (), 200, True),
    ("survey-network-edit", OFFICER, HOME + "{survey_network}/ke-khai/"),
    ("survey-network-wrong", OFFICER, HOME + "{survey_network}/ke-khai/", (finish,)),
    ("survey-software", OFFICER, HOME + "{survey_software}/"),
    ("survey-software-edit", OFFICER, HOME + "{survey_software}/ke-khai/"),
    ("survey-copy", OFFICER, HOME + "{survey_software}/chep/", (), 200, True),
    ("survey-attach", OFFICER, HOME + "{survey_running}/tai-lieu/"),
    ("survey-attach-shut", OFFICER, HOME + "{survey_network}/tai-lieu/", (), 403, True),  # its year is closed
    ("report-bc02", SUPERIOR, f"/bao-cao/bc02/?year={YEAR}"),
    ("report-bc01", SUPERIOR, f"/bao-cao/bc01-2/?year={YEAR}"),
    ("report-repairs", SUPERIOR, "/bao-cao/chi-phi-sua-chua/?level=kind"),
    ("report-terms", SUPERIOR, "/bao-cao/han-xu-ly/"),
)
NO_PAGE = {"surveys:open", "surveys:detach"}  # a step, and one that asks as every dossier does
