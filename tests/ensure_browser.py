"""A browser for the browser tests: the system's Chromium or Chrome, or one that is installed here and now.

Prints one line. Other code asks `browser_path()`, which is None when Playwright's own browser is to be used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")


def browser_path() -> str | None:
    """A browser of the system: FRONTSTAGE_BROWSER, one on the PATH, or Chrome on a Mac."""
    if named := os.environ.get("FRONTSTAGE_BROWSER"):
        return named
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or (str(MAC) if MAC.exists() else None)


def playwright_browser() -> str | None:
    """Playwright's own Chromium, if it was downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def has_chinese_fonts() -> bool:
    listing = shutil.which("fc-list")
    if listing is None:
        return True
    return bool(subprocess.run([listing, ":lang=zh"], capture_output=True, check=False).stdout.strip())


def install_with_apt() -> bool:
    """Install from the distribution, as root or where sudo asks for no password."""
    if shutil.which("apt-get") is None:
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and (shutil.which("sudo") is None or _quietly(*sudo, "true")):
        return False
    quiet = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    # A list of packages may be there already; without one, or with an old one, it is fetched first.
    for _attempt in range(2):
        if not _quietly(*quiet, "install", "--yes", "--no-install-recommends", *PACKAGES):
            return True
        _quietly(*quiet, "update")
    return not _quietly(*quiet, "install", "--yes", "--no-install-recommends", *PACKAGES)


def _quietly(*command: str) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


def main() -> int:
    found = browser_path() or playwright_browser()
    if found is None and install_with_apt():
        found = browser_path()
    if found is None and not _quietly(sys.executable, "-m", "playwright", "install", "chromium"):
        found = playwright_browser()
    if found is None:
        print(
            "browser: none found and none could be installed. Install Chromium (Debian: apt-get install "
            "chromium)"
        )
        return 1
    note = "" if has_chinese_fonts() else " (no Chinese font; Debian: apt-get install fonts-noto-cjk)"
    print(f"browser: {found}{note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
