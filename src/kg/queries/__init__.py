"""The catalogue of canned queries: one question a file, each runnable in any SPARQL tool."""

from kg.queries.catalogue import Parameter, Query, by_theme, catalogue, load_query

__all__ = ["Parameter", "Query", "by_theme", "catalogue", "load_query"]
