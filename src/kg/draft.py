"""The annotator's worksheet, and ids written once into a claims file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.analysis.expressions import NameFinder, dates, numbers
from kg.claims import ClaimsFile
from kg.documents import Document, Sentence, load_text, markers_for, read_document
from kg.errors import UnknownNameError, UnreadableError
from kg.model import Span
from kg.names import suggestion
from kg.registry import Document as RegisteredDocument
from kg.registry import Registry
from kg.seeds import Seeds
from kg.serialise import write_atomically
from kg.terms import content_hash, kind_and_name
from kg.yamltext import Mapping, Sequence, Text, read_yaml_file


def worksheet(seeds: Seeds, name: str) -> str:
    """Every body sentence of a document that no entry covers yet, in text order, as YAML to fill in.

    Note markers and recognised names, dates and numbers stand as comments.  Raises UnknownNameError for
    a document that is not registered, UnreadableError when its text is not held.
    """
    registered = _registered(seeds.registry, name)
    text = _text(seeds, registered)
    file = next((f for f in seeds.whole_files() if registered.name in f.texts), None)
    done = _done(file, registered.name)
    finder = NameFinder(seeds.registry)
    lines = [] if file else [f"document: {registered.name}", f"sha256: {registered.sha256}", "claims:"]
    heading = None
    for sentence in text.sentences:
        if any(_overlap(span, other) for span in sentence.spans for other in done):
            continue
        section = text.section_at(sentence.spans[0].start)
        if section != heading:
            heading = section
            lines.append(f"# === {section}")
        lines += list(_entry(text, sentence, finder))
    return "\n".join(lines) + "\n"


def _registered(registry: Registry, name: str) -> RegisteredDocument:
    known = {document.name: document for document in registry.documents()}
    if name not in known:
        raise UnknownNameError(f"there is no document called {name!r}", fix=suggestion(name, known))
    return known[name]


def _text(seeds: Seeds, registered: RegisteredDocument) -> Document:
    if registered.name in seeds.texts:
        return seeds.texts[registered.name]
    path = seeds.workspace.documents / registered.file
    if not path.exists():
        raise UnreadableError("the text is not held", where=str(path), fix="put the file there")
    return read_document(registered.name, load_text(path))


def _done(file: ClaimsFile | None, document: str) -> list[Span]:
    if file is None:
        return []
    spans = [span for claim in file.claims for span in claim.evidence]
    spans += [span for cover in file.covers for span in cover.spans]
    return [span for span in spans if span.document == document]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _entry(text: Document, sentence: Sentence, finder: NameFinder) -> Iterator[str]:
    yield f"- quote: {_quoted(sentence.text)}"
    yield f"  # line {sentence.line}"
    markers = [marker.label for marker in markers_for(text, sentence.spans)]
    names, when = finder.find(sentence.text), dates(sentence.text)
    taken = [(n.start, n.start + len(n.text)) for n in names]
    taken += [(d.start, d.start + len(d.text)) for d in when]
    found = {
        "notes": markers,
        "names": [f"{n.text} ({', '.join('/'.join(kind_and_name(i)) for i in n.nodes)})" for n in names],
        "dates": [f"{d.text} ({d.time.edtf})" if d.time else d.text for d in when],
        "numbers": [n.text for n in numbers(sentence.text, taken)],
    }
    for what, items in found.items():
        if items:
            yield f"  # {what}: {'; '.join(dict.fromkeys(items))}"


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def write_ids(path: Path, shown: str) -> int:
    """Write the id of every claim that has none into a claims file, once; how many were written.

    The id is the hash of the quote as it is now; from then on it never changes.
    """
    root, _ = read_yaml_file(path, shown)
    if not isinstance(root, Mapping):
        return 0
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    entries = list(_without_id(root.get("claims")))
    for entry, computed in sorted(entries, key=lambda pair: pair[0].where, reverse=True):
        row, column = entry.where.line - 1, entry.where.column - 1
        line = lines[row]
        if entry.in_braces:
            lines[row] = f"{line[: column + 1]}id: {computed}, {line[column + 1 :]}"
        else:
            lines[row] = f"{line[:column]}id: {computed}\n{' ' * column}{line[column:]}"
    if entries:
        write_atomically(path, "".join(lines).encode())
    return len(entries)


def _without_id(node: object) -> Iterator[tuple[Mapping, str]]:
    """Claims without an id, with the id that the loader computes for each."""
    for entry in node if isinstance(node, Sequence) else ():
        if not isinstance(entry, Mapping):
            continue
        yield from _without_id(entry.get("claims"))
        quote = entry.get("quote")
        quotes = [quote] if isinstance(quote, Text) else quote if isinstance(quote, Sequence) else []
        if not quotes or "cover" in entry or "figure" in entry:
            continue
        given = entry.get("id")
        own = str(given) if isinstance(given, Text) else content_hash(*(str(q) for q in quotes))[:8]
        if given is None:
            yield entry, own
        also = entry.get("also")
        for number, more in enumerate(also if isinstance(also, Sequence) else (), start=2):
            if isinstance(more, Mapping) and "id" not in more:
                yield more, f"{own}.{number}"
