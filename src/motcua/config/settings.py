"""Settings, read from the environment. They import without a database and hold no secret of their own."""

import os
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

VAR = Path(os.environ.get("MOTCUA_VAR", "var")).resolve()


def _key(name: str) -> str:
    """A key of this installation from var/keys, made by the launcher; without one, a key for this process."""
    path = VAR / "keys" / name
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    return os.urandom(32).hex()


INSTALLATION = os.environ.get("MOTCUA_INSTALLATION", "trial")
PUBLIC_URL = os.environ.get("MOTCUA_PUBLIC_URL", "http://localhost:8000").rstrip("/")
SECRET_KEY = os.environ.get("MOTCUA_SECRET_KEY") or _key("secret_key")
INSTALLATION_KEY = os.environ.get("MOTCUA_INSTALLATION_KEY") or _key("installation_key")

DEBUG = False
ALLOWED_HOSTS = [h for h in os.environ.get("MOTCUA_ALLOWED_HOSTS", "localhost,127.0.0.1").split(",") if h]
# How many proxies of ours stand in front: whose X-Forwarded-For is believed when sign-ins are counted by address.
PROXIES = int(os.environ.get("MOTCUA_PROXIES", "0"))
# Where citizens sign in, by OpenID Connect; without an issuer nothing is handed in online.
IDENTITY = {
    "issuer": os.environ.get("MOTCUA_IDENTITY_ISSUER", ""),
    "client": os.environ.get("MOTCUA_IDENTITY_CLIENT", ""),
    "secret": os.environ.get("MOTCUA_IDENTITY_SECRET", ""),
}
# The level of identification a person's account must have (VNeID: 2), and the acr to ask for (none: not asked).
IDENTITY_LEVEL = int(os.environ.get("MOTCUA_IDENTITY_LEVEL", "2"))
IDENTITY_ACR = os.environ.get("MOTCUA_IDENTITY_ACR", "")
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "motcua.config.apps.MotcuaConfig",
    "motcua.ledger",
    "motcua.access_log",
    "motcua.accounts",
    "motcua.parties",
    "motcua.calendars",
    "motcua.agencies",
    "motcua.files",
    "motcua.eforms",
    "motcua.catalogue",
    "motcua.payments",
    "motcua.pads",
    "motcua.notifications",
    "motcua.dossiers",
    "motcua.processes",
    "motcua.certification",
    "motcua.postings",
    "motcua.reception",
    "motcua.workday",
    "motcua.submissions",
    "motcua.web.common",
    "motcua.web.account",
    "motcua.web.setup",
    "motcua.web.catalogue",
    "motcua.web.pads",
    "motcua.web.portal",
    "motcua.web.citizen",
    "motcua.web.counter",
    "motcua.web.cashier",
    "motcua.web.certification",
    "motcua.web.desk",
    "motcua.web.oversight",
    "django_htmx",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# Through which HTTP proxy calls to other systems go, and to which hosts (and all below them) they go without it.
PROXY = os.environ.get("MOTCUA_PROXY", "")
NO_PROXY = tuple(
    host.strip(" .").lower() for host in os.environ.get("MOTCUA_NO_PROXY", "").split(",") if host.strip(" .")
)

# How messages leave the house; without a server or a gateway that channel is not offered (docs/operations.md).
SMTP_HOST = os.environ.get("MOTCUA_SMTP_HOST", "")
SMTP_PORT = int(os.environ.get("MOTCUA_SMTP_PORT", "587"))
SMTP_TLS = os.environ.get("MOTCUA_SMTP_TLS", "starttls")  # starttls, implicit or none
SMTP_USER = os.environ.get("MOTCUA_SMTP_USER", "")
SMTP_PASSWORD = os.environ.get("MOTCUA_SMTP_PASSWORD", "")
MAIL_FROM = os.environ.get("MOTCUA_MAIL_FROM", "motcua@localhost")
# The national payment platform; all three, or it is not offered.
PAY = {
    "url": os.environ.get("MOTCUA_PAY_URL", "").rstrip("/"),
    "partner": os.environ.get("MOTCUA_PAY_PARTNER", ""),
    "secret": os.environ.get("MOTCUA_PAY_SECRET", ""),
}
SMS_URL = os.environ.get("MOTCUA_SMS_URL", "").rstrip("/")
SMS_TOKEN = os.environ.get("MOTCUA_SMS_TOKEN", "")
SMS_SENDER = os.environ.get("MOTCUA_SMS_SENDER", "MOTCUA")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "motcua.web.common.middleware.Refusals",
    "django.middleware.common.CommonMiddleware",
    "motcua.web.common.middleware.who_is_asking",
    "motcua.web.common.middleware.language",
    "django.middleware.csrf.CsrfViewMiddleware",
    "motcua.web.common.middleware.ClosedByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "motcua.web.common.jinja.environment",
            "auto_reload": False,
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "motcua.web.common.context.page",
            ],
        },
    },
]

