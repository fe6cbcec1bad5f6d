"""Sends mail about accounts without letting anybody wait for the mail server, which would tell who has one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from negotiations.models import User

log = structlog.get_logger(__name__)
# Two at a time; what waits is sent before the process ends.
_post = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


def written(template: str, to: str, language: str, **context: object) -> EmailMessage:
    """The mail `<template>_subject.txt` and `<template>_message.txt` in a language."""
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        body = render_to_string(f"{template}_message.txt", context).strip() + "\n"
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to])


def deliver(message: EmailMessage) -> None:
    """Send it in the background; a mail server that refuses is told in the program's log, by the error's kind."""
    if settings.MAIL_IN_BACKGROUND:
        _post.submit(_send, message)
    else:
        _send(message)


def tell(user: User, template: str, **context: object) -> None:
    """Write to a person about their account, in their language; does nothing without an address."""
    if user.email:
        deliver(written(template, user.email, user.language, user=user, **context))


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (SMTPException, OSError) as unsent:
        log.warning("mail.unsent", error=type(unsent).__name__)
