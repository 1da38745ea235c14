"""How the surveys of units add up into those of their superiors. Pure; see `reports.rules.surveys` for the shape."""

from collections.abc import Iterable
from typing import Any

from core.text import fold
from reports.rules.surveys import SCHEMA, SOFTWARE, Entered, Form

NUMBERS = ("good", "fair", "poor", "has", "lacks")


def nothing() -> dict[str, Any]:
    """The survey of nobody: what merging begins with."""
    return {
        "schema": SCHEMA,
        "units": [],
        **{form.value: [] for form in SOFTWARE},
        Form.NETWORK.value: {},
        "proposals": [],
    }


def merged(own: Entered, parts: Iterable[Entered]) -> dict[str, Any]:
    """A superior's survey: numbers added up, texts listed by unit. In whatever order the parts come, it is the same.

    Where a unit stands in several (its own and one that was taken from elsewhere), that is a fault of the caller: each
    unit counts as often as it comes.
    """
    every = [own, *parts]
    result = nothing()
    result["units"] = sorted((unit for one in every for unit in one["units"]), key=lambda unit: unit["unit"])
    for form in SOFTWARE:
        result[form.value] = _software(row for one in every for row in one[form.value])
    result[Form.NETWORK.value] = _network(one[Form.NETWORK.value] for one in every)
    result["proposals"] = sorted(
        (one_text for one in every for one_text in one["proposals"]), key=lambda text: (text["unit"], text["form"])
    )
    return result


def _software(rows: Iterable[Entered]) -> list[dict[str, Any]]:
    """The same software of several units is one row: by name and code, however they are written."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (fold(row["name"]), fold(row["code"]), row["name"], row["code"])):
        key = (fold(row["name"]), fold(row["code"]))
        kept = found.setdefault(key, {"name": row["name"], "code": row["code"], "by_unit": []})
        kept["by_unit"] = [*kept["by_unit"], *row["by_unit"]]
    for row in found.values():
        row["by_unit"].sort(key=_in_order)
    return list(found.values())


def _network(several: Iterable[Entered]) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    for rows in several:
        for code, row in rows.items():
            kept = found.setdefault(code, {**dict.fromkeys(NUMBERS, 0), "said": []})
            for name in NUMBERS:
                kept[name] += row[name]
            kept["said"] = [*kept["said"], *row["said"]]
    for row in found.values():
        row["said"].sort(key=_in_order)
    return {code: found[code] for code in sorted(found)}


def _in_order(said: Entered) -> tuple[str, ...]:
    return (said["unit"], *(f"{key}={value}" for key, value in sorted(said.items())))
