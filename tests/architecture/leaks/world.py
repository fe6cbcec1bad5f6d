"""Negotiations that are asked about, and everybody who asks."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from django.test import Client

from negotiations.access.viewer import viewer_for
from negotiations.models import (
    Delivery,
    Draft,
    ExportJob,
    ImportBatch,
    Invitation,
    Membership,
    SavedView,
    SharedBrief,
    Subscription,
    Token,
    User,
    Webhook,
    WebhookDelivery,
)
from negotiations.rules.codes import (
    Marking,
    Role,
    TokenScope,
)
from negotiations.rules.marking import ANYBODY, Viewer
from negotiations.services.act import Act
from negotiations.services.token import create_token
from tests.cast import assemble, person
from tests.factories import Talks, talks

from .planted import LATER, plant_statements, plant_structure
from .words import MEMBERS

# Everybody who asks, by what they are to the negotiation `two-shores`.
PEOPLE = (
    "nobody", "outsider", "elsewhere", "administrator", "reader", "token", "analyst", "mediator", "other_mediator",
    "lead",
)  # fmt: skip


@dataclass(frozen=True)
class LookedAfter:
    """A row whose fate, not whose content, administrators look after, whoever owns it."""

    row: Any

    @property
    def pk(self) -> Any:
        return self.row.pk


@dataclass
class World:
    """`small` is the negotiation that is asked about; `quiet` nobody here may know of; `far` is the neighbour's."""

    small: Talks
    quiet: Talks
    far: Talks
    people: dict[str, User | None]
    hidden: list[Any] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)
    known: dict[Any, Any] = field(default_factory=dict)

    def viewer(self, who: str) -> Viewer:
        found = self.people[who]
        if who not in self.known:
            self.known[who] = viewer_for(found) if found is not None else ANYBODY
        viewer: Viewer = self.known[who]
        return viewer

    def copied(self) -> World:
        """The same rows in objects of their own; what is known of them is shared."""
        return replace(deepcopy(replace(self, known={})), known=self.known)

    def client(self, who: str) -> Client:
        if who == "token":
            secret = self.secrets["reader's token"]
            return Client(raise_request_exception=False, headers={"authorization": f"Bearer {secret}"})
        client = Client(raise_request_exception=False)
        if (found := self.people[who]) is not None:
            client.force_login(found)
        return client

    def sees(self, who: str, item: Any) -> bool:
        """Whether somebody may see what was planted: by its marking, or because it is their own."""
        key = (who, type(item), item.pk)
        if key not in self.known:
            self.known[key] = self._sees(who, item)
        return bool(self.known[key])

    def _sees(self, who: str, item: Any) -> bool:
        match item:
            case (
                Draft() | ExportJob() | ImportBatch() | SavedView() | Token() | Subscription() | Delivery() | Webhook()
            ):
                return item.user == self.people[who]
            case LookedAfter():
                return who == "administrator"
            case WebhookDelivery():
                return item.webhook.user == self.people[who]
            case SharedBrief():
                seat = self.viewer(who).seat_in(item.negotiation_id)
                return seat is not None and (seat.role == Role.LEAD or item.user == self.people[who])
            case Membership() | Invitation():
                seat = self.viewer(who).seat_in(item.negotiation_id)
                return seat is not None and (seat.role == Role.LEAD or isinstance(item, Membership))
            case _:
                return type(item).objects.visible_to(self.viewer(who)).filter(pk=item.pk).exists()

    def of_kind(self, kind: type[Any]) -> list[Any]:
        return [item for item in self.hidden if type(item) is kind]


def bare() -> World:
    """Three negotiations, with nothing hidden and one more of every noun in the first; people have telling names."""
    cast = assemble()
    quiet_people = {name: person(f"kanariestranger-{name}") for name in MEMBERS}
    far_people = {name: person(f"kanarieneighbour-{name}") for name in MEMBERS}
    for name in MEMBERS:
        User.objects.filter(pk=getattr(cast, name).pk).update(
            username=f"kanarieperson-{name}",
            display_name=f"Kanarieperson {name}",
            email=f"{name}@kanarieperson.example",
        )
        getattr(cast, name).refresh_from_db()
    small = talks(cast=cast, two_person_rule=True)
    plain: dict[str, Any] = {"word": "plain", "act": Act(actor=cast.lead, effective_at=LATER), "marking": Marking.CLEAR}
    plant_structure(small, number=30, **plain)
    plant_statements(small, **plain)
    people: dict[str, User | None] = {name: getattr(cast, name) for name in (*MEMBERS, "outsider")}
    people |= {"nobody": None, "elsewhere": far_people["lead"], "token": cast.reader}
    people["administrator"] = User.objects.create_superuser("administrator")
    quiet = talks("quiet-shores", cast=replace(cast, **quiet_people), published=False)
    far = talks("far-shores", cast=replace(cast, **far_people))
    _token, secret = create_token(cast.reader, name="Newsroom", scope=TokenScope.WRITE)
    return World(small, quiet, far, people, secrets={"reader's token": secret})
