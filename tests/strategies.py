"""RDF terms and graphs for property tests, hostile ones included."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD


def share(part: float) -> settings:
    """A part of the examples that the profile asks for, where one takes longer than others do, or less."""
    return settings(max_examples=round(settings.default.max_examples * part))


QUOTES = (
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "\\\\u0022",
    "\\u0022",
    "\\u005C",
    "\n",
    "\r\n",
    "\t",
    "\u2028",
    "\u0085",
)
SIGNS = (
    "> } ; DROP ALL",
    "} #",
    "{",
    "}",
    "|",
    "` `",
    "UNDEF",
    "# x",
    "?x",
    "$x",
    "%",
    "@en",
    "^^",
    "SERVICE <urn:x>",
)
OTHERS = ("\x1b[2J", "\u202e", "\u200b", "é", "𝒳", "=cmd()", "<script>")
HOSTILE = (*QUOTES, *SIGNS, *OTHERS)
# A literal may hold any text; what XML cannot carry (NUL among it) is another test's.
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
    st.lists(st.sampled_from(HOSTILE), max_size=5).map("".join),
)
iris = st.one_of(
    st.from_regex(
        r"https://w3id\.org/aces/kg/(actor|work|claim)/[a-z0-9]([a-z0-9._-]{0,8}[a-z0-9])?", fullmatch=True
    ),
    st.from_regex(r"urn:x:[A-Za-z0-9()'*!$&,;=:@/?#%._~\u00e9\u4e00-]{0,10}", fullmatch=True).filter(
        lambda iri: "%" not in iri and iri.count("#") < 2
    ),
    st.sampled_from(
        [str(RDF.type), str(RDFS.label), "https://w3id.org/aces/ontology#affirms", "urn:x:a.b.", "urn:x:"]
    ),
).map(URIRef)
rdf_literals = st.one_of(
    texts.map(Literal),
    st.builds(Literal, texts, lang=st.sampled_from(["en", "ps", "fa-af"])),
    st.builds(
        lambda text, kind: Literal(text, datatype=kind, normalize=False),
        st.sampled_from(["1", "01", "1.50", "true", "2015-08-06", "nonsense", ""]),
        st.sampled_from([XSD.integer, XSD.decimal, XSD.boolean, XSD.date, URIRef("urn:x:type")]),
    ),
)
rdf_terms = st.one_of(iris, rdf_literals)
triples = st.tuples(iris, iris, rdf_terms)
graphs = st.lists(triples, max_size=12)
