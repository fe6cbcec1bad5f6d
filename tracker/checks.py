"""System checks: every dangerous setting has an id and a hint, and stops the start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
# This machine and its neighbours on the wire, where clouds tell machines their secrets.
INSIDE = tuple(map(ip_network, ("127.0.0.0/8", "169.254.0.0/16", "::1/128", "fe80::/10")))
SECRET_MIN_LENGTH = 50
WEAK_HASHERS = ("MD5", "SHA1", "Unsalted")
LOOSE_SOURCES = ("'unsafe-inline'", "'unsafe-eval'", "data:", "blob:", "*", "https:", "http:")


def _error(number: int, message: str, hint: str) -> Error:
    return Error(message, hint=hint, id=f"tracker.E{number:03}")


@register(Tags.security)
def check_debug(**_: Any) -> list[CheckMessage]:
    if settings.DEBUG and not settings.LOCAL:
        return [_error(1, "DEBUG is on outside this machine.", "Unset DEBUG: its error pages show marked content.")]
    return []


def _is_weak(key: str) -> bool:
    return len(key) < SECRET_MIN_LENGTH or len(set(key)) < 5 or "insecure" in key


@register(Tags.security)
def check_secret(**_: Any) -> list[CheckMessage]:
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:
        secret = ""
    if any(_is_weak(key) for key in (secret, *settings.SECRET_KEY_FALLBACKS)):
        hint = "Set SECRET_KEY to 50 random characters or more; script/server and script/manage make one themselves."
        return [_error(2, "SECRET_KEY, or one of SECRET_KEY_FALLBACKS, is missing or can be guessed.", hint)]
    return []


@register(Tags.security)
def check_hosts(**_: Any) -> list[CheckMessage]:
    hosts = settings.ALLOWED_HOSTS
    if any("*" in host or host == "." for host in hosts):
        return [_error(3, "ALLOWED_HOSTS has a wildcard.", "Name every host: links in mail are made from it.")]
    if not hosts:
        return [_error(3, "ALLOWED_HOSTS is empty.", "Set ALLOWED_HOSTS to the names this site is reached by.")]
    return []


@register(Tags.security)
def check_cookies(**_: Any) -> list[CheckMessage]:
    secure = (settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE)
    if settings.IS_HTTPS and not all(secure):
        return [_error(4, "A cookie may travel without https.", "Leave the *_COOKIE_SECURE settings to HTTPS.")]
    return []


@register(Tags.security)
def check_demonstration(**_: Any) -> list[CheckMessage]:
    """One-click sign-in is for the launcher's own database on this machine, whatever else is set."""
    if not settings.DEMO:
        return []
    embedded = str(settings.DATABASES["default"].get("HOST", "")).startswith("/")
    at_home = settings.LOCAL and embedded and set(settings.ALLOWED_HOSTS) <= LOOPBACK
    if at_home and settings.SECURE_PROXY_SSL_HEADER is None and not getattr(settings, "USE_X_FORWARDED_HOST", False):
        return []
    hint = "Unset DEMO: only script/server sets it, with its own database on 127.0.0.1 and no proxy in front."
    return [_error(5, "Demonstration sign-in is open to others than this machine.", hint)]


