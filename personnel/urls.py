from django.urls import path

from personnel.views import people, roster

app_name = "personnel"
urlpatterns = [
    path("", people.employee_list, name="list"),
    path("them/", people.employee_create, name="create"),
    path("tu-tep/", roster.roster, name="roster"),
    path("tu-tep/nhap/", roster.roster_apply, name="roster_apply"),
    path("dong-bo/", people.runs, name="runs"),
    path("dong-bo/<int:pk>/", people.run, name="run"),
    path("<str:code>/", people.employee_detail, name="detail"),
    path("<str:code>/sua/", people.employee_edit, name="edit"),
]
