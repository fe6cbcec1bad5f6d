"""Indexes for searching the words of every noun, in English and Arabic."""

from django.db import migrations

LONGEST = 50000
# Each table with the columns searched in and their Arabic twins, as selectors/search_fields.py has them.
SEARCHED = (
    ("negotiation", ("title", "summary"), ("title_ar", "summary_ar")),
    ("condition", ("title", "text"), ("title_ar", "text_ar")),
    ("dispute", ("title", "question", "outcome"), ("title_ar", "question_ar")),
    ("position", ("summary", "quote", "speaker"), ("summary_ar",)),
    ("claim", ("text", "speaker"), ("text_ar",)),
    ("message", ("subject", "text", "answer"), ("subject_ar", "text_ar", "answer_ar")),
    ("meeting", ("title", "place", "agenda", "outcome"), ("title_ar", "place_ar", "outcome_ar")),
    ("proposal", ("title",), ("title_ar",)),
    ("proposalversion", ("text",), ()),
    ("incident", ("title", "text", "place", "finding"), ("title_ar", "text_ar", "place_ar")),
    ("phase", ("title", "summary"), ("title_ar", "summary_ar")),
    ("instrument", ("title",), ("title_ar",)),
    ("clause", ("text",), ("text_ar",)),
    ("assessment", ("question", "rationale"), ("question_ar", "rationale_ar")),
    ("window", ("title", "reason"), ("title_ar", "reason_ar")),
    ("source", ("title", "publisher", "attribution"), ("title_ar",)),
    ("note", ("text",), ()),
)


def vector(config, columns):
    joined = " || ' ' || ".join(f"COALESCE(LEFT(\"{column}\", {LONGEST}), '')" for column in columns)
    return f"to_tsvector('{config}'::regconfig, {joined})"


def index(noun, columns, arabic):
    both = f"{vector('english', columns)} || {vector('arabic', columns + arabic)}"
    return migrations.RunSQL(
        f'CREATE INDEX "search_{noun}" ON "negotiations_{noun}" USING gin (({both}))',
        f'DROP INDEX "search_{noun}"',
    )


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0005_condition_resembling")]

    operations = [index(*one) for one in SEARCHED]
