"""Faults of every kind that a reader, an editor or another tool makes, each as a change of a good graph.

A fault starts from one claim of the graph.  It gives the quads to take away and to put in, or None where
the claim has nothing of its kind.  ``rules`` are those that have to do with the fault: another rule that
happens to speak does not count.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.terms import ACES, KG, PREFIXES, content_hash, iri

OA, RDFS, RDF, XSD = (PREFIXES[name] for name in ("oa", "rdfs", "rdf", "xsd"))
COMPUTED_GRAPHS = {iri("graph", name) for name in ("analysis", "facts", "disputed", "inferred")}
TYPE, LABEL = ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "label")


def aces(name: str) -> ox.NamedNode:
    return ox.NamedNode(ACES + name)


def oa(name: str) -> ox.NamedNode:
    return ox.NamedNode(OA + name)


def concept(kind: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES[kind] + name)


@dataclass
class Change:
    """What a fault takes away and puts in."""

    removed: list[ox.Quad] = field(default_factory=list)
    added: list[ox.Quad] = field(default_factory=list)

    def put(self, old: ox.Quad, **parts: ox.NamedNode | ox.Literal) -> Change:
        """Replace a part of a quad."""
        self.removed.append(old)
        new = {"subject": old.subject, "predicate": old.predicate, "object": old.object} | parts
        self.added.append(ox.Quad(new["subject"], new["predicate"], new["object"], old.graph_name))
        return self

    def lose(self, quads: list[ox.Quad]) -> Change | None:
        """Take quads away; no fault where there are none."""
        self.removed += quads
        return self if quads else None

    def add(self, like: ox.Quad, subject: object, predicate: object, value: object) -> Change:
        """Put a triple into the graph of another."""
        self.added.append(ox.Quad(subject, predicate, value, like.graph_name))  # type: ignore[arg-type]
        return self


@dataclass
class World:
    """A good graph, and one claim of it to start from."""

    data: ox.Store
    claim: ox.NamedNode
    chance: random.Random

    def quads(self, subject: object, *predicates: ox.NamedNode) -> list[ox.Quad]:
        """What somebody wrote of a node."""
        found = [
            quad
            for predicate in predicates or (None,)
            for quad in self.data.quads_for_pattern(subject, predicate, None, None)  # type: ignore[arg-type]
        ]
        return sorted((q for q in found if q.graph_name.value not in COMPUTED_GRAPHS), key=str)  # type: ignore[union-attr]

    def of_claim(self, *names: str) -> list[ox.Quad]:
        return self.quads(self.claim, *map(aces, names))

    def evidence(self) -> list[ox.NamedNode]:
        return [quad.object for quad in self.of_claim("evidence")]  # type: ignore[misc]

    def selector(self, end: str, *names: str) -> list[ox.Quad]:
        """Quads of the first evidence's position or quote."""
        for evidence in self.evidence():
            return self.quads(ox.NamedNode(f"{evidence.value}.{end}"), *map(oa, names))
        return []

    def propositions(self, *ways: str) -> list[ox.NamedNode]:
        return [quad.object for quad in self.of_claim(*(ways or ("affirms", "denies", "considers")))]  # type: ignore[misc]

    def part(self, proposition: object, name: str) -> ox.Quad:
        (quad,) = self.quads(proposition, aces(name))
        return quad

    def nodes(self, kind: str) -> list[ox.NamedNode]:
        """What the claim reaches of a kind: by its own properties, or as ends of its Propositions."""
        quads = [*self.quads(self.claim), *(q for p in self.propositions() for q in self.quads(p))]
        seen = [q.object for q in quads if isinstance(q.object, ox.NamedNode)]
        seen += [
            q.object for node in list(seen) if "/observation/" in node.value for q in self.quads(node)
            if isinstance(q.object, ox.NamedNode)
        ]  # fmt: skip
        return [node for node in dict.fromkeys(seen) if node.value.startswith(f"{KG}{kind}/")]

    def any(self, kind: str, *other_than: object) -> ox.NamedNode:
        """Some other thing of a kind."""
        found = sorted({q.subject.value for q in self.data.quads_for_pattern(None, TYPE, None, None)
                        if q.subject.value.startswith(f"{KG}{kind}/")})  # fmt: skip
        apart = {node.value for node in other_than}  # type: ignore[attr-defined]
        return ox.NamedNode(self.chance.choice([node for node in found if node not in apart]))

    def without_a_letter(self, node: ox.NamedNode) -> ox.NamedNode:
        """A name with one letter lost or exchanged, which nothing is called."""
        while True:
            start = max(node.value.rfind("/"), node.value.rfind("#")) + 2
            at = self.chance.randrange(start, len(node.value))
            slip = self.chance.choice(["", self.chance.choice(string.ascii_lowercase)])
            new = ox.NamedNode(node.value[:at] + slip + node.value[at + 1 :])
            if (
                new != node
                and not new.value.endswith((".", "-"))
                and not any(self.data.quads_for_pattern(new, None, None, None))
            ):
                return new

    def restated(self, proposition: ox.NamedNode, **ends: ox.NamedNode) -> Change | None:
        """The Proposition with other ends, under the name that these give, everywhere."""
        change, old = Change(), {q.predicate: q.object for q in self.quads(proposition)}
        parts = [ends.get(name, old[aces(name)]) for name in ("subject", "predicate", "object")]
        new = ox.NamedNode(iri("proposition", content_hash(*(part.value for part in parts))))
        if new == proposition or any(self.data.quads_for_pattern(new, None, None, None)):
            return None
        by_name = dict(zip(map(aces, ("subject", "predicate", "object")), parts, strict=True))
        for quad in self.quads(proposition):
            change.put(quad, subject=new, object=by_name.get(quad.predicate, quad.object))  # type: ignore[arg-type]
        self._renamed(change, proposition, new)
        return change

    def _renamed(self, change: Change, old: ox.NamedNode, new: ox.NamedNode) -> None:
        for quad in self.data.quads_for_pattern(None, None, old, None):
            if quad.graph_name.value not in COMPUTED_GRAPHS:  # type: ignore[union-attr]
                change.put(quad, object=new)
        change.removed += self.data.quads_for_pattern(old, None, None, None)
        change.removed = list(dict.fromkeys(change.removed))


