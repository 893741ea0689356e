"""Tell lines that lead away from an article ("Read also …", "Advertisement") from lines of the article.

Only a whole short line is ever taken for one, by its shape:

- it is one of the phrases alone, with or without a colon: "See also:", "Advertisement";
- it is a phrase, a colon or the like, and a headline: "Related: Dow slightly weaker";
- it is a phrase that can hardly begin anything else, and a headline: "Read also Dow slightly weaker";
- it asks to subscribe to a newsletter or a channel, and nothing more.

A headline ends without a full stop and, where no colon stands before it, begins with anything but a small
letter. So "Read also her second novel, which sold well." stays, and so does a phrase inside a paragraph.
"""

from __future__ import annotations

import re

MAX_LEAD_IN_CHARS = 160

# English, German, Spanish, French, Italian, Portuguese, Russian, Ukrainian, Persian.
_LEAD_TO_HEADLINE = (
    "read also",
    "also read",
    "read next",
    "lesen sie auch",
    "lies auch",
    "lea también",
    "lee también",
    "lire aussi",
    "à lire aussi",
    "lire également",
    "à lire également",
    "lisez aussi",
    "leggi anche",
    "leia também",
    "читайте также",
    "читайте еще",
    "читайте ещё",
    "читайте також",
    "читайте ще",
    "همچنین بخوانید",
    "این را هم بخوانید",
)
_STAND_ALONE_OR_WITH_COLON = (
    *("read more", "read this", "see also", "watch also", "related", "related articles", "related stories"),
    *("related news", "related content", "related topics", "more on this", "more on this story"),
    *("more on this topic", "more on the topic", "you may also like", "you might also like"),
    *("lesen sie mehr", "mehr lesen", "mehr dazu", "mehr zum thema", "siehe auch", "verwandte artikel"),
    *("lea más", "leer más", "vea también", "véase también", "ver también", "noticias relacionadas"),
    *("te puede interesar", "le puede interesar", "más información", "sobre el mismo tema"),
    *("voir aussi", "lire la suite", "sur le même sujet", "articles liés", "en savoir plus"),
    *("leggi di più", "vedi anche", "articoli correlati", "potrebbe interessarti"),
    *(
        "leia mais",
        "veja também",
        "ver também",
        "saiba mais",
        "artigos relacionados",
        "notícias relacionadas",
    ),
    *("читать далее", "читать также", "смотрите также", "см. также", "по теме", "материалы по теме"),
    *("читати далі", "читати також", "дивіться також", "див. також", "за темою", "матеріали за темою"),
    *("بیشتر بخوانید", "بخوانید", "مطالب مرتبط", "اخبار مرتبط", "همچنین ببینید"),
)
_STAND_ALONE = (
    *("advertisement", "advertising", "sponsored", "continue reading", "story continues below"),
    *("story continues below advertisement", "article continues below", "article continues after ad"),
    *("anzeige", "werbung", "weiterlesen", "publicidad", "anuncio", "publicité", "pubblicità", "publicidade"),
    *("реклама", "на правах рекламы", "на правах реклами", "آگهی", "تبلیغات"),
)
_SUBSCRIBE = (
    ("sign up|subscribe", "newsletters?"),
    ("abonnieren sie|melden sie sich|jetzt", r"newsletter(?: an| abonnieren)?"),
    ("suscríbete|suscríbase|apúntate|inscríbete", "newsletters?|bolet[íi]n|boletines"),
    ("inscrivez-vous|abonnez-vous", "newsletters?|infolettres?|lettres? d[’']information"),
    ("iscriviti|abbonati", "newsletter"),
    ("assine|inscreva-se|cadastre-se|subscreva", "newsletters?|boletim"),
    ("подпишитесь|подписывайтесь", r"рассылк\w+|телеграм\w*|telegram(?:-канал\w*)?|канал\w*"),
    ("підпишіться|підписуйтесь|підписуйтеся", r"розсилк\w+|телеграм\w*|telegram(?:-канал\w*)?|канал\w*"),
)


def _any_of(phrases: tuple[str, ...]) -> str:
    # Longest first: "more on this" must not win over "more on this story".
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


_OPENING = r"[-–—>»▶►→•*|\[(]{0,3} ?"
_PHRASE = re.compile(
    rf"{_OPENING}(?:(?P<lead>{_any_of(_LEAD_TO_HEADLINE)})"
    rf"|(?P<colon>{_any_of(_STAND_ALONE_OR_WITH_COLON)})"
    rf"|(?P<alone>{_any_of(_STAND_ALONE)}))(?P<rest>(?!\w).*)",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[ :.…!>»→▶►|\])*-]*")
_MARKED = re.compile(r" ?(?::| [-–—|>»→▶►]+ )(?P<headline>.+)")
_SENTENCE_END = (".", ",", ";", ":", "。", "؛", "،")
_CLOSING = "\"'“”»’)] "
_REQUEST = re.compile(
    "|".join(
        rf"(?:{verbs})\b[^.!?]{{0,100}}?\b(?:{things})\b[^.!?,;]{{0,30}}[.!]?" for verbs, things in _SUBSCRIBE
    ),
    re.IGNORECASE,
)


def is_lead_in(line: str) -> bool:
    """Whether a line of tidied text leads away from the article it stands in."""
    if len(line) > MAX_LEAD_IN_CHARS:
        return False
    if _REQUEST.fullmatch(line):
        return True
    phrase = _PHRASE.fullmatch(line)
    if phrase is None:
        return False
    rest = phrase["rest"]
    if _NOTHING.fullmatch(rest):
        return True
    if phrase["alone"]:
        return False
    marked = _MARKED.fullmatch(rest)
    if marked:
        return _is_headline(marked["headline"])
    return phrase["lead"] is not None and _is_headline(rest) and _begins_a_headline(rest)


def _is_headline(text: str) -> bool:
    """Ends like one: three dots, a question or nothing at all, but no full stop."""
    text = text.rstrip(_CLOSING)
    return text.endswith(("…", "...")) or not text.endswith(_SENTENCE_END)


def _begins_a_headline(rest: str) -> bool:
    """A space, then a capital, a digit or a letter of a script that has no capitals."""
    first = rest.lstrip(" \"'“„«‘")[:1]
    return rest.startswith(" ") and (first.isalpha() or first.isdigit()) and not first.islower()
