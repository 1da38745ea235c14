"""What the page of a report is put together from: each module adds its steps, notices and tabs by one line here.

What may be done now is for each module to say: `shown.may` holds what the account may do, the report's state the rest.
"""

from collections.abc import Callable, Sequence

from ui.actions import Action
from ui.links import Link
from ui.records import Tab
from yearend.blocks import closing, drafting, issuing, parts, record, sending
from yearend.blocks.shown import Shown

STEPS: tuple[Callable[[Shown], Sequence[Action | Link]], ...] = (
    closing.lock_steps,
    drafting.steps,
    closing.steps,
    issuing.steps,
    sending.steps,
)
"""The next step stands first."""
HEADS: tuple[Callable[[Shown], Sequence[object]], ...] = (record.head, closing.head)
"""Blocks between the head and the tabs."""
TABS: tuple[Callable[[Shown], Sequence[Tab]], ...] = (
    record.figures_tab,
    parts.parts_tab,
    record.dossier_tab,
    record.editions_tab,
    closing.closings_tab,
    sending.sendings_tab,
    record.timeline_tab,
)


def steps(shown: Shown) -> list[Action | Link]:
    """What may be done now."""
    return [step for offered in STEPS for step in offered(shown)]


def heads(shown: Shown) -> list[object]:
    """What stands above the tabs."""
    return [block for offered in HEADS for block in offered(shown)]


def tabs(shown: Shown) -> list[Tab]:
    """All tabs in their order."""
    return [tab for offered in TABS for tab in offered(shown)]
