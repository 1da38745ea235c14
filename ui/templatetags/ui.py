"""Template tags of the kit."""

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ui import cells, formats, icons

register = template.Library()

register.filter("money", formats.money)
register.filter("number", formats.number)
register.filter("vndate", formats.vndate)
register.filter("vndatetime", formats.vndatetime)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign of the icon sheet: `{% icon "search" %}`."""
    return icons.icon(name)


@register.simple_tag
def status(label: str, tone: str = "muted") -> SafeString:
    """A dot and a word: `{% status item.get_status_display "ok" %}`."""
    return cells.status_html(label, tone)


@register.filter
def filesize(size: int) -> str:
    """Bytes as people read them, with a decimal comma: "1,5 MB"."""
    value = float(size)
    for unit in ("byte", "kB"):
        if value < 1000:  # noqa: PLR2004 - files are told in powers of ten
            return f"{value:.0f} {unit}"
        value /= 1000
    return f"{value:.1f} MB".replace(".", ",")


@register.simple_block_tag
def panel(content: str, title: str = "", tone: str = "") -> SafeString:
    """A box with a heading: `{% panel "Tài liệu" %}…{% endpanel %}`."""
    return render_to_string("ui/panel.html", {"content": content, "title": title, "tone": tone})


@register.simple_tag
def field(bound: BoundField, half: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a template's argument
    """One form field with its label, help and errors."""
    widget = bound.field.widget
    options = isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect)
    if options:
        widget.attrs["class"] = control_class(bound)  # the form's own copy of the widget
    context = {
        "field": bound,
        "control": "" if options else bound.as_widget(attrs={"class": control_class(bound)}),
        "options": options,
        "checkbox": isinstance(widget, forms.CheckboxInput),
        "width": width(bound, half=half),
        "error_id": f"{bound.auto_id}_error",
        "help_id": f"{bound.auto_id}_helptext",
    }
    return render_to_string("ui/field.html", context)


def width(bound: BoundField, *, half: bool = False) -> str:
    """Class of a field that shares its line, as the form declares."""
    if half or bound.name in getattr(bound.form, "halves", ()):
        return "field--half"
    return "field--third" if bound.name in getattr(bound.form, "thirds", ()) else ""


def control_class(bound: BoundField) -> str:
    """The classes that make a control look as its kind does."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect):
        base = "form-check-input"
    elif isinstance(widget, forms.Select):
        base = "form-select"
    else:
        base = "form-control"
    own = str(widget.attrs.get("class", "")).split()
    return " ".join(dict.fromkeys([base, *own, *(["is-invalid"] if bound.errors else [])]))
