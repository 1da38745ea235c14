from collections.abc import Mapping

from django import forms

from accounts.models import User
from notices.queries import choices_of, topics_of
from notices.rules import MailChoice, Topic
from ui.forms import Group, KitForm

HELP = {
    Topic.DEADLINE: "Trước hạn một ngày làm việc, đúng ngày hạn và khi đã quá hạn",
    Topic.ESCALATION: "Khi đơn vị cấp dưới quá hạn từ 3 ngày làm việc",
    Topic.URGING: "Khi cấp trên đôn đốc, hoặc đơn vị cấp dưới phản hồi",
    Topic.SUPPORT: "Khi yêu cầu của bạn được trả lời, hoặc có yêu cầu cần bạn xử lý",
    Topic.WATCH: "Mỗi tuần một lần, vào ngày làm việc đầu tuần",
    Topic.REPORT: "Khi báo cáo năm được gửi, tiếp nhận, trả lại, mở khóa, hoặc không gửi đi được",
    Topic.ANALYSIS: "Khi tệp theo lịch bạn đặt đã có, hoặc số bạn theo dõi chạm ngưỡng",
}


class OptionsForm(KitForm):
    """A field for each topic that the person may hear of, named by it."""

    groups = (Group("Nhận thư về", tuple(Topic), help="Thông báo trên trang luôn có; đọc rồi thì không gửi thư nữa"),)
    halves = tuple(Topic)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        chosen = choices_of(user)
        for topic in topics_of(user):
            self.fields[topic] = forms.ChoiceField(
                label=topic.label,
                choices=MailChoice.choices,
                initial=chosen[topic],
                required=False,
                help_text=HELP[topic],
            )

    @staticmethod
    def wanted(cleaned: Mapping[str, str]) -> dict[Topic, MailChoice]:
        """What was chosen; of a topic that wasn't asked for or sent, what holds stays."""
        return {topic: MailChoice(cleaned[topic]) for topic in Topic if cleaned.get(topic)}
