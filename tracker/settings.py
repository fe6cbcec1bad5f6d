"""Settings: secure unless the environment says otherwise; the launcher and compose say it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.utils.translation import gettext_lazy as _
from environs import Env

from tracker.description import DESCRIPTION
from tracker.headers import CONTENT_POLICY
from tracker.logs import logging_config
from tracker.queues import AT_FILE_S, AT_WORK_S
from tracker.schedule import LIMITS, ROUTES, SCHEDULE

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))

# Served on this machine's loopback over plain http by the launcher; anything else is a deployment.
LOCAL = env.bool("TRACKER_LOCAL", False)
# One-click sign-in and the demonstration's notice; only the launcher sets it, for data it loaded itself.
DEMO = env.bool("DEMO", False)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if LOCAL else [])

# Where links in mail lead; without one, https on the first name the site is reached by.
_NAMED = [host for host in ALLOWED_HOSTS if not host.startswith((".", "*"))]
SITE_URL = (
    env.str("SITE_URL", "") or ("http://127.0.0.1:8000" if LOCAL else f"https://{_NAMED[0]}" if _NAMED else "")
).rstrip("/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "pgtrigger",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "negotiations",
    "tracker",
]
MIDDLEWARE = [
    "tracker.logs.RequestLogMiddleware",
    "tracker.refused.TakeInMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tracker.headers.PermissionsPolicyMiddleware",
    "tracker.refused.PlainHttpMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "negotiations.pages.session_limits.SessionLimitsMiddleware",
    "negotiations.pages.second_factor.SecondFactorMiddleware",
    "negotiations.pages.preferences.PreferencesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tracker.outage.OutageMiddleware",
]
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database: the application's connection. Commands that need the owner's get it from manage.py.
# True in commands that manage.py runs as the owner.
DATABASE_AS_OWNER = env.bool("DATABASE_AS_OWNER", False)
DATABASE_APP_ROLE = env.str("DATABASE_APP_ROLE", "tracker_app")
DATABASES = {
    "default": {
        **env.dj_db_url("DATABASE_URL", "postgres:///tracker", conn_max_age=60, conn_health_checks=True),
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _redis_database(url: str, number: int) -> str:
    """The same server with another database number, for TCP and for socket addresses."""
    parts = urlsplit(url)
    if parts.scheme in ("unix", "redis+socket"):
        return f"unix://{parts.netloc}{parts.path}?db={number}"
    return urlunsplit(parts._replace(path=f"/{number}"))


# Redis: the broker and the cache in databases of their own, so that neither pushes out the other.
REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379")
REDIS_DATABASE = env.int("REDIS_DATABASE", 0)
REDIS_BROKER_URL = _redis_database(REDIS_URL, REDIS_DATABASE)
REDIS_CACHE_URL = _redis_database(REDIS_URL, REDIS_DATABASE + 1)
HEARTBEAT_KEY = "tracker:heartbeat"
# The framework's own cache holds nothing that has to last or be shared, so nobody waits for a Redis that is away.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# People
AUTH_USER_MODEL = "negotiations.User"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Accounts are made by invitation; who has one is told to nobody.
ACCOUNT_ADAPTER = "negotiations.pages.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if LOCAL else "https"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Counted in PostgreSQL by services.attempts instead, which lets nothing through when it cannot count.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "negotiations.pages.accounts.forms.SignInForm",
    "reset_password": "negotiations.pages.accounts.forms.ResetForm",
    "reset_password_from_key": "negotiations.pages.accounts.forms.NewPasswordForm",
    "change_password": "negotiations.pages.accounts.forms.ChangePasswordForm",
    "set_password": "negotiations.pages.accounts.forms.SetPasswordForm",
    "add_email": "negotiations.pages.accounts.forms.AddressForm",
    "reauthenticate": "negotiations.pages.accounts.forms.ProofForm",
}
MFA_ADAPTER = "negotiations.pages.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "negotiations.pages.accounts.forms.CodeForm",
    "reauthenticate": "negotiations.pages.accounts.forms.CodeProofForm",
    "activate_totp": "negotiations.pages.accounts.forms.ActivateCodesForm",
    "add_webauthn": "negotiations.pages.accounts.forms.AddKeyForm",
    "edit_webauthn": "negotiations.pages.accounts.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# An invitation has proved the address already; an account made by an administrator may have none.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Browsers take http://localhost for safe; anywhere else a key answers to https alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
# Seats that nobody uses without a second factor: MFA_REQUIRED_ROLES=lead,mediator.
MFA_REQUIRED_ROLES: frozenset[str] = frozenset(env.list("MFA_REQUIRED_ROLES", []))
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files
STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.is_dir()]
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Compressing takes half a minute and saves nothing on a loopback.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "media"
# Which entries were redacted, for a backup that is restored later: outside the database, and in no backup.
REDACTION_LEDGER = DATA_DIR / "redactions"

# Security
CONTENT_SECURITY_POLICY = CONTENT_POLICY
IS_HTTPS = env.bool("HTTPS", not LOCAL)
SECURE_SSL_REDIRECT = IS_HTTPS
# Programs are refused over plain http instead (PlainHttpMiddleware).
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^api/"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only behind a proxy that always sets the header itself; otherwise a client could claim https.
TRUST_PROXY = env.bool("TRUST_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(TRUST_PROXY)
# Whether a domain joins the browsers' preload list is its owner's decision, not a mistake.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_FAILURE_VIEW = "negotiations.pages.posting.form_refused"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# A session ends so long after its last use, and so long after it began.
SESSION_IDLE_S = env.int("SESSION_IDLE_HOURS", 12) * 3600
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 14 * 24) * 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = [
    "negotiations.pages.uploading.CappedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Interface for programs
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["negotiations.api.parsing.StrictJson"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "negotiations.api.parsing.AlwaysJson",
    "DEFAULT_AUTHENTICATION_CLASSES": ["negotiations.api.auth.BearerToken", "negotiations.api.auth.BrowserSession"],
    # Rights are asked of negotiations.access, object by object: what is hidden is 404 before anything else.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "negotiations.api.errors.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# How many requests in how many seconds: by address, by token, by signed-in person.
API_RATES = {
    "anonymous": (env.int("API_RATE_ANONYMOUS", 600), 60),
    "token": (env.int("API_RATE_TOKEN", 3000), 60),
    "session": (env.int("API_RATE_SESSION", 1200), 60),
}
# How readers may pass on what is marked TLP:CLEAR (SPDX identifier).
DATA_LICENSE = env.str("DATA_LICENSE", "CC-BY-4.0")
SPECTACULAR_SETTINGS = DESCRIPTION


# Jobs: the rows in PostgreSQL are the queue, the broker only rings the bell.
CELERY_BROKER_URL = REDIS_BROKER_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2 * AT_FILE_S,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
}
CELERY_TASK_IGNORE_RESULT = True
# Each queue has workers of its own (tracker/queues.py), so that a slow one holds up no other; long
# work that somebody waits for, an export for instance, goes to the default one.
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = ROUTES
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# Redis gives a message to somebody else after its visibility timeout: no task may still run then.
CELERY_TASK_TIME_LIMIT = AT_WORK_S
CELERY_TASK_SOFT_TIME_LIMIT = AT_WORK_S - 60
CELERY_TASK_ANNOTATIONS = LIMITS
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
# Looked at after each task: what grew beyond this (kilobytes) is replaced by a fresh process.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
# In memory: beat only rings, and a file of when it last rang can be torn by a second beat, or by a kill.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = SCHEDULE

# Mail
EMAIL = env.dj_email_url("EMAIL_URL", "console:")
# A provider's own interface instead of SMTP: EMAIL_PROVIDER=postmark, and its keys as JSON in ANYMAIL, where
# WEBHOOK_SECRET=user:password guards the address to which it tells what came back.
EMAIL_PROVIDER = env.str("EMAIL_PROVIDER", "")
ANYMAIL: dict[str, Any] = dict(env.json("ANYMAIL", {}) if env.str("ANYMAIL", "") else {})
if EMAIL_PROVIDER:
    INSTALLED_APPS.append("anymail")
    EMAIL_BACKEND = f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"
elif DEMO and LOCAL and not env.str("EMAIL_URL", ""):
    # Mail of a demonstration goes nowhere: it is read at /mailbox/.
    EMAIL_BACKEND = "negotiations.digests.mailbox.MailboxBackend"
else:
    EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
# An answer that waited for the mail server would tell whether somebody has an account.
MAIL_IN_BACKGROUND = True
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "tracker@localhost")
# Where digests that cannot be delivered come back to instead of their sender, piped into `manage.py bounce`.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", "")
# Where somebody reads requests to unsubscribe that mail programs send by mail; empty where nobody does.
UNSUBSCRIBE_ADDRESS = env.str("UNSUBSCRIBE_ADDRESS", "")

# Webhooks go to public addresses alone; networks of the operator's own that they may reach besides.
# The demonstration's receivers are programs on the same machine.
WEBHOOK_ALLOWED_NETWORKS: list[str] = env.list("WEBHOOK_ALLOWED_NETWORKS", ["127.0.0.0/8"] if DEMO else [])

# How long the log of a webhook keeps single attempts, tests and copies; what was taken and what failed stays.
WEBHOOK_LOG_DAYS = env.int("WEBHOOK_LOG_DAYS", 30)

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_config(level=env.str("LOG_LEVEL", "INFO"), is_readable=env.bool("LOG_READABLE", False))
