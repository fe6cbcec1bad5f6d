"""What the demonstration does not hold and a page needs: drafts, tokens, an invitation, a proposal."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.mail import EmailMessage
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from negotiations.digests.addresses import unsubscribe_token
from negotiations.digests.mailbox import MailboxBackend
from negotiations.digests.mailbox_reading import mails_to
from negotiations.imports.batches import Brought, check_file
from negotiations.models import (
    Delivery,
    Entry,
    Membership,
    Negotiation,
    Organisation,
    Source,
    Stream,
    Suppression,
    User,
    WebhookAttempt,
)
from negotiations.pages.forms.entry import can_be_corrected
from negotiations.rules.codes import (
    AlertChannel,
    AttemptTrouble,
    DeliveryState,
    DraftKind,
    Rhythm,
    Role,
    SuppressionCause,
    Urgency,
)
from negotiations.services.act import Act, Cite
from negotiations.services.draft import park
from negotiations.services.invitation import invite
from negotiations.services.message import carry_message
from negotiations.services.note import write_note
from negotiations.services.proposal import table_proposal, table_version
from negotiations.services.saved_view import save_view
from negotiations.services.shared_brief import share_brief
from negotiations.services.subscription import subscribe
from negotiations.services.token import create_token
from negotiations.services.webhook import add_webhook
from negotiations.services.webhook_delivery import replay

SLUG = "gaza-2025"
PASSWORD, CODES_SECRET = "seven herons over water", "JBSWY3DPEHPK3PXP"


def furnish() -> dict[str, str]:
    """Add it all, at the desk of the lead; what the addresses of pages are called by."""
    negotiation, lead = Negotiation.objects.get(slug=SLUG), User.objects.get(username="lead")
    told(negotiation, lead)
    secured()
    _token, _secret = create_token(lead, name="Newsroom")
    view = save_view(user=lead, name="Held up", page="conditions", query="status=contested", negotiation=negotiation)
    key = WebAuthn.add(lead, "Desk key", credential()).instance
    corrected = next(entry for entry in entries(negotiation) if can_be_corrected(entry))
    return {
        "slug": SLUG,
        "entry": str(corrected.public_id),
        "view": str(view.public_id),
        "key": str(key.pk),
        "webhook": hooked(lead, negotiation),
        "secret": invited(negotiation, lead),
        "shared": shared(negotiation, lead),
        **alerted(negotiation, lead),
        "member": str(Membership.objects.filter(negotiation=negotiation, user__username="analyst").get().public_id),
        "new": parked(lead, negotiation),
        "import": brought(lead, negotiation),
        "condition": str(negotiation.conditions.get(ref="C1").public_id),
    }


def shared(negotiation: Negotiation, lead: User) -> str:
    """The secret of a brief that is lent to somebody."""
    now = timezone.now()
    _shared, secret = share_brief(
        lead, negotiation=negotiation, for_whom="Ana Holm, Institute", level="GREEN", as_of=now, now=now
    )
    return secret


def alerted(negotiation: Negotiation, lead: User) -> dict[str, str]:
    """What the lead is told of in the inbox, a message there, and one that could not be sent by mail."""
    now, head = timezone.now(), Stream.objects.get(negotiation=negotiation).head
    wish = subscribe(
        lead, now=now, negotiation=negotiation, channel=AlertChannel.INBOX, rhythm=Rhythm.WEEKDAYS,
        quiet_from=time(22), quiet_until=time(7), breaks_quiet=Urgency.URGENT,
    )  # fmt: skip
    other = subscribe(lead, now=now, negotiation=negotiation, channel=AlertChannel.INBOX)
    kept = {"subscription": wish, "user": lead, "due_at": now, "ranges": {str(negotiation.pk): [head - 40, head]}}
    message = Delivery.objects.create(**kept, channel=AlertChannel.INBOX, window=1, state=DeliveryState.SENT)
    Delivery.objects.create(**kept, channel=AlertChannel.INBOX, window=2, state=DeliveryState.SENT)
    Delivery.objects.create(
        **kept, channel=AlertChannel.EMAIL, window=3, state=DeliveryState.UNKNOWN, attempts=1,
        address="lead@example.org", message_id="<walk@example.org>",
    )  # fmt: skip
    Delivery.objects.create(
        **kept, channel=AlertChannel.EMAIL, window=4, state=DeliveryState.FAILED, attempts=8, trouble="refused 550",
        address="lead@example.org",
    )  # fmt: skip
    Suppression.objects.create(address="gone@example.org", cause=SuppressionCause.BOUNCED)
    User.objects.create_superuser("administrator")
    # Nobody ends their session while they choose what they are told of.
    User.objects.create_user("watcher", "watcher@example.org", display_name="Wanda Holt")
    words = {"subject": "Digest", "body": "Nothing changed.", "to": [lead.email], "from_email": "tracker@localhost"}
    MailboxBackend().send_messages([EmailMessage(**words)])
    return {
        "mail": mails_to(lead.email)[0].key,
        "alert": str(wish.public_id),
        "message": str(message.public_id),
        "unsubscribe": unsubscribe_token(other),
    }


def hooked(lead: User, negotiation: Negotiation) -> str:
    """A webhook that was told of an entry once, was refused, and waits; its key."""
    now = timezone.now()
    webhook, _secret = add_webhook(lead, now=now, name="Map", url="https://hooks.example.org/in")
    replay(webhook, Entry.objects.filter(negotiation=negotiation, verb="claim.made")[:1], now=now)
    WebhookAttempt.objects.create(
        delivery=webhook.deliveries.get(), began_at=now, took_ms=120, status=503, trouble=AttemptTrouble.STATUS
    )
    return str(webhook.public_id)


def secured() -> None:
    """A password for the analyst; a password and a second step by codes for a mediator."""
    for name in ("analyst", "mediator-south"):
        person = User.objects.get(username=name)
        person.set_password(PASSWORD)
        person.save()
    TOTP.activate(person, CODES_SECRET)
    RecoveryCodes.activate(person)


def entries(negotiation: Negotiation) -> list[Entry]:
    rows = Entry.objects.filter(negotiation=negotiation, subject_type="claim").select_related("payload", "negotiation")
    return list(rows.order_by("-seq")[:20])


def told(negotiation: Negotiation, lead: User) -> None:
    """A proposal in two versions, a message carried, and notes in both languages."""
    source, now = Source.objects.filter(negotiation=negotiation).order_by("pk")[0], timezone.now()
    act = Act(actor=lead, reason="For the walk.", cites=(Cite(source=source, credibility="2"),))
    dispute = negotiation.disputes.order_by("pk")[0]
    parties = [party.actor for party in negotiation.partys.order_by("pk")]
    mediator = negotiation.thirdpartys.order_by("pk")[0].actor
    about = {"act": act, "negotiation": negotiation, "dispute": dispute}
    proposal = table_proposal(
        **about, tabled_by=mediator, title="Bridging text", text="One side opens first.", tabled_at=now
    )
    table_version(proposal, act=act, text="Both sides open on the same day.", tabled_at=now + timedelta(minutes=1))
    carry_message(
        **about, carrier=mediator, sender=parties[0], recipient=parties[1], subject="A question", carried_at=now
    )
    write_note(act=act, subject=dispute, text="**Asked again** at noon.", author=lead)


def credential() -> dict[str, Any]:
    """A passkey as a browser hands it over; nobody holds its other half."""
    public = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    held = AttestedCredentialData.create(Aaguid.NONE, b"desk", public)
    data = AuthenticatorData.create(b"0" * 32, AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP, 0, held)
    client = CollectedClientData.create(type="webauthn.create", challenge=b"0", origin="https://tracker.example.org")
    answer = {
        "clientDataJSON": websafe_encode(client),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    return {"id": websafe_encode(b"desk"), "rawId": websafe_encode(b"desk"), "type": "public-key", "response": answer}


def parked(lead: User, negotiation: Negotiation) -> str:
    """A draft of a form and one of a negotiation begun; the key of the latter."""
    now = timezone.now()
    park(lead, kind=DraftKind.FORM, content={"address": f"/n/{SLUG}/write/claim/"}, title="A claim", now=now,
         negotiation=negotiation)  # fmt: skip
    draft = park(lead, kind=DraftKind.NEGOTIATION, content={}, title="Begun", now=now)
    return str(draft.public_id)


def brought(lead: User, negotiation: Negotiation) -> str:
    """A file that was checked: one row to write, and one that differs from what is saved."""
    rows = "ref,title,phase,category\nC1,Another wording,1,\n,Open the bridge,1,border_crossings_movement\n"
    seat = Membership.objects.get(user=lead, negotiation=negotiation)
    file = Brought(user=lead, kind="conditions", name="conditions.csv", data=rows.encode(), negotiation=negotiation,
                   organisation=seat.organisation)  # fmt: skip
    return str(check_file(file, now=timezone.now()).public_id)


def invited(negotiation: Negotiation, lead: User) -> str:
    """The secret of an invitation that still stands."""
    secrets: list[str] = []

    def link(secret: str) -> str:
        secrets.append(secret)
        return f"https://tracker.example.org/invitation/{secret}/"

    invite(
        act=Act(actor=lead, reason="Joins the desk."),
        negotiation=negotiation,
        email="new@example.org",
        organisation=Organisation.objects.order_by("pk")[0],
        role=Role.ANALYST,
        link=link,
    )
    return secrets[0]
