"""Sending what is due: claimed in batches, marked one by one, so that nothing is lost and nothing goes out twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, sleep
from traceback import extract_tb

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from negotiations.models import Delivery
from negotiations.rules.codes import AlertChannel, DeliveryState, SuppressionCause
from negotiations.selectors.inbox import entries_of
from negotiations.services.worker import worker_name

from .departure import Leave, departures, heads_of
from .editions import Editions
from .letter import Letter, Press
from .mail import Mail, mail_for, message_id
from .marks import (
    BATCH,
    GROUP,
    LEASE,
    Leaving,
    Settled,
    claim,
    held_beside,
    keep,
    release,
    settle_and_begin,
    settle_lost,
)
from .outcomes import hindrance, outcome, unwritten
from .post import Away, Fate, Post, post_office
from .steps import Step, reached
from .suppression import suppress, suppressed

log = structlog.get_logger(__name__)
# A server that is away is asked again soon, and no mail is blamed for it.
AWAY_FOR = timedelta(minutes=1)
PAUSE = timedelta(seconds=5)
# How long a worker waits for a database that is away to tell it what became of the mails in hand.
PATIENCE = timedelta(minutes=2)
Clock = Callable[[], datetime]


def deliver_due(*, clock: Clock = timezone.now, within: timedelta = timedelta(seconds=40)) -> int:
    """Send what is due, batch after batch; returns how many were settled.

    Ends when nothing is left, when the mail server is away, or after about `within`: the message in
    hand is finished and what is claimed is given back, so that a worker can be stopped gracefully.
    Safe to run by several workers at once.
    """
    end, settled, size = clock() + within, 0, BATCH
    settle_lost(clock())
    while clock() < end:
        worker = worker_name()
        batch = claim(worker, clock(), batch=size)
        if not batch:
            break
        reached(Step.CLAIMED)
        if (one := _begun(worker, batch, clock, end)) is None:
            # One of them cannot be read; the others are found by taking each alone.
            size = 1
        else:
            settled += one.run()
    return settled


def _begun(worker: str, batch: Sequence[Delivery], clock: Clock, end: datetime) -> Round | None:
    """The way through a batch; None where it cannot be read: it is given back, or a single one tried later."""
    try:
        return Round(worker, batch, clock, end)
    except Exception as error:  # noqa: BLE001  one that cannot be read holds up no other
        log.warning("mail.unread", count=len(batch), error=type(error).__name__, at=place_of(error))
    if len(batch) == 1:
        settle_and_begin(worker, [unwritten(batch[0], clock())], (), clock(), Editions())
    release(worker, clock())
    return None


class Round:
    """One worker's way through one claimed batch."""

    def __init__(self, worker: str, batch: Sequence[Delivery], clock: Clock, end: datetime) -> None:
        self.worker, self.clock, self.end = worker, clock, end
        self.heads = heads_of(batch)
        self.press = Press(batch, now=clock())
        if self.press.batch.owed:
            batch = self._alone(batch)
        self.suppressed = suppressed({delivery.user.email for delivery in batch})
        self.waiting = iter(batch)
        self.editions = Editions()
        self.settled: list[Settled] = []
        self.count = 0
        self.is_outdated = False
        self.kept_until = clock() + LEASE / 2

    def _alone(self, batch: Sequence[Delivery]) -> Sequence[Delivery]:
        """The batch without those who are owed a correction and to whom another worker writes at the same time.

        Each of the two would tell it. What is given back is soon claimed again, by whoever comes first.
        """
        owed = self.press.batch.owed
        beside = held_beside(self.worker, {one.user_id for one in batch if one.pk in owed}, self.clock())
        twice = [one.pk for one in batch if (one.user_id, one.channel) in beside]
        if twice:
            release(self.worker, self.clock() + PAUSE, only=twice)
        alone = [one for one in batch if one.pk not in twice]
        # Asked once more, since another may have told them between the two questions.
        self.press = Press(alone, now=self.clock())
        return alone

    def run(self) -> int:
        """Send the batch; whatever happens, what became of each is kept and what did not leave is given back."""
        again_at = self.clock()
        try:
            with post_office() as post:
                while self._goes_on() and (group := self._written()):
                    self._send(group, post)
        except Away as away:
            log.warning("mail.away", error=str(away))
            again_at = self.clock() + AWAY_FOR
        finally:
            # Written anew with what is so now; a pause, where nothing came of it, so that nobody runs in circles.
            is_stuck = self.is_outdated and not self.count
            patiently(lambda: self._end(again_at + PAUSE if is_stuck else again_at))
        return self.count

    def _goes_on(self) -> bool:
        return not self.is_outdated and self.clock() < self.end

    def _end(self, again_at: datetime) -> None:
        if self.settled:
            self._keep_answers()
        release(self.worker, again_at)

    def _keep_answers(self) -> None:
        settle_and_begin(self.worker, self.settled, (), self.clock(), self.editions)
        self.settled = []
        reached(Step.SETTLED)

    def _written(self) -> list[Written]:
        """The next few letters to leave; what needs no sending is settled on the way."""
        found: list[Written] = []
        for delivery in self.waiting:
            self._hold_on()
            written = self._one(delivery)
            if written is not None:
                found.append(written)
            if len(found) == GROUP:
                break
        return found

    def _one(self, delivery: Delivery) -> Written | None:
        """What is to be handed over; None where there is nothing, which settles the delivery."""
        if trouble := hindrance(delivery, self.suppressed):
            self._quietly(Settled(delivery.pk, DeliveryState.WITHHELD, self.clock(), trouble))
            return None
        try:
            if delivery.channel == AlertChannel.INBOX:
                self._lay_down(delivery)
                return None
            letter = self.press.letter(delivery)
            if letter is not None:
                return Written(delivery, letter, mail_for(delivery, letter))
        except Exception as error:  # noqa: BLE001  one mail that cannot be written holds up no other
            place = place_of(error)
            log.warning("mail.unwritten", delivery=str(delivery.public_id), error=type(error).__name__, at=place)
            self.settled.append(unwritten(delivery, self.clock()))
            return None
        self._quietly(Settled(delivery.pk, DeliveryState.NOTHING, self.clock()))
        return None

    def _lay_down(self, delivery: Delivery) -> None:
        """In the inbox it is read behind the sign-in, with the eyes of that moment: nothing is written now."""
        batch = self.press.batch
        owed = batch.owed.get(delivery.pk, frozenset())
        told = [entry.pk for entry in entries_of(delivery, batch.viewers[delivery.user_id], besides=owed).entries]
        is_told = bool(told) or delivery.subscription.is_told_nothing
        state = DeliveryState.SENT if is_told else DeliveryState.NOTHING
        self._quietly(Settled(delivery.pk, state, self.clock(), told=tuple(told)))

    def _quietly(self, settled: Settled) -> None:
        self.count += 1
        self.settled.append(settled)

    def _send(self, group: Sequence[Written], post: Post) -> None:
        reached(Step.WRITTEN)
        post.open()
        leaving = [one.leaving() for one in group]
        begun = settle_and_begin(self.worker, self.settled, leaving, self.clock(), self.editions)
        self.settled = []
        with departures(self.worker, self.heads) as leave:
            for one in group:
                # Of what was begun at least one leaves, or a slow hand would never come to an end.
                if one.delivery.pk in begun and (self._goes_on() or one is group[0]):
                    self._hold_on()
                    self._hand_over(one, post, leave)

    def _hold_on(self) -> None:
        if self.clock() >= self.kept_until:
            keep(self.worker, self.clock())
            self.kept_until = self.clock() + LEASE / 2

    def _hand_over(self, one: Written, post: Post, leave: Leave) -> None:
        delivery = one.delivery
        if not leave(delivery.pk, self.clock()):
            self.is_outdated = True
            return
        reached(Step.SENDING)
        answer = post.hand_over(one.mail)
        reached(Step.TAKEN)
        self.count += 1
        self.settled.append(outcome(delivery, answer, self.clock()))
        if answer.fate is not Fate.TAKEN:
            # Whoever finds this worker gone takes every answer but the last for a good one.
            self._keep_answers()
            log.info("mail.not_taken", delivery=str(delivery.public_id), fate=answer.fate.value, why=answer.why)
        if answer.fate is Fate.NO_SUCH_ADDRESS:
            suppress(one.mail.recipient, SuppressionCause.BOUNCED)


@dataclass(frozen=True, slots=True)
class Written:
    """A delivery with what it will bring."""

    delivery: Delivery
    letter: Letter
    mail: Mail

    def leaving(self) -> Leaving:
        address, letter = self.delivery.user.email, self.letter
        return Leaving(self.delivery.pk, message_id(self.delivery), address, letter.marking, letter.told)


def patiently(keep_answers: Callable[[], None]) -> None:
    """Do it as soon as the database is there again, if it is away: what became of mails is known here alone."""
    give_up = monotonic() + PATIENCE.total_seconds()
    while True:
        try:
            return keep_answers()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or monotonic() > give_up:
                raise
            connection.close()
            sleep(1)


def place_of(error: Exception) -> str:
    """Where it was raised; without the error's own words, which may quote what was to be told."""
    frames = extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