Make = Callable[[World], "Change | None"]


@dataclass(frozen=True)
class Kind:
    """One kind of fault."""

    name: str
    what: str
    rules: frozenset[str]
    make: Make


KINDS: list[Kind] = []


def kind(name: str, what: str, *rules: str) -> Callable[[Make], Make]:
    """Takes a function into the list of kinds."""

    def take(make: Make) -> Make:
        KINDS.append(Kind(name, what, frozenset(rules), make))
        return make

    return take


# --- words ---------------------------------------------------------------------------------------


@kind("dropped-quote", "a claim loses all its evidence", "claim-has-evidence")
def _(world: World) -> Change | None:
    return Change().lose(world.of_claim("evidence"))


@kind("quote-without-words", "evidence loses its exact words", "quote-has-words")
def _(world: World) -> Change | None:
    return Change().lose(world.selector("quote", "exact"))


@kind("shifted-offset", "start and end are shifted by up to 40 characters", "evidence-matches-text")
def _(world: World) -> Change | None:
    shift, change = world.chance.randint(1, 40), Change()
    for quad in world.selector("position", "start", "end"):
        change.put(quad, object=ox.Literal(int(quad.object.value) + shift))  # type: ignore[union-attr]
    return change


@kind("changed-word", "one letter of the quote is exchanged", "evidence-matches-text")
def _(world: World) -> Change | None:
    for quad in world.selector("quote", "exact"):
        words = quad.object.value  # type: ignore[union-attr]
        at = world.chance.randrange(len(words))
        letter = world.chance.choice([c for c in string.ascii_lowercase if c != words[at]])
        return Change().put(quad, object=ox.Literal(words[:at] + letter + words[at + 1 :]))
    return None


