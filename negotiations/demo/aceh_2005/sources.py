"""What the Aceh process is told from."""

from __future__ import annotations

from negotiations.rules.codes import Reliability, SourceKind

from ..clock import jakarta
from ..shelf import Document, evening

A, B, C, F = Reliability.A, Reliability.B, Reliability.C, Reliability.F
DATASET, ANALYSIS, OTHER = SourceKind.DATASET, SourceKind.ANALYSIS, SourceKind.OTHER

DOCUMENTS = (
    Document(
        "pax",
        "PA-X Peace Agreements Database",
        "Memorandum of Understanding of 15 August 2005 (PA-X 450)",
        None,
        A,
        url="https://pax.peaceagreements.org/agreements/450",
        kind=DATASET,
    ),
    Document(
        "pam",
        "Peace Accords Matrix",
        "Yearly implementation codes of the Helsinki memorandum, 2005 to 2014",
        None,
        A,
        kind=DATASET,
    ),
    Document(
        "accord",
        "Conciliation Resources",
        "A sensitive mission: monitoring Aceh's agreement",
        None,
        B,
        url="https://c-r.org/accord/aceh-indonesia/sensitive-mission-monitoring-acehs-agreement",
        kind=ANALYSIS,
        origin="sensitive-mission",
    ),
    Document(
        "accord-copy",
        "Docslib",
        "A sensitive mission: monitoring Aceh's agreement (copy)",
        None,
        B,
        url="https://docslib.org/doc/9832532/a-sensitive-mission",
        kind=ANALYSIS,
        origin="sensitive-mission",
    ),
    Document(
        "numbering",
        "Tracker",
        "Numbering of the memorandum's articles from general knowledge, not checked against its text",
        None,
        F,
        kind=OTHER,
    ),
    Document(
        "post-26sep",
        "The Jakarta Post",
        "Monitors expect the next disarmament before Ramadan; first withdrawals reported",
        evening(jakarta(2005, 9, 26)),
        B,
        url="https://jawawa.id/newsitem/monitors-expects-next-disarmament-before-ramadhan-1447893297",
    ),
    Document(
        "post-17oct",
        "The Jakarta Post",
        "Rebels' disarmament extended",
        evening(jakarta(2005, 10, 17)),
        B,
        url="https://www.asia-pacific-solidarity.net/index.php/news/2005-10-17/rebels-disarmament-extended.html",
    ),
    Document(
        "post-19oct",
        "The Jakarta Post",
        "TNI pulls out more troops from Aceh as the second round is completed",
        evening(jakarta(2005, 10, 19)),
        B,
        url="https://jawawa.id/newsitem/tni-pulls-out-more-troops-from-aceh-1447893297",
    ),
    Document(
        "reuters-18nov",
        "Reuters",
        "Third GAM weapons handover extended, peace monitors say",
        evening(jakarta(2005, 11, 18)),
        B,
        url="https://jawawa.id/newsitem/third-gam-weapons-handover-extended-peace-monitors-say-1447893297",
    ),
    Document(
        "apsn-22nov",
        "Asia Pacific Solidarity Network",
        "Indonesian rebels meet gun surrender target",
        evening(jakarta(2005, 11, 22)),
        B,
        url="https://www.asia-pacific-solidarity.net/news/2005-11-22/indonesian-rebels-meet-gun-surrender-target.html",
    ),
    Document(
        "fourth-dec",
        "Deutsche Presse-Agentur",
        "Aceh rebels surrender more guns in fourth handover",
        evening(jakarta(2005, 12, 15)),
        C,
        url="https://jawawa.id/newsitem/aceh-rebels-surrender-more-guns-in-fourth-handover-1447893297",
    ),
    Document(
        "abc-19dec",
        "Australian Broadcasting Corporation",
        "Former Aceh rebels meet disarmament quota: official",
        evening(jakarta(2005, 12, 19)),
        B,
        url="http://www.abc.net.au/news/2005-12-19/former-aceh-rebels-meet-disarmament-quota-official/764766",
    ),
    Document(
        "final-dec",
        "Reuters",
        "RI begins final troop withdrawal from Aceh",
        evening(jakarta(2005, 12, 20)),
        B,
        url="https://jawawa.id/newsitem/ri-begins-final-troop-withdrawal-from-aceh-1447893297",
    ),
    Document(
        "afp-30dec",
        "Agence France-Presse",
        "Troop withdrawal complete",
        evening(jakarta(2005, 12, 30)),
        B,
        url="https://jawawa.id/newsitem/troop-withdrawal-complete-1447893297",
    ),
    Document(
        "bbc-5jan",
        "BBC News",
        "Aceh police complete withdrawal",
        evening(jakarta(2006, 1, 5)),
        B,
        url="http://news.bbc.co.uk/2/hi/asia-pacific/4583786.stm",
    ),
)
