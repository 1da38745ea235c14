"""Rows of devices in COPY's text format, and what became of them since they were received."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import NamedTuple

from equipment.demo.bulk import text
from equipment.demo.dossiers import NEVER, Dossier, Dossiers, made_year
from equipment.demo.fates import Fates
from equipment.demo.market import Market, Product
from equipment.demo.plan import ADDRESSES, Days, Unit
from equipment.rules.device import warranty_end

EQUIPMENT_COLUMNS = (
    *("id", "code", "serial", "inventory_number", "holder_name", "room_id", "status", "condition", "version"),
    *("attributes", "unit_id", "category_id", "model_id", "name", "original_price", "received_on"),
    *("warranty_until", "end_of_support", "made_year", "made_in", "note", "intake_id"),
)
FIXED_ASSET = 10_000_000  # đồng: from here on a device has an asset card
STEP, RANGE = 1_103_515_247, 36**6  # serials walk through their whole range before one comes again
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TRIPLES = [a + b + c for a in DIGITS for b in DIGITS for c in DIGITS]
PAIRS = [f"{n >> 8:02X}:{n & 255:02X}" for n in range(65536)]


class Clash(NamedTuple):
    """The same serial in two units: the newer device has it from the other."""

    serial: str
    new: int
    other: int


class Devices:
    """Makes the devices of each intake."""

    def __init__(self, *, market: Market, days: Days, dossiers: Dossiers, rng: Random, clash_every: int) -> None:
        self.market, self.days, self.dossiers, self.rng = market, days, dossiers, rng
        self.fates = Fates(days=days, rng=rng)
        self.made = 0
        self.clashes: list[Clash] = []
        self._serial = rng.randrange(RANGE)
        self._card = 0
        self._clash_every, self._next_clash = clash_every, clash_every
        self._seen: dict[int | None, tuple[int, int, str]] = {}  # model → unit, device, serial

    def of(self, unit: Unit, dossier: Dossier, size: int) -> Iterator[str]:
        """All devices of an intake, line by line."""
        position = 0
        while size:
            position += 1
            product = self.pick(unit, dossier)
            quantity = min(size, self.rng.randint(*product.quantity))
            size -= quantity
            yield from self._line(unit, dossier, product, position, quantity)

    def pick(self, unit: Unit, dossier: Dossier) -> Product:
        """Something that a unit of this kind buys in that year."""
        products, weights = self.market.offers(unit.buyer, dossier.handover.year)
        return self.rng.choices(products, cum_weights=weights)[0]

    def _line(self, unit: Unit, dossier: Dossier, product: Product, position: int, quantity: int) -> list[str]:
        rng, handover = self.rng, dossier.handover
        price = round(product.price * rng.uniform(0.93, 1.08), -4) if product.price else 0
        guaranteed = warranty_end(handover, product.warranty_months)
        common = dict(product.attributes)
        if product.dated_attribute and guaranteed:
            common[product.dated_attribute] = guaranteed.isoformat()
        self.dossiers.line(
            unit, dossier, product, position=position, quantity=quantity, price=int(price), attributes=common
        )
        first = self.made + 1
        self.made += quantity
        ids = range(first, first + quantity)
        number = unit.next_code
        unit.next_code += quantity
        serials = self.serials(product, quantity)
        if serials and (product.model in self._seen or len(self._seen) < 50):  # noqa: PLR2004 - enough makes to choose from
            self._clash(unit, product, first, serials)
        seats = rng.choices(unit.staff, k=quantity) if product.personal else [f"\t{_room(unit)}"] * quantity
        fates = self.fates.of_line(unit, dossier, product, first, seats)
        end_of_support = handover + timedelta(days=365 * 7) if product.static_ip else NEVER
        tail = (
            f"\t{unit.pk}\t{product.category}\t{product.model or NEVER}\t{text(product.name)}\t{int(price)}"
            f"\t{handover}\t{guaranteed or NEVER}\t{end_of_support}\t{made_year(dossier, product)}"
            f"\t{product.made_in}\t\t{dossier.pk}\n"
        )
        cards = (
            [f"CNTT/{handover.year}/{number + n:05d}" for n in range(quantity)]
            if price >= FIXED_ASSET
            else [""] * quantity
        )
        return [
            f"{pk}\t{unit.code}-{running:06d}\t{serial}\t{card}\t{fate}\t{attributes}{tail}"
            for pk, running, serial, card, fate, attributes in zip(
                ids,
                range(number, number + quantity),
                serials or [""] * quantity,
                cards,
                fates,
                self._attributes(unit, product, common, quantity),
                strict=True,
            )
        ]

    def serials(self, product: Product, quantity: int) -> list[str]:
        """Serials in the style of the brand, each once; none for what has no serial."""
        if product.serial_prefix is None:
            return []
        prefix = product.serial_prefix or self.rng.choice(DIGITS)
        start = self._serial
        self._serial = (start + STEP * quantity) % RANGE
        walk = [(start + STEP * n) % RANGE for n in range(quantity)]
        return [f"{prefix}{TRIPLES[at // 46656]}{TRIPLES[at % 46656]}" for at in walk]

    def _clash(self, unit: Unit, product: Product, first: int, serials: list[str]) -> None:
        """Now and then the first device of a line has the serial of one elsewhere, as typing mistakes make it."""
        seen = self._seen.get(product.model)
        if seen and seen[0] != unit.pk and first >= self._next_clash:
            self.clashes.append(Clash(seen[2], first, seen[1]))
            serials[0] = seen[2]
            del self._seen[product.model]
            self._next_clash = first + self._clash_every
        elif seen is None:
            self._seen[product.model] = unit.pk, first, serials[0]

    def _attributes(self, unit: Unit, product: Product, common: dict[str, str], quantity: int) -> Sequence[str]:
        whole = json.dumps(common, ensure_ascii=False)
        if not product.static_ip:
            return [whole] * quantity
        head = whole[:-1] + (", " if common else "")
        cards, addresses = (
            range(self._card, self._card + quantity),
            range(unit.next_address, unit.next_address + quantity),
        )
        unit.next_address += quantity
        network = [
            f'"IP": "10.{n // (256 * ADDRESSES)}.{n // ADDRESSES & 255}.{n % ADDRESSES + 1}"}}' for n in addresses
        ]
        if product.mac_prefix is None:
            return [head + address for address in network]
        self._card += quantity
        head += f'"MAC": "{product.mac_prefix}:'
        return [
            f'{head}{n >> 16:02X}:{PAIRS[n & 65535]}", {address}' for n, address in zip(cards, network, strict=True)
        ]


def _room(unit: Unit) -> str:
    """Where the unit keeps what everybody uses."""
    return str(unit.rooms[-1]) if unit.rooms else NEVER