@register(Tags.database)
def check_role(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The application's role must not be able to go around the record's triggers."""
    if settings.DATABASE_AS_OWNER:
        return []
    return [message for alias in databases or [] for message in _role_messages(alias)]


def _role_messages(alias: str) -> Iterable[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        may_all = any(cursor.fetchone())
        cursor.execute("""
            SELECT coalesce(bool_or(has_table_privilege(c.oid, 'TRUNCATE')), false),
                   coalesce(bool_or(pg_has_role(c.relowner, 'USAGE')), false)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
        """)
        may_truncate, is_owner = cursor.fetchone()
        cursor.execute("SELECT has_database_privilege(current_database(), 'TEMPORARY')")
        (may_make_temporary,) = cursor.fetchone()
    hint = (
        "Set DATABASE_URL to a role of its own, DATABASE_OWNER_URL to the owner, and run migrate: it grants the rights."
    )
    if may_all:
        yield _error(6, "The application connects as a superuser or a role that makes roles.", hint)
    elif is_owner:
        yield _error(7, "The application connects as the owner of tables and can disable their triggers.", hint)
    elif may_truncate or may_make_temporary:
        yield _error(8, "The application's role may TRUNCATE tables or make temporary ones.", hint)


@register(Tags.security)
def check_redis(**_: Any) -> list[CheckMessage]:
    parts = urlsplit(settings.REDIS_URL)
    is_near = parts.scheme in ("unix", "redis+socket") or (parts.hostname or "") in LOOPBACK
    if not is_near and not parts.password:
        hint = "Give it a password (redis://:password@host) and let nobody but the tracker reach it."
        return [_error(9, "Redis is another machine's and asks for no password.", hint)]
    return []


@register(Tags.security)
def check_https(**_: Any) -> list[CheckMessage]:
    if not settings.LOCAL and not (settings.IS_HTTPS and settings.SECURE_SSL_REDIRECT and settings.SECURE_HSTS_SECONDS):
        return [_error(10, "The site is served without https.", "Unset HTTPS=false; end https at the proxy in front.")]
    return []


@register(Tags.security)
def check_content_policy(**_: Any) -> list[CheckMessage]:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    loose = sorted(name for name, sources in directives.items() if set(sources) & set(LOOSE_SOURCES))
    if loose or directives.get("default-src") != ["'none'"]:
        named = ", ".join(loose) or "default-src"
        return [_error(11, f"The content security policy is loose: {named}.", "Move the script or style into a file.")]
    return []


@register(Tags.security)
def check_hashers(**_: Any) -> list[CheckMessage]:
    weak = [hasher for hasher in settings.PASSWORD_HASHERS if any(word in hasher for word in WEAK_HASHERS)]
    if weak:
        return [_error(12, f"Passwords may be kept under a weak hash: {weak[0]}.", "Use scrypt, Argon2 or PBKDF2.")]
    return []


@register(Tags.security)
def check_mail(**_: Any) -> list[CheckMessage]:
    is_far = "smtp" in settings.EMAIL_BACKEND and settings.EMAIL_HOST not in LOOPBACK
    if is_far and settings.EMAIL_HOST_PASSWORD and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        return [_error(13, "The mail password travels in the clear.", "Use smtp+tls:// or smtps:// in EMAIL_URL.")]
    return []


@register(Tags.security)
def check_site(**_: Any) -> list[CheckMessage]:
    """Links in mail are made from it, and mail is written where no request says how the site is reached."""
    parts = urlsplit(settings.SITE_URL)
    is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.path or parts.query)
    hint = "Set SITE_URL to the address people reach the site by, such as https://tracker.example.org."
    if not is_whole:
        return [_error(14, "SITE_URL is missing or no address of a site.", hint)]
    if parts.scheme == "http" and not settings.LOCAL:
        return [_error(14, "SITE_URL leads readers of mail to plain http.", hint)]
    return []


@register(Tags.security)
def check_redelivery(**_: Any) -> list[CheckMessage]:
    """What is still being done must not be handed to somebody else as lost."""
    limits = [
        settings.CELERY_TASK_TIME_LIMIT,
        *(told["time_limit"] for told in settings.CELERY_TASK_ANNOTATIONS.values()),
    ]
    if settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] < 2 * max(limits):
        hint = "Let the visibility timeout of the broker be at least twice the longest time limit of a task."
        return [_error(15, "Redis gives a task to a second worker while the first may still be at it.", hint)]
    return []


@register(Tags.security)
def check_provider(**_: Any) -> list[CheckMessage]:
    """Whoever may tell that mail came back may stop a person's digests."""
    if settings.EMAIL_PROVIDER and not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        hint = "Add WEBHOOK_SECRET to ANYMAIL and give the provider the same user:password for /anymail/…/tracking/."
        return [_error(16, "Anybody could tell that mail to an address came back.", hint)]
    return []


@register(Tags.security)
def check_webhook_networks(**_: Any) -> list[CheckMessage]:
    """Anybody with an account names addresses that the workers connect to."""
    hint = "Name in WEBHOOK_ALLOWED_NETWORKS only networks, as in 10.20.0.0/16, whose receivers are meant."
    try:
        named = [ip_network(text.strip()) for text in settings.WEBHOOK_ALLOWED_NETWORKS if text.strip()]
    except ValueError:
        return [_error(17, "WEBHOOK_ALLOWED_NETWORKS names what is no network.", hint)]
    if not settings.LOCAL and any(one.version == two.version and one.overlaps(two) for one in named for two in INSIDE):
        return [_error(17, "Webhooks may reach this machine itself, or what its cloud tells it alone.", hint)]
    return []
