"""What the events of this app are called on the screen."""

from dossiers.titles import Title

TITLES: dict[str, Title | str] = {
    "signing.opened": "Trình ký văn bản",
    "signing.signed": Title("Ký số", "ok"),
    "signing.completed": Title("Văn bản đã đủ chữ ký", "ok"),
    "signing.withdrawn": Title("Thu hồi văn bản trình ký", "bad"),
}
