"""The rules run without a database; alone, they need only enough of Django to speak English."""

from __future__ import annotations

import os

from django.conf import settings

# The whole suite names its own settings; this is for `pytest tests/rules` by itself.
if not settings.configured and not os.environ.get("DJANGO_SETTINGS_MODULE"):
    settings.configure(USE_I18N=False, USE_TZ=True)
