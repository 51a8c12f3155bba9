"""What was added to the seeds since, and what was retracted: ``seeds/additions/``."""

from kg.additions.claims import Known, claims_in, span_of
from kg.additions.entries import AS_GIVEN, entries_in
from kg.additions.facts import Said, nodes_in, propositions_in
from kg.additions.given import YAML, Given, addition_id, read_given
from kg.additions.log import LOG, Act, Log, read_log

__all__ = [
    "AS_GIVEN",
    "LOG",
    "YAML",
    "Act",
    "Given",
    "Known",
    "Log",
    "Said",
    "addition_id",
    "claims_in",
    "entries_in",
    "nodes_in",
    "propositions_in",
    "read_given",
    "read_log",
    "span_of",
]
