"""/phan-tich/: the pivot, what is saved of it, what is sent and watched by the clock."""

from django.urls import path

from analysis.views import alerts, pivot, saved, schedules

app_name = "analysis"
urlpatterns = [
    path("", pivot.pivot, name="pivot"),
    path("luu/", saved.save, name="save"),
    path("da-luu/", saved.saved_list, name="saved"),
    path("da-luu/<uuid:public_id>/", saved.detail, name="detail"),
    path("da-luu/<uuid:public_id>/cap-nhat/", saved.update, name="update"),
    path("da-luu/<uuid:public_id>/sua/", saved.edit, name="edit"),
    path("da-luu/<uuid:public_id>/sao-chep/", saved.copy, name="copy"),
    path("da-luu/<uuid:public_id>/xoa/", saved.delete, name="delete"),
    path("lich/", schedules.schedule_list, name="schedules"),
    path("lich/moi/", schedules.schedule_create, name="schedule_create"),
    path("lich/<uuid:public_id>/", schedules.schedule_detail, name="schedule"),
    path("lich/<uuid:public_id>/sua/", schedules.schedule_edit, name="schedule_edit"),
    path("lich/<uuid:public_id>/tam-dung/", schedules.schedule_pause, name="schedule_pause"),
    path("lich/<uuid:public_id>/chay-tiep/", schedules.schedule_go_on, name="schedule_go_on"),
    path("lich/<uuid:public_id>/gui-ngay/", schedules.schedule_run, name="schedule_run"),
    path("lich/<uuid:public_id>/xoa/", schedules.schedule_delete, name="schedule_delete"),
    path("canh-bao/", alerts.alert_list, name="alerts"),
    path("canh-bao/moi/", alerts.alert_create, name="alert_create"),
    path("canh-bao/<uuid:public_id>/", alerts.alert_detail, name="alert"),
    path("canh-bao/<uuid:public_id>/sua/", alerts.alert_edit, name="alert_edit"),
    path("canh-bao/<uuid:public_id>/tam-dung/", alerts.alert_pause, name="alert_pause"),
    path("canh-bao/<uuid:public_id>/chay-tiep/", alerts.alert_go_on, name="alert_go_on"),
    path("canh-bao/<uuid:public_id>/xoa/", alerts.alert_delete, name="alert_delete"),
]
