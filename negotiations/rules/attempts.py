"""How often something that can be guessed may be tried, by whom and in which time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """`amount` attempts in each stretch of `within`; the stretch begins with the first attempt and always ends."""

    name: str
    amount: int
    within: timedelta


QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)

# By account and address, so that nobody far away keeps the owner out; by address against many accounts.
LOG_IN = Limit("log_in", 8, QUARTER)
LOG_IN_ADDRESS = Limit("log_in_address", 60, QUARTER)
# Six digits are few: here the account counts alone, whoever tries has its password already.
SECOND_STEP = Limit("second_step", 10, QUARTER)
SECOND_STEP_ADDRESS = Limit("second_step_address", 60, QUARTER)
# A code of an app is good for its own 30 s and those before and after, and for one use.
CODE_USED = Limit("code_used", 1, timedelta(minutes=2))
# By mailbox, which nobody may fill for another, and by address.
RESET = Limit("reset", 4, HOUR)
RESET_ADDRESS = Limit("reset_address", 20, HOUR)
LINK_ADDRESS = Limit("link_address", 30, QUARTER)
# What a signed-in person proves or sends.
PROOF = Limit("proof", 10, QUARTER)
INVITATIONS = Limit("invitations", 50, timedelta(days=1))