@kind("longer-span", "the end lies some characters too far", "evidence-matches-text", "evidence-length-fits")
def _(world: World) -> Change | None:
    for quad in world.selector("position", "end"):
        more = int(quad.object.value) + world.chance.randint(1, 9)  # type: ignore[union-attr]
        return Change().put(quad, object=ox.Literal(more))
    return None


@kind("backward-span", "start and end are swapped", "position-starts-before-it-ends")
def _(world: World) -> Change | None:
    (start,), (end,) = world.selector("position", "start"), world.selector("position", "end")
    return Change().put(start, object=end.object).put(end, object=start.object)  # type: ignore[arg-type]


@kind(
    "evidence-in-another-document",
    "evidence is said to lie in another document",
    "evidence-matches-text",
    "claim-evidence-stands-in-its-work",
)
def _(world: World) -> Change | None:
    for evidence in world.evidence():
        (source,) = world.quads(evidence, oa("hasSource"))
        return Change().put(source, object=world.any("document", source.object))
    return None


@kind(
    "quote-of-another-document",
    "a claim rests on evidence of another Work's text",
    "claim-evidence-stands-in-its-work",
)
def _(world: World) -> Change | None:
    own = {q.object for e in world.evidence() for q in world.quads(e, oa("hasSource"))}
    works = {q.object for d in own for q in world.quads(d, aces("copyOf"))}
    while True:
        other = world.any("evidence", *world.evidence())
        source = world.quads(other, oa("hasSource"))
        if source and not works & {q.object for q in world.quads(source[0].object, aces("copyOf"))}:
            break
    return Change().put(world.of_claim("evidence")[0], object=other)


# --- who holds it --------------------------------------------------------------------------------


def _is(world: World, name: str, kind_: str, value: str) -> bool:
    return concept(kind_, value) in [quad.object for quad in world.of_claim(name)]


@kind(
    "swapped-claimant-own-voice",
    "what a Work says in its own voice is given to another actor",
    "claim-own-voice-is-the-works",
)
def _(world: World) -> Change | None:
    if not _is(world, "voice", "voice", "own"):
        return None
    old = world.of_claim("claimant")[0]
    return Change().put(old, object=world.any("actor", *(q.object for q in world.of_claim("claimant"))))


@kind(
    "swapped-claimant-reported",
    "reported speech is given to another actor",
    "claimant-is-named-in-text",
    "claim-reported-is-of-another",
)
def _(world: World) -> Change | None:
    old = world.of_claim("claimant")[0]
    if not _is(world, "voice", "voice", "reported") or "/actor/" not in old.object.value:  # type: ignore[union-attr]
        return None
    return Change().put(old, object=world.any("actor", *(q.object for q in world.of_claim("claimant"))))


@kind(
    "swapped-voice",
    "own voice is called reported, or reported speech own",
    "claim-reported-is-of-another",
    "claim-own-voice-is-the-works",
)
def _(world: World) -> Change | None:
    (old,) = world.of_claim("voice")
    other = "reported" if _is(world, "voice", "voice", "own") else "own"
    return Change().put(old, object=concept("voice", other))


@kind("dropped-claimant", "nobody holds the claim", "claim-has-claimant")
def _(world: World) -> Change | None:
    return Change().lose(world.of_claim("claimant"))


@kind(
    "misspelt-claimant",
    "a letter is lost or wrong in the claimant's name",
    "name-is-known",
    "claim-claimant-is-actor-or-work",
)
def _(world: World) -> Change | None:
    old = world.of_claim("claimant")[0]
    return Change().put(old, object=world.without_a_letter(old.object))  # type: ignore[arg-type]


# --- what it says --------------------------------------------------------------------------------


def _event(world: World) -> ox.NamedNode | None:
    return next(iter(world.nodes("event")), None)


def _typing(world: World) -> ox.NamedNode | None:
    """A Proposition of the claim that gives an event its type."""
    for proposition in world.propositions():
        if world.part(proposition, "predicate").object == TYPE:
            return proposition
    return None


