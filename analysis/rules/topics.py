"""The names of the topics."""

from django.db import models


class TopicKey(models.TextChoices):
    """What can be analysed."""

    DEVICES = "devices", "Thiết bị"
    LEDGER = "ledger", "Biến động"
    REPAIRS = "repairs", "Sửa chữa"
    DUTIES = "duties", "Hạn xử lý"
