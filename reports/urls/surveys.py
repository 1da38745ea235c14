from django.urls import path

from reports.views import surveys as views

app_name = "surveys"
urlpatterns = [
    path("", views.survey_list, name="list"),
    path("lap/", views.survey_open, name="open"),
    path("<str:number>/", views.survey_detail, name="detail"),
    path("<str:number>/ke-khai/", views.survey_edit, name="edit"),
    path("<str:number>/chep/", views.survey_copy, name="copy"),
    path("<str:number>/tai-lieu/", views.survey_attach, name="attach"),
    path("<str:number>/tai-lieu/<uuid:public_id>/go/", views.survey_detach, name="detach"),
]
