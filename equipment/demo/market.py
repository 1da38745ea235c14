"""What units buy: makes with their details, how likely and how many at a time, by kind of unit and year."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

from equipment.demo.market_data import (
    CATEGORIES,
    ERAS,
    MADE_IN,
    NETWORK_PREFIXES,
    SERIAL_PREFIXES,
    UNBRANDED,
    UNKNOWN_PREFIX,
    CategoryData,
)
from equipment.models import Category, EquipmentModel
from equipment.rules.device import default_name

FIRST_YEAR = 2016


class Buyer(IntEnum):
    """Kinds of unit that differ in what they need; the order of the weights in the data."""

    DISTRICT = 0
    PROVINCE = 1
    HEAD_OFFICE = 2
    IT_CENTER = 3


@dataclass(frozen=True, slots=True, eq=False)
class Product:
    """Something that can stand on a line of an intake."""

    category: int
    model: int | None
    name: str
    price: int
    warranty_months: int
    quantity: tuple[int, int]
    attributes: Mapping[str, str]
    dated_attribute: str  # the key of the attribute that holds the end of a licence, or ""
    serial_prefix: str | None  # None: it has no serial
    mac_prefix: str | None  # None: it has no network card
    static_ip: bool
    personal: bool
    made_in: str
    software: bool


class Market:
    """What is on offer to each kind of buyer in each year."""

    def __init__(self, *, last_year: int) -> None:
        categories = {category.code: category for category in Category.objects.filter(holds_equipment=True)}
        makes: dict[str, list[tuple[Product, tuple[int, int]]]] = defaultdict(list)
        models = EquipmentModel.objects.select_related("brand", "category").order_by("pk")
        for model in models.filter(category__holds_equipment=True):
            if data := CATEGORIES.get(model.category.code):
                makes[model.category.code].append((_made(model, data), ERAS.get(model.name, (0, 9999))))
        for code, name, price in UNBRANDED:
            if code in categories:
                makes[code].append((_unbranded(categories[code], name, price, CATEGORIES[code]), (0, 9999)))
        self._offers = {
            (buyer, year): _offer(makes, buyer, year) for buyer in Buyer for year in range(FIRST_YEAR, last_year + 1)
        }

    def offers(self, buyer: Buyer, year: int) -> tuple[Sequence[Product], Sequence[float]]:
        """Products and their cumulative weights, as random.choices takes them."""
        return self._offers[buyer, year]


def _offer(
    makes: Mapping[str, Iterable[tuple[Product, tuple[int, int]]]], buyer: Buyer, year: int
) -> tuple[list[Product], list[float]]:
    products: list[Product] = []
    weights: list[float] = []
    for code, made in makes.items():
        sold = [product for product, (first, last) in made if first <= year <= last]
        sold = sold or [min(made, key=lambda one: one[1])[0]]
        data = CATEGORIES[code]
        # Weights are shares of devices; a line of many devices has to be drawn less often.
        share = data.weights[buyer] / (sum(data.quantity) / 2) / len(sold)
        if share:
            products += sold
            weights += [share] * len(sold)
    return products, list(accumulate(weights))


def _made(model: EquipmentModel, data: CategoryData) -> Product:
    brand, category = model.brand.name, model.category
    return Product(
        category=category.pk,
        model=model.pk,
        name=default_name(category.name, model),
        price=int(model.typical_price or 0),
        warranty_months=data.warranty_months,
        quantity=data.quantity,
        attributes=_attributes(category, model.name, data),
        dated_attribute=data.dated_attribute if data.dated_attribute in category.attribute_keys else "",
        serial_prefix=SERIAL_PREFIXES.get(brand, UNKNOWN_PREFIX) if category.serial_required else None,
        mac_prefix=NETWORK_PREFIXES.get(brand, NETWORK_PREFIXES[""]) if _has(category, data, "MAC") else None,
        static_ip=_has(category, data, "IP"),
        personal=data.personal,
        made_in="" if category.software else MADE_IN.get(brand, MADE_IN[""]),
        software=category.software,
    )


def _unbranded(category: Category, name: str, price: int, data: CategoryData) -> Product:
    return Product(
        category=category.pk,
        model=None,
        name=name,
        price=price,
        warranty_months=data.warranty_months,
        quantity=data.quantity,
        attributes=_attributes(category, name, data),
        dated_attribute=data.dated_attribute if data.dated_attribute in category.attribute_keys else "",
        serial_prefix=UNKNOWN_PREFIX if category.serial_required else None,
        mac_prefix=NETWORK_PREFIXES[""] if _has(category, data, "MAC") else None,
        static_ip=_has(category, data, "IP"),
        personal=data.personal,
        made_in="",
        software=category.software,
    )


def _has(category: Category, data: CategoryData, key: str) -> bool:
    return data.network and key in category.attribute_keys


_CORE = re.compile(r"\bi[3579](?:-\w+)?")
_XEON = re.compile(r"(?:(\d)x)?(Silver \d+|E-\d+)")
_RAM = re.compile(r"\b(\d+)GB\b")
_SSD = re.compile(r"\b(\d+)SSD\b")
_PORTS = re.compile(r"\b(?:\w*?-)?(\d\d)[TGD]\w*")


def _attributes(category: Category, name: str, data: CategoryData) -> dict[str, str]:
    """What the name of the make tells, over what is usual for the category; only what the category records."""
    found = dict(data.attributes)
    if match := _CORE.search(name):
        found["CPU"] = f"Intel Core {match[0]}"
    elif match := _XEON.search(name):
        found["CPU"] = f"{match[1]} × Intel Xeon {match[2]}" if match[1] else f"Intel Xeon {match[2]}"
    if match := _RAM.search(name):
        found["RAM"] = f"{match[1]} GB"
    if match := _SSD.search(name):
        found["o_cung"] = f"SSD {match[1]} GB"
    elif "1TB" in name:
        found["o_cung"] = "HDD 1 TB"
    if match := _PORTS.search(name):
        found["so_cong"] = str(int(match[1]))
    return {key: value for key, value in found.items() if key in category.attribute_keys}
