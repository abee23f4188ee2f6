"""Made-up lists of sanctions for the tests: CSV in the form of the United Nations, and ships as FollowTheMoney."""

import json

HEADER = "dataid,reference_number,name,listed_on,aliases\n"
OFFICE = '12,KPe.012,OFFICE 12,2016-03-02,"Division 12"\n'
MINISTRY = "13,KPe.013,MINISTRY OF NACHTZAKEN,2017-01-01,\n"
# The same body with a name more.
MINISTRY_CHANGED = "13,KPe.013,MINISTRY OF NACHTZAKEN,2017-01-01,Night Bureau\n"
FIRST = (HEADER + OFFICE).encode()
SECOND = (HEADER + OFFICE + MINISTRY).encode()
THIRD = (HEADER + MINISTRY_CHANGED).encode()


def ships(*named: tuple[str, str]) -> bytes:
    """Give a list of ships with their IMO numbers."""
    told = [
        {"id": f"s-{imo}", "schema": "Vessel", "properties": {"name": [name], "imoNumber": [imo]}}
        for name, imo in named
    ]
    return json.dumps(told).encode()
