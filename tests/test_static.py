"""What every page is drawn with: complete, current, from this host alone, readable in both themes."""

import gzip
import re
import runpy
import subprocess
import sys
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
CSS = STATIC / "dist" / "app.css"
JS = STATIC / "dist" / "app.js"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Printed forms become PDF on the server: no browser sees their styles, no policy binds them.
NO_PAGES = {"print", "printing", "pdf", "mail"}  # on paper and in mail programs, where no policy of ours reaches
PAGES = [path for path in TEMPLATES if not NO_PAGES & set(path.relative_to(ROOT).parts)]
OWN = sorted([*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")])


def name(path):
    return str(path.relative_to(ROOT))


def hexes(theme):
    """The colours that qltb.css gives its own variables in one theme."""
    css = (STATIC / "css" / "qltb.css").read_text()
    block = re.search(rf'\[data-bs-theme="{theme}"\] \{{(.*?)\n\}}', css, re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block[1]))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_bundle_is_current():
    done = subprocess.run(
        [sys.executable, ROOT / "script" / "bundle", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_bundle_leaves_nothing_out():
    bundle = runpy.run_path(str(ROOT / "script" / "bundle"))
    first = "theme"  # before anything is drawn, by itself
    assert sorted([*bundle["OWN_STYLES"], *bundle["OWN_SCRIPTS"], first]) == sorted(path.stem for path in OWN)


def test_bundle_stays_small():
    assert len(gzip.compress(CSS.read_bytes())) < 60_000
    assert len(gzip.compress(JS.read_bytes())) < 50_000


@pytest.mark.parametrize("path", [*OWN, *PAGES, CSS], ids=name)
def test_nothing_comes_from_another_host(path):
    text = path.read_text()
    text = re.sub(r"url\(\"?data:[^)]*\)|xmlns='[^']*'", "", text)
    assert not re.findall(r"(?:https?:)?//[\w-]+\.[\w.-]+", text)


def test_stylesheet_asks_only_for_files_that_are_here():
    wanted = re.findall(r'url\("?(?!data:)([^")]+)"?\)', CSS.read_text())
    assert len(wanted) == 12
    assert [url for url in wanted if not (CSS.parent / url).resolve().is_file()] == []
    assert "@import" not in CSS.read_text()


def test_hashing_storage_accepts_every_file(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    names = (tmp_path / "staticfiles.json").read_text()
    assert '"dist/app.css": "dist/app.' in names
    hashed = next((tmp_path / "dist").glob("app.*.css")).read_text()
    assert re.search(r"be-vietnam-pro-vietnamese-400\.[0-9a-f]{12}\.woff2", hashed)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_page_obeys_the_content_security_policy(path):
    text = path.read_text()
    assert not re.search(r"<style|\sstyle\s*=|javascript:", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert [tag for tag in re.findall(r"<script[^>]*>[^<]*", text) if "src=" not in tag or not tag.endswith(">")] == []


@pytest.mark.parametrize("path", [*TEMPLATES, *OWN], ids=name)
def test_text_is_in_composed_unicode(path):
    text = path.read_text()
    assert unicodedata.is_normalized("NFC", text)


def test_scripts_write_no_styles_into_markup():
    for path in (STATIC / "js").glob("*.js"):
        assert not re.search(r"style=|setAttribute\(\"style\"|\beval\(|new Function", path.read_text()), path


def test_every_icon_is_on_the_sheet():
    sheet = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "tabler-icons" / "icons.svg").read_text()))
    used = {icon for path in TEMPLATES for icon in re.findall(r'{% icon "([^"]+)"', path.read_text())}
    for path in ROOT.glob("*/**/*.py"):
        if path.relative_to(ROOT).parts[0] in {"qltb", *settings.FIRST_PARTY_APPS}:
            used |= set(re.findall(r'\bicon="([^"]+)"', path.read_text()))
    assert used - sheet == set()


def test_pages_use_no_class_that_the_bundle_leaves_out():
    """Tabler's stylesheet is pruned (script/bundle); what a page uses must have stayed or be ours."""
    classes = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
    known = set(classes.findall(CSS.read_text()))
    tabler = set(classes.findall((VENDOR / "tabler" / "tabler.min.css").read_text()))
    used = {}
    for path in PAGES:
        plain = re.sub(r"{[%{#].*?[%}#]}", " ", path.read_text())
        for value in re.findall(r'\bclass="([^"]*)"', plain):
            used.update(dict.fromkeys(value.split(), name(path)))
    missing = {one: where for one, where in used.items() if one in tabler and one not in known}
    assert missing == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast(theme):
    """WCAG 2.2: text 4.5:1 (1.4.3), frames of fields, dots and the focus 3:1 (1.4.11)."""
    colours = hexes(theme)
    grounds = ("q-bg", "q-surface", "q-surface-2", "q-hover")
    text = [(one, ground) for one in ("q-text", "q-muted", "q-info") for ground in grounds]
    text += [(tone, f"{tone}-bg") for tone in ("q-ok", "q-warn", "q-bad", "q-info")]
    text += [(tone, ground) for tone in ("q-ok", "q-warn", "q-bad") for ground in ("q-surface", "q-bg", "q-hover")]
    text += [("q-text", f"q-{tone}-bg") for tone in ("ok", "warn", "bad", "info", "muted")]
    text += [("q-muted", "q-info-bg"), ("q-muted", "q-muted-bg")]
    text += [("q-bar-text", "q-bar"), ("q-bar-soft", "q-bar"), ("q-bar-soft", "q-bar-field")]
    weak = [(one, other) for one, other in text if contrast(colours[one], colours[other]) < 4.5]
    weak += [
        button
        for button in colours
        if "button" in button and "line" not in button and contrast("#ffffff", colours[button]) < 4.5
    ]
    shapes = [f"q-{tone}-dot" for tone in ("ok", "warn", "bad", "info", "muted")] + ["q-field-line", "q-focus"]
    weak += [(one, "q-surface") for one in shapes if contrast(colours[one], colours["q-surface"]) < 3]
    assert weak == []


def test_vendored_parts_have_their_versions_and_licences():
    script = (ROOT / "script" / "vendor").read_text()
    versions = dict(line.split() for line in (VENDOR / "VERSIONS").read_text().splitlines())
    assert versions == dict(re.findall(r'^    "([^"]+)": "(\d[\d.]+)",$', script, re.MULTILINE))
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]
    assert len(folders) == len(versions)
    assert [path for path in folders if not (path / "LICENSE").is_file()] == []
    assert not re.search(r"sourceMappingURL", CSS.read_text() + JS.read_text())


@pytest.mark.parametrize("page", ["400", "403_csrf", "429", "500"])
def test_page_of_an_error_needs_no_context(page):
    html = render_to_string(f"{page}.html")
    assert '<html lang="vi">' in html
    assert html.count("<h1>") == 1
    assert 'href="/"' in html


@pytest.mark.parametrize("page", ["403", "404"])
def test_page_of_an_error_inside_the_shell(page, rf):
    request = rf.get("/khong-co/")
    request.user = AnonymousUser()
    html = render_to_string(f"{page}.html", request=request)
    assert html.count("<h1>") == 1
    assert "Tài khoản:" not in html


def test_the_last_error_page_stands_alone():
    """500.html names files by hand, so that a broken list of hashed files can't break it too."""
    text = (ROOT / "templates" / "500.html").read_text()
    assert settings.STATIC_URL == "/static/"
    assert not re.search(r"{%|{{", text)
    paths = re.findall(r'(?:src|href)="/static/([^"]+)"', text)
    assert len(paths) == 3
    assert [path for path in paths if not (STATIC / path).is_file()] == []


@pytest.mark.urls("accounts.urls")
def test_refusals_of_the_account_library_are_said_in_vietnamese():
    class Login(forms.Form):
        login = forms.CharField()
        password = forms.CharField()

        def clean(self):
            raise get_adapter().validation_error(self.data["code"])

    for code, said in (
        ("too_many_login_attempts", "tạm thời không đăng nhập được"),
        ("username_password_mismatch", "Tên đăng nhập hoặc mật khẩu không đúng."),
        ("account_inactive", "đang bị khóa"),
    ):
        form = Login({"login": "a", "password": "b", "code": code})
        html = render_to_string("account/login.html", {"form": form, "request": SimpleNamespace(GET={})})
        assert said in html
        assert 'value="b"' not in html


@pytest.mark.urls("accounts.urls")
def test_login_page_says_that_the_session_expired():
    context = {"form": SimpleNamespace(is_bound=False), "request": SimpleNamespace(GET={"het_phien": "1"})}
    assert re.search(r"data-expired-note>", render_to_string("account/login.html", context))
    context["request"].GET = {}
    assert re.search(r"data-expired-note hidden>", render_to_string("account/login.html", context))
