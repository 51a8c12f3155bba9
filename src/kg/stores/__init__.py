"""Stores that answer SPARQL: embedded (:mod:`kg.stores.local`) and remote (:mod:`kg.stores.remote`)."""
