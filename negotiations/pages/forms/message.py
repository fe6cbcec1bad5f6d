"""Forms on messages: what a mediator carried, and what came back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Dispute, Meeting, Message
from negotiations.rules.codes import Marking
from negotiations.services.message import answer_message, carry_message, edit_message

from .base import ItemForm, MarkedForm
from .fields import LongText, MomentField, PickField, ShortText
from .step import Step, changes, creates


class MessageFields(ItemForm):
    FACTS = (
        "carrier", "carried_at", "sender", "recipient", "subject", "subject_ar", "text", "text_ar",
        "dispute", "meeting",
    )  # fmt: skip
    PAIRS = (
        ("carrier", "carried_at"),
        ("sender", "recipient"),
        ("subject", "subject_ar"),
        ("text", "text_ar"),
        ("dispute", "meeting"),
    )

    carrier = PickField(Actor, label=_("Carried by"))
    carried_at = MomentField(label=_("Carried at"))
    sender = PickField(Actor, label=_("From"))
    recipient = PickField(Actor, label=_("To"))
    subject = ShortText(label=_("Subject"))
    subject_ar = ShortText(label=_("Subject in Arabic"), required=False)
    text = LongText(label=_("What was carried"), required=False)
    text_ar = LongText(label=_("In Arabic"), required=False)
    dispute = PickField(Dispute, label=_("On the dispute"), required=False)
    meeting = PickField(Meeting, label=_("At the meeting"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("sender") is not None and data.get("sender") == data.get("recipient"):
            self.add_error("recipient", _("A message goes from one actor to another; choose two."))
        return data


class MessageForm(MessageFields, MarkedForm):
    MOMENT = "carried_at"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = False
        self.fields["marking"].initial = Marking.AMBER


class MessageEditForm(MessageFields):
    """The words of a message."""


class AnswerForm(ItemForm):
    FACTS = ("answer", "answer_ar", "answered_at")
    MOMENT = "answered_at"
    PAIRS = (("answer", "answer_ar"),)

    answer = LongText(label=_("What came back"))
    answer_ar = LongText(label=_("In Arabic"), required=False)
    answered_at = MomentField(label=_("Came back at"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = False


_step = partial(Step, noun="message")
STEPS = (
    _step(
        name="new",
        verb="message.carried",
        title=_("Log a message carried"),
        button=_("Log the message"),
        form=MessageForm,
        run=creates(carry_message),
    ),
    _step(
        name="answer",
        verb="message.answered",
        title=_("Log what came back"),
        button=_("Log the answer"),
        form=AnswerForm,
        run=changes(answer_message),
        on=Message,
    ),
    _step(
        name="edit",
        verb="message.edited",
        title=_("Edit the message"),
        button=_("Save changes"),
        form=MessageEditForm,
        run=changes(edit_message),
        on=Message,
    ),
)
