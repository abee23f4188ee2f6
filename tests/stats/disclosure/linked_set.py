"""Linked tables of made-up people by town, in provinces: as many counts as a country has, most small or zero."""

import numpy as np

PROVINCES = 12
LEAST_OF_A_DIRICHLET = 0.02  # numpy knows no share of exactly nothing


def make(towns: int, answers: tuple[int, ...] = (8, 6, 11), mean: float = 40.0, seed: int = 1) -> list[str]:
    """Give one CSV table for each question: province, town, answer, count, with all totals.

    Towns differ much in size (log-normal), and each answers in its own way, so that of ten counts about four are zero
    and seven are below ten.
    """
    chance = np.random.default_rng(seed)
    province = chance.integers(0, PROVINCES, towns)
    persons = chance.poisson(mean * chance.lognormal(0.0, 1.0, towns))
    return [_table(question, number, province, persons, chance) for question, number in enumerate(answers)]


def _table(
    question: int,
    answers: int,
    province: np.ndarray[tuple[int], np.dtype[np.int64]],
    persons: np.ndarray[tuple[int], np.dtype[np.int64]],
    chance: np.random.Generator,
) -> str:
    shares = chance.dirichlet(np.full(answers, 0.8)) * 4 + LEAST_OF_A_DIRICHLET
    inner = np.array([chance.multinomial(here, chance.dirichlet(shares)) for here in persons])
    places = [(f"p{province[town]}", f"t{town}", inner[town]) for town in range(len(persons))]
    places += [(f"p{one}", "total", inner[province == one].sum(0)) for one in sorted(set(province.tolist()))]
    places.append(("total", "total", inner.sum(0)))
    lines = [
        f"{above},{place},{answer},{count}"
        for above, place, counts in places
        for answer, count in [*((f"a{number}", counts[number]) for number in range(answers)), ("total", counts.sum())]
    ]
    return "\n".join([f"province,town,answer{question},count", *lines]) + "\n"
