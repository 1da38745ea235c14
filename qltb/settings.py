"""Settings from the environment: NAME, or NAME_FILE for a secret in a file. docs/operations.md has the table."""

import re
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from qltb import schedule, tables
from qltb.outside import *

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

VAR = Path(env.str("QLTB_VAR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
HTTPS = env.bool("HTTPS", default=False)
SECRET_KEY = env.str("SECRET_KEY")
PRODUCTION = env.bool("PRODUCTION", default=False)
DEFAULT_SECRETS = frozenset({"", "x", "changeme", "secret"})
if PRODUCTION and (DEMO or DEBUG or SECRET_KEY in DEFAULT_SECRETS or not HTTPS):
    message = "PRODUCTION refuses to start with DEMO, with DEBUG, without HTTPS or with a default SECRET_KEY."
    raise ImproperlyConfigured(message)

VERSION = "0.1.0"
APP_NAME = "Quản lý thiết bị CNTT"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")  # what QR labels lead to; empty: the address asked
SITE_URL = PUBLIC_URL or f"http://localhost:{env.int('PORT', default=8000)}"  # of links where nobody asked: in mails
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

ROOT_URLCONF = "qltb.urls"
WSGI_APPLICATION = "qltb.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
NAVIGATION = "qltb.navigation.SECTIONS"
# Answered without looking at the session: health checks, files that calendar programs ask for by a secret, what the
# document system tells with its token, what a signing tool on a person's computer fetches and brings back by one.
OPEN_PATHS = re.compile(
    r"/healthz|/readyz|/lich-han/[^/]+\.ics|/gui-nhan/trang-thai/|/ky-so/ngoai/(?:tep/[^/]+\.pdf|nhan/)"
)
PASSIVE_PATHS = frozenset({"/thong-bao/dem/"})  # asked for by pages that lie open: that keeps no session alive

FIRST_PARTY_APPS = [
    "core",
    "ui",
    "orgs",
    "accounts",
    "jobs",
    "notices",
    "deadlines",
    "dossiers",
    "personnel",
    "equipment",
    "repairs",
    "transfers",
    "disposals",
    "support",
    "signing",
    "dispatch",
    "reports",
    "analysis",
    "yearend",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_linear_migrations",
    "allauth",
    "allauth.account",
    "guardian",
    "simple_history",
    "treebeard",
    "django_filters",
    "django_htmx",
    "csp",
    *FIRST_PARTY_APPS,
]
# What `load_demo` adds of the apps above `equipment`: functions that give how many dossiers they made.
DEMO_PARTS = [
    "qltb.demo.make_dossiers",
    "equipment.demo.people.make_people",
    "support.demo.make_requests",
    "deadlines.demo.make_urgings",
    "qltb.demo_notices.make_notices",
    "yearend.demo.make_reports",
]

MIDDLEWARE = [
    "core.middleware.RequestSizeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # so high that answers of the others below have it too
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.NullByteMiddleware",
    "accounts.middleware.SessionLimitMiddleware",
    "orgs.middleware.WallMiddleware",
    "core.middleware.OnePageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["ui.templatetags.ui", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ui.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The database. Every connection takes the role that row-level security binds (core.scope), so that code outside
# any scope sees nothing; management commands, which their operator runs, set DATABASE_ROLE to nothing.
DATABASE_ROLE = env.str("DATABASE_ROLE", default="qltb_app")
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://127.0.0.1:5432/qltb")}
DATABASES["default"] |= {
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": True,  # the pool hands out no connection that a restart of the database has closed
    "DISABLE_SERVER_SIDE_CURSORS": env.bool("PGBOUNCER", default=False),
    "OPTIONS": {
        **DATABASES["default"].get("OPTIONS", {}),  # what the address says: sslmode and the like
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8), "timeout": 10},
        "options": "-c statement_timeout=60000 -c jit=off" + (f" -c role={DATABASE_ROLE}" if DATABASE_ROLE else ""),
    },
}
if env.bool("PGBOUNCER", default=False):
    del DATABASES["default"]["OPTIONS"]["options"]  # ALTER ROLE … SET does it there, see docs/operations.md

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2, "visibility_timeout": 3600}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
# What takes long has a worker of its own, so that events and sweeps never wait behind it.
CELERY_TASK_ROUTES = {"jobs.tasks.run_job": {"queue": "jobs"}}
CELERY_BEAT_SCHEDULE = schedule.beats(pull_people=env.int("HR_FEED_MINUTES", default=60) * 60)

