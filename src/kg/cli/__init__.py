"""The command line: translation only. Results go to stdout, all talk to stderr."""

from kg.cli import adding, asking, checking, drawing, handing, identifying, making
from kg.cli.base import cli
from kg.cli.exits import main

__all__ = ["adding", "asking", "checking", "cli", "drawing", "handing", "identifying", "main", "making"]
