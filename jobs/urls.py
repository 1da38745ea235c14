from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("xuat/", views.export_start, name="export"),
    path("tep/<uuid:public_id>/", views.job_file, name="file"),
    path("<uuid:public_id>/", views.job_detail, name="detail"),
    path("<uuid:public_id>/huy/", views.job_cancel, name="cancel"),
]
