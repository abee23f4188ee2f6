"""The places that a state or province in another standard can be."""

from functools import lru_cache

from zicht import words


@lru_cache(maxsize=1)
def provinces() -> frozenset[str]:
    """Give the Dutch provinces by name."""
    return frozenset(municipality.province for municipality in words.municipalities().values())


@lru_cache(maxsize=1)
def countries_by_any_code() -> dict[str, str]:
    """Give the code of three letters of a country by its codes of two and of three letters."""
    every = words.countries().values()
    return {country.alpha_2: country.alpha_3 for country in every} | {code: code for code in words.countries()}
