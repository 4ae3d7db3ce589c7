"""Old documents (.doc, .wps, .rtf, .odt and their like), turned into a known format by LibreOffice where it is there.

LibreOffice runs with a profile of its own that is thrown away, without a window, and within a limit of time; with such
a profile it runs no macros. Nothing of this package links to it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from mse.reading.formats.source import Source

_PROGRAMS = ("soffice", "libreoffice")
_HINT = "install LibreOffice, or save it as .docx and try again"


def converted(source: Source, kind: str, ending: str, target: str) -> bytes:
    """The document as `docx` or `xlsx`. Raises UnsupportedError without LibreOffice, DamagedError where it fails."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise source.unsupported(f"is {kind}, which needs LibreOffice to be read", _HINT)
    with tempfile.TemporaryDirectory(prefix="mse-") as name:
        folder = Path(name)
        file = folder / f"document.{ending}"
        file.write_bytes(source.data)
        out = folder / "out"
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *("--convert-to", target, "--outdir", str(out), str(file)),
        ]
        try:
            subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=source.limits.seconds,
                cwd=folder,
                env={**os.environ, "HOME": name},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise source.beyond(f"took LibreOffice longer than {source.limits.seconds} seconds", "seconds") from error
        except OSError as error:
            raise source.unsupported(f"is {kind}, and LibreOffice does not start", _HINT) from error
        result = out / f"document.{target}"
        if not result.is_file():
            raise source.damaged(f"is {kind} that LibreOffice could not read")
        if result.stat().st_size > source.limits.unpacked:
            raise source.beyond(f"is larger than {source.limits.unpacked} bytes once converted", "unpacked")
        return result.read_bytes()
