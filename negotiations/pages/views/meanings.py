"""What the words on the pages mean, from the codes themselves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.viewer import viewer_for
from negotiations.pages.frame import Crumb, show
from negotiations.rules.codes import (
    RANGES,
    ConditionStatus,
    Credibility,
    DisputeStatus,
    Likelihood,
    Marking,
    PhaseStatus,
    Reliability,
    Stance,
)
from negotiations.rules.facts import HOLDING
from negotiations.rules.status_words import level, what_it_takes


@require_safe
def statuses(request: HttpRequest) -> HttpResponse:
    context = {
        "section": "help",
        "crumbs": [Crumb(_("What the words mean"))],
        "condition_statuses": [(code, code in HOLDING, level(code), what_it_takes(code)) for code in ConditionStatus],
        "phase_statuses": list(PhaseStatus),
        "dispute_statuses": list(DisputeStatus),
        "stances": list(Stance),
        "markings": list(Marking),
        "reliabilities": list(Reliability),
        "credibilities": list(Credibility),
        "likelihoods": [(code, *RANGES[code]) for code in Likelihood],
    }
    return show(request, "pages/statuses.html", context, viewer=viewer_for(request.user))
