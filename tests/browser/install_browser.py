"""Find or install a browser for the tests, and note where it is.

``python tests/browser/install_browser.py RECORD`` writes into RECORD the path of a Chromium or
Chrome that starts, or nothing where Playwright's own is the one. Exits with 1 where none is to be
had. Set CHROMIUM to a browser's path to have it tried first.

A headless shell, which has no windows, is preferred: a page takes it a fifth to a third less CPU.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

RECORD = Path(".venv/.browser")

_SHELL = "chromium-headless-shell"
_NAMES = (
    _SHELL, "chrome-headless-shell",
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
)  # fmt: skip
_MAC = "/Applications/{0}.app/Contents/MacOS/{0}"
# Chromium's windows load two pages for their address bar, which take as long as a page of a site.
# A second --disable-features replaces Playwright's: the others are those of its list that matter.
_OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "MediaRouter", "NetworkTimeServiceQuerying",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip
_DOWNLOAD_SECONDS = 300
_INSTALL_SECONDS = 900


def launch_args() -> list[str]:
    """Say what a browser is started with: it calls nobody, and runs as root in a container."""
    args = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--no-first-run",
        f"--disable-features={','.join(_OFF)}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    return args


def recorded(record: Path = RECORD) -> str | None:
    """Give the path that was noted; None stands for Playwright's own browser."""
    if record.exists():
        return record.read_text(encoding="utf-8").strip() or None
    return next(_candidates(), None)


def find(record: Path) -> bool:
    """Note the first browser that starts; say whether there is one."""
    for way in (_shell_in_a_container, _present, _playwrights_own, _from_debian):
        for path in way():
            if _starts(path):
                record.write_text(path or "", encoding="utf-8")
                print("Browser for the tests:", path or "Playwright's own Chromium")
                return True
    return False


def _shell_in_a_container() -> Iterator[str | None]:
    """Install Debian's headless shell next to a browser, where nobody's own machine is changed."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and "CHROMIUM" not in os.environ and not shutil.which(_SHELL):
        _install_from_debian(_SHELL)
        yield from filter(None, [shutil.which(_SHELL)])


def _present() -> Iterator[str | None]:
    yield from _candidates()
    yield None


def _playwrights_own() -> Iterator[str | None]:
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    if _run(command, _DOWNLOAD_SECONDS):
        yield None


def _from_debian() -> Iterator[str | None]:
    # Ubuntu has no headless shell.
    if _install_from_debian(_SHELL) or _install_from_debian("chromium"):
        yield from _candidates()


def _install_from_debian(package: str) -> bool:
    prefix = _as_root()
    if prefix is None or shutil.which("apt-get") is None:
        return False
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = [*apt, "install", "-y", "-qq", package]
    # The lists of a machine may be old or missing.
    return _run(install, _INSTALL_SECONDS) or (
        _run([*apt, "update", "-qq"], _INSTALL_SECONDS) and _run(install, _INSTALL_SECONDS)
    )


def _candidates() -> Iterator[str]:
    """List the browsers on this machine, the one that CHROMIUM names first."""
    if asked := os.environ.get("CHROMIUM"):
        yield asked
    yield from filter(None, map(shutil.which, _NAMES))
    for name in ("Chromium", "Google Chrome"):
        if Path(_MAC.format(name)).exists():
            yield _MAC.format(name)


def _starts(path: str | None) -> bool:
    """Start the browser for real: a name on the path may be a stub that only asks to install."""
    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(
                executable_path=path, args=launch_args(), timeout=60_000
            ).close()
    except Error:
        return False
    return True


def _as_root() -> list[str] | None:
    """Give what to put before a command for it to run as root, or None where nothing does."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if _run(["sudo", "-n", "true"], 10) else None


def _run(command: list[str], seconds: int) -> bool:
    """Run a command that may fail, be missing or hang; say whether it did what it should."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    if not find(Path(sys.argv[1]) if len(sys.argv) > 1 else RECORD):
        sys.exit(
            "The browser tests need Chromium or Chrome: none was found, and neither Playwright's "
            "own nor the system's package could be installed. Install one, or set CHROMIUM to "
            "its path."
        )
