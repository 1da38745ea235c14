from django.urls import path

from equipment.views import assignments as views
from equipment.views import norms

app_name = "assignments"
urlpatterns = [
    path("", views.assignment_list, name="list"),
    path("moi/", views.assignment_create, name="create"),
    path("tra/", views.assignment_return, name="give_back"),
    path("cua-toi/", views.mine, name="mine"),
    path("thu-hoi/", views.recoveries, name="recoveries"),
    path("thu-hoi/<int:pk>/", views.recovery, name="recovery"),
    path("dinh-muc/", norms.standings, name="norms"),
    path("<str:number>/", views.assignment_detail, name="detail"),
    path("<str:number>/tai-lieu/", views.assignment_attach, name="attach"),
    path("<str:number>/tai-lieu/<uuid:public_id>/go/", views.assignment_detach, name="detach"),
    path("<str:number>/bien-ban/<str:paper>/", views.assignment_issue, name="issue"),
]
