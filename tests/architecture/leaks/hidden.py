"""Something of every kind, hidden from everybody who may not read it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from negotiations.imports.batches import Brought, check_file
from negotiations.models import (
    Claim,
    Delivery,
    Entry,
    Membership,
    ProposedFinding,
    StoredCopy,
    Tracked,
    User,
    WebhookDelivery,
)
from negotiations.rules.codes import (
    AlertChannel,
    ConditionStatus,
    DeliveryState,
    DraftKind,
    Marking,
    RedactionGround,
    Role,
    VerifiedBy,
    ViewPage,
)
from negotiations.services.act import Act
from negotiations.services.claim import make_claim
from negotiations.services.condition import change_condition_status
from negotiations.services.draft import park
from negotiations.services.export_job import want_export
from negotiations.services.finding import Finding
from negotiations.services.invitation import invite
from negotiations.services.marking import narrow_marking, set_embargo
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.organisation import register_organisation
from negotiations.services.redaction import redact_entry
from negotiations.services.saved_view import save_view
from negotiations.services.shared_brief import share_brief
from negotiations.services.stored_copy import store_copy
from negotiations.services.subscription import subscribe
from negotiations.services.token import create_token
from negotiations.services.webhook import add_webhook
from negotiations.services.webhook_delivery import replay

from .planted import LATER, cited, plant_statements, plant_structure
from .words import SEEN_BY
from .world import World


def plant(world: World, *, unseen_by: str = "") -> World:
    """Hide something of every kind, with words that name who may read it; only what somebody may not see, if named."""
    small, cast = world.small, world.small.cast
    mediator, other = (Act(actor=person, effective_at=LATER) for person in (cast.mediator, cast.other_mediator))
    strict = {"marking": Marking.AMBER_STRICT}
    planted: list[tuple[str, Act, dict[str, Any]]] = [
        ("kanariegreen", mediator, {"marking": Marking.GREEN}),
        ("kanarieamber", mediator, {"marking": Marking.AMBER}),
        ("kanarielakeside", other, {**strict, "organisation": cast.lakeside}),
        ("kanarieharbour", mediator, {**strict, "organisation": cast.harbour}),
        ("kanariered", other, {"marking": Marking.RED, "organisation": cast.lakeside}),
    ]
    for number, (word, act, marked) in enumerate(planted):
        if unseen_by in SEEN_BY[word]:
            continue
        if marked["marking"] in (Marking.GREEN, Marking.AMBER):
            world.hidden += plant_structure(small, word, act, 40 + number, **marked).values()
        world.hidden += plant_statements(small, word, act, **marked).values()
    if unseen_by not in SEEN_BY["kanarieamber"]:
        plant_embargoed(world)
        plant_proposed(world)
    if not unseen_by:
        plant_taken_away(world)
    plant_quiet(world)
    plant_desk(world)
    tracked = [item.public_id for item in world.hidden if isinstance(item, Tracked)]
    world.hidden += Entry.objects.filter(subject_id__in=tracked)
    return world


def plant_claim(world: World, word: str, **marked: Any) -> Claim:
    small = world.small
    act = cited(Act(actor=small.cast.mediator, effective_at=LATER), small.source, word)
    return make_claim(
        act=act, negotiation=small.negotiation, claimant=small.south, kind="fulfilled", said_at=LATER,
        conditions=[small.withdrawal], text=f"{word} text", text_ar=f"{word} نص", speaker=word, **marked,
    )  # fmt: skip


def leads(world: World) -> Act:
    return Act(actor=world.small.cast.lead, reason="As agreed.", no_source_reason="A decision of the desk.")


def plant_embargoed(world: World) -> None:
    """What will be wider one day."""
    claim, later = plant_claim(world, "kanarieembargo", marking=Marking.AMBER), timezone.now() + timedelta(days=900)
    set_embargo(claim, act=leads(world), version=None, release_at=later, release_marking=Marking.CLEAR)
    world.hidden.append(claim)


def plant_proposed(world: World) -> None:
    """A breach that waits for a second person, on a condition that everybody sees."""
    small = world.small
    act = cited(Act(actor=small.cast.mediator, effective_at=LATER), small.source, "kanarieproposed")
    finding = Finding(verified_by=VerifiedBy.THIRD_PARTY, verified_by_actor=small.monitors)
    change_condition_status(small.release, act=act, version=None, status=ConditionStatus.BREACHED, finding=finding)
    world.hidden.append(ProposedFinding.objects.get())


def plant_taken_away(world: World) -> None:
    """What everybody could read once: words that were destroyed, and a claim that is for members now."""
    gone = plant_claim(world, "kanarieredacted")
    told = Entry.objects.select_related("payload", "negotiation").get(subject_id=gone.public_id)
    redact_entry(told, act=leads(world), second=world.small.cast.mediator, ground=RedactionGround.SAFETY)
    narrowed = plant_claim(world, "kanarienarrowed")
    world.hidden.append(narrow_marking(narrowed, act=leads(world), version=None, marking=Marking.AMBER))


def plant_quiet(world: World) -> None:
    """A negotiation that is not published, with the word everywhere."""
    quiet = world.quiet
    act = Act(actor=quiet.cast.lead, effective_at=LATER)
    worded = {"title": "kanariequiet talks", "title_ar": "kanariequiet محادثات", "summary": "kanariequiet summary"}
    edit_negotiation(quiet.negotiation, act=cited(act, quiet.source, "kanariequiet"), version=None, **worded)
    quiet.negotiation.refresh_from_db()
    world.hidden += [quiet.negotiation, quiet.withdrawal, quiet.dispute, quiet.claim, quiet.source]
    world.hidden += plant_structure(quiet, "kanariequiet", act, 40).values()
    world.hidden += plant_statements(quiet, "kanariequiet", act, marking=Marking.CLEAR).values()


def plant_desk(world: World) -> None:
    """What lies on the desk of one mediator, and what only the lead looks after."""
    small, cast = world.small, world.small.cast
    owner, word = cast.other_mediator, "kanariedesk"
    content = {"post": {"title": [f"{word} typed"], "text": [f"{word} typed"]}, "path": "/n/two-shores/write/claim/"}
    world.hidden += [
        park(
            owner, kind=kind, content=content, title=f"{word} draft", now=timezone.now(), negotiation=small.negotiation
        )
        for kind in DraftKind
    ]
    row = f"publisher,title,marking\n{word} press,{word} page,CLEAR\n".encode()
    brought = Brought(user=owner, kind="sources", name=f"{word}.csv", data=row, negotiation=small.negotiation)
    world.hidden.append(check_file(brought, now=timezone.now()))
    for page in ViewPage:
        kept = save_view(user=owner, name=f"{word} {page}", page=page, query=f"q={word}", negotiation=small.negotiation)
        world.hidden.append(kept)
    token, world.secrets["token"] = create_token(owner, name=f"{word} token")
    world.hidden.append(token)
    lent, world.secrets["brief"] = share_brief(
        cast.lead, negotiation=small.negotiation, for_whom="kanarieoffer guest", level=Marking.GREEN,
        as_of=timezone.now(), now=timezone.now(),
    )  # fmt: skip
    world.hidden.append(lent)
    world.hidden.append(want_export(owner, negotiation=small.negotiation, format="csv", now=timezone.now()))
    plant_alert(world, owner)
    webhook, world.secrets["webhook"] = add_webhook(
        owner, now=timezone.now(), name=f"{word} webhook", url=f"https://{word}.example/", negotiation=small.negotiation
    )
    told = Entry.objects.filter(subject_id=small.withdrawal.public_id).earliest("seq")
    replay(webhook, [told], now=timezone.now())
    world.hidden += [webhook, WebhookDelivery.objects.get(webhook=webhook)]
    leads = Act(actor=cast.lead, reason="kanarieoffer reason", no_source_reason="A seat.")
    office = register_organisation(act=leads, name="kanarieoffer office")

    def link(secret: str) -> str:
        world.secrets["invitation"] = secret
        return f"http://testserver/invitation/{secret}/"

    offer = invite(
        act=leads, negotiation=small.negotiation, email="new@kanarieoffer.example", organisation=office,
        role=Role.ANALYST, link=link,
    )  # fmt: skip
    world.hidden.append(offer)
    world.hidden += Membership.objects.filter(negotiation=small.negotiation)
    for source in [item for item in world.hidden if item._meta.model_name == "source"]:
        world.hidden.append(copy_of(source))


def plant_alert(world: World, owner: User) -> None:
    """A wish to be told, and a message that told of everything its owner may see."""
    negotiation, now = world.small.negotiation, timezone.now()
    wish = subscribe(owner, now=now, negotiation=negotiation, channel=AlertChannel.INBOX, least_urgency="routine")
    message = Delivery.objects.create(
        subscription=wish, user=owner, channel=AlertChannel.INBOX, window=1, state=DeliveryState.SENT, due_at=now,
        ranges={str(negotiation.pk): [0, 10_000]},
    )  # fmt: skip
    world.hidden += [wish, message]


def copy_of(source: Any) -> StoredCopy:
    """A stored copy, taken by whoever added the source."""
    told = Entry.objects.filter(subject_id=source.public_id).earliest("seq")
    act = Act(actor=told.actor, reason="Taken today.", no_source_reason="A copy.")
    word = source.publisher.split()[0]
    file = SimpleUploadedFile("copy.txt", f"{word} bytes".encode())
    return store_copy(source, act=act, version=None, file=BytesIO(file.read()), name=f"{word}.txt")
