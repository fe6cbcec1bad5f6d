"""Verbs on shared briefs: lend one to a named outsider, take it back, note that it was opened."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from negotiations.access.viewer import viewer_for
from negotiations.models import Negotiation, SharedBrief, User
from negotiations.rules.codes import AccessKind
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.rules.marking import Viewer
from negotiations.rules.sharing import DAYS, DAYS_MAX, LIVING_MAX, may_share
from negotiations.rules.token import digest_of

from .access_log import Shown, note_reading
from .ledger import note_revoked


def share_brief(
    user: User,
    *,
    negotiation: Negotiation,
    for_whom: str,
    level: str,
    as_of: datetime,
    now: datetime,
    known_at: datetime | None = None,
    language: str = "en",
    days: int = DAYS,
) -> tuple[SharedBrief, str]:
    """The shared brief and the secret of its link, which is told here once and kept nowhere.

    Raises NotPermitted where the person's seat does not let them share at this level, RuleError for a
    lifetime out of range and for one too many. Locks the account's row.
    """
    if not may_share(viewer_for(user).seat_in(negotiation.pk), level):
        raise NotPermitted(_("Your seat does not let you share a brief at this level."))
    if not 1 <= days <= DAYS_MAX:
        message = _("Let it live for 1 to %(most)s days.") % {"most": DAYS_MAX}
        raise RuleError(message, code="share_lifetime", fields={"days": message})
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        living = SharedBrief.objects.filter(user=user, revoked_at__isnull=True, expires_at__gt=now)
        if living.count() >= LIVING_MAX:
            raise RuleError(_("Take back a link that is not needed any more first."), code="too_many_shares")
        secret = secrets.token_urlsafe(32)
        shared = SharedBrief(
            negotiation=negotiation,
            user=user,
            for_whom=" ".join(for_whom.split()),
            level=level,
            as_of=as_of,
            known_at=known_at,
            language=language,
            digest=digest_of(secret),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        shared.clean_fields(exclude=["known_at", "revoked_at", "last_opened_at"])
        shared.save(force_insert=True)
    return shared, secret


def revoke_shared(shared: SharedBrief, *, now: datetime) -> None:
    """Take it back: from the next request on the link opens nothing. Taken back before, it stays as it is."""
    if SharedBrief.objects.filter(pk=shared.pk, revoked_at__isnull=True).update(revoked_at=now):
        note_revoked("shared_brief", shared.digest)


def open_shared(secret: str, *, now: datetime) -> tuple[SharedBrief, Viewer] | None:
    """The brief behind a link and whoever shared it, as they may see now; None for a link that opens nothing.

    It does not matter why: never made, expired, taken back, or shared by somebody who may not any more.
    """
    rows = SharedBrief.objects.filter(revoked_at__isnull=True, expires_at__gt=now).select_related("negotiation", "user")
    shared = rows.filter(digest=digest_of(secret)).first()
    if shared is None:
        return None
    viewer = viewer_for(shared.user)
    return (shared, viewer) if may_share(viewer.seat_in(shared.negotiation_id), shared.level) else None


def note_opening(shared: SharedBrief, viewer: Viewer, marking: str, *, now: datetime) -> None:
    """Count an opening; from TLP:AMBER up it stands in the access log under whoever shared it."""
    SharedBrief.objects.filter(pk=shared.pk).update(openings=F("openings") + 1, last_opened_at=now)
    told = Shown(Negotiation.noun(), shared.negotiation.public_id, marking)
    note_reading(viewer, shared.negotiation, [told], AccessKind.SHARED, now=now)
