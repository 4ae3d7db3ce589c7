"""How a command ends: its exit code, and what it says on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from mse.errors import MissingExtraError, MseError
from mse.terminal import one_line

FAILED, USAGE = 1, 2


def stop(message: str, code: int = FAILED) -> NoReturn:
    """End with one line on standard error."""
    typer.echo(f"mse: {one_line(message)}", err=True)
    raise typer.Exit(code)


@contextmanager
def explained(out: Path) -> Iterator[None]:
    """Turns what can go wrong with an output folder into one line; a closed pipe is left to the framework."""
    try:
        yield
    except MissingExtraError as error:
        stop(str(error), USAGE)
    except MseError as error:
        stop(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        stop(f"{error.filename or out}: {error.strerror or error}; check the path, its permissions and the free space")
