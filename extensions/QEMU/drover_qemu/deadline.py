"""How long the program may still take."""

import time


class Deadline:
    """A moment, shortly before Drover ends the program, until which things can be waited for."""

    def __init__(self, seconds):
        self.seconds = seconds
        self._end = time.monotonic() + seconds - min(5.0, seconds / 10)

    @classmethod
    def within(cls, seconds):
        """The moment when so many seconds are over, to the second."""
        deadline = cls(seconds)
        deadline._end = time.monotonic() + seconds
        return deadline

    def left(self, most=None):
        """Seconds until the moment, at least a tenth; at most as many as are given."""
        left = max(0.1, self._end - time.monotonic())
        return left if most is None else min(left, most)

    def over(self):
        """Whether the moment has passed."""
        return time.monotonic() >= self._end


def wait_until(deadline, condition, pause=0.02):
    """Asks again and again until the condition holds or the deadline is over; whether it held."""
    while True:
        if condition():
            return True
        if deadline.over():
            return False
        time.sleep(pause)
