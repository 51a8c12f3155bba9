"""Whatever one line of a claims file becomes, it is read or refused with an error of ours."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.analysis.coverage import audit
from kg.analysis.standing import Entailment, voices
from kg.claims import read_claims
from kg.claims.gists import Labels
from kg.errors import KgError
from kg.registry import Registry
from kg.triples import Graphs, add_claims, add_propositions
from kg.yamltext import read_yaml
from smallworld import CLAIMS, SmallWorld, core_vocabulary, small_world
from strategies import share

EVERY_FEATURE = """\
document: ferry
sha256: 3b08a7a89ab54f2e6839a745802b5cb68ce6bc04c400c344a3e57df2884fbff0
also_in: [ferry]
claimant: author
notes:
  1: coastguard-report-2019
  2: [guild-letter-2019, coastguard-report-2019]
floor: {sentences: 80, structured: 60}
claims:
- id: grounding
  quote: The ferry Marten ... 12 passengers
  affirms:
    event/marten-grounding:
      type: Occasion
      place: kelp-point
      date: 2019-02-14
      injured: more than 12
  leaves: {Marten: a ship}
- quote: [linked the Pilots' Guild, to the accident]
  claimant: tor-lind
  reportedBy: [ada-holm, work/guild-letter-2019]
  saidOn: 2019-02
  saidIn: work/guild-letter-2019
  certainty: likely
  validDuring: '[2014..now]'
  validIn: kelp-point
  qualifier: in part
  addressee: [town]
  cites: none
  about: [town, kelp-point]
  topic: [rivalry, origins]
  inferred: [saidOn, event/marten-grounding.place]
  affirms: {'town, pilots-guild': {linkedTo: tor-lind}, someone: {finances: town}}
  also:
  - {denies: {town: {alliedWith: pilots-guild}}, gist: They are not allied.}
  - considers: {town: {hasGoal: quiet}}
- quote: About 300 people
  observes:
  - {attacks: 77, by: town, place: unstated, period: 2021-33, comparedWith: 2020-33, basis: here}
  - {attacks: 98%, of: {attacks: 77, by: town, place: unstated, period: 2021-33}, target: pilots-guild}
  - {plots: from 400 to 69, by: [town, tor-lind], target: ada-holm, period: '{2019,2020~}'}
- under: What comes next
  modality: recommendation
  claims:
  - {quote: The town of Old Sound should, condition: if so, considers: {town: {supports: pilots-guild}}}
  - {quote: Who will pay, cover: question, leaves: {Who: nobody}}
- figure: 1
  quote: About 300 people watched
- quote: Report on the Marten
  in: note 1
  cites: '1'
  affirms: {factor/fog: {raises: factor/risk}}
"""
LINES = EVERY_FEATURE.splitlines()
ODD = (
    "[]",
    "{}",
    "''",
    "~",
    "[a]",
    "{a: b}",
    "- x",
    "[[]]",
    "-1",
    "9" * 40,
    "a/b",
    "place/",
    "/",
    ":",
    "2019-99",
)
WORDS = sorted({word for word in EVERY_FEATURE.split() if len(word) > 2})


@dataclass(frozen=True)
class Reader:
    """Reads claims texts against one registry, and makes of them what a build makes."""

    small: SmallWorld
    registry: Registry

    def read(self, text: str) -> list[str]:
        """The rules that fired."""
        root, faults = read_yaml(text, CLAIMS)
        documents = self.small.root / "seeds" / "documents"
        file = read_claims(root, faults, self.small.claims, CLAIMS, self.registry, documents)
        fired = [f.rule for f in file.findings if f.severity == "violation"]
        if not fired:
            self.use(file)
        return fired

    def use(self, file) -> None:  # type: ignore[no-untyped-def]
        propositions = {p for claim in file.claims for p in claim.propositions}
        entailment = Entailment(propositions, core_vocabulary(), self.registry, file.nodes)
        voices(file.claims, entailment)
        graphs = Graphs()
        add_claims(graphs, file)
        add_propositions(graphs, propositions, file.nodes, Labels(self.registry, file.nodes))
        audit(file, self.registry, dict.fromkeys(file.texts, "ferry.txt"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    small = small_world(tmp_path_factory.mktemp("any") / "line")
    small.register("concepts", "goal: {quiet: quiet}", "factor: {fog: fog, risk: risk}")
    return Reader(small, small.registry())


@st.composite
def spoilt_texts(draw: st.DrawFn) -> str:
    """The file with one line changed: other words, odd values, signs put in or taken out, or no line."""
    number = draw(st.integers(0, len(LINES) - 1))
    line = LINES[number]
    at = draw(st.integers(0, len(line)))
    rest = line[at:]
    key, colon, _ = line.partition(": ")
    changed = draw(
        st.one_of(
            st.sampled_from(ODD).map(lambda odd: f"{key}{colon}{odd}"),
            st.sampled_from(ODD).map(lambda odd: f"{line[:at]}{odd}{rest}"),
            st.sampled_from(WORDS).map(lambda word: f"{line[:at]}{word}{rest}"),
            st.text(max_size=3).map(lambda some: f"{line[:at]}{some}{rest}"),
            st.integers(0, 4).map(lambda gone: f"{line[:at]}{rest[gone:]}"),
            st.sampled_from([*LINES, ""]),
        )
    )
    return "\n".join([*LINES[:number], changed, *LINES[number + 1 :]]) + "\n"


def test_the_file_as_it_stands_has_no_fault(reader: Reader) -> None:
    assert [rule for rule in reader.read(EVERY_FEATURE) if rule != "quote-found-once"] == []


@settings(share(1.5), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=spoilt_texts())
def test_any_change_of_one_line_is_read_or_refused_in_one_line(reader: Reader, text: str) -> None:
    try:
        reader.read(text)
    except KgError as fault:
        assert "\n" not in fault.line()


def test_any_single_line_may_be_missing(reader: Reader) -> None:
    for number in range(len(LINES)):
        try:
            reader.read("\n".join([*LINES[:number], *LINES[number + 1 :]]))
        except KgError as fault:
            assert "\n" not in fault.line()
