"""Gap-free numbers."""

import threading

import pytest
from django.db import connection, transaction

from core.references import next_number


@pytest.mark.django_db
def test_numbers_start_with_one_and_follow_each_other():
    assert [next_number("statement-2026") for _ in range(3)] == [1, 2, 3]
    assert next_number("statement-2027") == 1


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_leaves_no_gap():
    class Broken(Exception):
        pass

    with pytest.raises(Broken), transaction.atomic():
        assert next_number("issue") == 1
        raise Broken
    with transaction.atomic():
        assert next_number("issue") == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_threads_get_twenty_different_numbers_without_gaps():
    taken: list[int] = []
    lock = threading.Lock()

    def take():
        try:
            with transaction.atomic():
                number = next_number("race")
            with lock:
                taken.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 21))
