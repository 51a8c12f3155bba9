"""What a claim states, read into Propositions: ``affirms``, ``denies``, ``considers`` and ``observes``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.claims.forms import texts
from kg.errors import UnknownNameError, WrongError
from kg.model import Finding, Iri, Observation, Proposition, Quantity, Time, Where
from kg.names import suggestion
from kg.quantities import parse_quantity
from kg.registry import CONCEPT_SCHEMES, Registry
from kg.terms import ACES, RDF_TYPE, kind_and_name, observation_iri, quantity_iri, time_iri
from kg.times import is_relative, parse_time, resolve_relative
from kg.vocabulary import Property, Vocabulary
from kg.yamltext import Mapping, Node, Sequence, Text

VALUE = ACES + "value"
IN_EVENT = ACES + "inEvent"
SHARE_OF = ACES + "shareOf"
THINGS = ("actor", "event", "place", "work", *CONCEPT_SCHEMES)
_CLASS_KINDS = {
    "Actor": "actor",
    "Event": "event",
    "Place": "place",
    "Work": "work",
    "Observation": "observation",
    "Quantity": "quantity",
    "Time": "time",
    "Outcome": "outcome",
    "Stance": "stance",
    "TruthValue": "truth",
    "Topic": "topic",
    **{cls: scheme for scheme, cls in CONCEPT_SCHEMES.items()},
}


@dataclass
class Nodes:
    """The nodes that are named by their content, as claims make them."""

    times: dict[Iri, Time] = field(default_factory=dict)
    quantities: dict[Iri, set[Quantity]] = field(default_factory=dict)
    observations: dict[Iri, Observation] = field(default_factory=dict)

    def time(self, time: Time) -> Iri:
        """Keep a time; its IRI."""
        node = time_iri(time)
        self.times[node] = time
        return node

    def quantity(self, quantity: Quantity) -> Iri:
        """Keep a quantity, with every wording of it; its IRI."""
        node = quantity_iri(quantity)
        self.quantities.setdefault(node, set()).add(quantity)
        return node

    def observation(self, observation: Observation) -> Iri:
        """Keep an observation; its IRI."""
        node = observation_iri(observation)
        self.observations[node] = observation
        return node


def kinds_of(classes: Iterable[Iri], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The kinds of individuals that some classes allow; every kind of thing when there are none."""
    kinds = []
    for cls in classes:
        for name, kind in _CLASS_KINDS.items():
            if vocabulary.is_a(cls, ACES + name) and kind not in kinds:
                kinds.append(kind)
    return tuple(kinds) or THINGS