_ROLE = os.environ.get("MOTCUA_DB_ROLE", "app")
_DSN = os.environ.get("MOTCUA_OWNER_DSN" if _ROLE == "owner" else "MOTCUA_APP_DSN", "")
_POOL = int(os.environ.get("MOTCUA_DB_POOL", "0"))


def _database(dsn: str) -> dict[str, Any]:
    parts = conninfo_to_dict(dsn) if dsn else {}
    options: dict[str, object] = {
        key: value
        for key, value in parts.items()
        if key not in ("dbname", "user", "password", "host", "port")
    }
    # The server reads a statement once for a connection, but plans it for the values asked: a plan for any name
    # walks an archive of a million dossiers for a rare one.
    limits = "-c plan_cache_mode=force_custom_plan"
    options |= {"server_side_binding": True, "prepare_threshold": 3}
    if _POOL:
        # As many connections as the web server has threads; nobody waits long for one.
        options["pool"] = {"min_size": 1, "max_size": _POOL, "timeout": 3}
        # A page never waits longer than people do, nor holds a thread that others wait for.
        limits += " -c lock_timeout=3s -c statement_timeout=20s"
    options["options"] = f"{options.get('options', '')} {limits}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "motcua"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 0,
        # A connection that died with the database's restart is not handed to a request.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASES = {"default": _database(_DSN)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "motcua.web.common.storage.HashedFiles"},
    # Sealed files, named by what they hold (motcua.files).
    "files": {"BACKEND": "motcua.files.folder.Folder"},
}
MEDIA_ROOT = VAR / "files"
FILE_UPLOAD_HANDLERS = ["motcua.files.uploads.SealedUploads"]
LARGEST_FILE = int(os.environ.get("MOTCUA_LARGEST_FILE_MB", "20")) * 1024 * 1024
LARGEST_SENDING = 10 * LARGEST_FILE
# Pages to which somebody who is not signed in may send files: a telephone let in by a desk.
FILES_FROM_STRANGERS = frozenset({"/phone"})

# The population register on the province's bus; without an address nobody is looked up (docs/operations.md).
# The scanner for malicious code (ClamAV's daemon): host:port, or unix: and the path of its socket.
SCANNER = os.environ.get("MOTCUA_SCANNER", "")
POPULATION_URL = os.environ.get("MOTCUA_POPULATION_URL", "")
POPULATION_INTEGRATION = os.environ.get("MOTCUA_POPULATION_INTEGRATION", "")
POPULATION_SERVICE = os.environ.get("MOTCUA_POPULATION_SERVICE", "")
POPULATION_ACCOUNT = os.environ.get("MOTCUA_POPULATION_ACCOUNT", "")

_SECURE = PUBLIC_URL.startswith("https://")
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "motcua.web.common.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE = "__Host-motcua" if _SECURE else "motcua"
SESSION_COOKIE_SECURE = _SECURE
CITIZEN_COOKIE = "__Secure-motcua-citizen" if _SECURE else "motcua_citizen"
CAME_COOKIE = "__Secure-motcua-came" if _SECURE else "motcua_came"
ASKING_COOKIE = "__Host-motcua-asking" if _SECURE else "motcua_asking"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# The longest list of papers known has 94, each a row of some fifteen fields (web.catalogue).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

_LINE = {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"class": "motcua.config.logs.LineFormatter", **_LINE}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Refusals are answers, not faults: their pages need no line, and lines hold no personal data.
    "loggers": {"django.request": {"level": "ERROR", "handlers": ["console"], "propagate": False}},
}
