"""One entry of a claims file read into a Claim."""

from __future__ import annotations

from kg.claims.citations import Citations
from kg.claims.forms import STATEMENT_KEYS, texts
from kg.claims.gists import Labels, make_gist
from kg.claims.guards import contradicts_its_mode, hedge_words, warnings
from kg.claims.statements import THINGS, StatementReader
from kg.model import Claim, Iri, Proposition, Span, Time, Where
from kg.names import suggestion
from kg.registry import Registry, Work
from kg.terms import iri
from kg.yamltext import Node, Text


class ClaimReader:
    """Reads the claims of one Work; faults go to the findings of ``statements``."""

    def __init__(
        self, work: Work, registry: Registry, statements: StatementReader, citations: Citations
    ) -> None:
        """What every claim of the file needs."""
        self.work, self.registry = work, registry
        self.statements, self.citations = statements, citations
        self.labels = Labels(registry, statements.nodes)

    def read(
        self, name: str, keys: dict[str, Node], quotes: list[Text], spans: tuple[Span, ...], where: Where
    ) -> Claim:
        """One claim with its id, its effective keys, its words and where it is written."""
        quote = " ".join(quotes)
        affirms = tuple(dict.fromkeys((*self._stated(keys, "affirms"), *self._observed(keys))))
        denies, considers = tuple(self._stated(keys, "denies")), tuple(self._stated(keys, "considers"))
        claimants, own, said_in = self._claimants(keys)
        certainty = self._choice(keys, "certainty", "certain")
        written = texts(keys.get("gist"))
        claim = Claim(
            iri=iri("claim", f"{self.work.name}.{name}"),
            stated_in=self.work.iri,
            evidence=spans,
            gist=str(written[0]) if written else make_gist(self.labels, affirms, denies, considers),
            claimants=claimants,
            voice="own" if own else "reported",
            modality=self._choice(keys, "modality", "assertion"),
            certainty=certainty,
            hedge=hedge_words(quote) if certainty != "certain" else "",
            affirms=affirms,
            denies=denies,
            considers=considers,
            reported_by=self.statements.names(keys.get("reportedBy"), ["actor", "work"]),
            said_on=self._time(keys, "saidOn"),
            said_in=self._one(keys, "saidIn", ["work"]) or said_in,
            valid_during=self._time(keys, "validDuring"),
            valid_in=self._one(keys, "validIn", ["place"]),
            qualifier=_plain(keys, "qualifier"),
            condition=_plain(keys, "condition"),
            addressees=self.statements.names(keys.get("addressee"), ["actor"]),
            cites=self.citations.of_claim(keys, spans),
            about=self.statements.names(keys.get("about"), THINGS),
            topics=self.statements.names(keys.get("topic"), ["topic"]),
            inferred=tuple(str(t) for t in texts(keys.get("inferred"))),
            where=where,
        )
        self._check(claim, keys, quote)
        return claim

    def _check(self, claim: Claim, keys: dict[str, Node], quote: str) -> None:
        fault = contradicts_its_mode(claim)
        if fault:
            self.statements.findings.append(fault)
        if not claim.gist and not any(key in keys for key in STATEMENT_KEYS):
            assert claim.where is not None
            self.statements.fault(
                "claim-has-gist",
                "this claim says nothing",
                claim.where,
                "write affirms:, denies:, considers: or observes:, or else a gist: with about: or topic:",
            )
        self.statements.findings += list(warnings(claim, quote, self.registry))

    def _stated(self, keys: dict[str, Node], key: str) -> list[Proposition]:
        node = keys.get(key)
        found = self.statements.statements(node) if node is not None else []
        if key == "denies" and node is not None and len(found) > 1:
            self.statements.fault(
                "denies-one-proposition",
                "a claim denies one proposition at a time",
                node.where,
                "put each further denial under also:",
            )
        return list(dict.fromkeys(found))

    def _observed(self, keys: dict[str, Node]) -> list[Proposition]:
        node = keys.get("observes")
        return self.statements.observed(node) if node is not None else []

    def _choice(self, keys: dict[str, Node], key: str, default: str) -> str:
        given = texts(keys.get(key))
        if not given:
            return default
        known = self.registry.vocabulary.concepts(key)
        if given[0] not in known:
            self.statements.fault(
                "value-is-known",
                f"{str(given[0])!r} is no {key}",
                given[0].where,
                suggestion(given[0], known) or f"use one of {', '.join(known)}",
            )
            return default
        return str(given[0])

    def _claimants(self, keys: dict[str, Node]) -> tuple[tuple[Iri, ...], bool, Iri | None]:
        """Who holds the claim, whether that is the Work's own voice, and the Work it presents."""
        given = texts(keys.get("claimant"))
        if not given or [str(t) for t in given] == ["author"]:
            return holders(self.work), True, None
        found = self.statements.names(keys.get("claimant"), ["actor", "work"])
        if len(found) == 1 and found[0] == self.work.presents:
            presented = self.registry.work(found[0])
            return holders(presented), True, presented.iri
        return found, False, None

    def _time(self, keys: dict[str, Node], key: str) -> Time | None:
        given = texts(keys.get(key))
        return self.statements.time(given[0]) if given else None

    def _one(self, keys: dict[str, Node], key: str, kinds: list[str]) -> Iri | None:
        given = texts(keys.get(key))
        return self.statements.name(given[0], kinds) if given else None


def holders(work: Work) -> tuple[Iri, ...]:
    """Who speaks in a Work's own voice: its authors, else its publisher, else the Work itself."""
    return work.authors or ((work.publisher,) if work.publisher else (work.iri,))


def _plain(keys: dict[str, Node], key: str) -> str:
    given = texts(keys.get(key))
    return str(given[0]) if given else ""
