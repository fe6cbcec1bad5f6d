"""Codes of alerts: which changes matter how much, how and when they are told, and what became of it."""

from .base import Code
from .base import gettext_noop as _


class Urgency(Code):
    """How much a change matters to who is told of it; the rule that decides stands in rules/alerts.py."""

    ROUTINE = "routine", _("Routine"), _("Anything that was recorded.")
    NOTABLE = "notable", _("Notable"), _("A status, a position or a proposal moved, or something became due or stale.")
    URGENT = (
        "urgent",
        _("Urgent"),
        _("Something is breached, suspended, contested or overdue, or may begin, or what you were told was corrected."),
    )


class AlertChannel(Code):
    EMAIL = "email", _("E-mail")
    WEBHOOK = "webhook", _("Webhook")
    INBOX = "inbox", _("In-app inbox")


class Rhythm(Code):
    """When what happened is told; all but the first two at a local time in a time zone."""

    AT_ONCE = "at_once", _("At once")
    HOURLY = "hourly", _("Hourly")
    DAILY = "daily", _("Daily")
    WEEKDAYS = "weekdays", _("Monday to Friday")
    WEEKLY = "weekly", _("Weekly")


class DeliveryState(Code):
    """What became of one digest or alert for one person."""

    WAITING = "waiting", _("Waiting"), _("It is due and nobody has begun to send it.")
    CLAIMED = "claimed", _("Being prepared"), _("A worker has taken it; nothing has left yet.")
    SENDING = "sending", _("Being handed over"), _("It is being handed to the mail server or receiver.")
    SENT = "sent", _("Sent"), _("The mail server or receiver took it.")
    UNKNOWN = "unknown", _("Outcome unknown"), _("It was handed over and the answer was lost; it is not sent again.")
    FAILED = "failed", _("Failed"), _("It was refused for good, or too often; it waits for a person.")
    NOTHING = "nothing", _("Nothing to tell"), _("Nothing that may be told happened, so nothing was sent.")
    WITHHELD = "withheld", _("Withheld"), _("It was not sent: the address is suppressed, or a backup was restored.")


class SuppressionCause(Code):
    """Why no more digests go to an address; mail about the account itself always goes."""

    BOUNCED = "bounced", _("The mail server refused the address for good")
    COMPLAINED = "complained", _("The recipient reported the mail as unwanted")
    BY_HAND = "by_hand", _("An administrator stopped it")
