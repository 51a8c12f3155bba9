"""What OWL has to say: terms in use and declared, the OWL 2 DL profile, and consistency proved by HermiT.

HermiT only proves; nothing it infers enters the graph.
"""

from kg.reasoning.check import Theory, check_owl, strict_quads, theories
from kg.reasoning.declarations import not_followed, undeclared_terms
from kg.reasoning.hermit import Verdict, hermit_version, java, prove
from kg.reasoning.profile import profile_faults

__all__ = [
    "Theory",
    "Verdict",
    "check_owl",
    "hermit_version",
    "java",
    "not_followed",
    "profile_faults",
    "prove",
    "strict_quads",
    "theories",
    "undeclared_terms",
]
