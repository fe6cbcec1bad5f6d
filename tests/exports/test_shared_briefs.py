"""A brief lent to one outsider by a link: named, counted, revocable, and dead with the right to share it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from negotiations.models import AccessLogRow, Membership, SharedBrief
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.services.act import Act
from negotiations.services.gate import assert_gate
from negotiations.services.membership import change_membership, end_membership
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.shared_brief import revoke_shared, share_brief
from tests.factories import START, Talks
from tests.factories import talks as build

pytestmark = pytest.mark.django_db
SHARE = "/n/two-shores/brief/share/"


def lend(talks: Talks, who: str = "lead", level: str = "AMBER", days: int = 7) -> tuple[SharedBrief, str]:
    now = timezone.now()
    return share_brief(
        getattr(talks.cast, who), negotiation=talks.negotiation, for_whom="Ana Holm, Institute", level=level,
        as_of=now, days=days, now=now,
    )  # fmt: skip


def test_whoever_holds_the_link_reads_the_brief(talks: Talks) -> None:
    _shared, secret = lend(talks)
    page = Client().get(f"/b/{secret}/")
    assert page.status_code == 200
    assert "Ana Holm, Institute" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")


def test_it_says_as_known_when_to_both(talks: Talks) -> None:
    shared, secret = lend(talks)
    lead = Client()
    lead.force_login(talks.cast.lead)
    SharedBrief.objects.filter(pk=shared.pk).update(known_at=shared.as_of)
    pages = [client.get(address).content.decode() for client, address in ((lead, SHARE), (Client(), f"/b/{secret}/"))]
    assert all("as known on <time" in page for page in pages)


def test_the_file_bears_the_name_of_whom_it_was_lent_to(talks: Talks) -> None:
    _shared, secret = lend(talks)
    pdf = Client().get(f"/b/{secret}/brief.pdf")
    assert "For Ana Holm, Institute" in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()


def test_the_secret_is_kept_nowhere(talks: Talks) -> None:
    shared, secret = lend(talks)
    assert secret not in str(SharedBrief.objects.filter(pk=shared.pk).values())


def test_it_holds_what_is_up_to_its_level(talks: Talks) -> None:
    talks.open_dispute(title="A green matter", marking="GREEN")
    talks.open_dispute(title="An amber matter", marking="AMBER")
    pages = {level: Client().get(f"/b/{lend(talks, level=level)[1]}/").content.decode() for level in ("GREEN", "AMBER")}
    assert ("A green matter" in pages["GREEN"], "An amber matter" in pages["GREEN"]) == (True, False)
    assert "An amber matter" in pages["AMBER"]


def test_it_says_what_an_actor_requires_beside_the_text(talks: Talks) -> None:
    also = {"authority": "actors", "asserted_by": [talks.egret]}
    assert_gate(act=talks.act(at=START), phase=talks.second, condition=talks.release, **also)
    page = Client().get(f"/b/{lend(talks)[1]}/").content.decode()
    assert "Also required according to Egret Island: 1 of 1 unmet" in page


@pytest.mark.parametrize("is_late", [True, False])
def test_it_says_what_was_entered_later(is_late: bool) -> None:
    _shared, secret = lend(build(recorded_at=START) if is_late else build())
    page = Client().get(f"/b/{secret}/").content.decode()
    pdf = PdfReader(BytesIO(Client().get(f"/b/{secret}/brief.pdf").content)).pages[0].extract_text()
    assert ("were entered later" in page, "were entered later" in " ".join(pdf.split())) == (is_late, is_late)


def test_each_opening_is_counted_and_amber_stands_in_the_access_log(talks: Talks) -> None:
    talks.open_dispute(marking="AMBER")
    shared, secret = lend(talks)
    for _time in range(2):
        Client().get(f"/b/{secret}/")
    shared.refresh_from_db()
    assert shared.openings == 2
    row = AccessLogRow.objects.get(kind="shared")
    assert (row.user, row.marking, row.negotiation) == (talks.cast.lead, "AMBER", talks.negotiation)


def test_a_link_taken_back_opens_nothing(talks: Talks) -> None:
    shared, secret = lend(talks)
    revoke_shared(shared, now=timezone.now())
    assert Client().get(f"/b/{secret}/").status_code == 404
    assert Client().get(f"/b/{secret}/brief.pdf").status_code == 404


def test_a_link_expires(talks: Talks) -> None:
    _shared, secret = lend(talks, days=1)
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1), tick=False):
        assert Client().get(f"/b/{secret}/").status_code == 404


def test_a_link_dies_with_the_seat_of_whoever_shared_it(talks: Talks) -> None:
    _shared, secret = lend(talks, "analyst", "GREEN")
    seat = Membership.objects.get(user=talks.cast.analyst)
    end_membership(seat, act=Act(actor=talks.cast.lead, reason="Left."), version=None)
    assert Client().get(f"/b/{secret}/").status_code == 404


def test_a_link_dies_with_the_right_to_share_at_its_level(talks: Talks) -> None:
    _shared, secret = lend(talks, "mediator", "GREEN")
    seat = Membership.objects.get(user=talks.cast.mediator)
    change_membership(
        seat, act=Act(actor=talks.cast.lead, reason="Reads."), version=None, role="reader", clearance="GREEN"
    )
    assert Client().get(f"/b/{secret}/").status_code == 404


def test_a_link_dies_with_the_account(talks: Talks) -> None:
    _shared, secret = lend(talks)
    talks.cast.lead.is_active = False
    talks.cast.lead.save()
    assert Client().get(f"/b/{secret}/").status_code == 404


def test_a_clear_link_dies_when_nothing_is_published_any_more(talks: Talks) -> None:
    _shared, secret = lend(talks, level="CLEAR")
    edit_negotiation(talks.negotiation, act=talks.act(talks.cast.lead), version=None, published=False)
    assert Client().get(f"/b/{secret}/").status_code == 404


@pytest.mark.parametrize(
    ("who", "level"),
    [("reader", "GREEN"), ("analyst", "AMBER"), ("mediator", "AMBER"), ("lead", "AMBER+STRICT"), ("lead", "RED"),
     ("outsider", "CLEAR")],
)  # fmt: skip
def test_it_refuses_to_share_what_is_not_theirs_to_pass_on(talks: Talks, who: str, level: str) -> None:
    with pytest.raises(NotPermitted):
        lend(talks, who, level)


@pytest.mark.parametrize("days", [0, 31])
def test_it_refuses_a_lifetime_out_of_range(talks: Talks, days: int) -> None:
    with pytest.raises(RuleError, match="1 to 30 days"):
        lend(talks, days=days)


def test_the_form_shows_the_link_once(talks: Talks, client: Client) -> None:
    client.force_login(talks.cast.lead)
    sent = {"for_whom": "Ana Holm", "level": "CLEAR", "as_of": "", "language": "ar", "days": "3"}
    made = client.post(SHARE, sent)
    assert made.status_code == 201
    found = re.search(r"http://testserver(/ar/b/[\w-]{43}/)", made.content.decode())
    assert found
    assert found[1] not in client.get(SHARE).content.decode()
    page = Client().get(found[1]).content.decode()
    assert 'dir="rtl"' in page


def test_the_form_offers_what_a_seat_lets_one_share(talks: Talks, client: Client) -> None:
    client.force_login(talks.cast.analyst)
    page = client.get(SHARE).content.decode()
    assert ('value="GREEN"' in page, 'value="AMBER"' in page) == (True, False)
    assert client.post(SHARE, {"for_whom": "x", "level": "AMBER", "language": "en", "days": "3"}).status_code == 422


def test_the_form_refuses_a_moment_that_cannot_be_read(talks: Talks, client: Client) -> None:
    client.force_login(talks.cast.lead)
    sent = {"for_whom": "Ana", "level": "CLEAR", "as_of": "soon", "language": "en", "days": "3"}
    refused = client.post(SHARE, sent)
    assert refused.status_code == 422
    assert "soon" in refused.content.decode()
    assert not SharedBrief.objects.exists()


def test_only_its_maker_and_the_lead_see_and_take_back_a_link(talks: Talks) -> None:
    shared, _secret = lend(talks, "analyst", "GREEN")
    revoke = f"{SHARE}{shared.public_id}/revoke/"
    for who, seen in (("mediator", False), ("lead", True)):
        client = Client()
        client.force_login(getattr(talks.cast, who))
        assert ("Ana Holm" in client.get(SHARE).content.decode()) is seen
        assert client.post(revoke).status_code == (302 if seen else 404)
    shared.refresh_from_db()
    assert shared.revoked_at


def test_an_outsider_may_not_share(talks: Talks, client: Client) -> None:
    client.force_login(talks.cast.outsider)
    assert client.get(SHARE).status_code == 403
