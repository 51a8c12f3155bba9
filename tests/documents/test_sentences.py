"""Where a sentence ends, and where it does not."""

from __future__ import annotations

import pytest

from kg.documents.sentences import sentence_ranges


def sentences(reading: str) -> list[str]:
    return [reading[start:end] for start, end in sentence_ranges(reading)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It was reported by the U.S. Department of State.",
        "He works in Washington D.C. and lives there.",
        "Dr. Amira Khan met Gen. Smith and Lt. Col. Jones.",
        "Kenneth McKenzie Jr. noted it.",
        "They are Ph.D. students of Charmaine N. Willis.",
        "Gupta et al. have shown it.",
        "Some groups (e.g. the small ones) left, i.e. they went away.",
        "It is enemy No. 1 of the state.",
        "See vol. 3, pp. 12-15 and fig. 2 for it.",
        "The area grew by 3.5 percent to 2,122.75 acres.",
        "He said ... nothing at all.",
        "It was cut... and then went on.",
        "The paper (Boulder: Rienner Publishers, 2023. Second edition) is out.",
        'They asked "Why now?" and left.',
        "On Aug. 6, 2015 they met at 5 p.m. in Kabul.",
        "Mr. J. R. R. Tolkien wrote it.",
        "1. First do this.",
        "The works of Smith, Jones, etc. are lost.",
        "Acme Inc. Holdings was sold.",
        "It costs $2.3 trillion.",
        "A heading without an end",
    ],
)
def test_one_sentence_stays_one(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ["He left the U.S.", "The group stayed."],
        ["It happened in 2016.", "In 2017 it ended."],
        ["Is it so?", "Yes!", "Then go."],
        ['They were "filthy nationalists."', "Others agreed."],
        ["It said (see above.)", "Nobody heard."],
        ["He was shot in 2014.", "al-Baghdadi was not."],
        ["The sum was 2,122.", "Of these, 70.2% were theirs."],
        ["They met Gupta et al.", "This was new."],
        ["That was plan B.", "The others failed."],
        ["It ended...", "Then it began."],
        ["He said no.", "They went."],
        ["我们去了北京。", "天气很好！", "你呢？"],
        ["(It stood in brackets.)", "It went on."],
        ["It was founded by Acme Corp.", "It was sold."],
    ],
)
def test_sentences_are_told_apart(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts
    assert sentences("  ".join(parts)) == parts


def test_nothing_has_no_sentences() -> None:
    assert sentences("") == sentences("  ") == []


def test_a_bracket_that_never_closes_does_not_hold_the_text_together() -> None:
    assert sentences("It began (so. Then it went on.") == ["It began (so.", "Then it went on."]
