"""Each dangerous setting is refused by a check with an id and a hint; the safe ones are not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.checks import CheckMessage
from pytest_django.fixtures import Settings

from tracker import checks

SAFE: dict[str, Any] = {
    "SITE_URL": "https://tracker.example.org",
    "EMAIL_PROVIDER": "",
    "LOCAL": False,
    "DEBUG": False,
    "DEMO": False,
    "SECRET_KEY": "k8Jq2vN5xR7mB4wZ9cT1yL6hF3gD0sPaQeUiOoXnVbMlKjHgFd",
    "ALLOWED_HOSTS": ["tracker.example.org"],
    "IS_HTTPS": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "LANGUAGE_COOKIE_SECURE": True,
    "REDIS_URL": "redis://:secret@redis:6379",
    "WEBHOOK_ALLOWED_NETWORKS": ["10.20.0.0/16"],
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher"],
}
POLICY = {"default-src": ["'none'"], "script-src": ["'self'"]}
DANGERS: list[tuple[str, Callable[..., list[CheckMessage]], dict[str, Any]]] = [
    ("tracker.E001", checks.check_debug, {"DEBUG": True}),
    ("tracker.E002", checks.check_secret, {"SECRET_KEY": "short"}),
    ("tracker.E002", checks.check_secret, {"SECRET_KEY": "django-insecure-" + "abcdefgh" * 8}),
    ("tracker.E002", checks.check_secret, {"SECRET_KEY": ""}),
    ("tracker.E002", checks.check_secret, {"SECRET_KEY_FALLBACKS": [""]}),
    ("tracker.E003", checks.check_hosts, {"ALLOWED_HOSTS": ["*"]}),
    ("tracker.E003", checks.check_hosts, {"ALLOWED_HOSTS": []}),
    ("tracker.E004", checks.check_cookies, {"SESSION_COOKIE_SECURE": False}),
    ("tracker.E004", checks.check_cookies, {"CSRF_COOKIE_SECURE": False}),
    ("tracker.E005", checks.check_demonstration, {"DEMO": True}),
    ("tracker.E005", checks.check_demonstration, {"DEMO": True, "LOCAL": True}),
    ("tracker.E015", checks.check_redelivery, {"CELERY_TASK_TIME_LIMIT": 900}),
    (
        "tracker.E015",
        checks.check_redelivery,
        {"CELERY_TASK_ANNOTATIONS": {"negotiations.tasks.long": {"time_limit": 900}}},
    ),
    ("tracker.E009", checks.check_redis, {"REDIS_URL": "redis://redis:6379"}),
    ("tracker.E016", checks.check_provider, {"EMAIL_PROVIDER": "postmark", "ANYMAIL": {}}),
    ("tracker.E014", checks.check_site, {"SITE_URL": ""}),
    ("tracker.E014", checks.check_site, {"SITE_URL": "http://tracker.example.org"}),
    ("tracker.E014", checks.check_site, {"SITE_URL": "https://tracker.example.org/app"}),
    ("tracker.E017", checks.check_webhook_networks, {"WEBHOOK_ALLOWED_NETWORKS": ["everything"]}),
    ("tracker.E017", checks.check_webhook_networks, {"WEBHOOK_ALLOWED_NETWORKS": ["0.0.0.0/0"]}),
    ("tracker.E017", checks.check_webhook_networks, {"WEBHOOK_ALLOWED_NETWORKS": ["127.0.0.1/32"]}),
    ("tracker.E010", checks.check_https, {"IS_HTTPS": False}),
    ("tracker.E010", checks.check_https, {"SECURE_HSTS_SECONDS": 0}),
    (
        "tracker.E011",
        checks.check_content_policy,
        {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {**POLICY, "style-src": ["'self'", "'unsafe-inline'"]}}},
    ),
    (
        "tracker.E011",
        checks.check_content_policy,
        {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {**POLICY, "default-src": ["'self'"]}}},
    ),
    (
        "tracker.E012",
        checks.check_hashers,
        {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]},
    ),
    (
        "tracker.E013",
        checks.check_mail,
        {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "mail.example.org",
            "EMAIL_HOST_PASSWORD": "secret",
            "EMAIL_USE_TLS": False,
        },
    ),
]


def apply(settings: Settings, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(settings, name, value)


@pytest.mark.parametrize(("number", "check", "danger"), DANGERS)
def test_it_refuses(
    settings: Settings, number: str, check: Callable[..., list[CheckMessage]], danger: dict[str, Any]
) -> None:
    apply(settings, {**SAFE, **danger})
    (message,) = check()
    assert message.id == number
    assert message.hint


@pytest.mark.parametrize("check", sorted({check for _, check, _ in DANGERS}, key=lambda check: check.__name__))
def test_it_is_silent_about_safe_settings(settings: Settings, check: Callable[..., list[CheckMessage]]) -> None:
    apply(settings, SAFE)
    assert check() == []


def test_the_launchers_demonstration_is_allowed(settings: Settings) -> None:
    apply(settings, {"DEMO": True, "LOCAL": True, "ALLOWED_HOSTS": ["localhost", "127.0.0.1"]})
    assert checks.check_demonstration() == []


def test_a_demonstration_behind_a_proxy_is_not(settings: Settings) -> None:
    apply(settings, {"DEMO": True, "LOCAL": True, "ALLOWED_HOSTS": ["localhost"]})
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert [message.id for message in checks.check_demonstration()] == ["tracker.E005"]


@pytest.mark.django_db
def test_the_applications_role_passes() -> None:
    assert checks.check_role(databases=["default"]) == []


@pytest.mark.django_db
def test_the_owner_as_the_application_is_refused(as_owner: Callable[[], AbstractContextManager[None]]) -> None:
    with as_owner():
        assert [message.id for message in checks.check_role(databases=["default"])] == ["tracker.E007"]


@pytest.mark.django_db
def test_the_owner_may_run_owners_commands(
    settings: Settings, as_owner: Callable[[], AbstractContextManager[None]]
) -> None:
    settings.DATABASE_AS_OWNER = True
    with as_owner():
        assert checks.check_role(databases=["default"]) == []
