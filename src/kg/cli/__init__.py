"""The command line: translation only. Results go to stdout, all talk to stderr."""

from kg.cli import asking, checking, drawing, handing, identifying, making
from kg.cli.base import cli
from kg.cli.exits import main

__all__ = ["asking", "checking", "cli", "drawing", "handing", "identifying", "main", "making"]
