"""The browser of the end-to-end tests: Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from .account import is_root
from .terminal import say, step

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_browser(*, may_install: bool) -> Path | None:
    """Its path; installed from the system's packages where root may do that; None when there is none.

    Tests that need it are skipped then, with a word, and fail where CI says that nothing may be skipped.
    """
    if given := os.environ.get("CHROMIUM"):
        return Path(given)
    if found := next((path for name in NAMES if (path := shutil.which(name))), None):
        return Path(found)
    if may_install and is_root() and shutil.which("apt-get"):
        step("Installing Chromium for the browser tests")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *words], env=env, check=False, timeout=600, capture_output=True)
        if found := shutil.which("chromium"):
            return Path(found)
    say("No Chromium was found: browser tests are skipped. Install the package chromium, or set CHROMIUM to its path.")
    return None
