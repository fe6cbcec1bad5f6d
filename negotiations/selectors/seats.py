"""The seats a person holds."""

from __future__ import annotations

from typing import Any

from negotiations.models import Membership, Negotiation
from negotiations.rules.codes import Role
from negotiations.rules.marking import Viewer


def seat_documents(viewer: Viewer) -> list[dict[str, Any]]:
    """The viewer's seats in the order of the negotiations' short names, in one query."""
    if viewer.user_id is None:
        return []
    rows = Membership.objects.filter(
        user_id=viewer.user_id, ended_at__isnull=True, negotiation__in=Negotiation.objects.visible_to(viewer)
    )
    columns = ("negotiation__slug", "negotiation__title", "negotiation__title_ar", "role", "clearance")
    return [
        {
            "negotiation": {name: row[f"negotiation__{name}"] for name in ("slug", "title", "title_ar")},
            "role": row["role"],
            "role_label": Role(row["role"]).label,
            "clearance": row["clearance"],
            "organisation": {"id": row["organisation__public_id"], "name": row["organisation__name"]},
        }
        for row in rows.order_by("negotiation__slug").values(*columns, "organisation__public_id", "organisation__name")
    ]
