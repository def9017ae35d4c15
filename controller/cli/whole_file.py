"""Writing a file as a whole: it is there complete, or it is as it was before."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from controller.errors import UsageError


def check_place(path: Path) -> None:
    """Raise UsageError where no file could be made at *path*; nothing is written yet."""
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path} cannot be written: there is no such directory")


def write_whole(path: Path, text: str) -> None:
    """Write *text* to *path*, in place of what is there.

    It is written in a folder beside the path and then takes its place, so that whoever interrupts
    this leaves nothing half done. What is no file, such as /dev/stdout, is written to as it is.
    Raises UsageError where it cannot be written.
    """
    target = path.resolve()  # a link goes on leading to the file
    try:
        if target.exists() and not target.is_file():
            path.write_text(text, encoding="utf-8")
            return
        with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            beside = Path(folder) / target.name
            beside.write_text(text, encoding="utf-8")
            beside.replace(target)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
