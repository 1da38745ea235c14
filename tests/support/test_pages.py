"""The pages: lists and their numbers, statistics, ready and public answers, help while asking."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deadlines.models import Obligation
from deadlines.subjects import address_of
from support.actions import public
from support.models import CannedAnswer, HelpArticle, SupportRequest
from tests.support import support as s

pytestmark = pytest.mark.django_db


def aged(request, hours):
    """As if it had been sent so many hours ago."""
    shift = timedelta(hours=hours)
    row = s.fresh(request)
    SupportRequest.objects.filter(pk=row.pk).update(created_at=row.created_at - shift, answer_by=row.answer_by - shift)
    return s.fresh(request)


@pytest.fixture
def many(world, center):
    """Requests of two districts and two provinces, in each state."""
    soon = s.answered(aged(s.asked(world.nghiepvu_badinh), 5), world.nghiepvu_hanoi)
    late = aged(s.asked(world.nghiepvu_hoankiem, topic="data"), 200)
    slow = s.answered(aged(s.asked(world.nghiepvu_badinh, topic="data"), 300), world.nghiepvu_hanoi)
    up = s.escalated(s.asked(world.nghiepvu_hoankiem, topic="fault"), world.nghiepvu_hanoi)
    own = s.asked(world.nghiepvu_hanoi)
    gone = s.closed(aged(s.asked(world.nghiepvu_badinh), 200), world.nghiepvu_badinh)
    far = s.asked(world.nghiepvu_danang)
    return {"soon": soon, "late": late, "slow": slow, "up": up, "own": own, "gone": gone, "far": far}


def numbers(page):
    return {row[0] for row in page.rows}


def test_lists_say_whose_turn_it_is(world, person, many, center):
    def named(*keys):
        return {many[key].number for key in keys}

    hanoi = person(world.nghiepvu_hanoi)
    assert numbers(hanoi.get("/ho-tro/")) == named("soon", "late", "slow", "up", "own", "gone")
    assert numbers(hanoi.get("/ho-tro/?who=cho")) == named("late")
    assert numbers(hanoi.get("/ho-tro/?who=toi")) == numbers(hanoi.get("/ho-tro/?who=don-vi")) == named("own")
    assert numbers(hanoi.get("/ho-tro/?who=den")) == named("soon", "late", "slow", "gone")
    assert numbers(hanoi.get("/ho-tro/?who=duoi")) == named("soon", "late", "slow", "up", "gone")
    assert numbers(hanoi.get("/ho-tro/?late=1")) == named("late")
    assert numbers(hanoi.get("/ho-tro/?handler=00.CNTT")) == named("up", "own")
    assert numbers(hanoi.get(f"/ho-tro/?q={many['up'].number}")) == named("up")
    assert numbers(hanoi.get("/ho-tro/?q=hoan kiem")) == named("late", "up")
    assert numbers(person(center).get("/ho-tro/?who=cho")) == named("up", "own", "far")
    assert numbers(person(world.nghiepvu_badinh).get("/ho-tro/")) == named("soon", "slow", "gone")


def test_the_badge_counts_what_waits_for_me(world, person, many):
    def badge(user):
        page = person(user).get("/ho-tro/")
        parts = page.response.context["navigation"]
        return [item.badge for part in parts for item in part.items if item.url == "/ho-tro/"]

    assert badge(world.nghiepvu_hanoi) == [1]
    assert badge(world.tracuu_hanoi) == [0]
    assert badge(world.admin1) == [3]
    s.asked_back(many["late"], world.nghiepvu_hanoi)
    assert badge(world.nghiepvu_hanoi) == [0]
    assert badge(world.nghiepvu_hoankiem) == [1]


def test_statistics_are_of_those_below_and_each_number_leads_to_its_rows(world, person, many):
    hanoi = person(world.nghiepvu_hanoi)
    page = hanoi.get("/ho-tro/thong-ke/")
    whole = page.response.context["whole"].line
    assert (whole.total, whole.in_time, whole.late, whole.rate) == (5, 1, 2, 33)
    assert whole.median > timedelta(hours=100), "between five hours and three hundred"
    lines = [page.response.context["whole"]]
    lines += [shown for _, _, part in page.response.context["parts"] for shown in part]
    assert len(lines) >= 1 + 3 + 2 + 1
    for shown in lines:
        for url, number in (
            (shown.all, shown.line.total),
            (shown.in_time, shown.line.in_time),
            (shown.late, shown.line.late),
        ):
            assert hanoi.get(url).response.context["count"] == number, url
    assert "BHXH thành phố Đà Nẵng" not in page.text
    center = person(world.ttcntt).get("/ho-tro/thong-ke/").response.context["whole"].line
    assert center.total == 7
    for who in (world.nghiepvu_badinh, world.nghiepvu_danang, world.vanphong):
        assert person(who).get("/ho-tro/thong-ke/").response.context["whole"].line.total == 0


def test_a_list_costs_the_same_however_long(world, client_of):
    client = client_of(world.nghiepvu_hanoi)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get("/ho-tro/")
        return len(seen)

    s.asked(world.nghiepvu_badinh)
    client.get("/ho-tro/")
    few = queries()
    for _ in range(6):
        s.asked(world.nghiepvu_badinh)
    assert queries() == few


def test_a_conversation_costs_the_same_however_long(world, client_of):
    client = client_of(world.nghiepvu_hanoi)
    made = s.asked(world.nghiepvu_badinh, files=[s.picture()])

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/ho-tro/{made.number}/").status_code == 200
        return len(seen)

    queries()
    few = queries()
    for _ in range(4):
        s.replied(made, world.nghiepvu_badinh)
    assert queries() == few


def test_ready_answers_are_written_chosen_and_removed(world, person):
    one = person(world.nghiepvu_hanoi)
    page = one.fill("/ho-tro/cau-mau/them/", title="In tem", text="Chọn khổ giấy.")
    assert "Đã thêm câu mẫu “In tem”" in page.text
    assert "Hãy đặt tên khác" in one.fill("/ho-tro/cau-mau/them/", title="In tem", text="Khác").errors("title")
    kept = CannedAnswer.objects.get()
    made = s.asked(world.nghiepvu_badinh)
    form = one.get(f"/ho-tro/{made.number}/tra-loi/")
    assert form.form()["text"] == ""
    form = one.get(f"/ho-tro/{made.number}/tra-loi/?mau={kept.public_id}")
    assert form.form()["text"] == "Chọn khổ giấy."
    url = f"/ho-tro/cau-mau/{kept.public_id}/"
    stale = one.get(url).form()
    one.fill(url, text="Chọn đúng khổ giấy.")
    page = one.post(url, stale | {"text": "Bản cũ"})
    assert page.status == 422
    assert "Chọn đúng khổ giấy." in page.summary
    one.post(f"{url}xoa/")
    assert not CannedAnswer.objects.exists()


ARTICLE = {"topic": "usage", "question": "Tem QR in lệch thì làm gì?", "answer": "Bấm In thử, đo độ lệch rồi dịch."}


@pytest.mark.dieu("14.1")
def test_answers_are_made_public_without_names(world, person, center):
    made = s.answered(s.asked(world.nghiepvu_danang, subject="Máy 48-000001 không in"), center, text="Gọi 0912345678.")
    one = person(center)
    url = one.get(f"/ho-tro/{made.number}/").link("Đưa vào trợ giúp")
    form = one.get(url).form()
    assert (form["question"], form["answer"]) == ("Máy 48-000001 không in", "Gọi 0912345678.")
    page = one.post(url, form)
    assert page.status == 422
    assert "48-000001" in page.errors("question")
    assert "0912345678" in page.errors("answer")
    told = f"Như {world.nghiepvu_danang.full_name} của BHXH Thành phố Đà Nẵng đã làm."
    page = one.post(url, form | {"question": "Máy in không in", "answer": told})
    assert "BHXH thành phố Đà Nẵng" in page.errors("answer")
    assert world.nghiepvu_danang.full_name in page.errors("answer")
    page = one.post(url, form | {"question": "Máy in không in", "answer": "Kiểm tra cáp, rồi in lại."})
    assert "Đã công bố" in page.text
    reader = person(world.tracuu_badinh)
    assert "Kiểm tra cáp" in reader.get("/ho-tro/tro-giup/?q=may in").text
    assert reader.get(url).status == 403
    article = HelpArticle.objects.get()
    one.post(f"/ho-tro/tro-giup/{article.pk}/cong-bo/")
    assert "Kiểm tra cáp" not in reader.get("/ho-tro/tro-giup/").text
    assert reader.get(f"/ho-tro/tro-giup/{article.pk}/").status == 404
    assert one.get(f"/ho-tro/tro-giup/{article.pk}/").status == 200


@pytest.mark.parametrize("who", ["nghiepvu_hanoi", "admin2_hanoi", "ttcntt", "vanphong"])
def test_only_it_center_speaks_for_all(world, person, who):
    one = person(getattr(world, who))
    assert one.get("/ho-tro/tro-giup/them/").status == 403
    assert one.post("/ho-tro/tro-giup/them/", {**ARTICLE, "version": 0}).status == 403
    assert "Thêm câu hỏi" not in one.get("/ho-tro/tro-giup/").text
    assert not HelpArticle.objects.exists()


def test_what_was_answered_is_shown_before_it_is_asked_again(world, person):
    public.publish(None, **ARTICLE, by=world.admin1)
    public.publish(None, topic="account", question="Quên mật khẩu?", answer="Báo quản trị cấp 2.", by=world.admin1)
    one = person(world.nghiepvu_badinh)
    hints = one.client.get("/ho-tro/tro-giup/goi-y/", {"subject": "in tem bị lệch"}).content.decode()
    assert "Tem QR in lệch" in hints
    assert "mật khẩu" not in hints
    nothing = one.client.get("/ho-tro/tro-giup/goi-y/", {"subject": "in"}).content.decode()
    assert nothing.split() == ["<div", 'class="talk-hints"', "hidden></div>"]
    page = one.post("/ho-tro/moi/", {"subject": "in tem bị lệch"})
    assert "Tem QR in lệch" in page.text, "without scripts it comes with the refused form"
    assert "Quên mật khẩu?" in one.get("/ho-tro/tro-giup/?topic=account").text
    assert "Không có câu hỏi nào phù hợp" in one.get("/ho-tro/tro-giup/?q=zzzz").text
    assert one.get("/ho-tro/tro-giup/?topic=la").status == 400


def test_a_request_can_be_had_on_paper(world, client_of):
    made = s.asked(world.nghiepvu_badinh)
    response = client_of(world.nghiepvu_badinh).get(f"/ho-tro/{made.number}/?in=pdf")
    assert response["Content-Type"] == "application/pdf"


def test_deadlines_of_support_lead_to_the_request(world):
    made = s.asked(world.nghiepvu_badinh)
    owed = Obligation.objects.get(subject_label=made.number)
    assert address_of(owed.subject_type_id, owed.subject_label, owed.subject_id) == f"/ho-tro/{made.number}/"
    assert timezone.localdate(made.answer_by) == owed.due_date


def test_the_global_search_finds_a_request_by_its_number(world, client_of):
    made = s.asked(world.nghiepvu_badinh)
    for who, found in ((world.nghiepvu_hanoi, True), (world.nghiepvu_danang, False)):
        page = client_of(who).get("/tim-kiem/", {"q": made.number.lower()})
        assert (page.headers.get("Location") == f"/ho-tro/{made.number}/") is found