def _event_type(world: World, *other_than: object) -> ox.NamedNode:
    below = ox.NamedNode(RDFS + "subClassOf")
    direct = sorted(
        {q.subject for q in world.data.quads_for_pattern(None, below, aces("Event"), None)}, key=str
    )
    return world.chance.choice([c for c in direct if isinstance(c, ox.NamedNode) and c not in other_than])


@kind(
    "retyped-event",
    "an event of the registry is called a place, a person or a Work",
    "event-is-registered",
    "place-iri-has-its-form",
    "actor-iri-has-its-form",
    "work-iri-has-its-form",
    "classes-are-disjoint",
    "proposition-subject-fits",
)
def _(world: World) -> Change | None:
    event = _event(world)
    if event is None:
        return None
    (old, *_) = world.quads(event, TYPE)
    return Change().put(old, object=aces(world.chance.choice(["Place", "Person", "Work"])))


@kind("retyped-proposition", "the type that a Proposition states is exchanged", "proposition-iri-is-hash")
def _(world: World) -> Change | None:
    typing = _typing(world)
    if typing is None:
        return None
    old = world.part(typing, "object")
    return Change().put(old, object=_event_type(world, old.object))


@kind(
    "event-of-another-type",
    "an event is given another type, and the Proposition the name that this gives",
    "proposition-type-is-event-type",
    "claim-contradicts",
)
def _(world: World) -> Change | None:
    typing = _typing(world)
    if typing is None:
        return None
    return world.restated(typing, object=_event_type(world, world.part(typing, "object").object))


@kind(
    "swapped-ends",
    "subject and object change places, and the Proposition has the name that this gives",
    "proposition-subject-fits",
    "proposition-object-fits",
    "proposition-typed-is-event",
    "proposition-type-is-event-type",
    "proposition-ends-are-sorted",
)
def _(world: World) -> Change | None:
    for proposition in world.propositions():
        subject, value = (world.part(proposition, name).object for name in ("subject", "object"))
        return world.restated(proposition, subject=value, object=subject)  # type: ignore[arg-type]
    return None


@kind("wrong-hash", "a Proposition has a name that its parts do not give", "proposition-iri-is-hash")
def _(world: World) -> Change | None:
    for proposition in world.propositions():
        digits = "".join(world.chance.choice("0123456789abcdef") for _ in range(32))
        new, change = ox.NamedNode(iri("proposition", digits)), Change()
        for quad in world.quads(proposition):
            change.put(quad, subject=new)
        world._renamed(change, proposition, new)
        return change
    return None


@kind("unsorted-ends", "the ends of a symmetric predicate stand the wrong way", "proposition-ends-are-sorted")
def _(world: World) -> Change | None:
    symmetric = ox.NamedNode(PREFIXES["owl"] + "SymmetricProperty")
    for proposition in world.propositions():
        predicate = world.part(proposition, "predicate").object
        if any(world.data.quads_for_pattern(predicate, TYPE, symmetric, None)):  # type: ignore[arg-type]
            subject, value = (world.part(proposition, name).object for name in ("subject", "object"))
            return world.restated(proposition, subject=value, object=subject)  # type: ignore[arg-type]
    return None


@kind(
    "unknown-end",
    "a Proposition is about something that is not in the graph",
    "proposition-ends-are-described",
    "name-is-known",
)
def _(world: World) -> Change | None:
    for proposition in world.propositions():
        old = world.part(proposition, "subject")
        return Change().put(old, object=world.without_a_letter(old.object))  # type: ignore[arg-type]
    return None


@kind(
    "misspelt-relation",
    "a letter is lost or wrong in what a Proposition states",
    "proposition-predicate-is-statable",
    "name-is-known",
)
def _(world: World) -> Change | None:
    for proposition in world.propositions():
        old = world.part(proposition, "predicate")
        if old.object != TYPE:
            return Change().put(old, object=world.without_a_letter(old.object))  # type: ignore[arg-type]
    return None


