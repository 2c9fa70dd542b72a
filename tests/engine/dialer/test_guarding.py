"""The cap on drops holds whatever the lines do."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxi.engine.dialer.guarding import DropAccount
from lianxi.kernel.time import Instant, Millis

pytestmark = pytest.mark.unit

DAY = 86_400_000
NOW = Instant(0)


def an_account(**facts: int) -> DropAccount:
    given = {"sample": 100, "stretch": 400, "window": DAY, **facts}
    return DropAccount(
        cap=0.03,
        sample=given["sample"],
        stretch=given["stretch"],
        window=Millis(given["window"]),
    )


def room(account: DropAccount, at_risk: int, now: int = 0) -> int:
    return account.room(Instant(now), at_risk, Millis(0))


def test_nobody_is_dialled_for_nobody_below_the_sample() -> None:
    account = an_account()
    for _ in range(99):
        account.answered(NOW)
    assert room(account, 0) == 0
    account.answered(NOW)
    assert room(account, 0) == 3  # three drops of a hundred would be three per cent


def test_open_lines_count_as_drops_to_come() -> None:
    account = an_account()
    for _ in range(100):
        account.answered(NOW)
    assert room(account, 2) == 1
    assert room(account, 3) == 0
    account.dropped(NOW)
    assert room(account, 2) == 0


def test_a_quiet_morning_earns_no_bad_evening() -> None:
    account = an_account(stretch=400)
    for _ in range(10_000):
        account.answered(NOW)
    # 300 drops would be three per cent of all; but of the last 400 answers only twelve may be.
    assert room(account, 0) <= 12


def test_what_left_the_window_counts_no_more() -> None:
    account = an_account()
    for _ in range(200):
        account.answered(NOW)
    assert account.share(NOW) == 0.0
    assert account.counted(Instant(DAY + DAY // 100)) == (0, 0)
    assert room(account, 0, now=DAY + DAY // 100) == 0
    # And what will have left it when the line is resolved counts no more now
    assert account.room(Instant(DAY - 1), 0, Millis(60_000)) == 0


def test_the_share_told_is_never_below_the_true_one() -> None:
    account = an_account()
    account.answered(NOW)
    account.dropped(Instant(DAY // 240))
    half_outside = Instant(DAY + DAY // 240)
    assert account.counted(half_outside) == (0, 1)
    assert account.share(half_outside) == 1.0


def test_a_drop_lowers_the_risk_and_answers_raise_it_so_that_the_aim_is_kept() -> None:
    account = an_account()
    before = account.risk
    account.dropped(NOW)
    assert account.risk < before
    for _ in range(39):  # one drop in 39 answers is 2.56 %, the aim 2.55
        account.answered(NOW)
    assert account.risk == pytest.approx(before, rel=0.01)


@pytest.mark.timeout(120)
@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    stretch=st.sampled_from([100, 130, 400]),
    malice=st.sampled_from([0.03, 0.3, 1.0]),
)
def test_no_stretch_of_answers_ever_ends_above_the_cap(
    seed: int, stretch: int, malice: float
) -> None:
    """Lines are dialled whenever there is room, and dropped as luck, or malice, has it."""
    luck = random.Random(seed)
    account = an_account(stretch=stretch)
    heights = [(0, 0)]  # answers and drops after each fact
    open_lines = 0
    for _ in range(1_500):
        if room(account, open_lines) > 0 and luck.random() < 0.7:
            open_lines += 1
        elif open_lines and luck.random() < 0.5:
            open_lines -= 1
            if luck.random() < 0.5:  # answered; else not
                account.answered(NOW)
                heights.append((account.answers, account.drops))
                if luck.random() < malice:
                    account.dropped(NOW)
        else:
            account.answered(NOW)  # of a line with an agent of its own
        heights.append((account.answers, account.drops))
    assert heights[-1][1] <= 0.03 * heights[-1][0]
    for place, (answers, drops) in enumerate(heights):
        # Of all moments with a stretch of answers since, the one that looks worst
        far = [d - 0.03 * a for a, d in heights[:place:5] if answers - a >= stretch]
        assert drops - 0.03 * answers <= min(far, default=drops) + 1e-6