class StatementReader:
    """Reads statements of one Work; faults go to ``findings``, what is sound is returned all the same."""

    def __init__(
        self, registry: Registry, work: Iri, reference: Time | None, nodes: Nodes, findings: list[Finding]
    ) -> None:
        """``reference`` is the Work's date, which ``now`` means."""
        self.registry, self.vocabulary = registry, registry.vocabulary
        self.work, self.reference = work, reference
        self.nodes, self.findings = nodes, findings
        self.measures = self.vocabulary.concepts("measure")

    def fault(self, rule: str, message: str, where: Where, fix: str = "") -> None:
        """Note a fault."""
        self.findings.append(Finding(rule, "violation", message, fix, where))

    def time(self, text: Text) -> Time | None:
        """A time, with ``now`` and ``former`` resolved; None (and a fault) when it is none."""
        try:
            if self.reference is not None:
                return parse_time(resolve_relative(text, self.reference))
            if is_relative(text):
                raise WrongError(
                    f"{str(text)!r} needs the Work's date, which is not known", fix="write the time out"
                )
            return parse_time(str(text))
        except WrongError as fault:
            self.fault("time-is-edtf", fault.what, text.where, fault.fix)
            return None

    def name(self, text: Text, kinds: Iterable[str]) -> Iri | None:
        """A known thing of these kinds; None (and a fault) when there is none."""
        kinds = tuple(kinds)
        try:
            found = self.registry.find(text, kinds)
        except UnknownNameError as fault:
            self.fault("name-is-known", fault.what, text.where, fault.fix)
            return None
        if kind_and_name(found)[0] not in kinds:
            what = f"{str(text)!r} is no {' or '.join(kinds)}"
            self.fault(
                "name-has-a-fitting-kind", what, text.where, f"name one that is, for example {kinds[0]}/ID"
            )
            return None
        return found

    def names(self, node: Node | None, kinds: Iterable[str]) -> tuple[Iri, ...]:
        """One name or a list of them."""
        kinds = tuple(kinds)
        found = (self.name(text, kinds) for text in texts(node))
        return tuple(dict.fromkeys(f for f in found if f))

    def _values(self, key: Text, node: Node) -> list[Text]:
        """The value or values of a key; a fault when there is none, or something else than words."""
        found = [text for text in texts(node) if text]
        if not found or (isinstance(node, Sequence) and len(found) < len(node)):
            self.fault(
                "value-form",
                f"{str(key)!r} takes a value or a list of values",
                key.where,
                "give one; quote text that begins with [ or {",
            )
        return found

    def statements(self, node: Node) -> list[Proposition]:
        """The Propositions of an ``affirms``, ``denies`` or ``considers`` mapping."""
        found: list[Proposition] = []
        for subjects, properties in node if isinstance(node, Mapping) else ():
            if not isinstance(properties, Mapping) or not properties:
                what = f"{str(subjects)!r} needs {{property: object}}"
                self.fault("statement-form", what, subjects.where)
                continue
            for subject in _split(subjects):
                found += self._of_subject(subject, properties)
        return found

    def _of_subject(self, name: Text, properties: Mapping) -> Iterator[Proposition]:
        subject = self._subject(name, self._subject_kinds(properties))
        if subject is None:
            return
        for key, value in properties:
            yield from self._of_key(subject, key, value)

    def _subject(self, name: Text, kinds: tuple[str, ...]) -> Iri | None:
        """A thing of these kinds; one of another kind too, of which the properties are then wrong."""
        try:
            return self.registry.find(name, kinds)
        except UnknownNameError:
            try:
                return self.registry.find(name, THINGS)
            except UnknownNameError:
                return self.name(name, kinds)

    def _subject_kinds(self, properties: Mapping) -> tuple[str, ...]:
        """Kinds a subject without prefix may be of: what the domains of its keys allow, actors first."""
        kinds: list[str] = []
        for key, _ in properties:
            for prop in self.vocabulary.by_key.get(key, ()):
                kinds += [k for k in kinds_of(prop.domains, self.vocabulary) if k not in kinds]
        return tuple(sorted(kinds, key=lambda kind: kind != "actor")) or THINGS

    def _of_key(self, subject: Iri, key: Text, value: Node) -> Iterator[Proposition]:
        kind = kind_and_name(subject)[0]
        if key == "type" and kind == "event":
            yield from self._types(subject, key, value)
            return
        prop = self._property(kind, key)
        if prop is None and kind == "event" and key in self.measures:
            yield from self._count(subject, key, value)
        elif prop is None:
            self._unknown_key(kind, key)
        else:
            for text in self._values(key, value):
                node = self._object(prop, text)
                if node:
                    yield self._proposition(subject, prop, node)

    def _property(self, kind: str, key: str) -> Property | None:
        for prop in self.vocabulary.by_key.get(key, ()):
            if kind in kinds_of(prop.domains, self.vocabulary):
                return prop
        return None

    def _unknown_key(self, kind: str, key: Text) -> None:
        fitting = [
            k
            for k, props in self.vocabulary.by_key.items()
            if any(kind in kinds_of(p.domains, self.vocabulary) for p in props)
        ]
        if kind == "event":
            fitting += ["type", *self.measures]
        what = f"nothing called {str(key)!r} can be said of {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        self.fault("predicate-is-known", what, key.where, suggestion(key, fitting))

    def _types(self, event: Iri, key: Text, value: Node) -> Iterator[Proposition]:
        for text in self._values(key, value):
            cls = self.vocabulary.event_types.get(text)
            if cls is None:
                fix = suggestion(text, self.vocabulary.event_types)
                what = f"there is no type of event {str(text)!r}"
                self.fault("event-type-is-known", what, text.where, fix)
            else:
                yield Proposition(event, RDF_TYPE, cls)

    def _proposition(self, subject: Iri, prop: Property, node: Iri) -> Proposition:
        """Both ends of a symmetric relation in one order, so that either way round is one Proposition."""
        if prop.symmetric and node < subject:
            subject, node = node, subject
        return Proposition(subject, prop.iri, node)

    def _object(self, prop: Property, text: Text) -> Iri | None:
        kinds = kinds_of(prop.ranges, self.vocabulary)
        if kinds == ("time",):
            time = self.time(text)
            return self.nodes.time(time) if time else None
        if kinds == ("quantity",):
            return self._quantity(text)
        return self.name(text, kinds)

    def _quantity(self, text: Text) -> Iri | None:
        try:
            return self.nodes.quantity(parse_quantity(text))
        except WrongError as fault:
            self.fault("quantity-is-readable", fault.what, text.where, fault.fix)
            return None

    def _count(self, event: Iri, measure: Text, value: Node) -> Iterator[Proposition]:
        """A number inside an event: an Observation with the event as its one dimension."""
        observation = Observation(self.measures[measure], ((IN_EVENT, event),))
        for text in self._values(measure, value):
            quantity = self._quantity(text)
            if quantity:
                yield Proposition(self.nodes.observation(observation), VALUE, quantity)

    def observed(self, node: Node) -> list[Proposition]:
        """The Propositions of an ``observes`` list: one Observation and its value each."""
        found = []
        for item in node if isinstance(node, Sequence) else [node]:
            if not isinstance(item, Mapping):
                self.fault(
                    "statement-form", "an observation is {measure: quantity, dimensions}", _where(item)
                )
                continue
            observation, quantity = self._observation(item)
            if observation and quantity:
                found.append(Proposition(self.nodes.observation(observation), VALUE, quantity))
        return found

    def _observation(self, node: Mapping) -> tuple[Observation | None, Iri | None]:
        measured = [key for key, _ in node if key in self.measures]
        if len(measured) != 1:
            words = [str(key) for key, _ in node]
            known = suggestion(words[0], self.measures) if words else ""
            self.fault(
                "observation-has-a-measure", "an observation names exactly one measure", node.where, known
            )
            return None, None
        key = measured[0]
        quantity = self._measured(key, node)
        measure = self.measures[key]
        pairs: list[tuple[Iri, str]] = []
        unstated: list[Iri] = []
        faults_before = len(self.findings)
        for name, dimension_value in node:
            if name != key:
                self._dimension(measure, name, dimension_value, pairs, unstated)
        self._inherit_from_whole(pairs, unstated)
        if len(self.findings) == faults_before:
            self._require_dimensions(key, {prop for prop, _ in pairs} | set(unstated), node.where)
        local_to = self.work if unstated else None
        dimensions = tuple(sorted(set(pairs)))
        return Observation(measure, dimensions, tuple(sorted(set(unstated))), local_to), quantity

    def _require_dimensions(self, measure: Text, given: set[Iri], where: Where) -> None:
        for prop in self.vocabulary.required.get(self.measures[measure], ()):
            if prop not in given:
                word = self.vocabulary.properties[prop].key
                self.fault(
                    "observation-has-its-dimensions",
                    f"{str(measure)!r} needs the dimension {word!r}",
                    where,
                    f"write {word}: ..., or {word}: unstated where the words do not give it",
                )

    def _measured(self, measure: Text, node: Mapping) -> Iri | None:
        value = node.get(measure)
        if isinstance(value, Text):
            return self._quantity(value)
        self.fault("value-form", f"{str(measure)!r} takes one quantity", measure.where)
        return None

    def _inherit_from_whole(self, pairs: list[tuple[Iri, str]], unstated: list[Iri]) -> None:
        """A share has the dimensions of its whole where its own words give no other."""
        given = {prop for prop, _ in pairs} | set(unstated)
        for prop, value in list(pairs):
            whole = self.nodes.observations.get(value) if prop == SHARE_OF else None
            if whole is not None:
                pairs += [pair for pair in whole.dimensions if pair[0] not in given]
                unstated += [other for other in whole.unstated if other not in given]

    def _dimension(
        self, measure: Iri, name: Text, value: Node, pairs: list[tuple[Iri, str]], unstated: list[Iri]
    ) -> None:
        candidates = self.vocabulary.dimensions.get(name, ())
        required = self.vocabulary.required.get(measure, ())
        if not candidates:
            fix = suggestion(name, self.vocabulary.dimensions)
            self.fault("dimension-is-known", f"there is no dimension {name!r}", name.where, fix)
            return
        if isinstance(value, Mapping) and SHARE_OF in {prop.iri for prop in candidates}:
            base, _ = self._observation(value)
            if base:
                pairs.append((SHARE_OF, self.nodes.observation(base)))
            return
        preferred = [p for p in candidates if p.iri in required] or [
            p for p in candidates if p.iri != SHARE_OF or value == "unstated"
        ]
        prop = preferred[-1]
        if value == "unstated":
            unstated.append(prop.iri)
            return
        for text in self._values(name, value):
            if not prop.ranges or any(r.startswith("http://www.w3.org/2001/XMLSchema#") for r in prop.ranges):
                pairs.append((prop.iri, str(text)))
            elif (node := self._object(prop, text)) is not None:
                pairs.append((prop.iri, node))


def _split(subjects: Text) -> list[Text]:
    """``a, b: {...}`` states the same of both."""
    return [Text(part.strip(), subjects.where) for part in subjects.split(",") if part.strip()]


def _where(node: Node) -> Where:
    return node.where
