"""What kind of answer a question asks for, and which words could be one: by rules, in five languages.

A rule that does not know says so: no kind, or no words. Nothing here judges whether the words are true.
"""

from __future__ import annotations

import re
from typing import Literal

from corpus.lazy_pattern import lazy_pattern
from corpus.types import Span

# A person is anybody or any body with a name: "Who paid for it?" may ask for a fund.
AnswerType = Literal["date", "number", "person", "place"]
ANSWER_TYPES: tuple[AnswerType, ...] = ("date", "number", "person", "place")

# The question words of a language by what they ask for; "other" asks for none of the four. The one that
# stands first in a question decides: "What did they do when it rained?" asks for no date.
_ASKING = {
    "en": {
        # Nor does "When it rained, what did they do?"
        "date": r"when(?= (?:did|was|were|is|are|will|do|does|has|have|had|can|could|should|would|must)\b"
        r"|(?!.*\b(?:what|who|whom|which|how|where)\b))|how long ago"
        r"|(?:what|which) (?:day|time|(?:\w+ )?(?:years?|dates?|month|century|decade))",
        "number": r"how (?:many|much|old|long|far|tall|high|big|large|fast|often|deep|heavy|wide|late|early)"
        r"|what (?:does|do|did|will|would) [^?]*\bcosts?"
        r"|(?:what|which)(?: (?:is|was|are|were) the)? (?:\w+ )?(?:percentage|per ?cent|share|proportion"
        r"|number|amount|population|price|temperature|distance|size|height|length|age|rate|cost|speed|weight)",
        "person": r"who|whom|whose|(?:what|which) (?:company|newspaper|magazine|team|organi[sz]ation)",
        "place": r"where|(?:what|which) (?:modern |other )?(?:city|cities|country|countries|state|town|place"
        r"|continent|region|village|island|street|province|county)",
        "other": r"what|which|why|how",
    },
    "de": {
        "date": r"wann|um wie ?viel uhr"
        r"|welche[mnrs]? (?:\w+ )?(?:jahr|monat|tag|jahrhundert|datum|jahrzehnt|zeit)\w*",
        "number": r"wie ?viele?|wie (?:alt|lange?|hoch|groß|weit|oft|schnell|teuer|tief|schwer|breit|spät)"
        r"|was kostet|welche[mnrs]? (?:anteil|anzahl|prozentsatz|betrag|preis|zahl|höhe|temperatur)",
        "person": r"wer|wen|wem|wessen",
        "place": r"wo|wohin|woher"
        r"|welche[mnrs]? (?:stadt|land|ländern?|ort|region|insel|kontinent|staat|dorf|straße)",
        "other": r"was|welche[mnrs]?|warum|wie|weshalb|wieso|wozu|wodurch|womit",
    },
    "es": {
        "date": r"cu[aá]ndo|qué (?:años?|fecha|día|mes|siglo|hora|década)",
        "number": r"cu[aá]nt[oa]s?|qué (?:porcentaje|edad|cantidad|número|precio|distancia|proporción"
        r"|altura)",
        "person": r"qui[eé]n(?:es)?",
        "place": r"a?d[oó]nde|qué (?:ciudad|país|países|lugar|región|estado|isla|continente|pueblo|calle)",
        "other": r"qué|cu[aá]l(?:es)?|c[oó]mo",
    },
    "fr": {
        "date": r"quand|quel(?:le)?s? (?:années?|date|jour|mois|siècle|heure|décennie|époque)",
        "number": r"combien|quel(?:le)?(?: (?:est|était) l[ea’'])? ?(?:âge|pourcentage|nombre|prix|distance"
        r"|proportion|part|quantité|taille|population)",
        "person": r"(?<!est-ce )qui",
        "place": r"où|quel(?:le)?s? (?:ville|pays|lieu|endroit|région|île|continent|état|village|rue)",
        "other": r"qu(?=[’'])|que|quoi|quel(?:le)?s?|pourquoi|comment",
    },
    "ru": {
        "date": r"когда|как\w+ (?:год|месяц|дат|день|дня|век|столети|врем|числ)\w*",
        "number": r"сколько|скольк\w+"
        r"|как\w+ (?:процент|дол|количеств|цен|возраст|расстояни|площад|населени|высот|длин|температур)\w*",
        "person": r"кто|кого|кому|кем|чей|чья|чьё|чьи",
        "place": r"где|куда|откуда|как\w+ (?:город|стран|мест|регион|остров|континент|государств|штат"
        r"|улиц)\w*",
        "other": r"что|чего|чему|чем|как\w*|почему|зачем",
    },
}
_QUESTIONS = {
    language: re.compile("|".join(rf"\b(?P<{kind}>{asks})\b" for kind, asks in asking.items()), re.IGNORECASE)
    for language, asking in _ASKING.items()
}

