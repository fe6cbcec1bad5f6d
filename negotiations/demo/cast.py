"""The people of the demonstration: made-up names, no passwords, one seat for each kind of reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from negotiations.models import Negotiation, Organisation, User
from negotiations.rules.codes import Marking, Role
from negotiations.services.act import Act
from negotiations.services.membership import grant_membership
from negotiations.services.organisation import register_organisation

from .clock import utc

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

GAZA = frozenset({"gaza-2025", "gaza-january-2025"})
ALL = GAZA | {"aceh-2005"}
NO_SOURCE = "Made up for the demonstration."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to sign in as, and where they sit; without a role they sit nowhere."""

    username: str
    display_name: str
    label: StrPromise
    organisation: str = ""
    role: Role | None = None
    clearance: Marking = Marking.AMBER_STRICT
    negotiations: frozenset[str] = frozenset()

    @property
    def email(self) -> str:
        """Where their mail goes, which is the demonstration's mailbox; whoever sits nowhere has none."""
        return f"{self.username}@example.org" if self.role is not None else ""


CAST = (
    Person("lead", "Robin Hale", _("Lead mediator"), "secretariat", Role.LEAD, Marking.RED, ALL),
    Person("mediator", "Sami Rowe", _("Mediator staff, North office"), "north", Role.MEDIATOR, negotiations=GAZA),
    Person("mediator-south", "Ines Falk", _("Mediator staff, South office"), "south", Role.MEDIATOR, negotiations=GAZA),
    Person("analyst", "Lena Moreau", _("Analyst"), "analysts", Role.ANALYST, negotiations=ALL),
    Person("reader", "Newsroom feed", _("Reader for the API"), "newsroom", Role.READER, Marking.GREEN, ALL),
    Person("outsider", "Olu Hart", _("Outsider without a seat")),
)
# Name, byline and byline in Arabic by key.
ORGANISATIONS = {
    "secretariat": ("Joint secretariat (demonstration)", "Joint secretariat", "الأمانة المشتركة"),
    "north": ("North mediation office (demonstration)", "North mediation office", "مكتب الوساطة الشمالي"),
    "south": ("South mediation office (demonstration)", "South mediation office", "مكتب الوساطة الجنوبي"),
    "analysts": ("Analysis desk (demonstration)", "Analysis desk", "مكتب التحليل"),
    "newsroom": ("Newsroom (demonstration)", "Newsroom", "غرفة الأخبار"),
}
REGISTERED_AT = utc(2002, 12, 9)


def call_people() -> dict[str, User]:
    """Make the accounts; nobody can sign in to them with a password."""
    people = {}
    for person in CAST:
        user = User(username=person.username, display_name=person.display_name, email=person.email)
        user.set_unusable_password()
        user.save()
        people[person.username] = user
    return people


def found_organisations(lead: User) -> dict[str, Organisation]:
    """Register the bodies that the cast works for."""
    act = Act(actor=lead, no_source_reason=NO_SOURCE, effective_at=REGISTERED_AT, recorded_at=REGISTERED_AT)
    return {
        key: register_organisation(act=act, name=name, byline=byline, byline_ar=byline_ar)
        for key, (name, byline, byline_ar) in ORGANISATIONS.items()
    }


def seat_cast(negotiation: Negotiation, people: dict[str, User], organisations: dict[str, Organisation]) -> None:
    """Give everybody of the cast who follows the negotiation a seat from its beginning."""
    start = negotiation.coverage_start
    act = Act(actor=people["lead"], no_source_reason=NO_SOURCE, effective_at=start, recorded_at=start)
    for person in CAST:
        if person.role is not None and negotiation.slug in person.negotiations:
            grant_membership(
                act=act,
                negotiation=negotiation,
                user=people[person.username],
                organisation=organisations[person.organisation],
                role=person.role,
                clearance=person.clearance,
            )
