"""The tile map of the provinces, for whoever sees the country."""

from collections import Counter

import pytest

from equipment.charts.tile_map import tiles
from orgs.loading import unit_rows
from orgs.models import OrgUnit
from orgs.rules import UnitKind
from tests.figures.stock import furnish, look, stocked

pytestmark = pytest.mark.django_db


class TestTheMap:
    """Provinces as tiles, for whoever sees the country."""

    @pytest.fixture
    def country(self, world):
        for row in unit_rows():
            if row.kind == UnitKind.PROVINCE and row.code not in world.units:
                unit = OrgUnit(code=row.code, name=row.name, kind=row.kind)
                world.units[row.code] = OrgUnit.objects.add_child(OrgUnit.objects.get(code="00"), instance=unit)
        furnish(world)
        plain = {"category": "MAY_CHU", "status": "in_use", "condition": "good", "received_on": "2022-05-05"}
        codes = sorted(code for code in tiles() for _ in range(int(code) % 7))
        stocked([{**plain, "unit": code, "original_price": 10**7 * int(code)} for code in codes])
        return world

    def test_every_province_has_a_place_of_its_own(self):
        provinces = {row.code for row in unit_rows() if row.kind == UnitKind.PROVINCE}
        assert set(tiles()) == provinces
        assert max(Counter((column, row) for column, row, _ in tiles().values()).values()) == 1

    @pytest.mark.dieu("14.6")
    def test_it_shows_the_country_and_leads_into_it(self, country, client_of):
        client = client_of(country.ttcntt)
        page, tree = look(client)
        shown = tree.xpath("//svg[@class='tile-map']//a")
        assert len(shown) == len(tiles())
        for tile in page.context["map"].tiles:
            below, _ = look(client, tile.url.removeprefix("/"))
            assert below.context["title"] == tile.name
            assert f"{below.context['total'].quantity}" == tile.text
            if tile.label == "Hà Nội":
                break
        assert {int(tile.shade) for tile in page.context["map"].tiles} == {1, 2, 3, 4, 5}
        more = sorted(page.context["map"].tiles, key=lambda tile: int(tile.text))
        assert [tile.shade for tile in more] == sorted(tile.shade for tile in more)

    def test_it_is_not_for_a_province(self, country, client_of):
        page, _ = look(client_of(country.tracuu_hanoi))
        assert page.context["map"] is None

    def test_it_measures_value_too(self, country, client_of):
        page, _ = look(client_of(country.ttcntt), "?measure=value")
        assert all("measure=value" in tile.url for tile in page.context["map"].tiles)
        assert any("triệu đ" in tile.text for tile in page.context["map"].tiles)