@kind("misspelt-property", "a letter is lost or wrong in a property of the claim", "property-is-declared")
def _(world: World) -> Change | None:
    old = world.chance.choice([q for q in world.quads(world.claim) if q.predicate.value.startswith(ACES)])
    return Change().put(old, predicate=world.without_a_letter(old.predicate))


@kind("misspelt-class", "a letter is lost or wrong in the class of the claim", "class-is-declared")
def _(world: World) -> Change | None:
    (old,) = world.quads(world.claim, TYPE)
    return Change().put(old, object=world.without_a_letter(old.object))  # type: ignore[arg-type]


@kind("affirms-and-denies", "a claim denies what it affirms", "claim-affirms-or-denies")
def _(world: World) -> Change | None:
    for old in world.of_claim("affirms"):
        return Change().add(old, world.claim, aces("denies"), old.object)
    return None


@kind("denies-two", "a claim denies two Propositions at once", "claim-denies-one-proposition")
def _(world: World) -> Change | None:
    (like, *_) = world.of_claim("statedIn")
    held, change = world.of_claim("denies"), Change()
    apart = [quad.object for quad in world.of_claim("affirms", "denies", "considers")]
    for _turn in range(2 - len(held)):
        other = world.any("proposition", *apart)
        apart.append(other)
        change.add(like, world.claim, aces("denies"), other)
    return change


@kind(
    "recommendation-that-affirms",
    "an assertion that affirms is called a recommendation",
    "claim-conditional-only-considers",
)
def _(world: World) -> Change | None:
    causes = {aces("raises"), aces("lowers")}
    held = [world.part(p, "predicate").object for p in world.propositions("affirms", "denies")]
    if not set(held) - causes or _is(world, "modality", "modality", "recommendation"):
        return None
    (old,) = world.of_claim("modality")
    return Change().put(old, object=concept("modality", "recommendation"))


@kind("condition-that-affirms", "what is affirmed gets a condition", "claim-conditional-only-considers")
def _(world: World) -> Change | None:
    causes = {aces("raises"), aces("lowers")}
    held = [world.part(p, "predicate").object for p in world.propositions("affirms", "denies")]
    if not set(held) - causes:
        return None
    (like, *_) = world.of_claim("statedIn")
    return Change().add(like, world.claim, aces("condition"), ox.Literal("if nothing is done"))


@kind(
    "considered-and-held", "a claim also considers what it affirms", "claim-considers-what-it-does-not-hold"
)
def _(world: World) -> Change | None:
    for old in world.of_claim("affirms"):
        return Change().add(old, world.claim, aces("considers"), old.object)
    return None


# --- the claim as a node -------------------------------------------------------------------------


@kind(
    "duplicated-id",
    "another claim is written under the same name",
    "claim-has-gist",
    "claim-has-voice",
    "claim-is-stated-in-one-work",
    "claim-has-label",
)
def _(world: World) -> Change | None:
    change = Change()
    for quad in world.quads(world.any("claim", world.claim)):
        change.add(quad, world.claim, quad.predicate, quad.object)
    return change


@kind("lost-statedIn", "a claim is stated in no Work", "claim-is-stated-in-one-work")
def _(world: World) -> Change | None:
    return Change().lose(world.of_claim("statedIn"))


@kind("two-works", "a claim is stated in two Works", "claim-is-stated-in-one-work")
def _(world: World) -> Change | None:
    (old,) = world.of_claim("statedIn")
    return Change().add(old, world.claim, aces("statedIn"), world.any("work", old.object))


@kind("second-gist", "a claim has two gists", "claim-has-gist")
def _(world: World) -> Change | None:
    (old,) = world.of_claim("gist")
    return Change().add(old, world.claim, aces("gist"), ox.Literal("something else"))


@kind("lost-certainty", "a claim does not say how sure it is", "claim-has-certainty")
def _(world: World) -> Change | None:
    return Change().lose(world.of_claim("certainty"))


