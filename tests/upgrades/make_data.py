"""Makes the dump of a release that `test_previous_release.py` loads; run it in a checkout of that release.

    DATA_DIR=$(mktemp -d) .venv/bin/python PATH/TO/make_data.py PATH/TO/0009.sql.xz

It tells the story of Aceh by the release's own verbs, corrects one entry and redacts another.
"""

from __future__ import annotations

import lzma
import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path.cwd()
sys.path.insert(0, str(CHECKOUT))

from tracker.local.engines import running  # noqa: E402
from tracker.local.folder import DataFolder  # noqa: E402
from tracker.local.programs import postgres_programs  # noqa: E402

STORY = """
import django; django.setup()
from django.db import transaction
from negotiations.demo import aceh_2005
from negotiations.demo.actors import register_actors
from negotiations.demo.cast import call_people, found_organisations
from negotiations.models import Entry
from negotiations.services.act import Act
from negotiations.services.correction import correct
from negotiations.services.redaction import redact_entry
from negotiations.models import Membership
with transaction.atomic():
    people = call_people()
    told = {"person": dict(people), "organisation": dict(found_organisations(people["lead"])),
            "actor": dict(register_actors(people["lead"]))}
    talks = aceh_2005.tell(told).negotiation
    lead = people["lead"]
    seats = Membership.objects.filter(negotiation=talks, ended_at__isnull=True).exclude(role__in=("lead", "reader"))
    entries = Entry.objects.filter(negotiation=talks).select_related("negotiation", "payload")
    first = entries.filter(verb="claim.made").first()
    correct(first, act=Act(actor=lead, reason="A slip of the pen.", no_source_reason="Ours."), version=None,
            text="As corrected by its desk.")
    claim = entries.filter(verb="claim.made").last()
    redact_entry(claim, act=Act(actor=lead, reason="Asked for."), second=seats.first().user, ground="law")
print(Entry.objects.count(), "entries")
"""


def main(target: Path) -> None:
    with running(DataFolder(Path(os.environ["DATA_DIR"])), "release data") as engines:
        run = [sys.executable]
        subprocess.run([*run, "manage.py", "migrate", "--no-input", "--verbosity", "0"], env=engines.env, check=True)
        subprocess.run([*run, "-c", STORY], env=engines.application_env, check=True)
        url = engines.settings["DATABASE_OWNER_URL"].replace("postgres://", "postgresql://", 1)
        dump = [str(postgres_programs() / "pg_dump"), "--no-owner", "--no-acl", "--dbname", url]
        words = subprocess.run(dump, check=True, capture_output=True).stdout
        target.write_bytes(lzma.compress(words, preset=9))


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
