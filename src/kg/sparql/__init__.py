"""SPARQL texts: the guard before every query, typed values put in, faults told with line and column."""

from kg.sparql.binding import bind
from kg.sparql.faults import syntax_fault
from kg.sparql.guard import QueryForm, check_read_only, form_of
from kg.sparql.tokens import keywords

__all__ = ["QueryForm", "bind", "check_read_only", "form_of", "keywords", "syntax_fault"]
