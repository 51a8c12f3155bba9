"""Every picture can be read: no text upon another, nothing cut, and a legend for what the marks mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Circle
from matplotlib.transforms import Bbox
from rdflib import Literal, URIRef

import kg
from kg.errors import LimitError
from kg.pictures import PICTURES, Source, Subject, sheet_of
from kg.pictures.canvas import Canvas, own_settings
from kg.pictures.ties import FAMILIES
from kg.results import Result
from kg.terms import iri

ROOT = Path(__file__).parents[2]


opened = cache(kg.open)


def source(workspace: Path, actor: str | None = None) -> Source:
    graph = opened(workspace)
    subject = None
    if actor:
        node = iri("actor", actor)
        labels = dict(graph.local.names(["http://www.w3.org/2000/01/rdf-schema#label"]))
        subject = Subject(node, labels[node])
    return Source(graph.query, subject)


def texts_of(canvas: Canvas) -> list[tuple[str, Bbox]]:
    """Every text on the page with the box it fills, in points, as the renderer measures it."""
    with own_settings():
        renderer = FigureCanvasAgg(canvas.figure).get_renderer()
        return [(t.get_text(), t.get_window_extent(renderer)) for t in canvas.axes.texts if t.get_text()]


def overlapping(texts: list[tuple[str, Bbox]], least: float = 0.5) -> list[tuple[str, str]]:
    """The pairs of texts of which one lies on the other by more than half a point."""
    ordered = sorted(texts, key=lambda text: text[1].y0)
    found = []
    for place, (one, box) in enumerate(ordered):
        for other, next_box in ordered[place + 1 :]:
            if next_box.y0 > box.y1 - least:
                break
            if min(box.x1, next_box.x1) - max(box.x0, next_box.x0) > least:
                found.append((one, other))
    return found


def cut(canvas: Canvas, texts: list[tuple[str, Bbox]]) -> list[str]:
    """The texts that reach over the edge of the page."""
    return [
        text
        for text, box in texts
        if box.x0 < 0 or box.y0 < 0 or box.x1 > canvas.width or box.y1 > canvas.height
    ]


def check(canvas: Canvas, least: int = 3) -> list[str]:
    texts = texts_of(canvas)
    assert len(texts) >= least
    assert overlapping(texts) == []
    assert cut(canvas, texts) == []
    return [text for text, _ in texts]


WORLDS = [
    *((picture, "mills", None) for picture in PICTURES),
    *((picture, "mills", "weavers") for picture in PICTURES),
    *((picture, "corpus", None) for picture in PICTURES),
    ("matrix", "shipped", None),
    ("network", "shipped", "iskp"),
    *(
        pytest.param(*world, marks=pytest.mark.slow)
        for picture in PICTURES
        for world in ((picture, "shipped", None), (picture, "shipped", "iskp"))
        if world not in (("matrix", "shipped", None), ("network", "shipped", "iskp"))
    ),
]


@pytest.mark.parametrize(("picture", "world", "actor"), WORLDS)
def test_no_text_lies_on_another_and_none_is_cut(
    picture: str, world: str, actor: str | None, request: pytest.FixtureRequest
) -> None:
    workspace = ROOT if world == "shipped" else Path(request.getfixturevalue(world))
    check(sheet_of(source(workspace, actor), picture).canvas())


# --- what is drawn --------------------------------------------------------------------------------------


def test_a_timeline_tells_days_stretches_open_ends_and_disputes_apart(mills: Path) -> None:
    sheet = sheet_of(source(mills), "timeline")
    told = {sign.words for sign in sheet.signs}
    assert told == {
        "exact day",
        "some time within",
        "all this time",
        "by then, start not given",
        "since then, end not given",
        "date disputed",
        "years without a date, drawn short",
    }
    canvas = sheet.canvas()
    days = [patch for patch in canvas.axes.patches if isinstance(patch, Circle)]
    assert len(days) == 2  # the one in the legend and the day of the fire
    hatched = [patch for patch in canvas.axes.patches if patch.get_hatch()]
    assert len(hatched) == 3  # the one in the legend and both dates of the lockout


def test_a_date_that_nobody_asserts_is_drawn_with_a_broken_outline(corpus: Path) -> None:
    sheet = sheet_of(source(corpus), "timeline")
    assert "date only reported or hedged" in {sign.words for sign in sheet.signs}
    assert "2020 (only reported or hedged)" in check(sheet.canvas())


def test_an_event_that_somebody_denies_is_marked(corpus: Path) -> None:
    rows = source(corpus).rows("event-timeline")
    denied = [dict(row, happening="unasserted", denials=2) for row in rows]
    sheet = sheet_of(answering(denied), "timeline")
    assert "doubt that it happened" in {sign.words for sign in sheet.signs}
    assert check(sheet.canvas()).count("said not to have happened") == len(rows)


def test_every_family_of_ties_has_a_colour_and_a_shape_of_its_own() -> None:
    assert len({family.colour for family in FAMILIES.values()}) == len(FAMILIES)
    shapes = {(family.corners, family.turn, family.hollow) for family in FAMILIES.values()}
    assert len(shapes) == len(FAMILIES)


def test_a_network_shows_every_family_and_standing_that_occurs(mills: Path) -> None:
    sheet = sheet_of(source(mills), "network")
    words = [sign.words for sign in sheet.signs]
    assert words == [*FAMILIES, "asserted, uncontested", "only reported or hedged"]
    assert sheet.items == len(source(mills).rows("actor-ties"))


def test_the_ties_of_an_actor_are_told_in_words_with_their_direction(mills: Path) -> None:
    texts = check(sheet_of(source(mills, "young-weavers"), "network").canvas())
    assert {"→ is a faction of", "→ defected to", "(→ supports)"} <= set(texts)


def test_a_matrix_counts_the_statements_of_each_year(mills: Path) -> None:
    rows = source(mills).rows("event-critics")
    events = {(row["whom"], row["critic"], row["year"], row["event"]) for row in rows}
    assert sheet_of(source(mills), "matrix").items == len(events) == 2


def test_the_matrix_of_an_actor_also_has_the_rivals_who_said_nothing() -> None:
    texts = check(sheet_of(source(ROOT, "iskp"), "matrix").canvas())
    assert {row["group"] for row in source(ROOT, "iskp").rows("event-criticism")} <= set(texts)


def test_both_sides_are_drawn_where_an_actor_is_on_one_alone() -> None:
    texts = check(sheet_of(source(ROOT, "iskp"), "disagreements").canvas())
    assert "1600: Resolute Support Mission" in texts


def test_numbers_with_an_open_end_are_told_apart_from_exact_ones() -> None:
    words = {sign.words for sign in sheet_of(source(ROOT), "disagreements").signs}
    assert {"this number", "at least, no upper bound", "changed from, to"} <= words


# --- much and little ------------------------------------------------------------------------------------


def answering(rows: list[dict[str, object]]) -> Source:
    """A source that answers every query with these rows."""
    columns = tuple(rows[0]) if rows else ("node",)

    def term(value: object) -> object:
        if value is None:
            return None
        return URIRef(value) if str(value).startswith("https://w3id.org/") else Literal(value)

    def ask(_name: str, **_values: str) -> Result:
        return Result(columns, [[term(row[column]) for column in columns] for row in rows])  # type: ignore[misc]

    return Source(ask)


def dated(name: str, number: int, first: str, last: str) -> dict[str, object]:
    return {
        "from": first,
        "to": last,
        "dated": first,
        "mode": "within",
        "standing": "uncontested",
        "finding": None,
        "event": name,
        "happening": None,
        "denials": None,
        "node": iri("event", f"e{number}"),
    }


def tied(one: str, other: str, family: str = "support", standing: str = "uncontested") -> dict[str, object]:
    ends = {"source": iri("actor", one), "target": iri("actor", other)}
    names = {"subject": f"the actor called {one}", "object": f"the actor called {other}"}
    return {
        "family": family,
        "relation": family,
        "direction": "one way",
        "standing": standing,
        **names,
        **ends,
    }


@pytest.mark.slow
def test_hundreds_of_events_make_a_long_page_on_which_nothing_overlaps() -> None:
    rows = [
        dated(
            f"event number {n} with a name of several words",
            n,
            f"{1900 + n % 90}-01-01",
            f"{1900 + n % 90}-06-30",
        )
        for n in range(300)
    ]
    assert len(check(sheet_of(answering(rows), "timeline").canvas())) > 600


def test_an_event_on_one_day_makes_a_page_with_months() -> None:
    rows = [dated("the one event", 1, "2019-02-14", "2019-02-14")]
    assert "the one event" in check(sheet_of(answering(rows), "timeline").canvas())


def test_events_far_apart_fit_on_a_page() -> None:
    rows = [dated(f"event {n}", n, f"{n:04d}-03-01", f"{n:04d}-03-31") for n in (1, 800, 801, 1500, 9999)]
    check(sheet_of(answering(rows), "timeline").canvas())


def test_a_network_of_many_actors_has_no_box_upon_another() -> None:
    rows = [tied(f"a{n}", f"a{(n * 7) % 40}") for n in range(120)]
    check(sheet_of(answering(rows), "network").canvas())


def test_an_actor_tied_to_itself_and_two_ties_between_the_same_are_drawn() -> None:
    families = iter(FAMILIES)
    rows = [tied("a", "a"), *(tied("a", "b", family) for family in families)]
    check(sheet_of(answering(rows), "network").canvas())


def test_more_than_anybody_can_look_at_is_refused() -> None:
    ties = [tied(f"a{n}", f"b{n}") for n in range(800)]
    with pytest.raises(LimitError, match="1600 actors are too many"):
        sheet_of(answering(ties), "network")
    events = [dated(f"event {n}", n, "1990-01-01", "1990-01-01") for n in range(3001)]
    with pytest.raises(LimitError, match="3001 events are too many"):
        sheet_of(answering(events), "timeline")
    with pytest.raises(LimitError, match="1389 inches long"):
        Canvas(100, 100_001)


def test_two_of_one_name_are_told_apart() -> None:
    rows = [dated("the raid", n, "1990-01-01", "1990-12-31") for n in (1, 2)]
    assert {"the raid (e1)", "the raid (e2)"} <= set(check(sheet_of(answering(rows), "timeline").canvas()))


# --- hostile text ---------------------------------------------------------------------------------------

HOSTILE = [
    r"$\frac{1}{2}$ and $x^2$",
    "$",
    "a $ b",
    "a\nb\tc\x1b[31m",
    "right\u202eto left",
    "zero\u200bwidth",
    "漢字 and 🚀",
    "<script>alert('x')</script> & ]]> \"quoted\"",
    "x" * 3000,
    "long " * 500,
    "e\u0301 combined",
    r"\alpha_{1} % {} \\",
]


def hostile_rows(picture: str, text: str) -> Iterator[dict[str, object]]:
    if picture == "network":
        yield dict(tied("a", "b"), subject=text, object=f"{text}!", relation=text)
    elif picture == "timeline":
        yield dict(dated(text, 1, "1990-01-01", "1990-12-31"), dated=text)
    elif picture == "matrix":
        yield {"whom": text, "critic": text, "year": "1990", "event": text}
    else:
        yield from amounts(text)


def amounts(text: str) -> Iterator[dict[str, object]]:
    empty = dict.fromkeys(("before", "after", "finding", "rule", "from", "to", "dated", "mode"))
    for value in (1, 2):
        yield {
            **empty,
            "group": iri("observation", "o"),
            "observation": f"{text}{value}",
            "value": text,
            "lower": value,
            "upper": value,
            "unit": text,
            "claimant": text,
            "modality": "assertion",
            "event": text,
            "node": iri("event", "e"),
            "matter": "value",
            "one": text,
            "other": text,
        }


def only(query: str, rows: list[dict[str, object]]) -> Callable[..., Result]:
    """Rows for one query, none for the others."""

    def ask(name: str, **values: str) -> Result:
        answer = answering(rows if name == query else []).query(name, **values)
        assert isinstance(answer, Result)
        return answer

    return ask


ASKED = {
    "network": "actor-ties",
    "timeline": "event-timeline",
    "matrix": "event-critics",
    "disagreements": "observation-rivals",
}


@pytest.mark.parametrize(
    ("picture", "text"),
    [
        pytest.param(
            picture,
            text,
            id=f"{picture}-{text[:12]!a}",
            marks=[pytest.mark.slow] if (row + column) % 2 else [],  # each picture meets half, each text two
        )
        for row, picture in enumerate(PICTURES)
        for column, text in enumerate(HOSTILE)
    ],
)
def test_hostile_text_is_shown_as_text_within_the_page(picture: str, text: str) -> None:
    sheet = sheet_of(Source(only(ASKED[picture], list(hostile_rows(picture, text)))), picture)
    assert sheet.items
    shown = check(sheet.canvas())
    assert all(char.isprintable() for line in shown for char in line)
    if len(text) < 20 and text.isascii() and text.isprintable():
        assert any(text in line for line in shown)
