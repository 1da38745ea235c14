"""Obligations: mine, all that I see, of the units below; waiving and urging."""

from django.urls import path

from deadlines.views import boards, oversight, urging

app_name = "deadlines"
urlpatterns = [
    path("", boards.today, name="mine"),
    path("danh-sach/", boards.obligation_list, name="list"),
    path("cap-duoi/", boards.below, name="below"),
    path("viec/<uuid:public_id>/", oversight.obligation, name="detail"),
    path("viec/<uuid:public_id>/mien/", oversight.waive, name="waive"),
    path("viec/<uuid:public_id>/yeu-cau-lai/", oversight.ask_again, name="ask_again"),
    path("don-doc/", urging.urging_list, name="urgings"),
    path("don-doc/moi/", urging.urge, name="urge"),
    path("don-doc/<uuid:public_id>/", urging.urging, name="urging"),
    path("don-doc/<uuid:public_id>/phan-hoi/", urging.answer, name="answer"),
]
