"""Where a paper's QR code leads: what was frozen, and whether it still is what was."""

from django.urls import path

from yearend.views import verification

app_name = "verification"
urlpatterns = [path("<uuid:public_id>/", verification.edition_check, name="edition")]
