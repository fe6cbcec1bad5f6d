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
    UNKNOWN = (
        "unknown",
        _("Outcome unknown"),
        _("It was handed over and the answer was lost; only a person has it sent again."),
    )
    FAILED = "failed", _("Failed"), _("It was refused for good, or too often; it waits for a person.")
    NOTHING = "nothing", _("Nothing to tell"), _("Nothing that may be told happened, so nothing was sent.")
    WITHHELD = (
        "withheld",
        _("Withheld"),
        _("It was not sent: the address is suppressed, a backup was restored, or it was given up."),
    )


# On their way; all others are settled.
OPEN_DELIVERIES = (DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.SENDING)


class DeliveryTrouble(Code):
    """Why a digest or alert was not sent, or is tried again; a server's own code may stand behind it."""

    ENDED = "ended", _("The subscription was ended")
    ACCOUNT_CLOSED = "account_closed", _("The account is closed")
    NO_ADDRESS = "no_address", _("The account has no e-mail address")
    SUPPRESSED = "suppressed", _("No digests go to this address any more")
    RESTORED = "restored", _("A backup was restored before it was sent")
    AWAY = "away", _("The mail server could not be reached")
    REFUSED_FOR_NOW = "refused_for_now", _("The mail server refused it for now")
    REFUSED = "refused", _("The mail server refused it for good")
    NO_SUCH_ADDRESS = "no_such_address", _("The mail server refused the address")
    UNANSWERED = "unanswered", _("The mail server took all of it and did not answer")
    CAME_BACK = "came_back", _("The mail came back")
    CUT_OFF = "cut_off", _("Sending was cut off before the answer was kept")
    GIVEN_UP = "given_up", _("An administrator gave it up")
    LET_BE = "let_be", _("It may have arrived; an administrator left it at that")
    NOT_WRITTEN = "not_written", _("It could not be written; the program's log says why")


class SuppressionCause(Code):
    """Why no more digests go to an address; mail about the account itself always goes."""

    BOUNCED = "bounced", _("The mail server refused the address for good")
    COMPLAINED = "complained", _("The recipient reported the mail as unwanted")
    BY_HAND = "by_hand", _("An administrator stopped it")


class AttemptTrouble(Code):
    """Why one try to deliver to a webhook came to nothing."""

    STATUS = "status", _("Refused"), _("The receiver answered with a status other than 2xx.")
    REDIRECT = "redirect", _("Redirect"), _("The receiver answered with another address; none is followed.")
    GONE = "gone", _("Gone"), _("The receiver answered 410: it wants no more, so its webhook was paused.")
    TIMEOUT = "timeout", _("Too slow"), _("There was no complete answer in the time that one try has.")
    UNREACHABLE = "unreachable", _("Unreachable"), _("There was no connection, or it broke before the answer ended.")
    UNRESOLVED = "unresolved", _("Unknown name"), _("The name in the address leads nowhere.")
    ADDRESS = "address", _("Address not allowed"), _("The name leads to a private or reserved network.")
    CERTIFICATE = "certificate", _("Certificate refused"), _("The receiver did not prove that it bears its name.")
    SECRET = "secret", _("Secret unreadable"), _("The signing secret cannot be opened; make a new one.")
    INTERRUPTED = "interrupted", _("Interrupted"), _("The worker stopped meanwhile; it is sent again under its id.")


class PauseCause(Code):
    """Why nothing is sent to a webhook for now."""

    OWNER = "owner", _("By its owner")
    GONE = "gone", _("The receiver answered that it is gone")
