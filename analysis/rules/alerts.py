"""When a watched number is told of: once when it crosses, once when it is back. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models


class Compare(models.TextChoices):
    """What is watched for."""

    AT_LEAST = "at_least", "Từ ngưỡng trở lên (≥)"
    AT_MOST = "at_most", "Từ ngưỡng trở xuống (≤)"
    CHANGE = "change", "Thay đổi từ ngưỡng % trở lên, so với lần báo trước"


class Standing(models.TextChoices):
    """How the number stands to its threshold."""

    CALM = "calm", "Bình thường"
    CROSSED = "crossed", "Đã chạm ngưỡng"


TONES = {Standing.CALM: "ok", Standing.CROSSED: "warn"}


@dataclass(frozen=True)
class Verdict:
    """How it stands now, whether that is to be told, and what the next change is reckoned from."""

    standing: Standing
    tell: bool
    reference: Decimal | None


def judge(
    *, compare: Compare, threshold: Decimal, value: Decimal | None, standing: Standing, reference: Decimal | None
) -> Verdict:
    """What a look at the number means. Where there is no number (an average of nothing) nothing changes."""
    if value is None:
        return Verdict(standing, tell=False, reference=reference)
    if compare == Compare.CHANGE:
        if reference is None:
            return Verdict(Standing.CALM, tell=False, reference=value)
        changed = change_of(reference, value)
        crossed = value != reference if changed is None else changed >= threshold
        return Verdict(Standing.CROSSED if crossed else Standing.CALM, crossed, value if crossed else reference)
    crossed = value >= threshold if compare == Compare.AT_LEAST else value <= threshold
    now = Standing.CROSSED if crossed else Standing.CALM
    return Verdict(now, tell=now != standing, reference=value if now != standing else reference)


def change_of(before: Decimal, now: Decimal) -> Decimal | None:
    """By how many per cent it has changed, up or down; None where it was zero."""
    return abs(now - before) * 100 / abs(before) if before else None
