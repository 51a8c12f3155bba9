"""Everything that can go wrong, in one tree.

::

    KgError                    what, where, what to do; exit code
    ├── UsageError        2    a command or call that cannot be meant
    ├── UnreadableError   2    no such file; YAML, RDF or SPARQL that does not parse
    ├── RefusedError      2    a feature that is refused for safety
    ├── WrongError        1    readable, but not right (see its findings)
    │   └── UnknownNameError   a name that nothing carries, or that several carry
    ├── MissingProgramError 3  an outside program (Java) is not there
    ├── StoreError        4    the store or the disk failed
    ├── RemoteError       5    a remote store failed or answered nonsense
    └── LimitError        6    a limit or a time-out was reached
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Finding


class KgError(Exception):
    """A fault, told in one line: what is wrong, where, and what to do about it.

    ``what`` is the fault; ``where`` is ``file:line:column`` or an IRI with its label; ``fix`` says what
    to do. ``exit_code`` is what the command line ends with.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        """Keep the three parts; the message joins those that are given."""
        self.what, self.where, self.fix = what, where, fix
        super().__init__(self.line())

    def line(self) -> str:
        """The fault as one line: ``where: what (fix)``."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}; {self.fix}" if self.fix else text


class UsageError(KgError):
    """A command or call that cannot be meant as it stands."""


class UnreadableError(KgError):
    """A file that is not there or a text that does not parse."""


class RefusedError(KgError):
    """A feature that is refused for safety, before anything happens."""


class WrongError(KgError):
    """Input that can be read but is not right; ``findings`` lists every fault."""

    exit_code = 1

    def __init__(
        self, what: str, *, where: str = "", fix: str = "", findings: Sequence[Finding] = ()
    ) -> None:
        """Keep the findings beside the summary line."""
        super().__init__(what, where=where, fix=fix)
        self.findings = tuple(findings)


class UnknownNameError(WrongError):
    """A name that nothing in the graph carries, or that several things carry."""


class MissingProgramError(KgError):
    """An outside program that is needed, such as Java, is not installed."""

    exit_code = 3


class StoreError(KgError):
    """The embedded store or the disk failed; what was there before is intact."""

    exit_code = 4


class RemoteError(KgError):
    """A remote store could not be reached, refused, or did not answer in a result format."""

    exit_code = 5


class LimitError(KgError):
    """A limit that we set was reached: size, depth, rows or time."""

    exit_code = 6
