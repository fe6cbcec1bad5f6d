"""Codes of sources, citations and outlooks."""

from .base import Code
from .base import gettext_noop as _


class Reliability(Code):
    """Admiralty grade of a source, judged apart from what it says this time."""

    A = "A", _("Completely reliable")
    B = "B", _("Usually reliable")
    C = "C", _("Fairly reliable")
    D = "D", _("Not usually reliable")
    E = "E", _("Unreliable")
    F = "F", _("Reliability cannot be judged")


class Credibility(Code):
    """Admiralty grade of one piece of information, judged apart from who says it."""

    CONFIRMED = "1", _("Confirmed by other sources")
    PROBABLY_TRUE = "2", _("Probably true")
    POSSIBLY_TRUE = "3", _("Possibly true")
    DOUBTFUL = "4", _("Doubtful")
    IMPROBABLE = "5", _("Improbable")
    CANNOT_BE_JUDGED = "6", _("Truth cannot be judged")


class SourceKind(Code):
    OFFICIAL_DOCUMENT = "official_document", _("Official document")
    OFFICIAL_STATEMENT = "official_statement", _("Official statement")
    NEWS_REPORT = "news_report", _("News report")
    MONITORING_REPORT = "monitoring_report", _("Monitoring report")
    DATASET = "dataset", _("Data set")
    ANALYSIS = "analysis", _("Analysis")
    CONVERSATION = "conversation", _("Conversation")
    OTHER = "other", _("Other source")


class TranslatedBy(Code):
    PERSON = "person", _("Translated by a person")
    MACHINE = "machine", _("Translated by a machine")


class Likelihood(Code):
    """The seven terms of ICD 203; RANGES gives their percentages."""

    ALMOST_NO_CHANCE = "almost_no_chance", _("Almost no chance")
    VERY_UNLIKELY = "very_unlikely", _("Very unlikely")
    UNLIKELY = "unlikely", _("Unlikely")
    ROUGHLY_EVEN = "roughly_even", _("Roughly even chance")
    LIKELY = "likely", _("Likely")
    VERY_LIKELY = "very_likely", _("Very likely")
    ALMOST_CERTAIN = "almost_certain", _("Almost certain")


# Percent, low and high end, as Intelligence Community Directive 203 gives them.
RANGES: dict[Likelihood, tuple[int, int]] = {
    Likelihood.ALMOST_NO_CHANCE: (1, 5),
    Likelihood.VERY_UNLIKELY: (5, 20),
    Likelihood.UNLIKELY: (20, 45),
    Likelihood.ROUGHLY_EVEN: (45, 55),
    Likelihood.LIKELY: (55, 80),
    Likelihood.VERY_LIKELY: (80, 95),
    Likelihood.ALMOST_CERTAIN: (95, 99),
}


class Trend(Code):
    DETERIORATED = "deteriorated", _("Deteriorated")
    UNCHANGED = "unchanged", _("Unchanged")
    IMPROVED = "improved", _("Improved")
