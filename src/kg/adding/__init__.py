"""Adding to the seeds and retracting from them: checked, all or nothing, durable, one writer at a time."""

from kg.adding.adding import add, put_right, writable
from kg.adding.changes import Changes, changes
from kg.adding.journal import commit, is_behind, mend, settle
from kg.adding.lock import is_being_written, writing
from kg.adding.plan import Plan, plan_addition, texts_of, validate
from kg.adding.receipt import Receipt
from kg.adding.retracting import retract
from kg.adding.source import SYNTAXES, read_source, whoever

__all__ = [
    "SYNTAXES",
    "Changes",
    "Plan",
    "Receipt",
    "add",
    "changes",
    "commit",
    "is_behind",
    "is_being_written",
    "mend",
    "plan_addition",
    "put_right",
    "read_source",
    "retract",
    "settle",
    "texts_of",
    "validate",
    "whoever",
    "writable",
    "writing",
]
