"""In which states the steps of a yearly report are there to be done, and what is to be done in the others. Pure."""

from collections.abc import Mapping

from yearend.rules.flow import State

PRINTED = frozenset({State.ISSUED, State.SIGNED, State.RETURNED})
STEPS: Mapping[str, tuple[str, frozenset[State]]] = {
    "describe": ("sửa ghi chú, đánh giá", frozenset({State.DRAFT})),
    "lock": ("khóa số liệu", frozenset({State.DRAFT})),
    "consolidate": ("tổng hợp lại", frozenset({State.LOCKED, State.RETURNED})),
    "issue": ("ban hành", frozenset({State.LOCKED})),
    "withdraw": ("hủy bản in", PRINTED),
    "send": ("gửi", frozenset({State.SIGNED, State.RETURNED})),
    "unlock_ask": ("đề nghị mở khóa", frozenset(State) - {State.DRAFT}),
    "accept": ("tiếp nhận", frozenset({State.SENT})),
    "send_back": ("trả lại", frozenset({State.SENT})),
    "file_check": ("đối chiếu tệp", frozenset({State.SIGNED, State.SENT, State.ACCEPTED})),
}
"""By the name of its page: what it is called, and the states in which it may be taken."""
RECEIVING = frozenset({"accept", "send_back", "file_check"})
NEXT: Mapping[State, str] = {
    State.DRAFT: "Số liệu đang mở: hãy cập nhật, rà soát rồi khóa số liệu trước.",
    State.LOCKED: "Bước tiếp theo: ban hành, trình ký. Muốn sửa số liệu thì đề nghị mở khóa.",
    State.ISSUED: "Hãy ký đủ các chữ ký; cần lập lại thì hủy bản in trước.",
    State.SIGNED: "Bước tiếp theo: gửi cấp trên; cần lập lại thì hủy bản in trước.",
    State.SENT: "Báo cáo đang chờ cấp trên tiếp nhận; cần sửa thì đề nghị cấp trên trả lại.",
    State.RETURNED: "Hãy xử lý theo lý do trả lại rồi gửi lại; cần lập lại thì tổng hợp lại hoặc hủy bản in.",
    State.ACCEPTED: "Báo cáo đã hoàn thành; muốn sửa số liệu thì đề nghị mở khóa.",
}
"""For the unit whose report it is."""
AWAITED = "Đơn vị chưa gửi báo cáo: hãy chờ hoặc đôn đốc đơn vị."
RECEIVER_NEXT: Mapping[State, str] = {
    State.SIGNED: "Đơn vị đã ký mà chưa gửi; nếu nhận được tệp bằng cách khác thì dùng “Đối chiếu tệp nhận được”.",
    State.RETURNED: "Báo cáo đã được trả lại, hãy chờ đơn vị gửi lại.",
    State.ACCEPTED: "Báo cáo đã được tiếp nhận, không còn việc phải làm.",
}


def obstacle(step: str, *, number: str, state: State) -> str:
    """Why `step` can't be taken in this state, and what to do instead; empty where it can."""
    called, legal = STEPS[step]
    if state in legal:
        return ""
    todo = RECEIVER_NEXT.get(state, AWAITED) if step in RECEIVING else NEXT[state]
    return f"Báo cáo {number} đang ở trạng thái “{state.label}” nên không {called} được. {todo}"
