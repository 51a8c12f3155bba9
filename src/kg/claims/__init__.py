"""Claims files: what each document claims, each claim tied to its words (``seeds/claims/*.yaml``)."""

from kg.claims.citations import note_numbers
from kg.claims.files import Beside, ClaimsFile, load_claims, read_claims
from kg.claims.statements import Nodes

__all__ = ["Beside", "ClaimsFile", "Nodes", "load_claims", "note_numbers", "read_claims"]
