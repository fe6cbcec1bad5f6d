"""Makes .venv and installs the locked packages; runs on any Python 3.11+ without packages."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent / ".venv"
STAMP = HOME / "installed"


def mark_of(files: list[str]) -> str:
    """What is installed when these files are: their content, the Python, and the place."""
    content = "".join(Path(file).read_text() for file in files)
    return hashlib.sha256(f"{content}{sys.version_info[:2]}{HOME}".encode()).hexdigest()


def is_current(files: list[str]) -> bool:
    """Whether each file's packages are in; the stamp has one line per file."""
    if not STAMP.exists():
        return False
    stamped = STAMP.read_text().split()
    return all(mark_of([file]) in stamped for file in files)


def works() -> bool:
    """Whether the environment's Python starts and is new enough; a moved or outdated one does not."""
    code = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        found = subprocess.run(
            [str(HOME / "bin" / "python"), "-m", "pip", "--version"], capture_output=True, check=False
        )
        return (
            found.returncode == 0
            and subprocess.run([str(HOME / "bin" / "python"), "-c", code], check=False).returncode == 0
        )
    except OSError:
        return False


def install(files: list[str]) -> int:
    if not works():
        print("Making the Python environment .venv", file=sys.stderr, flush=True)
        venv.create(HOME, clear=True, with_pip=True, symlinks=True)
    print(f"Installing the packages of {', '.join(files)} (about a minute the first time)", file=sys.stderr, flush=True)
    pip = [str(HOME / "bin" / "python"), "-m", "pip", "install", "--require-hashes", "--no-deps", "--prefer-binary"]
    pip += ["--quiet", "--disable-pip-version-check", "--progress-bar", "off"]
    pip += [word for file in files for word in ("-r", file)]
    if subprocess.run(pip, check=False).returncode:
        print("The packages could not be installed.", file=sys.stderr)
        print(
            "  What to do: check the network, the disk's space and pip's settings, then run the command again.",
            file=sys.stderr,
        )
        return 1
    kept = STAMP.read_text().split() if STAMP.exists() else []
    STAMP.write_text("\n".join([*kept[-8:], *(mark_of([file]) for file in files)]))
    return 0


def main() -> int:
    arguments = sys.argv[1:]
    if arguments[:1] == ["--is-current"]:
        return 0 if is_current(arguments[1:]) else 1
    # Two scripts at once: the second waits, then finds everything done.
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return 0 if works() and is_current(arguments) else install(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        print(f"{error.strerror}: {error.filename}", file=sys.stderr)
        print(
            "  What to do: make the folder of the checkout writable and see that its disk has space.", file=sys.stderr
        )
        sys.exit(1)
