"""What new claims contradict and corroborate: information for whoever adds them, never a fault."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from rdflib import URIRef

from kg.analysis.disagreement import Disagreement, disagreements
from kg.analysis.standing import Entailment
from kg.model import Claim, Finding, Iri
from kg.seeds import Seeds
from kg.stores.answer import Rows
from kg.stores.local import LocalStore
from kg.terms import ACES, PREFIXES, kind_and_name

_LONGEST_QUOTE = 160
_CONTRADICTS = "read both, and keep what the words say: the graph shows both sides"
_CORROBORATES = "nothing to do; check that the two do not copy one source"


# --- claims as they were read --------------------------------------------------------------------


def compared_claims(seeds: Seeds, new: Collection[Iri]) -> Iterator[Finding]:
    """What the claims with these IRIs contradict and corroborate among all claims of the seeds."""
    claims = list(seeds.claims)
    propositions = {p for claim in claims for p in claim.propositions}
    entailment = Entailment(propositions, seeds.vocabulary, seeds.registry, seeds.nodes())
    for found in disagreements(claims, entailment, seeds.captioned()):
        yield from _contradictions(seeds, found, new)
    yield from _corroborations(seeds, claims, new)


def _contradictions(seeds: Seeds, found: Disagreement, new: Collection[Iri]) -> Iterator[Finding]:
    one, other = found.sides
    for mine, theirs in ((one, other), (other, one)):
        for claim in mine:
            if claim.iri in new:
                how = "nearly contradicts" if found.strength == "near-miss" else "contradicts"
                sure = " (possibly)" if found.strength == "possible" else ""
                told = f"this {how} {_listed(seeds, theirs)}{sure}; {found.rule}"
                yield Finding(
                    "claim-contradicts", "info", told, _CONTRADICTS, claim.where, claim.iri, claim.gist
                )


def _corroborations(seeds: Seeds, claims: list[Claim], new: Collection[Iri]) -> Iterator[Finding]:
    for claim in claims:
        if claim.iri in new:
            stated = set(claim.affirms)
            others = [c for c in claims if c.stated_in != claim.stated_in and stated & set(c.affirms)]
            if others:
                told = f"this says what others say too: {_listed(seeds, others)}"
                yield Finding(
                    "claim-corroborates", "info", told, _CORROBORATES, claim.where, claim.iri, claim.gist
                )


def _listed(seeds: Seeds, claims: Iterable[Claim]) -> str:
    return "; ".join(f"{kind_and_name(claim.stated_in)[1]}: “{_quote(seeds, claim)}”" for claim in claims)


def _quote(seeds: Seeds, claim: Claim) -> str:
    span = claim.evidence[0] if claim.evidence else None
    text = seeds.texts.get(span.document) if span else None
    words = text.text[span.start : span.end] if text and span else claim.gist
    return _cut(words)


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_QUOTE else f"{words[: _LONGEST_QUOTE - 1]}…"


# --- claims in a graph ---------------------------------------------------------------------------


def compared_in_graph(store: LocalStore, subjects: Collection[Iri]) -> Iterator[Finding]:
    """What claims of an added file contradict and corroborate, by the Propositions that they share."""
    values = " ".join(URIRef(node).n3() for node in sorted(subjects) if kind_and_name(node)[0] == "claim")
    if not values:
        return
    for query, rule, how, fix in (
        (_DENIED, "claim-contradicts", "this contradicts", _CONTRADICTS),
        (_SHARED, "claim-corroborates", "this says what others say too:", _CORROBORATES),
    ):
        answer = store.query(query.replace("%s", values))
        for claim, label, work, quotation in answer.rows if isinstance(answer, Rows) else ():
            told = f"{how} {kind_and_name(str(work))[1]}: “{_cut(str(quotation))}”"
            yield Finding(rule, "info", told, fix, focus=str(claim), label=str(label or ""))


_OTHER = f"""
  ?other <{ACES}statedIn> ?work ; <{ACES}gist> ?gist . FILTER(?other != ?claim)
  OPTIONAL {{ ?other <{ACES}quotation> ?words }}
  OPTIONAL {{ ?claim <{PREFIXES["rdfs"]}label> ?label }}
  BIND(COALESCE(?words, ?gist) AS ?quotation)
}} ORDER BY ?claim ?work ?quotation"""
_DENIED = f"""SELECT DISTINCT ?claim ?label ?work ?quotation WHERE {{
  VALUES ?claim {{ %s }}
  {{ ?claim <{ACES}affirms>/<{ACES}entails>? ?proposition . ?other <{ACES}denies> ?proposition }} UNION
  {{ ?claim <{ACES}denies> ?proposition . ?other <{ACES}affirms>/<{ACES}entails>? ?proposition }}
{_OTHER}"""
_SHARED = f"""SELECT DISTINCT ?claim ?label ?work ?quotation WHERE {{
  VALUES ?claim {{ %s }}
  ?claim <{ACES}affirms> ?proposition ; <{ACES}statedIn> ?own . ?other <{ACES}affirms> ?proposition .
  FILTER NOT EXISTS {{ ?other <{ACES}statedIn> ?own }}
{_OTHER}"""
