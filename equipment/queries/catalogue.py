"""The catalogue of categories, as reports, norms and wear read it: whole."""

from typing import NamedTuple

from core.memo import once_a_page
from equipment.models import Category


class Kind(NamedTuple):
    """A category or group of the catalogue. `above` is the code of its group, empty at the top."""

    pk: int
    code: str
    name: str
    measure: str
    parent: int | None
    above: str
    life_years: int | None
    holds_equipment: bool


@once_a_page
def kinds() -> dict[int, Kind]:
    """Every category by its key, in the order of the catalogue. One query."""
    columns = ("pk", "code", "name", "measure", "parent", "parent__code", "life_years", "holds_equipment")
    rows = Category.objects.order_by("position", "pk").values_list(*columns)
    return {
        pk: Kind(pk, code, name, measure, parent, above or "", years, holds)
        for pk, code, name, measure, parent, above, years, holds in rows
    }


def category_codes() -> dict[int, str]:
    """Codes of categories by key, in the order of the catalogue."""
    return {pk: kind.code for pk, kind in kinds().items()}


def category_names() -> dict[str, str]:
    """Names of categories by code, in the order of the catalogue."""
    return {kind.code: kind.name for kind in kinds().values()}
