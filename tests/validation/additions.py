"""What stands before every addition in Turtle."""

from kg.terms import PREFIXES

PREFIX_LINES = "".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in PREFIXES.items())