# English and German months are capitalised: "may" and "march" are also verbs.
_MONTH = (
    r"(?:January|Januar|February|Februar|March|März|April|May|Mai|June|Juni|July|Juli|August|September|October"
    r"|Oktober|November|December|Dezember"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|январ[яьюе]|феврал[яьюе]|март[ауе]?|апрел[яьюе]|ма[йяюе]|июн[яьюе]|июл[яьюе]|август[ауе]?"
    r"|сентябр[яьюе]|октябр[яьюе]|ноябр[яьюе]|декабр[яьюе])"
)
# Shortened months name a month only beside a day or a year: "Mar" is also the sea.
_SHORT = r"(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|O[ck]t|Nov|De[cz])\b\.?)"
_WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tags?|Mittwochs?"
    r"|lunes|martes|miércoles|jueves|viernes|sábados?|domingos?|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|понедельник[аи]?|вторник[аи]?|сред[ауы]|четверг[аи]?|пятниц[ауы]|суббот[ауы]|воскресень[ея])"
)
_YEAR = r"(?:1\d{3}|20\d{2})"
_OF = r" (?:de |del |of )?"
_DATES = (
    # Thursday 14 May 2026; May 14, 2026; 14. Mai; 14 de mayo de 2026
    rf"(?:{_WEEKDAY},? )?\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?{_OF}(?:{_MONTH}|{_SHORT})(?:,?{_OF}{_YEAR})?",
    rf"(?:{_WEEKDAY},? )?{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?{_OF}{_YEAR})?",
    rf"{_SHORT} (?:\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? ?{_YEAR})?(?<=\d)",
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}",
    # 7.10am; 19:30; 15 Uhr
    r"\d{1,2}(?:[.:]\d{2})? ?(?:[ap]m|[ap]\.m\.|Uhr|o[’']clock)|\d{1,2}[h:]\d{2}",
    r"(?:\d{1,2}(?:st|nd|rd|th|e|\.) (?:(?:and|to|or|und|et) )?){1,3}"
    r"(?:centur(?:y|ies)|Jahrhunderts?|siècles?)",
    r"siglos? [IVX]+|[IVX]+e? (?:siècle|век)\w*",
    r"\d{1,4} (?:BCE?|CE|AD|v\. ?Chr\.|n\. ?Chr\.|a\. ?C\.|до н\. ?э\.)",
    # 1914–1918; 1990s
    rf"{_YEAR}(?:[’']?s|ern?)?(?: ?[–-] ?(?:{_YEAR}|\d{{2}})(?:[’']?s)?)?",
    _WEEKDAY,
)
_DATE = lazy_pattern(rf"(?<![\w.,])(?:{'|'.join(_DATES)})(?!\w)")

# Numbers in words, but for "one", which is also nobody in particular.
COUNT = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|dozens?|half|twice"
    r"|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|hundert|tausend|dutzend"
    r"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|veinte|treinta|cien|ciento|cientos|mil|miles"
    r"|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|vingt|trente|cent|cents|mille"
    r"|дв[ае]|двух|три|тр[её]х|четыре|пять|шесть|семь|восемь|девять|десять|двадцать|тридцать|сто|тысяч[аи]?)"
)
_MAGNITUDE = (
    r"(?:[mb]illion(?:en|s|es)?|trillions?|hundred|thousand|Mio\.|Mrd\.|Milliarden?|mill(?:ón|ones)|mil|mille"
    r"|milliards?|тыс\w*|млн|млрд|миллион\w*|миллиард\w*)"
)
_SHARE = r"(?:%|per ?cent|Prozent|por ciento|pour cent|процент\w*)"
# Words after a number, or after "at the", that do not say what it counts or where that is.
_EMPTY_WORDS = (
    "and or of in on at to by for from with as the a an is are was were had has have that which who"
    " than per but und oder von vom in im an am auf zu zum zur bis mit als für der die das den dem des"
    " ist sind war waren pro y o de del en a al con por para que el la los las un una es son era et ou"
    " du des dans au aux à pour par avec sur le les est sont qui и или в во на с со к до от из по за для"
    " что это был была было были"
)
_EMPTY = f"(?:{'|'.join(_EMPTY_WORDS.split())})"
# £41.5 million; 4,320 oysters; forty-five minutes; 38 per cent
_NUMBER = lazy_pattern(
    r"(?<![\w.,/-])(?:[€$£¥₽] ?)?"
    rf"(?:\d+(?:[.,]\d+|[\u00a0\u202f’ ]\d{{3}}\b)*|{COUNT}(?:[ -](?:and )?{COUNT})*)(?!\w)"
    rf"(?:[ -]?{_MAGNITUDE}\b)?(?: ?{_SHARE})?(?:[ -](?!{_EMPTY}\b)[^\W\d_]+)?",
    re.IGNORECASE,
)

