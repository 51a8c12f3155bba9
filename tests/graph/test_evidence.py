"""Every quote stands in the text at its offsets; nothing here uses the code that wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ACES = "https://w3id.org/aces/ontology#"
OA = "http://www.w3.org/ns/oa#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Described = Mapping[str, Mapping[str, list[str]]]


def texts_of(built: Path, described: Described) -> dict[str, str]:
    """The text of every registered document, as it lies on disk, by the document's IRI."""
    folder = built / "seeds" / "documents"
    return {
        node: (folder / values[ACES + "fileName"][0]).read_bytes().decode("utf-8")
        for node, values in described.items()
        if ACES + "fileName" in values
    }


def test_every_evidence_span_is_the_text_from_its_start_to_its_end(built: Path, described: Described) -> None:
    texts = texts_of(built, described)
    spans = [values for values in described.values() if ACES + "Evidence" in values[TYPE]]
    wrong = []
    for span in spans:
        (document,) = span[OA + "hasSource"]
        position, quote = sorted(
            (described[name] for name in span[OA + "hasSelector"]), key=lambda node: node[TYPE]
        )
        (start,), (end,), (exact,) = position[OA + "start"], position[OA + "end"], quote[OA + "exact"]
        if texts[document][int(start) : int(end)] != exact or not exact:
            wrong.append((document, start, end, exact))
    assert wrong == []
    assert len(spans) >= 6


def test_what_stands_before_and_behind_a_quote_is_the_text_there(built: Path, described: Described) -> None:
    texts = texts_of(built, described)
    wrong = []
    for node, span in described.items():
        if ACES + "Evidence" not in span.get(TYPE, ()):
            continue
        text = texts[span[OA + "hasSource"][0]]
        start = int(described[f"{node}.position"][OA + "start"][0])
        end = int(described[f"{node}.position"][OA + "end"][0])
        quote = described[f"{node}.quote"]
        before, behind = quote.get(OA + "prefix", [""])[0], quote.get(OA + "suffix", [""])[0]
        if not text[:start].endswith(before) or not text[end:].startswith(behind):
            wrong.append(node)
        if len(before) != min(32, start) or len(behind) != min(32, len(text) - end):
            wrong.append(node)
    assert wrong == []


def test_every_span_says_in_which_line_it_begins(built: Path, described: Described) -> None:
    texts = texts_of(built, described)
    wrong = [
        node
        for node, span in described.items()
        if ACES + "Evidence" in span.get(TYPE, ())
        and int(span[ACES + "line"][0])
        != 1
        + texts[span[OA + "hasSource"][0]].count("\n", 0, int(described[f"{node}.position"][OA + "start"][0]))
    ]
    assert wrong == []


def test_a_document_is_registered_with_the_checksum_of_its_file(built: Path, described: Described) -> None:
    import hashlib

    files = {
        values[ACES + "fileName"][0]: values[ACES + "sha256"][0]
        for values in described.values()
        if ACES + "fileName" in values
    }
    folder = built / "seeds" / "documents"
    assert files == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}
    assert files


def test_the_length_of_a_document_is_counted_in_code_points(built: Path, described: Described) -> None:
    texts = texts_of(built, described)
    lengths = {
        node: int(values[ACES + "characters"][0])
        for node, values in described.items()
        if ACES + "characters" in values
    }
    assert lengths == {node: len(texts[node]) for node in lengths}
    assert lengths
