"""The only free texts of the made-up register: each says that it is made up, and none tells a story."""

from collections.abc import Mapping

WORDING = "verzonnen 1.0 nl"
NOTES = (
    "Verzonnen notitie: intake gedaan, vervolgafspraak gepland.",
    "Verzonnen notitie: wacht op plek in de opvang.",
    "Verzonnen notitie: overleg met de jeugdbeschermer gepland.",
    "Verzonnen notitie: tolk gevraagd voor het volgende gesprek.",
    "Verzonnen notitie: bedenktijd uitgelegd, informatie meegegeven.",
    "Verzonnen notitie: veiligheidsplan doorgenomen.",
    "Verzonnen notitie: advocaat gezocht voor een eerste advies.",
    "Verzonnen notitie: contact loopt via de vaste begeleider.",
)
WHY_ABLE = (
    "Verzonnen: kan uitleggen wat de vraag inhoudt en wat een nee betekent.",
    "Verzonnen: gezag nagegaan, geen aanwijzing tegen deze gever.",
    "Verzonnen: in twee gesprekken besproken, antwoord bleef gelijk.",
)
SIGNALS = (
    "Verzonnen: werving sterk, dwang sterk, afhankelijkheid matig.",
    "Verzonnen: misleiding matig, schulden sterk, afscherming zwak.",
    "Verzonnen: controle sterk, andere dimensies nog niet bekend.",
)
REASONS: Mapping[str, tuple[str, ...]] = {
    "possible": (
        "Verzonnen: meerdere sterke signalen, nog niet alles bevraagd.",
        "Verzonnen: verhaal en signalen sluiten op elkaar aan.",
    ),
    "identified": ("Verzonnen: vastgesteld door de genoemde instantie, besluit gezien.",),
    "not_victim": ("Verzonnen: signalen bleken een andere oorzaak te hebben.",),
}
EVERY = frozenset((*NOTES, *WHY_ABLE, *SIGNALS, *(reason for some in REASONS.values() for reason in some)))
