"""What the law wants for an act, and how far a dossier has come with it. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.db import models

from core.models import DocumentKind


class Procedure(models.TextChoices):
    """Acts for which the law lists papers."""

    LIQUIDATION = "liquidation", "Thanh lý"
    DESTRUCTION = "destruction", "Tiêu hủy"
    LOST = "lost", "Mất, hủy hoại"
    FOUND = "found", "Tìm thấy"


class When(models.TextChoices):
    """Whom an item concerns."""

    ALWAYS = "always", "Mọi hồ sơ"
    LIFE_NOT_ENDED = "life_not_ended", "Có thiết bị chưa hết thời gian sử dụng"
    STORES_DATA = "stores_data", "Có thiết bị lưu dữ liệu"


class Stage(models.TextChoices):
    """Before which step an item is needed."""

    SUBMIT = "submit", "Trước khi trình (ghi sổ)"
    DECIDE = "decide", "Trước khi ghi quyết định"
    CLOSE = "close", "Trước khi kết thúc"
    AFTER = "after", "Sau khi kết thúc"


class Rule(Protocol):
    """A row of the table, as these rules read it."""

    item: str
    document_kind: str
    when: str
    stage: str
    required: bool
    law: str


class Standing(StrEnum):
    """How an item stands."""

    DONE = "done"
    MISSING = "missing"
    OPTIONAL = "optional"
    NOT_APPLICABLE = "na"


@dataclass(frozen=True)
class Facts:
    """What of a dossier decides which items concern it."""

    life_not_ended: bool = False
    stores_data: bool = False
    has_lines: bool = True


@dataclass(frozen=True)
class Item:
    """A line of the checklist."""

    text: str
    stage: str
    standing: Standing
    law: str


# Without these no step is taken, whatever stands in the table (art. 10; the Decision's own papers).
BASE: dict[Procedure, dict[Stage, tuple[tuple[DocumentKind, When], ...]]] = {
    procedure: {
        Stage.SUBMIT: (
            (DocumentKind.COUNCIL_MINUTES, When.ALWAYS),
            (DocumentKind.PROPOSAL, When.ALWAYS),
            (DocumentKind.EXPERT_OPINION, When.LIFE_NOT_ENDED),
        ),
        Stage.DECIDE: ((DocumentKind.DECISION, When.ALWAYS),),
        Stage.CLOSE: ((DocumentKind.DATA_WIPE, When.STORES_DATA),),
    }
    for procedure in (Procedure.LIQUIDATION, Procedure.DESTRUCTION)
} | {
    Procedure.LOST: {Stage.SUBMIT: ((DocumentKind.LOSS_MINUTES, When.ALWAYS),)},
    Procedure.FOUND: {Stage.SUBMIT: ((DocumentKind.FOUND_MINUTES, When.ALWAYS),)},
}


def applies(when: str, facts: Facts) -> bool:
    """Whether what is needed `when` is needed here."""
    return (
        when == When.ALWAYS
        or (when == When.LIFE_NOT_ENDED and facts.life_not_ended)
        or (when == When.STORES_DATA and facts.stores_data)
    )


def wanted_at(procedure: str, stage: str, facts: Facts, rules: Iterable[Rule]) -> dict[str, bool]:
    """Kinds of paper for the step at `stage`: True where the step is refused without, False where one is reminded."""
    base = BASE[Procedure(procedure)].get(Stage(stage), ())
    wanted: dict[str, bool] = {kind: True for kind, when in base if applies(when, facts)}
    for rule in rules:
        if rule.document_kind and rule.stage == stage and applies(rule.when, facts):
            wanted[rule.document_kind] = wanted.get(rule.document_kind, False) or rule.required
    return wanted


def checklist(rules: Iterable[Rule], facts: Facts, kinds: Collection[str]) -> list[Item]:
    """Each item of the law: done, missing, only if there is one, or not applicable."""
    return [Item(rule.item, rule.stage, _standing(rule, facts, kinds), rule.law) for rule in rules]


def _standing(rule: Rule, facts: Facts, kinds: Collection[str]) -> Standing:
    if rule.document_kind in kinds or (not rule.document_kind and facts.has_lines):
        return Standing.DONE
    if not applies(rule.when, facts):
        return Standing.NOT_APPLICABLE
    return Standing.MISSING if rule.required else Standing.OPTIONAL


def life_ended(received_on: date, life_years: int | None, on: date) -> bool:
    """Whether a device is past its years of use (TT 141/2025, art. 13.3); never where no rule states them."""
    return life_years is not None and on.year - received_on.year >= life_years
