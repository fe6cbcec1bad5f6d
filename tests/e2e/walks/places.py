"""Every page of the product, by the name of its address, and why an address shows no page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from negotiations.pages.forms.steps import new_steps


@dataclass(frozen=True)
class Place:
    """A page: its address (filled from what the demonstration is furnished with), who opens it, what it answers."""

    address: str
    who: str = "lead"
    status: int = 200


N = "/n/{slug}"
READING = {
    "dashboard": "/",
    "overview": f"{N}/",
    "text": f"{N}/text/",
    "roadmap": f"{N}/roadmap/",
    "completeness": f"{N}/completeness/",
    "conditions": f"{N}/conditions/",
    "condition": f"{N}/conditions/C1/",
    "disputes": f"{N}/disputes/",
    "dispute": f"{N}/disputes/D1/",
    "positions": f"{N}/positions/",
    "messages": f"{N}/messages/",
    "meeting": f"{N}/meetings/M1/",
    "incidents": f"{N}/incidents/",
    "incident": f"{N}/incidents/I1/",
    "sources": f"{N}/sources/",
    "source": f"{N}/sources/S1/",
    "outlook": f"{N}/outlook/",
    "calendar": f"{N}/calendar/?month=2025-12",
    "changes": f"{N}/changes/?since=2025-12-01",
    "corrections": f"{N}/corrections/",
    "diff": f"{N}/diff/?from=2025-12-01&to=2025-12-08",
    "diff with the attempt before": f"{N}/diff/?with=previous",
    "record": f"{N}/record/",
    "brief": f"{N}/brief/?as_of=2025-12-08",
    "all-dates": "/calendar/?month=2025-12",
    "all-sources": "/sources/",
    "search": "/search/?q=crossing",
    "views": "/views/",
    "more": "/more/",
    "help-statuses": "/help/statuses/",
    "theme": "/theme/",
}
WRITING = {
    "write": f"{N}/write/",
    "write-entry": f"{N}/write/entry/{{entry}}/",
    "write-item": f"{N}/write/condition/of/C1/",
    "write-negotiation": f"{N}/write/negotiation/edit/",
    "write-correct": f"{N}/write/entry/{{entry}}/correct/",
    "write-change": f"{N}/write/condition/{{condition}}/edit/",
    "handover": f"{N}/handover/",
    "imports": f"{N}/import/",
    "import": "/import/{import}/",
    "import-negotiation": "/import/",
    "capture": f"{N}/capture/",
    "shared": "/capture/?url=https://example.org/report&title=A+report",
    "new-negotiation": "/new/",
    "new-negotiation-step": "/new/{new}/text/",
    "drafts": "/drafts/",
}
DESK = {
    "account_email": "/accounts/email/",
    "account_set_password": "/accounts/password/set/",
    "mfa_index": "/accounts/2fa/",
    "mfa_list_webauthn": "/accounts/2fa/keys/",
    "mfa_add_webauthn": "/accounts/2fa/keys/add/",
    "mfa_reauthenticate_webauthn": "/accounts/2fa/keys/reauthenticate/",
    "mfa_remove_webauthn": "/accounts/2fa/keys/{key}/remove/",
    "mfa_edit_webauthn": "/accounts/2fa/keys/{key}/edit/",
    "usersessions_list": "/accounts/sessions/",
    "me": "/me/",
    "tokens": "/me/tokens/",
    "webhooks": "/me/webhooks/",
    "webhook": "/me/webhooks/{webhook}/",
    "alerts": "/me/alerts/",
    "new-alert": "/me/alerts/new/",
    "change-alert": "/me/alerts/{alert}/",
    "preview-alert": "/me/alerts/{alert}/preview/",
    "deliveries": "/me/alerts/deliveries/",
    "inbox": "/inbox/",
    "inbox-message": "/inbox/{message}/",
    "mailbox": "/mailbox/",
    "mail": "/mailbox/{mail}/",
    "people": f"{N}/people/",
    "member": f"{N}/people/{{member}}/",
    "access-log": f"{N}/access/",
    "share-brief": f"{N}/brief/share/",
    "exports": "/me/exports/",
    "calendar-key": "/me/calendar/",
}
# Pages of whoever has a password, and of whoever has a second step by codes.
PASSWORD = {
    "account_reauthenticate": "/accounts/reauthenticate/",
    "account_change_password": "/accounts/password/change/",
    "mfa_activate_totp": "/accounts/2fa/totp/activate/",
}
CODES = {
    "mfa_reauthenticate": "/accounts/2fa/reauthenticate/",
    "mfa_deactivate_totp": "/accounts/2fa/totp/deactivate/",
    "mfa_view_recovery_codes": "/accounts/2fa/recovery-codes/",
    "mfa_generate_recovery_codes": "/accounts/2fa/recovery-codes/generate/",
}
STRANGERS = {
    "login": "/accounts/login/",
    "account_signup": "/accounts/signup/",
    "account_inactive": "/accounts/inactive/",
    "account_email_verification_sent": "/accounts/confirm-email/",
    "account_confirm_email": "/accounts/confirm-email/no-key/",
    "account_reset_password": "/accounts/password/reset/",
    "account_reset_password_done": "/accounts/password/reset/done/",
    "account_reset_password_from_key": "/accounts/password/reset/key/a-b/",
    "account_reset_password_from_key_done": "/accounts/password/reset/key/done/",
    "invitation": "/invitation/{secret}/",
    "shared-brief": "/b/{shared}/",
    "unsubscribe": "/unsubscribe/{unsubscribe}/",
    "dashboard of strangers": "/",
    "dashboard of the past": "/?as_of=2025-12-08",
    "calendar of the past": "/calendar/?as_of=2025-12-08&month=2025-12",
    "sources of the past": "/sources/?as_of=2025-12-08&known_at=2025-12-20",
}
ADMINISTRATORS = {
    "operations": "/operations/alerts/",
}
PLACES: dict[str, Place] = {
    **{name: Place(address) for name, address in {**READING, **WRITING, **DESK}.items()},
    **{name: Place(address, who="analyst") for name, address in PASSWORD.items()},
    **{name: Place(address, who="mediator-south") for name, address in CODES.items()},
    **{name: Place(address, who="") for name, address in STRANGERS.items()},
    **{name: Place(address, who="administrator") for name, address in ADMINISTRATORS.items()},
    **{f"new {step.noun}": Place(f"{N}/write/{step.noun}/") for step in new_steps()},
    "nothing there": Place("/n/nothing-here/", who="", status=404),
    "not allowed": Place(f"{N}/people/", who="reader", status=403),
}

# What people look at all day: in every look.
MOST_USED = {
    "dashboard", "overview", "roadmap", "conditions", "condition", "disputes", "dispute", "positions", "incidents",
    "changes", "capture",
}  # fmt: skip
# Another name of a page above; or only takes what is sent; or leads elsewhere; or is no page.
ALIASES = {"account_login", "account_logout", "write-new"}
TAKES = {
    "update", "undo", "confirm", "preview", "still-true", "seen", "seen-all", "keep-view", "rename-view",
    "delete-view", "add-copy", "discard-draft", "demo-sign-in", "invite", "withdraw-invitation", "revoke-token",
    "logout", "rotate-webhook", "pause-webhook", "resume-webhook", "end-webhook", "test-webhook", "replay-webhook",
    "resend-webhook", "watch", "pause-alert", "resume-alert", "end-alert", "read-all", "read-message",
    "apply-import", "undo-import", "revoke-shared-brief", "send-again", "give-up", "let-be", "lift-suppression",
    "revoke-calendar-key",
}  # fmt: skip
LEADS = {"view", "draft", "new-negotiation-draft", "mfa_authenticate"}
# A letter is shown as mail programs have it, under a policy of its own.
NO_PAGE = {
    "since",
    "copy",
    "mfa_login_webauthn",
    "embed",
    "alert-letter",
    "mail-letter",
    "import-template",
    "brief-file",
    "shared-brief-file",
    "record-file",
    "record-feed",
    "calendar-file",
    "all-dates-file",
    "secret-calendar",
    "secret-calendar-of-one",
    "verify-export",
    "fetch-export",
}


def without_a_place(names: Iterable[str]) -> list[str]:
    """Those of the names that no walk knows."""
    return sorted(set(names) - {*PLACES, *ALIASES, *TAKES, *LEADS, *NO_PAGE})


def named() -> Iterator[str]:
    """The names of all addresses of pages: those that are there in each language."""
    for found in get_resolver().url_patterns:
        if isinstance(found, URLResolver) and isinstance(found.pattern, LocalePrefixPattern):
            yield from names_under(found)


def names_under(resolver: URLResolver) -> Iterator[str]:
    for found in resolver.url_patterns:
        if isinstance(found, URLPattern):
            yield str(found.name)
        else:
            yield from names_under(found)
