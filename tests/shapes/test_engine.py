"""The fast engine gives the judge's findings, whatever the shapes; what it is not sure of it leaves to it."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from kg.errors import KgError, RefusedError, UnreadableError
from kg.model import Finding
from kg.shacl import Validator, plain_shacl_findings, shacl_findings
from kg.shacl.queries import with_focus
from kg.shacl.shapes import Shape
from kg.shacl.validator import stored

HERE = Path(__file__).parent
EX = "https://example.org/"
PREFIXES = f"""
    @prefix ex: <{EX}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DECLARED = f"""
    ex:shapes a owl:Ontology ; sh:declare [ sh:prefix "ex" ; sh:namespace "{EX}"^^xsd:anyURI ] .
"""
PADDED = Literal("01", datatype=XSD.integer, normalize=False)
DATA = """
    ex:Dog rdfs:subClassOf ex:Animal .
    ex:rex a ex:Dog ; rdfs:label "Rex. The dog"@en , "Rex"@fr ; ex:age 3 ; ex:eats ex:bone ; ex:knows ex:tom .
    ex:tom a ex:Animal ; rdfs:label "Tom"@en ; ex:age 7 ; ex:eats ex:rex , ex:bone ; ex:knows ex:tom .
    ex:bone rdfs:label "bone" ; ex:weight 2.0 .
    [] a ex:Animal ; ex:age 1 ; ex:knows ex:rex .
"""


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def taken(shapes: Graph) -> int:
    """How many SPARQL constraints the engine runs itself."""

    def queries(shape: Shape) -> int:
        return len(shape.queries) + sum(map(queries, shape.properties))

    return sum(queries(aimed.shape) for aimed in Validator(shapes).aimed)


def both(shapes: Graph, data: Graph) -> list[Finding]:
    """The findings, when both engines agree on them."""
    found = shacl_findings(data, shapes)
    assert found == plain_shacl_findings(data, shapes)
    return found


def sparql_shape(select: str, extra: str = "sh:targetClass ex:Animal", more: str = "") -> Graph:
    return turtle(f"""{DECLARED}
        ex:rule a sh:NodeShape ; {extra} ; sh:message "{{$this}} breaks it {{?x}}. Mend it" ;
            sh:sparql [ sh:prefixes ex:shapes ; sh:select '''{select}''' ] .
        {more}""")


# --- what is run once ----------------------------------------------------------------------------

ONCE = {
    "a plain pattern": "SELECT $this ?x WHERE { $this ex:eats ?x }",
    "a filter": "SELECT $this ?x WHERE { $this ex:eats ?x . FILTER(?x != $this) }",
    "a filter on its name": "SELECT $this WHERE { $this ex:age ?x . FILTER(STRENDS(STR($this), 'tom')) }",
    "what is missing": "SELECT $this WHERE { $this ex:age ?a . FILTER NOT EXISTS { $this ex:eats ?x } }",
    "EXISTS with a filter on the focus node": """SELECT $this WHERE { $this ex:age ?a .
        FILTER EXISTS { ?x ex:knows ?y . FILTER(?y = $this) } }""",
    "an optional part": """SELECT $this ?x WHERE { $this ex:age ?a . OPTIONAL { $this ex:eats ?x } }""",
    "a union": "SELECT $this ?x WHERE { { $this ex:eats ?x } UNION { $this ex:knows ?x } }",
    "a computed value": "SELECT $this ?x WHERE { $this ex:age ?a . BIND(?a + 1 AS ?x) }",
    "a computed column": "SELECT $this (CONCAT('was ', STR(?a)) AS ?x) WHERE { $this ex:age ?a }",
    "a brace in a string": "SELECT $this ('{' AS ?x) WHERE { $this ex:age ?a } # {",
    "a path": "SELECT $this ?x WHERE { $this ex:knows+/rdfs:label ?x }",
    "all columns": "SELECT * WHERE { $this ex:eats ?x }",
    "distinct rows": "SELECT DISTINCT $this WHERE { $this ex:eats ?x }",
}


