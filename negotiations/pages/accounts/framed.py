"""Puts the frame of every page around what the framework's views render."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from negotiations.access.viewer import viewer_for
from negotiations.pages.frame import Crumb, frame_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

View = Callable[..., HttpResponse]


def framed(title: StrPromise, *, is_mine: bool = False) -> Callable[[View], View]:
    """Name the page in its frame; `is_mine` puts it under a person's settings. Never kept by the browser."""

    def wrap(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            response = view(request, *args, **named)
            if isinstance(response, TemplateResponse):
                above = [Crumb(_("Settings"), reverse("me"))] if is_mine else []
                frame = {"crumbs": [*above, Crumb(str(title))], "title": title, "section": "account"}
                common = frame_of(request, viewer_for(request.user))
                response.context_data = common | frame | (response.context_data or {})
            response["Cache-Control"] = "private, no-store"
            return response

        return wrapped

    return wrap