@kind("wrong-modality", "the modality is a grade of certainty", "claim-modality-is-known")
def _(world: World) -> Change | None:
    (old,) = world.of_claim("modality")
    return Change().put(old, object=concept("certainty", "likely"))


@kind(
    "literal-for-a-name",
    "the claimant, the Work or what is affirmed is written as text",
    "claim-claimant-is-actor-or-work",
    "claim-stated-in-is-work",
    "claim-states-propositions",
)
def _(world: World) -> Change | None:
    old = world.chance.choice(world.of_claim("claimant", "statedIn", "affirms"))
    return Change().put(old, object=ox.Literal(old.object.value.rpartition("/")[2]))  # type: ignore[union-attr]


@kind("place-that-is-none", "a claim holds in an actor", "claim-valid-in-is-place")
def _(world: World) -> Change | None:
    (like, *_) = world.of_claim("statedIn")
    return Change().add(like, world.claim, aces("validIn"), world.any("actor"))


# --- times, numbers, citations -------------------------------------------------------------------


def _dated(world: World) -> Iterator[tuple[ox.Quad, ox.Quad]]:
    for node in world.nodes("time"):
        first, last = world.quads(node, aces("earliest")), world.quads(node, aces("latest"))
        if first and last:
            yield first[0], last[0]


@kind("wrong-date-order", "the earliest day comes after the latest", "time-bounds-are-ordered")
def _(world: World) -> Change | None:
    for first, last in _dated(world):
        if first.object != last.object:
            return Change().put(first, object=last.object).put(last, object=first.object)  # type: ignore[arg-type]
    return None


@kind("no-such-day", "a day that no calendar has", "time-bound-is-day")
def _(world: World) -> Change | None:
    for first, _last in _dated(world):
        year = first.object.value[:4]  # type: ignore[union-attr]
        day = world.chance.choice(["02-30", "13-01", "04-31", "00-10", "11-00"])
        return Change().put(first, object=ox.Literal(f"{year}-{day}", datatype=ox.NamedNode(XSD + "date")))
    return None


@kind("date-in-words", "a time is written in words, not as EDTF", "time-edtf-is-well-formed")
def _(world: World) -> Change | None:
    for node in world.nodes("time"):
        (old,) = world.quads(node, aces("edtf"))
        months = ["June", "mid-April of", "about", "the year"]
        return Change().put(old, object=ox.Literal(f"{world.chance.choice(months)} {old.object.value[:4]}"))  # type: ignore[union-attr]
    return None


@kind("bounds-out-of-order", "the lower bound is above the upper", "quantity-bounds-are-ordered")
def _(world: World) -> Change | None:
    for node in world.nodes("quantity"):
        low, high = world.quads(node, aces("lowerBound")), world.quads(node, aces("upperBound"))
        if low and high:
            over = float(high[0].object.value) + 1  # type: ignore[union-attr]
            return Change().put(low[0], object=ox.Literal(str(over), datatype=ox.NamedNode(XSD + "decimal")))
    return None


@kind("lost-unit", "a quantity has no unit", "quantity-has-unit")
def _(world: World) -> Change | None:
    for node in world.nodes("quantity"):
        return Change().lose(world.quads(node, aces("unit")))
    return None


@kind("lost-dimension", "an Observation lacks a dimension of its measure", "observation-has-its-dimensions")
def _(world: World) -> Change | None:
    for node in world.nodes("observation"):
        measure = world.quads(node, aces("measure"))[0].object
        if world.quads(node, aces("inEvent"), aces("shareOf")):
            continue
        for required in world.quads(measure, aces("requires")):
            given = world.quads(node, required.object)  # type: ignore[arg-type]
            unstated = [q for q in world.quads(node, aces("unstated")) if q.object == required.object]
            if given or unstated:
                return Change().lose([*given, *unstated])
    return None


@kind(
    "unstated-and-not-local",
    "an Observation leaves something unstated and belongs to no Work",
    "observation-unstated-is-local",
)
def _(world: World) -> Change | None:
    for node in world.nodes("observation"):
        if local := world.quads(node, aces("localTo")):
            return Change().lose(local)
    return None


