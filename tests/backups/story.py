"""What happens in the installation that is backed up: run as `python -m tests.backups.story ACT`."""

from __future__ import annotations

import io
import sys
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image  # noqa: E402

from negotiations.models import (  # noqa: E402
    CalendarKey,
    Claim,
    Delivery,
    Entry,
    Membership,
    StoredCopy,
    Subscription,
    Token,
    User,
)
from negotiations.rules.codes import DeliveryState  # noqa: E402
from negotiations.services.account import note_standing  # noqa: E402
from negotiations.services.act import Act  # noqa: E402
from negotiations.services.calendar_key import make_key, revoke_key  # noqa: E402
from negotiations.services.claim import edit_claim  # noqa: E402
from negotiations.services.membership import change_membership, end_membership  # noqa: E402
from negotiations.services.redaction import redact_entry  # noqa: E402
from negotiations.services.stored_copy import path_of, store_copy  # noqa: E402
from negotiations.services.subscription import subscribe  # noqa: E402
from negotiations.services.token import create_token, revoke_token  # noqa: E402
from tests.factories import talks  # noqa: E402

CANARY = "Mr Canary of Yellow Street"


def begin() -> None:
    """Talks with a copy of a source, a claim that names somebody, and a digest on its way."""
    made = talks()
    image = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(image, "PNG")
    image.seek(0)
    store_copy(made.source, act=made.act(), version=None, file=image, name="posts.png")
    now = timezone.now()
    wish = subscribe(
        made.cast.mediator, now=now, negotiation=made.negotiation, least_urgency="routine", channel="email"
    )
    create_token(made.cast.analyst, name="a script")
    make_key(made.cast.analyst, now=now)
    Subscription.objects.filter(pk=wish.pk).update(next_due_at=now - timedelta(hours=1))
    Delivery.objects.create(
        subscription=wish, user=wish.user, channel=wish.channel, window=1, due_at=now, next_try_at=now,
        state=DeliveryState.WAITING, ranges={str(made.negotiation.pk): [0, 3]},
    )  # fmt: skip
    made.set_status(made.withdrawal, "in_progress")
    claim = Claim.objects.get()
    edit_claim(claim, act=made.act(), version=None, text=f"Seen by {CANARY}.")


def revoke() -> None:
    """The analyst's token, calendar address and seat are taken back."""
    analyst, lead = (User.objects.get(username=name) for name in ("analyst", "lead"))
    revoke_token(Token.objects.get(user=analyst))
    revoke_key(analyst)
    seat = Membership.objects.get(user=analyst)
    end_membership(seat, act=Act(actor=lead, reason="Left the desk.", no_source_reason="Staff."), version=None)


def narrow() -> None:
    """The mediator sees less and reads only, and the reader's account is closed."""
    mediator, reader, lead = (User.objects.get(username=name) for name in ("mediator", "reader", "lead"))
    act = Act(actor=lead, reason="Moved to another desk.", no_source_reason="Staff.")
    seat = Membership.objects.get(user=mediator)
    change_membership(seat, act=act, version=None, role="reader", clearance="GREEN")
    reader.is_active = False
    reader.save(update_fields=["is_active"])
    note_standing(reader)


def redact() -> None:
    """The claim's words go, agreed by two."""
    entry = Entry.objects.filter(subject_type="claim", payload__changes__has_key="text").latest("seq")
    lead, second = User.objects.get(username="lead"), User.objects.get(username="mediator")
    redact_entry(entry, act=Act(actor=lead, reason="A person is named."), second=second, ground="safety")


def look() -> None:
    """Prints what a test asks about this installation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        print("role", cursor.fetchone()[0])
    print("entries", Entry.objects.count())
    print("canary", Claim.objects.filter(text__contains=CANARY).count())
    print("said", Entry.objects.filter(payload__changes__text__1__contains=CANARY).count())
    print("redacted", Entry.objects.filter(verb="entry.redacted").count())
    print("open", Delivery.objects.exclude(state=DeliveryState.WITHHELD).count())
    print("overdue", Subscription.objects.filter(next_due_at__lte=timezone.now()).count())
    living = Token.objects.filter(revoked_at__isnull=True), CalendarKey.objects.all()
    print("keys", sum(rows.count() for rows in living))
    print("seated", Membership.objects.filter(user__username="analyst", ended_at__isnull=True).count())
    seat = Membership.objects.get(user__username="mediator")
    print("mediator", f"{seat.role}/{seat.clearance}")
    print("closed", User.objects.filter(username="reader", is_active=False).count())
    print("copies", sum(path_of(digest).is_file() for digest in StoredCopy.objects.values_list("sha256", flat=True)))


ACTS = {
    "begin": begin,
    "redact": redact,
    "revoke": revoke,
    "narrow": narrow,
    "look": look,
    "check": lambda: call_command("check", database=["default"]),
}
if __name__ == "__main__":
    ACTS[sys.argv[1]]()