@pytest.mark.parametrize("select", ONCE.values(), ids=ONCE)
def test_a_query_that_binds_its_focus_node_is_run_once(select: str) -> None:
    shapes, data = sparql_shape(select), turtle(DATA)
    assert taken(shapes) == 1
    assert both(shapes, data)


LEFT = {
    "the focus node in a nested filter only": """SELECT $this ?x WHERE { $this ex:age ?a .
        { ?x ex:age ?b . FILTER($this != ?x) } }""",
    "an optional part alone": """SELECT $this WHERE { OPTIONAL { $this ex:eats ?x } FILTER(!BOUND(?x)) }""",
    "a branch that only filters": """SELECT $this ?x WHERE { { $this ex:eats ?x } UNION
        { ?x ex:weight ?w . FILTER($this = ex:tom) } }""",
    "no pattern at all": "SELECT $this WHERE { FILTER(STRENDS(STR($this), 'rex')) }",
    "a limit, which is meant for each": "SELECT $this ?x WHERE { $this ex:eats ?x } LIMIT 1",
    "groups": "SELECT $this (COUNT(?e) AS ?x) WHERE { $this ex:eats ?e } GROUP BY $this",
    "a sub-select": "SELECT $this ?x WHERE { { SELECT $this ?x WHERE { $this ex:eats ?x } } }",
    "a function of its own": "SELECT $this WHERE { $this ex:age ?a . FILTER(ex:old(?a)) }",
    "the shape itself": "SELECT $this WHERE { $this ex:age ?a . FILTER($currentShape = ex:rule) }",
}


@pytest.mark.parametrize("select", LEFT.values(), ids=LEFT)
def test_a_query_that_may_mean_something_else_is_left_to_the_judge(select: str) -> None:
    shapes, data = sparql_shape(select), turtle(DATA)
    assert taken(shapes) == 0
    both(shapes, data)


TARGETS = {
    "a class and those below it": ("sh:targetClass ex:Animal", 2),
    "a node, there or not": ("sh:targetNode ex:rex , ex:nobody", 1),
    "subjects": ("sh:targetSubjectsOf ex:eats", 2),
    "objects": ("sh:targetObjectsOf ex:knows", 2),
    "several at once": ("sh:targetClass ex:Dog ; sh:targetNode ex:tom", 2),
}


@pytest.mark.parametrize(("target", "focus"), TARGETS.values(), ids=TARGETS)
def test_targets_of_every_kind_are_honoured(target: str, focus: int) -> None:
    shapes, data = sparql_shape("SELECT $this WHERE { $this ex:eats ?y }", target), turtle(DATA)
    assert taken(shapes) == 1
    assert len({finding.focus for finding in both(shapes, data)}) == focus


def test_a_shape_that_is_a_class_is_about_its_instances() -> None:
    shapes = turtle(f"""{DECLARED}
        ex:Animal a rdfs:Class , sh:NodeShape ; sh:message "It eats. Feed it" ; sh:property ex:fed ;
            sh:sparql [ sh:prefixes ex:shapes ; sh:select "SELECT $this WHERE {{ $this ex:eats ?x }}" ] .
        ex:fed a sh:PropertyShape ; sh:path ex:eats ; sh:maxCount 0 .""")
    data = turtle(DATA)
    assert taken(shapes) == 1
    assert {finding.rule for finding in both(shapes, data)} == {"Animal", "fed"}


def test_a_literal_is_a_focus_node_like_any_other() -> None:
    shapes = sparql_shape("SELECT $this WHERE { ?y ex:age $this }", "sh:targetObjectsOf ex:age")
    assert taken(shapes) == 1
    assert both(shapes, turtle(DATA))


