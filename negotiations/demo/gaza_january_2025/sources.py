"""What the January process is told from."""

from __future__ import annotations

from negotiations.rules.codes import Reliability, SourceKind

from ..clock import cairo
from ..shelf import Document, evening

A, B, C = Reliability.A, Reliability.B, Reliability.C
DATASET, ANALYSIS = SourceKind.DATASET, SourceKind.ANALYSIS

DOCUMENTS = (
    Document(
        "pax",
        "PA-X Peace Agreements Database",
        "Practical procedures and mechanisms of the January agreement (PA-X 2801)",
        None,
        A,
        kind=DATASET,
    ),
    Document(
        "wikipedia",
        "Wikipedia",
        "January 2025 Gaza war ceasefire",
        None,
        C,
        url="https://en.wikipedia.org/wiki/January_2025_Gaza_war_ceasefire",
        kind=ANALYSIS,
    ),
    Document(
        "herald-19jan",
        "Sweden Herald",
        "Ceasefire in bullet points: this is what is known",
        evening(cairo(2025, 1, 19)),
        B,
        url="https://swedenherald.com/article/ceasefire-in-bullet-points-this-is-what-is-known",
    ),
    Document(
        "irna-19jan",
        "IRNA",
        "Terms of the Gaza ceasefire",
        evening(cairo(2025, 1, 19)),
        C,
        url="https://en.irna.ir/news/85721078/",
    ),
    Document(
        "munsif-19jan",
        "Munsif Daily",
        "Israeli forces withdraw from Gaza's Rafah",
        evening(cairo(2025, 1, 19)),
        C,
        url="https://munsifdaily.com/israeli-forces-withdraw-from-gazas-rafah/",
    ),
    Document(
        "menafn-19jan",
        "MENAFN",
        "Terms of the Gaza ceasefire's first phase",
        evening(cairo(2025, 1, 19)),
        C,
        url="https://menafn.com/1109108437/",
    ),
    Document(
        "subnews-1mar",
        "Sub News English",
        "First phase of the Gaza ceasefire ends: what was exchanged",
        evening(cairo(2025, 3, 1)),
        C,
        url="https://subnewsenglish.com/archives/9743",
    ),
    Document(
        "particle-1mar",
        "Particle News",
        "Uncertainty as the first phase of the Israel-Hamas ceasefire ends",
        evening(cairo(2025, 3, 1)),
        B,
        url="https://particle.news/story/uncertainty-looms-as-israel-hamas-ceasefire-phase-ends",
    ),
    Document(
        "wenews-1mar",
        "WE News English",
        "First phase of the Gaza ceasefire ends with no deal in sight",
        evening(cairo(2025, 3, 1)),
        C,
        url="https://wenewsenglish.com/gaza-ceasefire-first-phase-ends-with-no-deal-in-sight",
    ),
    Document(
        "subnews-2mar",
        "Sub News English",
        "Israel's foreign minister on the passage between the phases",
        evening(cairo(2025, 3, 2)),
        C,
        url="https://subnewsenglish.com/archives/9785",
    ),
    Document("cnn-2mar", "CNN (KVIA)", "Israel stops the entry of all goods into Gaza", evening(cairo(2025, 3, 2)), B),
)
