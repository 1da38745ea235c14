"""Requests for support of the units of the country, with the asker's marker in every text that the asker reads.

What a handling unit writes for itself bears its own marker: an internal note that reached the asker would be found.
"""

from typing import Any

from accounts.models import User
from accounts.rules import Kind
from support.actions import asking, public, ready, steps
from support.models import SupportRequest
from tests.world import make_user, pdf_file


def furnish(country: Any) -> None:
    """Every unit asks; the unit in the middle asks IT Center, and answers the districts below it."""
    world = country.world
    center = make_user("hotro.cntt", world.units["00.CNTT"], Kind.BUSINESS)
    clerks = {"01": "nghiepvu_hanoi", "48": "nghiepvu_danang", "01.001": "nghiepvu_badinh",
              "01.002": "nghiepvu_hoankiem", "00.PC": "vanphong"}  # fmt: skip
    hanoi = _user(world.nghiepvu_hanoi)
    own = country.middle.marker
    for code, holding in country.holdings.items():
        by, marker = _user(world.users[clerks[code]]), holding.marker
        handler = hanoi if code.startswith("01.") else center
        done = _asked(by, marker)
        steps.note(done, text=f"Ghi chú {own if handler is hanoi else 'Trung tâm'}", by=handler)
        done = steps.answer(done, text=f"Trả lời {marker}", by=handler, version=done.version, files=[_paper(marker)])
        opened = _asked(by, marker)
        opened = steps.ask_back(opened, text=f"Hỏi lại {marker}", by=handler, version=opened.version)
        over = _asked(by, marker)
        over = steps.close(over, text=f"Rút vì {marker}", by=by, version=over.version)
        holding.more |= {"support_done": done, "support_open": opened, "support_over": over}
        holding.told += [request.number for request in (done, opened, over)]
        holding.more["support_file"] = done.messages.earliest("pk").files.get()
        holding.told.append(str(holding.more["support_file"].public_id))
        kept = ready.write(None, title=f"Mẫu {marker}", text=f"Nội dung {marker}", by=by)
        holding.more["canned"] = kept
        holding.told.append(str(kept.public_id))
    # What the unit in the middle answers: a request of the unit below, which is asked back.
    country.middle.more["support_in"] = country.holdings["01.001"].more["support_open"]
    text = {"topic": "usage", "question": "In tem thế nào?", "answer": "Chọn khổ giấy rồi bấm In."}
    country.shared["article"] = public.publish(None, **text, by=country.user("admin1"))


def _asked(by: User, marker: str) -> SupportRequest:
    context = asking.Context(f"/thiet-bi/?q={marker}", f"Trang {marker}", f"Trình duyệt {marker}")
    return asking.ask(
        topic="usage",
        subject=f"Hỏi {marker}",
        text=f"Câu hỏi {marker}",
        files=[_paper(marker)],
        context=context,
        by=by,
    )


def _paper(marker: str) -> Any:
    return pdf_file(f"Tệp {marker}.pdf")


def _user(user: User) -> User:
    return User.objects.select_related("unit").get(pk=user.pk)
