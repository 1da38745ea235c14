"""Lists behind what is watched, and what somebody sees of them."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from tests.world import World

ADMIN, MANAGER, OFFICER = "admin1", "admin2_hanoi", "nghiepvu_badinh"


def furnish_watches(world: World) -> dict[str, str]:
    """Accounts that nobody has used for long, one of them never."""
    long_ago = timezone.now() - timedelta(days=200)
    User.objects.filter(pk__in=[world.tracuu_hanoi.pk, world.nghiepvu_hoankiem.pk]).update(last_login=long_ago)
    User.objects.filter(pk=world.tracuu_badinh.pk).update(last_login=None, date_joined=long_ago)
    return {}


# name, who, address
PAGES = (
    ("accounts-unused", MANAGER, "/quan-tri/tai-khoan/khong-dung/"),
    ("devices-ending", OFFICER, "/thiet-bi/?ending=warranty&sort=warranty_until"),
    ("repairs-long", OFFICER, "/sua-chua/?overdue=long"),
)
