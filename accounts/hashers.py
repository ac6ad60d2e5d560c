"""Password hashing for the test suite."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class FastArgon2Hasher(Argon2PasswordHasher):
    """The same algorithm with the smallest cost: tests sign in thousands of times."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
