"""What is watched of the country's accounts: nobody has logged in for long."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User


def furnish() -> None:
    """Once all have their sessions, which date their last login."""
    User.objects.update(last_login=timezone.now() - timedelta(days=200))
