"""The people of the tests, by name: who they work for, what they may do, what they must never see."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.models import Negotiation, Organisation, User
from negotiations.rules.codes import Marking, Role
from negotiations.services.act import Act
from negotiations.services.membership import grant_membership
from negotiations.services.organisation import register_organisation


@dataclass(frozen=True)
class Cast:
    """Everybody who plays a part. Sign in with `client.force_login(cast.lead)`."""

    lead: User
    """Leads the negotiation, for the harbour office; up to AMBER+STRICT."""
    mediator: User
    """Staff of the harbour office; up to AMBER+STRICT."""
    other_mediator: User
    """Staff of the lakeside office; up to AMBER+STRICT, but of its own organisation only."""
    analyst: User
    """An analyst of the observatory; up to AMBER."""
    reader: User
    """A program that reads for a newsroom; up to GREEN."""
    outsider: User
    """Signed in without any seat: sees what anybody sees."""
    harbour: Organisation
    lakeside: Organisation
    observatory: Organisation
    newsroom: Organisation


SEATS = (
    ("lead", "harbour", Role.LEAD, Marking.AMBER_STRICT),
    ("mediator", "harbour", Role.MEDIATOR, Marking.AMBER_STRICT),
    ("other_mediator", "lakeside", Role.MEDIATOR, Marking.AMBER_STRICT),
    ("analyst", "observatory", Role.ANALYST, Marking.AMBER),
    ("reader", "newsroom", Role.READER, Marking.GREEN),
)


def assemble() -> Cast:
    """Everybody with an account and an organisation, nobody with a seat yet."""
    people = {name: person(name) for name in ("lead", "mediator", "other_mediator", "analyst", "reader", "outsider")}
    act = Act(actor=people["lead"])
    return Cast(
        **people,
        harbour=register_organisation(act=act, name="Harbour Office"),
        lakeside=register_organisation(act=act, name="Lakeside Office"),
        observatory=register_organisation(act=act, name="Observatory"),
        newsroom=register_organisation(act=act, name="Newsroom"),
    )


def person(name: str) -> User:
    """An account without a password: tests sign people in directly."""
    return User.objects.create_user(name, display_name=name.replace("_", " ").capitalize())


def seat_all(cast: Cast, negotiation: Negotiation, act: Act) -> None:
    """Give everybody but the outsider their seat in a negotiation."""
    for name, organisation, role, clearance in SEATS:
        grant_membership(
            act=act,
            negotiation=negotiation,
            user=getattr(cast, name),
            organisation=getattr(cast, organisation),
            role=role,
            clearance=clearance,
        )