# Words that open a sentence with a capital and name nobody.
_OPENING = (
    "a after all also although an and another any as at because before both but by during each every"
    " few for from he her here his how however i if in instead into is it its just later many more most"
    " much no not now of on once one only or other our out over she since so some soon still such than"
    " that the their them then there these they this those though to under until up was we were what"
    " when where whether which while who with you your der die das ein eine einer er es sie wir ihr im"
    " am auf aus bei mit nach seit von vor zu zum zur und oder aber auch wenn wie nur noch dort hier"
    " dann diese dieser dieses el la los las un una en de del por para con sin y o pero como cuando su"
    " sus se al lo este esta estos estas le les une des du dans par pour avec et ou mais il elle ils"
    " elles ce cette ces au aux à son sa ses в во на с со к о об от до из за по под при для и а но или"
    " он она оно они это этот эта эти как когда что"
)
_OPENERS = frozenset(_OPENING.split())
_WORD = re.compile(r"[^\W\d_]\w*(?:[’'-]\w+)*")
_PARTICLE = r"(?:of|the|de|del|della|la|le|von|van|der|den|bin|al|du|des|da|dos|&)"
_BETWEEN = re.compile(rf"(?:\.? |-)(?:{_PARTICLE} ){{0,2}}")
_AT = (
    r"(?:in|at|near|from|to|on|across|along|around|between|through|into|outside|inside|under|behind|beside"
    r"|towards?|nach|bei|aus|im|am|auf|zwischen|vor|en|desde|hacia|hasta|a|à|dans|vers|sur|chez|depuis"
    r"|в|во|на|из|под|около|возле|близ|от|через|у)"
)
_ARTICLE = r"(?:the|an?|its|their|his|her|de[mnr]|die|das|el|la|los|las|le|les)"
_BEFORE_PLACE = lazy_pattern(rf"\b{_AT} (?:{_ARTICLE} |l[’'])?$", re.IGNORECASE)
_BEFORE_NAME = re.compile(rf"\b{_AT} $", re.IGNORECASE)
_PLACE = lazy_pattern(rf"\b{_AT} {_ARTICLE}(?: (?!{_EMPTY}\b)[^\W\d_][\w-]*){{1,3}}", re.IGNORECASE)
_BEFORE_CHARS = 24  # the longest of `_AT` and of `_ARTICLE`, with room


def answer_type(question: str, language: str) -> AnswerType | None:
    """What kind of answer a question asks for, None where the rules do not tell.

    Args:
        question: As it was asked.
        language: ISO 639-1 code of the language it is most likely in; question words of the others count too.
    """
    found = [
        (match.start(), other != language, match.lastgroup)
        for other, asking in _QUESTIONS.items()
        if (match := asking.search(question))
    ]
    asked = min(found)[2] if found else None
    return next((kind for kind in ANSWER_TYPES if kind == asked), None)


def candidates_of(kind: AnswerType, text: str, language: str) -> tuple[Span, ...]:
    """Where ``text`` holds words that could be an answer of this kind, in order and disjoint.

    Args:
        kind: Of answer.
        text: One sentence, or a few.
        language: ISO 639-1 code of the text: German writes every noun with a capital.
    """
    match kind:
        case "date":
            return _matches(_DATE, text)
        case "number":
            dates = _matches(_DATE, text)
            return tuple(n for n in _matches(_NUMBER, text) if not any(n.overlaps(date) for date in dates))
        case "person":
            return _people(text, language)
        case "place":
            return _places(text, language)


def _matches(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in pattern.finditer(text))


def _places(text: str, language: str) -> tuple[Span, ...]:
    """Names after a word of place, else what stands there instead ("in the courtyard"), else any names."""
    before = _BEFORE_NAME if language == "de" else _BEFORE_PLACE
    there = (
        name
        for name in _names(text, least_words=1)
        if before.search(text[max(0, name.start - _BEFORE_CHARS) : name.start])
    )
    return tuple(there) or _matches(_PLACE, text) or _people(text, language)


def _people(text: str, language: str) -> tuple[Span, ...]:
    # One capitalised word of a German sentence is any noun.
    return _names(text, least_words=2 if language == "de" else 1)


def _names(text: str, *, least_words: int) -> tuple[Span, ...]:
    """Runs of capitalised words that are no date."""
    dates = _matches(_DATE, text)
    runs: list[list[Span]] = []
    for match in _WORD.finditer(text):
        word = Span(*match.span())
        if not match[0][0].isupper() or any(word.overlaps(date) for date in dates):
            continue
        if runs and _BETWEEN.fullmatch(text, runs[-1][-1].end, word.start):
            runs[-1].append(word)
        elif match[0].lower() not in _OPENERS:
            runs.append([word])
    return tuple(Span(run[0].start, run[-1].end) for run in runs if len(run) >= least_words)
