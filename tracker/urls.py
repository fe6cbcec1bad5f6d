"""Where every address begins: health, the interface for programs, pages in each language."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from tracker import health

handler400 = "tracker.refused.bad_request"
handler500 = "tracker.refused.server_error"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
if settings.EMAIL_PROVIDER:
    # What came back and who complained, told by the provider under ANYMAIL's WEBHOOK_SECRET.
    urlpatterns.append(path("anymail/", include("anymail.urls")))
if find_spec("negotiations.api") and find_spec("negotiations.api.urls"):
    urlpatterns.append(path("api/", include("negotiations.api.urls")))
if find_spec("negotiations.pages") and find_spec("negotiations.pages.urls"):
    urlpatterns += i18n_patterns(
        path("", include("negotiations.pages.accounts.urls")),
        path("", include("negotiations.pages.urls")),
        prefix_default_language=False,
    )