@kind(
    "note-that-is-not-there",
    "a Citation has a number that the document does not have",
    "citation-number-is-in-text",
)
def _(world: World) -> Change | None:
    for node in world.nodes("citation"):
        (old,) = world.quads(node, aces("number"))
        return Change().put(old, object=ox.Literal(str(world.chance.randint(600, 999))))
    return None


@kind("note-of-another-work", "a claim cites a note of another Work", "claim-cites-notes-of-its-work")
def _(world: World) -> Change | None:
    own = {quad.object for quad in world.of_claim("statedIn")}
    for old in world.of_claim("cites"):
        while True:
            other = world.any("citation", old.object)
            if not own & {quad.object for quad in world.quads(other, aces("citingWork"))}:
                return Change().put(old, object=other)
    return None


@kind("cites-the-future", "a note names a Work that came out years later", "citation-is-not-too-late")
def _(world: World) -> Change | None:
    for node in world.nodes("citation"):
        cited = world.quads(node, aces("citedWork"))
        for work in (quad.object for quad in cited):
            for issued in world.quads(work, aces("issued")):
                later = ox.NamedNode(iri("time", content_hash("2031-01-01", "2031-12-31", "within")))
                day = ox.NamedNode(XSD + "date")
                change = Change().put(issued, object=later)
                for name, value in (
                    ("edtf", ox.Literal("2031")),
                    ("timeMode", ox.Literal("within")),
                    ("earliest", ox.Literal("2031-01-01", datatype=day)),
                    ("latest", ox.Literal("2031-12-31", datatype=day)),
                ):
                    change.add(issued, later, aces(name), value)
                change.add(issued, later, TYPE, aces("Time"))
                # The note is written again, as whoever adds it would.
                (number,) = world.quads(node, aces("number"))
                return change.add(issued, later, LABEL, ox.Literal("2031")).put(number, object=number.object)  # type: ignore[arg-type]
    return None


# --- facts and identity --------------------------------------------------------------------------


@kind("fact-without-claim", "a plain fact is written by hand", "computed-not-asserted", "fact-has-a-claim")
def _(world: World) -> Change | None:
    (like, *_) = world.of_claim("statedIn")
    one, other = world.any("actor"), world.any("actor")
    predicate = aces(world.chance.choice(["memberOf", "fights", "finances", "alliedWith"]))
    return Change().add(like, one, predicate, other)


@kind(
    "two-made-one",
    "two actors are said to be the same",
    "same-is-decided",
    "thing-is-not-same-as-another",
)
def _(world: World) -> Change | None:
    (like, *_) = world.of_claim("statedIn")
    one = world.any("actor")
    same = ox.NamedNode(PREFIXES["owl"] + "sameAs")
    return Change().add(like, one, same, world.any("actor", one))


@kind("known-thing-again", "a known actor is entered again, its name spelt a little otherwise", "name-is-new")
def _(world: World) -> Change | None:
    (like, *_) = world.of_claim("statedIn")
    while True:
        old = world.any("actor")
        (label, *_) = world.quads(old, LABEL)
        name = label.object.value  # type: ignore[union-attr]
        if len(name) >= 13:  # in a shorter name one letter is too much to be a slip
            break
    at = world.chance.randrange(1, len(name))
    slip = name[:at] + name[at + 1 :]
    new = ox.NamedNode(f"{KG}actor/again-{content_hash(slip)[:8]}")
    (typed, *_) = world.quads(old, TYPE)
    change = Change().add(like, new, LABEL, ox.Literal(slip, language="en"))
    return change.add(like, new, TYPE, typed.object)


@kind("actor-and-place", "an actor is called a place too", "classes-are-disjoint")
def _(world: World) -> Change | None:
    (like, *_) = world.of_claim("statedIn")
    return Change().add(like, world.any("actor"), TYPE, aces("Place"))
