from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deadlines.actions.sweep import sweep


class Command(BaseCommand):
    """Do at once what the scheduler does every half hour."""

    help = "Remind people of what is due and tell superiors of what is late; what was told isn't told again."

    def handle(self, **_: Any) -> None:
        """One sweep as of today."""
        swept = sweep()
        if swept.busy:
            message = "Another sweep is running; nothing was done."
            raise CommandError(message)
        self.stdout.write(f"Reminders written: {swept.reminders}; notices: {swept.notices}")
