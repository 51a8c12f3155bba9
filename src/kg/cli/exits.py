"""The way out: every fault is one line on stderr and the exit code of its kind."""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

import click

from kg.cli.base import PipeClosed, cli, say, show_findings
from kg.errors import KgError, WrongError

_INTERRUPTED, _PIPE_CLOSED, _TERMINATED = 130, 141, 143


class _Terminated(BaseException):
    """Somebody asked the process to end."""


def main() -> NoReturn:
    """Run the command line; a fault is one line on stderr and the exit code of its kind."""
    _write_utf8()
    debug = "--debug" in sys.argv[1:]
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        code = _guarded(lambda: cli.main(prog_name="kg", standalone_mode=False), debug)
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)
    if "kg.stores.waiting" in sys.modules and sys.modules["kg.stores.waiting"].any_is_running():
        # A query that was given up is still at work in the store: the process ends under it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _terminate(_number: int, _frame: object) -> NoReturn:
    """End as at an interrupt, so that what was begun is put away."""
    raise _Terminated


def _write_utf8() -> None:
    """Results are the same bytes under every locale; only a terminal gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _guarded(run: Callable[[], object], debug: bool) -> int:
    try:
        result = run()
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as fault:
        fault.show()
        return fault.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _INTERRUPTED
    except _Terminated:
        return _TERMINATED
    except (PipeClosed, BrokenPipeError):
        # What is still buffered goes nowhere, so that nothing complains on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except (KgError, click.ClickException, RecursionError, OSError) as fault:
        if debug:
            traceback.print_exc()
        return _told(fault)


def _told(fault: Exception) -> int:
    """Tell a fault in one line, its findings before it; the exit code of its kind."""
    if isinstance(fault, WrongError) and fault.findings:
        show_findings(fault.findings)
    if isinstance(fault, KgError):
        line, code = fault.line(), fault.exit_code
    elif isinstance(fault, click.ClickException):
        context = getattr(fault, "ctx", None)
        path = context.command_path if context else "kg"
        line, code = f"{fault.format_message().rstrip('.')}; see: {path} --help", 2
    elif isinstance(fault, OSError):
        line, code = f"{fault.filename or 'the output'}: {fault.strerror or fault}", 4
    else:
        line, code = "the input is nested too deeply", 6
    say(f"kg: {_printable(line)}")
    return code


def _printable(line: str) -> str:
    from kg.display import printable

    return printable(line)
