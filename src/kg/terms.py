"""Namespaces, and the only place where an IRI of ours is made."""

from __future__ import annotations

import hashlib
import re

from kg.errors import WrongError
from kg.model import Iri, Observation, Proposition, Quantity, Time

ACES = "https://w3id.org/aces/ontology#"
KG = "https://w3id.org/aces/kg/"
SHAPE = "https://w3id.org/aces/shapes#"
DATASET = "https://w3id.org/aces/kg"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

ENTITY_KINDS = (
    "actor",
    "event",
    "place",
    "work",
    "document",
    "claim",
    "proposition",
    "observation",
    "quantity",
    "time",
    "citation",
    "evidence",
    "figure",
    "finding",
    "graph",
)
REGISTERED_KINDS = ("actor", "event", "place", "work")
"""What has an identity that people decide on."""
CONCEPT_KINDS = (
    "topic",
    "factor",
    "goal",
    "ideology",
    "means",
    "position",
    "measure",
    "modality",
    "certainty",
    "voice",
    "comparator",
    "unit",
    "standing",
    "reliability",
    "credibility",
    "stance",
    "outcome",
    "truth",
    "work-kind",
    "coverage",
)
PREFIXES: dict[str, str] = {
    "aces": ACES,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": SHAPE,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
} | {kind: f"{KG}{kind}/" for kind in ENTITY_KINDS + CONCEPT_KINDS}

_LOCAL_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-]))*\Z")


def iri(kind: str, name: str) -> Iri:
    """The IRI of an individual: ``iri("actor", "ada")``.

    Raises WrongError when the name holds anything but letters, digits, ``-``, ``_`` and inner dots, so
    that every node prints as a prefixed name.

    >>> iri("actor", "ada")
    'https://w3id.org/aces/kg/actor/ada'
    """
    if kind not in ENTITY_KINDS and kind not in CONCEPT_KINDS:
        raise WrongError(f"there is no kind of thing called {kind!r}")
    if not is_local_name(name):
        raise WrongError(
            f"{name!r} cannot be a local name",
            fix="use letters, digits, '-', '_' and dots inside only",
        )
    return f"{KG}{kind}/{name}"


def is_local_name(name: str) -> bool:
    """Whether a name can stand behind the prefix of a kind."""
    return bool(_LOCAL_NAME.match(name))


def aces(name: str) -> Iri:
    """The IRI of an ontology term by its local name."""
    return ACES + name


SOMEONE, UNNAMED = iri("actor", "someone"), iri("actor", "unnamed")
SOMEWHERE = iri("place", "somewhere")
"""What stands for any actor, for one that the words do not name, and for any place."""


def kind_and_name(node: Iri) -> tuple[str, str]:
    """Kind and local name of an individual's IRI; two empty strings for any other IRI.

    >>> kind_and_name("https://w3id.org/aces/kg/actor/ada")
    ('actor', 'ada')
    """
    kind, slash, name = node.removeprefix(KG).partition("/")
    return (kind, name) if node.startswith(KG) and slash else ("", "")


def compact(node: Iri) -> str:
    """An IRI as a prefixed name where one of our prefixes fits, else as it is in angle brackets."""
    for prefix, namespace in PREFIXES.items():
        name = node.removeprefix(namespace)
        if name != node and is_local_name(name):
            return f"{prefix}:{name}"
    return f"<{node}>"


def content_hash(*lines: str) -> str:
    """First 32 hexadecimal digits of SHA-256 over the lines joined by line feeds, in UTF-8.

    >>> content_hash("a", "b")
    '7e18f737311b2dc3b2f269dd78396b03'
    """
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def proposition_iri(proposition: Proposition) -> Iri:
    """The IRI of a Proposition: the hash of its three IRIs, so that equal statements meet."""
    return iri("proposition", content_hash(proposition.subject, proposition.predicate, proposition.object))


def observation_iri(observation: Observation) -> Iri:
    """The IRI of an Observation: the hash of its measure, sorted dimensions, what is unstated and where."""
    lines = [f"{ACES}measure {observation.measure}"]
    lines += [f"{prop} {value}" for prop, value in observation.dimensions]
    lines += [f"{ACES}unstated {prop}" for prop in observation.unstated]
    if observation.local_to:
        lines.append(f"{ACES}localTo {observation.local_to}")
    return iri("observation", content_hash(*sorted(lines)))


def quantity_iri(quantity: Quantity) -> Iri:
    """The IRI of a Quantity: the hash of its bounds (or ends of a change) and unit."""
    parts = (quantity.lower, quantity.upper, quantity.initial, quantity.final)
    unknown = ["unknown"] if quantity.comparator == "unknown" else []
    return iri(
        "quantity", content_hash(*["" if p is None else str(p) for p in parts], quantity.unit, *unknown)
    )


def time_iri(time: Time) -> Iri:
    """The IRI of a Time: the hash of first day, last day and mode (the list itself for ``each``)."""
    days = ["" if day is None else day.isoformat() for day in (time.earliest, time.latest)]
    listed = [time.edtf] if time.mode == "each" else []
    return iri("time", content_hash(*days, time.mode, *listed))


def evidence_iri(document: str, start: int, end: int) -> Iri:
    """The IRI of a span of a document's text."""
    return iri("evidence", f"{document}.{start}-{end}")
