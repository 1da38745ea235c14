from django.urls import path

from disposals.views import procedures as views

app_name = "procedures"
urlpatterns = [
    path("", views.rule_list, name="list"),
    path("moi/", views.rule_create, name="create"),
    path("<int:pk>/", views.rule_detail, name="detail"),
    path("<int:pk>/sua/", views.rule_edit, name="edit"),
]