# Accounts. Figures: domain facts on the sector's security rules; each can be set by the owner of the system.
AUTHENTICATION_BACKENDS = [
    "accounts.backends.AccountBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "full_name", "email")}),
        ("MinimumLengthValidator", {"min_length": env.int("PASSWORD_LENGTH", default=14)}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_CHANGE_EMAIL = False
LOGIN_TRIES = env.int("LOGIN_TRIES", default=5)
LOGIN_LOCK_MINUTES = env.int("LOGIN_LOCK_MINUTES", default=12 * 60)
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": f"60/m/ip,{LOGIN_TRIES}/{LOGIN_LOCK_MINUTES * 60}s/key",
    "change_password": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=0)
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=15)
SESSION_IDLE_MINUTES_ADMIN = env.int("SESSION_IDLE_MINUTES_ADMIN", default=5)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = env.str("SESSION_COOKIE_NAME", default="qltb_session")
CSRF_COOKIE_NAME = env.str("CSRF_COOKIE_NAME", default="qltb_csrf")
CSRF_COOKIE_SAMESITE = "Lax"

# Transport and browser.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Uploads (art. 7: PDF). A file over the limit is refused by its form, a request far over it before it is read.
DOCUMENTS_ROOT = Path(env.str("DOCUMENTS_ROOT", default=str(VAR / "documents")))
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_MB", default=20) * 1024 * 1024
CLAMAV_SOCKET = env.str("CLAMAV_SOCKET", default="")  # a path or host:port; empty: no scanner
REQUEST_MAX_BYTES = 3 * DOCUMENT_MAX_BYTES + 16 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# What is watched without being owed: how long a repair may be open, an account without a login, before it is told of.
WATCH_REPAIR_DAYS = env.int("WATCH_REPAIR_DAYS", default=30)
UNUSED_ACCOUNT_DAYS = env.int("UNUSED_ACCOUNT_DAYS", default=90)

# Support requests: how long an asker may take one up again that was answered or closed.
SUPPORT_REOPEN_DAYS = env.int("SUPPORT_REOPEN_DAYS", default=14)
SUPPORT_FILE_MAX_BYTES = env.int("SUPPORT_FILE_MAX_MB", default=5) * 1024 * 1024
SUPPORT_REQUESTS_PER_HOUR = env.int("SUPPORT_REQUESTS_PER_HOUR", default=10)  # of one account

# Long work. A list longer than EXPORT_ROWS is written as a job; jobs and their files go after JOB_DAYS.
EXPORT_ROWS = env.int("EXPORT_ROWS", default=20_000)
# A set report about more devices than that is made as a job, too; one with norms also about more units.
REPORT_DEVICES = env.int("REPORT_DEVICES", default=60_000)
REPORT_UNITS = env.int("REPORT_UNITS", default=60)
LONG_EXPORT = "jobs.exports.ask_export"
JOB_DAYS = env.int("JOB_DAYS", default=7)

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(DOCUMENTS_ROOT)}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False

SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "qltb.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        **{name: {"level": "WARNING"} for name in ("pikepdf", "weasyprint", "fontTools")},
        # Below that they say whose certificate they looked at.
        **{name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
        "django.server": {"handlers": ["console"], "propagate": False},
    },
}

OPEN_TABLES = tables.OPEN_TABLES
