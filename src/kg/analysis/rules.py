"""The rules of the analysis in words, by the name under which each result states its rule."""

from __future__ import annotations

GRADES = {
    "1": "asserted, nobody opposes it, two independent roots or more",
    "2": (
        "nobody opposes it: asserted with a source, "
        "or only reported or hedged but with two independent roots or more"
    ),
    "3": (
        "asserted without a source and nobody opposes it, "
        "or opposed by fewer independent roots than support it"
    ),
    "4": "only reported or hedged, on one root, and nobody opposes it",
    "5": "opposed by as many independent roots as support it, or more",
    "6": "nobody affirms it as an assertion or estimate",
}
"""When a Proposition has each grade of credibility, which are those of the Admiralty scale."""

RULES = {
    "affirmed-and-denied": "one side affirms what the other denies",
    "denial-of-what-it-entails": "one side denies what follows from what the other affirms",
    "denied-of-the-group": "what is denied of a described group is denied of each of its members",
    "part-of-what-is-absent": "where a whole is not present, no part of it is",
    "deeds-where-presence-is-denied": "who is not there does nothing there",
    "seat-where-no-ground-is-held": "who holds no ground has no seat on it",
    "unnamed-one-of-a-group": "what is denied of a described group may be meant of one who is not named",
    "values-of-one-thing": "one thing has one such value, and the two do not overlap",
    "rival-sponsors": "two who are at odds are said to stand behind one actor",
    "leaders-at-one-time": "two are said to lead one actor at one time",
    "incompatible-ties": "two ties that exclude each other are said of the same two",
    "tie-both-ways": "a tie that runs one way only is said to run both ways",
    "one-number-for-two-things": "one number is given for two things",
    "numbers-whose-scope-may-meet": "the numbers differ, and their scopes may meet",
    "caption-against-prose": "a caption and the prose give different times",
    "citation-impossible": "the cited Work was out for certain before what it is cited for",
    "citation-doubtful": "the cited Work may have been out before what it is cited for",
    "citation-later-than-citing": "the cited Work came out after the one that cites it",
    "citation-second-hand": "the words name another source than the Work that is cited",
}
"""What each rule by which a finding was made says."""
