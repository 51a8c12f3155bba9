"""What a claim states, read into Propositions."""

from __future__ import annotations

from smallworld import SmallWorld, shown

TEXT = "The ferry ran aground. The town paid.\n"


def stated(small: SmallWorld, *affirms: str) -> list[str]:
    """The Propositions of one ``affirms`` mapping, in local names."""
    entries = "".join(
        f"- {{id: c{n}, quote: [The ferry ran aground, The town paid], affirms: {text}}}\n"
        for n, text in enumerate(affirms)
    )
    small.write(TEXT, entries)
    return [shown(p) for claim in small.loads().claims for p in claim.affirms]


def test_each_property_of_a_subject_is_one_proposition(small: SmallWorld) -> None:
    found = stated(small, "{event/marten-grounding: {type: Occasion, place: kelp-point, date: 2019}}")
    assert found == [
        "marten-grounding type Occasion",
        "marten-grounding place kelp-point",
        "marten-grounding date time",
    ]


def test_several_objects_are_several_propositions(small: SmallWorld) -> None:
    found = stated(small, "{town: {supports: [pilots-guild, coastguard]}}")
    assert found == ["town supports pilots-guild", "town supports coastguard"]


def test_several_subjects_before_one_colon_each_get_the_statement(small: SmallWorld) -> None:
    found = stated(small, "{'town, coastguard': {supports: pilots-guild}}")
    assert found == ["town supports pilots-guild", "coastguard supports pilots-guild"]


def test_a_proposition_that_is_written_twice_is_stated_once(small: SmallWorld) -> None:
    assert len(stated(small, "{town: {supports: [pilots-guild, The guild]}}")) == 1


def test_the_same_key_means_what_fits_its_subject(small: SmallWorld) -> None:
    found = stated(
        small,
        "{town: {linkedTo: pilots-guild}}",
        "{event/marten-grounding: {linkedTo: pilots-guild}}",
    )
    assert found == ["pilots-guild linkedTo town", "marten-grounding linkedActor pilots-guild"]


def test_a_symmetric_relation_is_one_proposition_whichever_way_round_it_is_written(
    small: SmallWorld,
) -> None:
    one, other = stated(small, "{town: {alliedWith: pilots-guild}}", "{pilots-guild: {alliedWith: town}}")
    assert one == other == "pilots-guild alliedWith town"


def test_a_relation_with_a_direction_is_another_proposition_the_other_way_round(small: SmallWorld) -> None:
    one, other = stated(small, "{town: {supports: pilots-guild}}", "{pilots-guild: {supports: town}}")
    assert one != other


def test_someone_and_somewhere_stand_for_any_actor_and_place(small: SmallWorld) -> None:
    found = stated(small, "{someone: {finances: pilots-guild}, event/marten-grounding: {place: somewhere}}")
    assert found == ["someone finances pilots-guild", "marten-grounding place somewhere"]


def test_concepts_of_the_registry_are_found_by_the_range_of_the_key(small: SmallWorld) -> None:
    small.register("concepts", "goal: {order: keep order at sea}")
    assert stated(small, "{pilots-guild: {hasGoal: order}}") == ["pilots-guild hasGoal order"]


def test_a_cause_ties_an_event_or_factor_to_a_factor(small: SmallWorld) -> None:
    small.register("concepts", "factor: {cost: cost of the ferry}")
    assert stated(small, "{event/marten-grounding: {raises: factor/cost}}") == [
        "marten-grounding raises cost"
    ]


def test_that_it_happened_is_stated_by_a_truth_value(small: SmallWorld) -> None:
    assert stated(small, "{event/marten-grounding: {occurred: true}}") == ["marten-grounding occurred true"]


def test_two_spellings_of_a_time_give_one_proposition(small: SmallWorld) -> None:
    small.write(
        TEXT,
        "- {id: a, quote: The ferry ran, affirms: {event/marten-grounding: {date: 2019}}}\n"
        "- {id: b, quote: The town paid, affirms: {event/marten-grounding: {date: '[2019-01..2019-12]'}}}\n",
    )
    one, other = (claim.affirms for claim in small.loads().claims)
    assert one == other


def test_two_wordings_of_a_quantity_are_one_node_that_keeps_both(small: SmallWorld) -> None:
    small.write(
        TEXT,
        "- {id: a, quote: The ferry ran, affirms: {event/marten-grounding: {deaths: more than 4}}}\n"
        "- {id: b, quote: The town paid, affirms: {event/marten-grounding: {deaths: at least 5}}}\n",
    )
    file = small.loads()
    (wordings,) = file.nodes.quantities.values()
    assert {q.as_written for q in wordings} == {"more than 4", "at least 5"}


def test_a_number_inside_an_event_is_an_observation_of_that_event(small: SmallWorld) -> None:
    small.write(
        TEXT, "- {quote: The ferry ran, affirms: {event/marten-grounding: {deaths: 4, injured: 12}}}\n"
    )
    file = small.loads()
    assert [shown(p) for p in file.claims[0].affirms] == ["observation value quantity"] * 2
    dimensions = {o.measure.rpartition("/")[2]: o.dimensions for o in file.nodes.observations.values()}
    event = ("https://w3id.org/aces/ontology#inEvent", "https://w3id.org/aces/kg/event/marten-grounding")
    assert dimensions == {"deaths": (event,), "injured": (event,)}


def test_what_is_denied_or_considered_is_not_affirmed(small: SmallWorld) -> None:
    small.write(
        TEXT,
        "- {id: a, quote: The ferry ran, denies: {town: {supports: pilots-guild}}}\n"
        "- {id: b, quote: The town paid, considers: {town: {finances: pilots-guild}}}\n",
    )
    denial, question = small.loads().claims
    assert ([shown(p) for p in denial.denies], denial.affirms) == (["town supports pilots-guild"], ())
    assert ([shown(p) for p in question.considers], question.affirms) == (["town finances pilots-guild"], ())
