"""The outbox in one process: what is owed is owed with the act, delivered once, tried again and in the end parked."""

import threading
from collections import Counter as Tally
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from core import outbox
from core.models import Counter, OutboxMessage
from core.references import next_number

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def topic():
    """A way to register handlers that are forgotten after the test."""
    added = []

    def register(name, function):
        outbox.handler(name)(function)
        added.append(name)
        return name

    yield register
    for name in added:
        del outbox._handlers[name]


@pytest.fixture
def counted(topic):
    """A topic whose effect is a counter in the database, one step a delivery."""
    return topic("test.counted", next_number)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def effects():
    return dict(Counter.objects.values_list("name", "value"))


def owed():
    return OutboxMessage.objects.get()


def test_an_effect_is_owed_with_the_act(db, counted):
    outbox.enqueue(counted, key="a", at=NOW, name="x")
    assert (owed().topic, owed().key, owed().payload, owed().due_at) == ("test.counted", "a", {"name": "x"}, NOW)


def test_an_act_that_fails_owes_nothing(db, counted):
    def act():
        with transaction.atomic():
            outbox.enqueue(counted, key="a", at=NOW, name="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert OutboxMessage.objects.count() == 0


def test_an_effect_with_the_same_key_is_owed_once(db, counted):
    outbox.enqueue(counted, key="a", at=NOW, name="first")
    outbox.enqueue(counted, key="a", at=NOW, name="second")
    assert outbox.deliver_outbox() == 1
    outbox.enqueue(counted, key="a", at=NOW, name="third")  # also after it was delivered
    assert outbox.deliver_outbox() == 0
    assert effects() == {"first": 1}


def test_a_topic_that_nobody_delivers_is_refused_at_once(db):
    with pytest.raises(LookupError, match=r"no handler for topic test\.nobody"):
        outbox.enqueue("test.nobody", key="a", at=NOW)
    assert OutboxMessage.objects.count() == 0


def test_a_topic_has_one_handler(counted):
    with pytest.raises(ValueError, match=r"topic test\.counted has two handlers"):
        outbox.handler(counted)(print)


def test_what_is_delivered_is_done_and_not_delivered_again(db, counted):
    outbox.enqueue(counted, key="a", at=NOW, name="x")
    assert outbox.deliver_outbox() == 1
    assert (owed().done_at, owed().attempts, owed().parked_at) == (NOW, 1, None)
    assert outbox.deliver_outbox() == 0
    assert effects() == {"x": 1}


def test_what_is_due_later_waits(db, counted, clock):
    outbox.enqueue(counted, key="a", at=NOW, delay=timedelta(hours=1), name="x")
    clock.shift(timedelta(minutes=59, seconds=59))
    assert outbox.deliver_outbox() == 0
    clock.shift(timedelta(seconds=1))
    assert outbox.deliver_outbox() == 1


def test_the_oldest_goes_first(db, topic):
    order = []
    name = topic("test.ordered", lambda number: order.insert(len(order), number))
    for number in (2, 1, 3):
        outbox.enqueue(name, key=str(number), at=NOW - timedelta(minutes=10 - number), number=number)
    outbox.deliver_outbox()
    assert order == [1, 2, 3]


def test_a_failing_handler_is_tried_again_later_and_its_half_effect_is_undone(db, topic, clock):
    def fail(name):
        next_number(name)
        raise ConnectionError("mail server away")

    outbox.enqueue(topic("test.failing", fail), key="a", at=NOW, name="x")
    waits = []
    for attempt in range(1, 5):
        assert outbox.deliver_outbox() == 1
        row = owed()
        assert (row.attempts, row.done_at, row.parked_at) == (attempt, None, None)
        assert row.last_error == "ConnectionError: mail server away"
        waits.append((row.due_at - datetime.now(UTC)).total_seconds())
        clock.move_to(row.due_at - timedelta(microseconds=1))
        assert outbox.deliver_outbox() == 0
        clock.move_to(row.due_at)
    assert waits == [2, 4, 8, 16]
    assert effects() == {}


def test_after_five_tries_a_message_is_parked_for_staff(db, topic, clock):
    def fail():
        raise ValueError("poison")

    outbox.enqueue(topic("test.poison", fail), key="a", at=NOW)
    for _attempt in range(5):
        outbox.deliver_outbox()
        clock.shift(timedelta(minutes=1))
    assert (owed().attempts, owed().done_at) == (5, None)
    assert owed().parked_at == NOW + timedelta(minutes=4)
    clock.shift(timedelta(days=365))
    assert outbox.deliver_outbox() == 0


def test_a_handler_that_recovers_ends_well(db, topic, clock):
    answers = [OSError("away"), OSError("away"), None]

    def sometimes(name):
        answer = answers.pop(0)
        if answer:
            raise answer
        next_number(name)

    outbox.enqueue(topic("test.sometimes", sometimes), key="a", at=NOW, name="x")
    for _attempt in range(3):
        outbox.deliver_outbox()
        clock.shift(timedelta(minutes=1))
    assert (owed().attempts, owed().last_error, owed().parked_at) == (3, "", None)
    assert owed().done_at is not None
    assert effects() == {"x": 1}


def test_a_failing_message_holds_up_no_other(db, topic, counted):
    def fail():
        raise ValueError

    outbox.enqueue(topic("test.poison", fail), key="first", at=NOW - timedelta(minutes=1))
    outbox.enqueue(counted, key="second", at=NOW, name="x")
    assert outbox.deliver_outbox() == 2
    assert effects() == {"x": 1}


def test_a_handler_that_breaks_the_transaction_is_one_failed_try(db, topic):
    def break_it():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    outbox.enqueue(topic("test.broken", break_it), key="a", at=NOW)
    assert outbox.deliver_outbox() == 1
    assert (owed().attempts, owed().last_error.split(":")[0]) == (1, "DataError")


def test_a_message_is_not_both_done_and_parked(db, counted):
    outbox.enqueue(counted, key="a", at=NOW, name="x")
    with pytest.raises(DatabaseError, match="outbox_done_or_parked"), transaction.atomic():
        OutboxMessage.objects.update(done_at=NOW, parked_at=NOW)


@pytest.mark.django_db(transaction=True)
def test_eight_deliveries_at_once_do_each_of_two_hundred_effects_once(topic):
    hands = Tally()

    def effect(name):
        hands[threading.current_thread().name] += 1
        next_number(name)

    name = topic("test.many", effect)
    OutboxMessage.objects.bulk_create(
        OutboxMessage(topic=name, key=f"effect {number}", payload={"name": f"effect {number}"}, due_at=NOW)
        for number in range(200)
    )
    start = threading.Barrier(8)

    def deliver():
        try:
            start.wait(10)
            outbox.deliver_outbox()
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver, name=f"hand {number}") for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert effects() == {f"effect {number}": 1 for number in range(200)}
    assert sum(hands.values()) == 200
    assert len(hands) > 1  # more than one took part
    assert OutboxMessage.objects.filter(done_at=None).count() == 0
    assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_a_message_in_somebody_s_hands_is_passed_by(topic, counted):
    holding, release = threading.Event(), threading.Event()

    def hold():
        holding.set()
        release.wait(10)

    slow = topic("test.slow", hold)
    rows = [("slow", slow, {}), ("quick", counted, {"name": "x"})]
    for number, (key, name, payload) in enumerate(rows):
        due = NOW - timedelta(minutes=9 - number)
        OutboxMessage.objects.create(topic=name, key=key, payload=payload, due_at=due)

    def deliver():
        try:
            outbox.deliver_one()
        finally:
            connection.close()

    thread = threading.Thread(target=deliver)
    thread.start()
    holding.wait(10)
    assert outbox.deliver_outbox() == 1  # only the quick one
    assert effects() == {"x": 1}
    release.set()
    thread.join(10)
    assert OutboxMessage.objects.filter(done_at=None).count() == 0