def test_a_literal_that_the_store_would_rewrite_is_left_to_the_judge() -> None:
    shapes, data = turtle("ex:low a sh:NodeShape ; sh:minInclusive 2 ."), turtle(DATA)
    shapes.add((URIRef(EX + "low"), SH.targetNode, PADDED))
    assert [aimed.shape.node for aimed in Validator(shapes).aimed] == []
    assert len(both(shapes, data)) == 1


def test_data_that_the_store_would_rewrite_go_to_the_judge() -> None:
    data = Graph().add((URIRef(EX + "rex"), URIRef(EX + "age"), PADDED))
    assert stored(data) is None


def test_a_blank_node_is_a_focus_node_like_any_other() -> None:
    shapes = sparql_shape("SELECT $this ?x WHERE { $this ex:age ?x . FILTER(isBlank($this)) }")
    data = turtle(DATA)
    assert taken(shapes) == 1
    assert [finding.focus for finding in both(shapes, data)] == [""]


# --- how shapes hang together --------------------------------------------------------------------

PATHS = {
    "a property": "ex:eats",
    "an inverse": "[ sh:inversePath ex:eats ]",
    "a sequence": "( ex:knows ex:eats )",
    "alternatives": "[ sh:alternativePath ( ex:eats ex:knows [ sh:inversePath ex:knows ] ) ]",
    "one or more": "[ sh:oneOrMorePath ex:knows ]",
    "none or more": "[ sh:zeroOrMorePath ( ex:knows ex:eats ) ]",
    "none or one": "( [ sh:zeroOrOnePath ex:knows ] ex:eats )",
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_the_path_of_a_property_shape_stands_in_its_query(path: str) -> None:
    shapes = turtle(f"""{DECLARED}
        ex:Animal-shape a sh:NodeShape ; sh:targetClass ex:Animal ; sh:property ex:rule .
        ex:rule a sh:PropertyShape ; sh:path {path} ; sh:severity sh:Warning ; sh:message "{{?x}}. Go" ;
            sh:sparql [ sh:prefixes ex:shapes ; sh:select "SELECT $this ?x WHERE {{ $this $PATH ?x }}" ] .""")
    data = turtle(DATA)
    assert taken(shapes) == 1
    assert {finding.severity for finding in both(shapes, data)} == {"warning"}


NESTINGS = {
    "sh:node": "ex:outer a sh:NodeShape ; sh:targetClass ex:Animal ; sh:node ex:rule .",
    "sh:not": "ex:outer a sh:NodeShape ; sh:targetClass ex:Animal ; sh:not ex:rule .",
    "sh:or": """ex:outer a sh:NodeShape ; sh:targetClass ex:Animal ; sh:or ( ex:rule ex:other ) .
        ex:other a sh:NodeShape ; sh:hasValue ex:nobody .""",
    "a value's own rule": """ex:outer a sh:NodeShape ; sh:targetClass ex:Animal ; sh:property ex:step .
        ex:step a sh:PropertyShape ; sh:path ex:knows ; sh:property ex:deep .
        ex:deep a sh:PropertyShape ; sh:path ex:eats ; sh:message "Deep. Go" ;
            sh:sparql [ sh:prefixes ex:shapes ; sh:select "SELECT $this WHERE { $this $PATH ?x }" ] .""",
}


@pytest.mark.parametrize("nesting", NESTINGS.values(), ids=NESTINGS)
def test_a_query_that_is_part_of_a_condition_is_left_to_the_judge(nesting: str) -> None:
    shapes = sparql_shape("SELECT $this WHERE { $this ex:eats ex:rex }", "sh:targetNode ex:bone", nesting)
    data = turtle(DATA)
    understood = URIRef(EX + "outer") in {aimed.shape.node for aimed in Validator(shapes).aimed}
    assert understood == ("ex:deep" in nesting)  # what a property leads to is no condition
    assert both(shapes, data)


def test_what_is_deactivated_does_not_count() -> None:
    data = turtle(DATA)
    for change in (
        "ex:rule sh:deactivated true .",
        "ex:query sh:deactivated true .",
        "ex:outer sh:deactivated true .",
    ):
        shapes = turtle(f"""{DECLARED}
            ex:outer a sh:NodeShape ; sh:targetClass ex:Animal ; sh:property ex:rule .
            ex:rule a sh:PropertyShape ; sh:path ex:eats ; sh:message "It eats. Go" ; sh:sparql ex:query .
            ex:query sh:prefixes ex:shapes ; sh:select "SELECT $this WHERE {{ $this $PATH ?x }}" .""")
        assert both(shapes, data)
        assert both(shapes + turtle(change), data) == []


def test_constraints_that_read_which_shapes_are_listed_still_see_them() -> None:
    shapes = turtle("""
        ex:closed a sh:NodeShape ; sh:targetNode ex:rex ; sh:closed true ;
            sh:ignoredProperties ( rdf:type rdfs:label ) ; sh:property ex:aged , ex:fed .
        ex:aged a sh:PropertyShape ; sh:path ex:age ; sh:maxCount 1 .
        ex:fed a sh:PropertyShape ; sh:path ex:eats ; sh:minCount 1 .
        ex:disjoint a sh:NodeShape ; sh:targetNode ex:tom ; sh:property ex:one , ex:two .
        ex:one a sh:PropertyShape ; sh:path ex:eats ; sh:qualifiedValueShape ex:IsAnimal ;
            sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 .
        ex:two a sh:PropertyShape ; sh:path ex:eats ; sh:qualifiedValueShape ex:IsDog ;
            sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 .
        ex:IsAnimal a sh:NodeShape ; sh:class ex:Animal . ex:IsDog a sh:NodeShape ; sh:class ex:Dog .""")
    assert {finding.rule for finding in both(shapes, turtle(DATA))} == {"closed", "one", "two"}


# --- findings ------------------------------------------------------------------------------------


def test_a_finding_names_the_rule_fills_the_message_and_shows_labels_before_iris() -> None:
    shapes = turtle(f"""{DECLARED}
        ex:eater-is-thin a sh:NodeShape ; sh:targetNode ex:tom ; sh:severity sh:Info ;
            sh:message "{{$this}} eats {{?food}} ({{?unbound}}). Take it away, e.g. to the yard" ;
            sh:sparql [ sh:prefixes ex:shapes ;
                sh:select "SELECT $this ?food WHERE {{ $this ex:eats ?food . ?food a ?kind }}" ] .""")
    assert both(shapes, turtle(DATA)) == [
        Finding(
            rule="eater-is-thin",
            severity="info",
            message=f"Tom (<{EX}tom>) eats Rex. The dog (<{EX}rex>) ({{?unbound}})",
            fix="Take it away, e.g. to the yard",
            focus=EX + "tom",
            label="Tom",
        )
    ]


def test_a_finding_of_shacl_core_shows_the_value_that_was_found() -> None:
    shapes = turtle("""ex:eats-no-animal a sh:PropertyShape ; sh:targetNode ex:tom ; sh:path ex:eats ;
        sh:class ex:Food ; sh:message "It eats what is no food. Stop it" .""")
    assert [finding.message for finding in both(shapes, turtle(DATA))] == [
        f"It eats what is no food (found: Rex. The dog (<{EX}rex>))",
        f"It eats what is no food (found: bone (<{EX}bone>))",
    ]


def test_a_shape_without_a_name_speaks_in_the_name_of_the_one_it_is_part_of() -> None:
    shapes = turtle("""ex:outer a sh:NodeShape ; sh:targetNode ex:tom ;
        sh:property [ sh:path ex:eats ; sh:maxCount 1 ; sh:message "Too much. Stop it" ] .""")
    assert [finding.rule for finding in both(shapes, turtle(DATA))] == ["outer"]


def test_a_string_is_the_same_with_and_without_its_datatype() -> None:
    shapes = turtle('ex:named a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:name ; sh:in ( "x" ) .')
    data = Graph().add((URIRef(EX + "a"), URIRef(EX + "name"), Literal("x", datatype=XSD.string)))
    assert both(shapes, data) == []


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_data_that_no_store_takes_go_to_the_judge() -> None:
    shapes, data = sparql_shape(ONCE["a plain pattern"]), turtle(DATA)
    data.add((URIRef(EX + "rex"), URIRef(EX + "eats"), URIRef("no iri at all")))
    assert stored(data) is None
    assert {finding.rule for finding in both(shapes, data)} == {"rule"}


def test_neither_graph_is_changed() -> None:
    shapes, data = sparql_shape(ONCE["a union"]), turtle(DATA)
    before = (set(shapes), set(data))
    both(shapes, data)
    assert (set(shapes), set(data)) == before


def test_the_focus_goes_into_the_body_of_the_query_and_nowhere_else() -> None:
    query = "SELECT $this (EXISTS { ?a ?b '{' } AS ?x) WHERE { $this ?y ?z }"
    head, body = with_focus(query, [ox.NamedNode(EX + "rex")]).split(" WHERE {")
    assert head == query.split(" WHERE {")[0]
    assert body.startswith(f" VALUES $this {{ <{EX}rex> }} $this")


# --- faulty shapes -------------------------------------------------------------------------------

FAULTY = {
    "syntax": "SELECT $this WHERE { $this ex:eats }",
    "an unknown prefix": "SELECT $this WHERE { $this unknown:eats ?x }",
    "a pattern among the columns": "SELECT $this (EXISTS { ?a ?b ?c } AS ?x) WHERE { $this ex:eats ?y }",
    "MINUS": "SELECT $this WHERE { $this ex:eats ?x MINUS { $this ex:eats ex:bone } }",
    "VALUES": "SELECT $this WHERE { $this ex:eats ?x VALUES ?x { ex:bone } }",
    "a sub-select without the focus": "SELECT $this WHERE { { SELECT ?x WHERE { $this ex:eats ?x } } }",
}


@pytest.mark.parametrize("select", FAULTY.values(), ids=FAULTY)
@pytest.mark.parametrize("check", [shacl_findings, plain_shacl_findings])
def test_shapes_that_cannot_be_run_are_told_as_such(
    check: Callable[[Graph, Graph], list[Finding]], select: str
) -> None:
    with pytest.raises(UnreadableError, match="shapes cannot be run"):
        check(turtle(DATA), sparql_shape(select))


@pytest.mark.parametrize("check", [shacl_findings, plain_shacl_findings])
@pytest.mark.parametrize(
    "select",
    [
        "SELECT $this WHERE { $this ex:eats ?x . SERVICE#\n<http://127.0.0.1:1/> { ?x ?y ?z } }",
        "SELECT $this FROM <http://127.0.0.1:1/> WHERE { $this ex:eats ?x }",
    ],
)
def test_a_constraint_that_would_go_elsewhere_is_refused_before_anything_runs(
    check: Callable[[Graph, Graph], list[Finding]], select: str
) -> None:
    with pytest.raises(RefusedError):
        check(turtle(DATA), sparql_shape(select))


# --- a new shape is honoured without a change of code --------------------------------------------


def test_a_shape_file_dropped_into_the_folder_is_honoured(tmp_path: Path, shapes: Graph, base: Graph) -> None:
    (tmp_path / "own.ttl").write_text(
        f"""{PREFIXES}
        @prefix aces: <https://w3id.org/aces/ontology#> . @prefix shape: <https://w3id.org/aces/shapes#> .
        shape:work-has-url a sh:PropertyShape ; sh:targetClass aces:Work ; sh:path aces:url ; sh:minCount 1 ;
            sh:severity sh:Warning ; sh:message "This Work has no address. Write one"@en .
        shape:claim-is-doubted a sh:NodeShape ; sh:targetClass aces:Claim ; sh:severity sh:Info ;
            sh:message "{{?claimant}} alone says so. Ask another"@en ; sh:sparql shape:doubting-query .
        shape:doubting-query sh:prefixes <https://w3id.org/aces/shapes> ;
            sh:select "SELECT $this ?claimant WHERE {{ $this aces:claimant ?claimant }}" .""",
        encoding="utf-8",
    )
    own = shapes + Graph().parse(tmp_path / "own.ttl")
    assert taken(own) == taken(shapes) + 1
    assert [(f.rule, f.severity, f.message, f.label) for f in shacl_findings(base, own)] == [
        (
            "claim-is-doubted",
            "info",
            "A. Writer (actor:writer) alone says so",
            "The Northern Front is active in the valley.",
        ),
        ("work-has-url", "warning", "This Work has no address", "Report"),
    ]


# --- the engines agree ---------------------------------------------------------------------------


def mutated(graph: Graph, seed: int) -> Graph:
    """The graph with some triples lost, some ends swapped and some values exchanged."""
    chance = random.Random(seed)
    triples = sorted(graph)
    kept = [triple for triple in triples if chance.random() > 0.04]
    objects = [value for _, _, value in triples]
    result = Graph()
    for subject, predicate, value in kept:
        fate = chance.random()
        if fate < 0.03:
            value = chance.choice(objects)
        elif fate < 0.05 and isinstance(value, URIRef):
            subject, value = value, subject
        result.add((subject, predicate, value))
    return result


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_both_engines_agree_on_a_damaged_graph(seed: int, ontology: Graph, shapes: Graph) -> None:
    whole = Graph().parse(HERE / "context.ttl")
    for case in sorted(HERE.glob("cases/*/valid.full.ttl")):
        whole.parse(case)
    found = both(shapes, ontology + mutated(whole, seed))
    assert len({finding.rule for finding in found}) > 10


def w3c_tests(suite: str, shared: Path) -> list[tuple[str, str]]:
    """The files of data and shapes of every test of a suite."""
    tests = Graph()
    for file in sorted((shared / "w3c" / "shacl" / suite).rglob("*.ttl")):
        tests.parse(file, publicID=file.as_uri())
    action = URIRef("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#action")

    def named(node: Node, key: str) -> str:
        return str(tests.value(node, SHT[key])).removeprefix("file://")

    return sorted({(named(n, "dataGraph"), named(n, "shapesGraph")) for n in tests.objects(None, action)})


@pytest.mark.slow
@pytest.mark.parametrize("suite", ["core", "sparql"])
def test_both_engines_agree_on_the_tests_of_the_w3c(suite: str, shared: Path) -> None:
    pairs = w3c_tests(suite, shared)
    for data_file, shapes_file in pairs:
        data, shapes = (Graph().parse(file, publicID="file://" + file) for file in (data_file, shapes_file))
        assert _outcome(shacl_findings, data, shapes) == _outcome(plain_shacl_findings, data, shapes)
    assert len(pairs) == {"core": 98, "sparql": 23}[suite]


@pytest.mark.slow
def test_the_engine_itself_understands_nearly_all_core_tests_of_the_w3c(shared: Path) -> None:
    pairs = w3c_tests("core", shared)
    assert sum(Validator(Graph().parse(file)).understands_all for _, file in pairs) >= 95


SHT = {key: URIRef(f"http://www.w3.org/ns/shacl-test#{key}") for key in ("dataGraph", "shapesGraph")}


def _outcome(
    check: Callable[[Graph, Graph], list[Finding]], data: Graph, shapes: Graph
) -> set[tuple[str, ...]] | type[KgError]:
    """What was found; not in which words, since these shapes leave the words to the engine."""
    try:
        return {(found.rule, found.severity, found.focus) for found in check(data, shapes)}
    except KgError as fault:
        return type(fault)
