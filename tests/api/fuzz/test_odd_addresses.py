"""Whatever is asked for under the interface's own path is refused as the interface refuses."""

from __future__ import annotations

import pytest
from django.test import Client

ODD = ("", "v1/%0A/", "v1/negotiations/a%0Ab/", "v1/negotiations/x/%0D%0A/messages/", "v1/%E2%80%A8", "%00", "v2/")


@pytest.mark.parametrize("path", ODD)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_no_address_is_told_in_html(db: None, path: str, method: str) -> None:
    response = getattr(Client(), method)(f"/api/{path}")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")
