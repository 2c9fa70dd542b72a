"""How many lines to dial now: four rules as functions of numbers.

    preview, progressive   a line only for an agent reserved for it: nobody can be dropped
    fixed ratio            so many lines per free agent
    predictive             a line more while the chance that its answer would find every agent busy
                           stays below what the campaign may risk

A line dialled now is answered about one ringing time from now. Until then those ringing before it
will have been answered or not, and some of the agents at work will have become free. So its answer
is dropped when

    answers of the lines before it  >=  agents free now + agents who become free until then

Both sides are sums of independent chances; they are counted as binomial, which spreads at least as
wide as the true sum does (Hoeffding 1956), so the error is on the safe side.
"""

from math import exp, lgamma, log

NEGLIGIBLE = 1e-9


def binomial(trials: int, chance: float) -> list[float]:
    """Probabilities of 0..trials successes.

    >>> [round(p, 3) for p in binomial(2, 0.5)]
    [0.25, 0.5, 0.25]
    """
    if trials <= 0 or chance <= 0.0:
        return [1.0] + [0.0] * max(trials, 0)
    if chance >= 1.0:
        return [0.0] * trials + [1.0]
    win, lose = log(chance), log(1.0 - chance)
    whole = lgamma(trials + 1)
    return [
        exp(whole - lgamma(k + 1) - lgamma(trials - k + 1) + k * win + (trials - k) * lose)
        for k in range(trials + 1)
    ]


def drop_chance(*, answers: list[float], free: int, freed: list[float]) -> float:
    """The chance that an answer finds nobody.

    Args:
        answers: probabilities of 0, 1, … answers before it.
        free: agents free now and bound to nothing. >= 0.
        freed: probabilities of 0, 1, … agents becoming free until then.

    Returns:
        P(answers >= free + freed), 0..1.

    >>> drop_chance(answers=[0.5, 0.5], free=1, freed=[1.0])
    0.5
    >>> drop_chance(answers=[0.5, 0.5], free=0, freed=[0.5, 0.5])
    0.75
    """
    dropped = 0.0
    few = 0.0
    counted = 0
    for number in range(free, len(answers)):
        while counted <= number - free and counted < len(freed):
            few += freed[counted]
            counted += 1
        dropped += answers[number] * few
        if counted >= len(freed) and number - free >= len(freed):
            dropped += sum(answers[number + 1 :]) * few
            break
    return dropped


def predictive_lines(
    *,
    ringing: int,
    will_answer: float,
    new_answers: float,
    free: int,
    busy: int,
    will_be_free: float,
    risk: float,
    most: int,
) -> int:
    """How many lines to add.

    Args:
        ringing: lines ringing now.
        will_answer: mean chance of theirs to be answered, 0..1.
        new_answers: chance of a new line to be answered, 0..1.
        free: agents free now.
        busy: agents at work who will take a contact afterwards.
        will_be_free: mean chance of theirs to be free when a new line would be answered, 0..1.
        risk: the chance of a drop one answer may have, 0..1.
        most: lines that may be added at all.
    """
    freed = binomial(busy, will_be_free)
    answers = binomial(ringing, will_answer)
    added = 0
    while added < most and drop_chance(answers=answers, free=free, freed=freed) <= risk:
        added += 1
        answers = _one_more(answers, new_answers)
    return added


def _one_more(answers: list[float], chance: float) -> list[float]:
    """One more independent trial."""
    grown = [probability * (1.0 - chance) for probability in answers]
    grown.append(0.0)
    for number, probability in enumerate(answers):
        grown[number + 1] += probability * chance
    return grown


def ratio_lines(*, ringing: int, free: int, ratio: float) -> int:
    """So many lines per free agent, those ringing included.

    >>> ratio_lines(ringing=1, free=2, ratio=2.0)
    3
    """
    return max(0, int(free * ratio) - ringing)


def progressive_lines(*, ringing: int, free: int) -> int:
    """A line per free agent; agents with a line of their own are not among the free, but whoever
    is needed for lines that ring for nobody in particular is left out.

    >>> progressive_lines(ringing=1, free=3)
    2
    """
    return max(0, free - ringing)
