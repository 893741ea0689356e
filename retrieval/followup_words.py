"""The small words by which a question leans on earlier ones: English, German, Spanish, French, Russian."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.lazy_pattern import lazy_pattern


@dataclass(frozen=True, slots=True)
class Speech:
    """How one language points back at what was said before.

    Args:
        small: Words that name nothing: by them the language is known, and all others are counted.
        asks: Those of them that ask for something.
        joins: How a question opens, or is nothing but, that goes on from another one.
        idle: Stretches whose pronoun points at nothing, as in "how long does it take to".
        pronouns: Words that stand for somebody or something, of this question or an earlier one.
        pointers: Words that point at something said before, unless the question says much before them.
        subjects: Words that come with a subject; a question with one other word and none of them asks about
            whoever was named before, as in "¿Cuándo nació?". None where a question always has a subject.
    """

    small: frozenset[str]
    asks: frozenset[str]
    joins: re.Pattern[str]
    idle: re.Pattern[str]
    pronouns: re.Pattern[str]
    pointers: re.Pattern[str]
    subjects: re.Pattern[str] | None = None


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _any(*patterns: str) -> re.Pattern[str]:
    """Matches any of the patterns, one a line or alone, as whole words and in capitals too."""
    lines = [line.strip() for pattern in patterns for line in pattern.splitlines()]
    return lazy_pattern(rf"(?<!\w)(?:{'|'.join(filter(None, lines))})(?!\w)", re.IGNORECASE)


def _words(words: str) -> str:
    return "|".join(words.split())


_ENGLISH = Speech(
    small=_set(
        """a an the and or but nor so then also too of in on at to for from by with without about as than
        into onto over under after before during between since until while if because that this these
        those there here it its he she they them him her his hers their theirs we us our you your i me
        my mine one ones who whom whose what which where when why how is are was were be been being am
        do does did done has have had having can could will would shall should may might must not no yes
        s t re ve ll d m don doesn didn isn aren wasn weren won any some all each every both more most
        much many few other others another else same such just only even again still yet ever now ok
        okay oh ah wow well hi hello hey please thank thanks sorry really actually exactly mean meant
        tell let know kind kinds type types sort sorts"""
    ),
    asks=_set("who whom whose what which where when why how"),
    joins=_any(
        _words("and or but so then also except that"),
        r"""what about
        how about
        (?:what|who|where|anything|anyone) else
        why not
        i (?:mean|meant)
        tell me more
        more (?:about|on)
        same (?:for|with)
        (?:\w+ )?(?:who|what|which|whose|how(?: many| much)?) \w+(?=\W*$)""",
    ),
    idle=_any(
        r"""it (?:\w+ ){0,2}?(?:takes?|took|costs?|possible|safe|legal|allowed)(?: \w+){0,2}? (?:to|for)
        it (?:\w+ ){0,2}?(?:worth|true|like|called|means?|makes? sense)(?: \w+){0,2}? (?:to|that|for|when|if)
        (?:what time|what day|how late|how far|how cold|how warm|how hot) is it
        it (?:rain|snow)(?:s|ing)?
        this (?:year|month|week|weekend|morning|afternoon|evening|season|decade|century|time)
        this (?:spring|summer|autumn|fall|winter)
        these days
        (?:those|they) (?:who|that|which)
        one (?:of|or|day)
        each other
        (?:the )?same (?:time|day|year)"""
    ),
    pronouns=_any(
        _words("he she it they him them her hers his its their theirs himself herself itself themselves"),
        r"""the same
        the others?""",
    ),
    pointers=_any(
        r"""this
        these
        those
        that one
        which ones?
        the (?:first|second|third|last|new|old) one
        the (?:former|latter)
        do(?:es|ne|ing)? (?:it|so)
        (?<!is )(?<!are )(?<!was )(?<!were )there(?=\s*(?:[.,;:!?]|$))
        (?:is|was|are|were|do|does|did|will|would|can|could) that(?! (?:the|an?|s?he|it|they|there)\b)
        (?:about|of|for|after|before|with|by|like|than) that(?! (?:the|an?|s?he|it|they|there)\b)
        (?:why|how|when|where) that""",
    ),
)

_GERMAN = Speech(
    small=_set(
        """der die das den dem des ein eine einen einem einer eines und oder aber denn doch auch noch so
        dann also von vom zu zum zur in im ins an am auf aus bei beim mit nach seit vor über unter für
        gegen ohne um durch zwischen während bis wegen als wie wenn weil dass ob dort hier da damals er
        sie es ihn ihm ihr ihre ihren ihrem ihrer ihres ihnen sein seine seinen seinem seiner seines
        sich ich du wir uns unser mein dein euch wer wen wem wessen was welche welcher welches welchen
        welchem wo wohin woher wann warum wieso weshalb wozu womit worüber woran wofür ist sind war
        waren wird werden wurde wurden worden bin bist sei hat haben hatte hatten kann können konnte
        konnten soll sollen sollte muss müssen darf dürfen will wollen mag möchte gibt gab geht kein
        keine keinen nicht nur mehr viel viele vielen wenig sehr schon jetzt bitte danke ja nein okay ok
        hallo genau dies diese dieser dieses diesem diesen jene jener jenes man"""
    ),
    asks=_set(
        """wer wen wem wessen was welche welcher welches welchen welchem wo wohin woher wann warum wieso
        weshalb wozu womit worüber woran wofür wie viele vielen"""
    ),
    joins=_any(
        _words("und oder aber also dann auch sonst außer"),
        r"""(?:was ist|wie ist es|wie sieht es|wie steht es) mit
        wie steht es um
        (?:was|wer|wo) noch
        ich (?:meine|meinte)
        erzähl mehr
        mehr (?:über|zu)
        (?:\w+ )?(?:wer|was|wie(?: viele?)?|welche[mnrs]?) \w+(?=\W*$)""",
    ),
    idle=_any(
        r"""(?:gibt|gab|gäbe|geht|ging|handelt|handelte|heißt|liegt|lag|dauert|dauerte|stimmt|kommt) es
        es (?:gibt|gab|gäbe|geht|ging|handelt|heißt|liegt|dauert|dauerte|stimmt|kommt|möglich|erlaubt)
        (?:wie spät|wie kalt|wie warm|wie weit) ist es
        es (?:\w+ ){0,3}?(?:zu|dass)
        da(?:für|zu|ran|rauf|von|durch),? dass
        dies\w* (?:jahr|jahres|monat|woche|morgen|abend|sommer|winter|frühling|herbst|mal|tage|zeit)"""
    ),
    pronouns=_any(
        # German says "sie" of people spoken about, and "Sie" to whom it speaks.
        r"""(?-i:er|sie|es|ihn|ihm|ihr|ihnen|ihre[nmrs]?|seine[nmrs]?|sein(?= [A-ZÄÖÜ]))
        (?:da|der|die|den)selben?
        da(?:für|bei|von|zu|ran|rauf|rin|rüber|gegen|nach|vor|durch)"""
    ),
    pointers=_any(
        r"""dies(?:e[nmrs]?)?
        jene[nmrs]?
        letztere[nmrs]?
        dort
        damals
        das(?=\W*$)"""
    ),
)

_SPANISH = Speech(
    small=_set(
        """el la los las un una unos unas lo al del de a en por para con sin sobre entre desde hasta hacia
        según durante antes después tras y e o u pero ni que si como porque cuando donde mientras qué
        quién quiénes cuál cuáles cuándo cuánto cuánta cuántos cuántas dónde adónde cómo es son era eran
        fue fueron ser sido está están estaba estaban estar ha han había habían haber hay hubo puede
        pueden podía pudo debe él ella ellos ellas ello le les se su sus suyo suya yo tú usted ustedes
        nosotros me te nos mi tu este esta esto estos estas ese esa eso esos esas aquel aquella aquello
        aquellos aquellas allí ahí aquí no sí también tampoco más menos muy mucho mucha muchos muchas
        poco otro otra otros otras mismo misma todo toda todos todas ya aún ahora gracias hola vale
        bueno favor tiene tienen tenía tuvo hace tipo"""
    ),
    asks=_set("qué quién quiénes cuál cuáles cuándo cuánto cuánta cuántos cuántas dónde adónde cómo"),
    joins=_any(
        _words("y e o pero entonces también excepto"),
        r"""qué hay de
        qué (?:pasa|hay) con
        qué tal
        (?:qué|quién|dónde) más
        quiero decir
        más sobre
        lo mismo
        (?:\w+ )?(?:qué|cuál|cuánt[oa]s?) \w+(?=\W*$)""",
    ),
    idle=_any(
        r"""est[ea] (?:año|mes|semana|mañana|tarde|noche|verano|invierno|otoño|primavera|siglo|década|vez)
        (?:él|ella|ellos|ellas) mism[oa]s?"""
    ),
    pronouns=_any(_words("él ella ellos ellas ello suyo suya suyos suyas su sus"), r"l[oa]s? mism[oa]s?"),
    pointers=_any(
        # "Este" with a capital is the east.
        r"""(?-i:est[aeo]s?)(?! (?:el|la|los|las|un|una|de|en|a|para|por)\b)
        es[aeo]s?
        aquel(?:l[ao]s?)?
        allí
        ahí"""
    ),
    subjects=_any(_words("el la los las un una es son era eran fue fueron hay significa está están")),
)

_FRENCH = Speech(
    small=_set(
        """le la les l un une des du de d au aux à en dans par pour avec sans sur sous entre depuis jusque
        jusqu vers chez pendant avant après et ou mais ni donc car que qu si comme quand lorsque parce
        qui quoi quel quelle quels quelles où comment pourquoi combien lequel laquelle lesquels est sont
        était étaient être été suis a ont avait avaient avoir eu fut furent peut peuvent pouvait doit il
        elle ils elles lui leur leurs eux se s son sa ses je j tu vous nous on me m te t mon ma mes ton
        votre notre ce cet cette ces cela ça celui celle ceux celles c y n ne pas plus moins très aussi
        même autre autres tout toute tous toutes là ici déjà encore maintenant oui non merci bonjour svp
        plaît fait quelqu genre type sorte"""
    ),
    asks=_set(
        "qui quoi quel quelle quels quelles où comment pourquoi combien quand lequel laquelle lesquels"
    ),
    joins=_any(
        _words("et ou mais alors aussi donc quid sauf"),
        r"""qu['’ ]en est-il
        (?:quoi|qui) d['’ ]autre
        je veux dire
        plus sur
        pareil pour
        (?:\w+ )?(?:quel(?:le)?s?|combien de|qui a) \w+(?=\W*$)
        que s['’]est-il passé(?=\W*$)""",
    ),
    idle=_any(
        r"""il (?:n['’ ])?y (?:en )?(?:a|avait|aura)
        y (?:en )?(?:a|avait|aura)-t-il
        (?:existe|faut|suffit|reste)-t-il
        (?:s['’]agit|faut)-il
        s['’]est-il passé
        il (?:faut|existe|s['’]agit|suffit)
        est-il (?:possible|vrai|permis|nécessaire)
        quelle heure est-il
        (?:qu['’ ]?)?est-ce
        ce (?:qui|que|qu|sont|dont)
        c(?:e|et|ette|es) (?:année|mois|semaine|matin|soir|été|hiver|automne|printemps|siècle|jours?|fois)"""
    ),
    pronouns=_any(_words("il elle ils elles lui eux leur leurs sa ses son"), r"l(?:e|a|es) mêmes?"),
    pointers=_any(
        _words("ce cet cette ces cela ça"),
        r"""ce(?:lui|lle|ux|lles)(?:-ci|-là)?(?! (?:qui|que|de|du|des)\b)
        y(?! (?:a|avait|aura)\b)
        là(?=\W*$)""",
    ),
)

_RUSSIAN = Speech(
    small=_set(
        """и а но или да не ни же ли бы то в во на с со к ко о об обо у от до из за по под над при про для
        без через между после перед как что чтобы если когда где куда откуда почему зачем кто кого кому
        кем чём чем чего чему какой какая какое какие какого какую каких каким каком сколько чей чья чьё
        чьи это этот эта эти этого этой этих этому этим этом эту этими он она оно они его её ее их ему
        ей им ими него неё нее них ним ней нём нем ними я мы ты вы меня нас вас мне нам вам мой наш ваш
        свой там тут здесь туда тогда так такой такая такое такие тот та те того той тех был была было
        были быть есть будет будут может могут можно нужно надо ещё еще уже только очень также тоже
        более больше самый весь вся всё все спасибо привет пожалуйста нет насчёт насчет именно"""
    ),
    asks=_set(
        """кто кого кому кем что чего чему чем чём какой какая какое какие какого какую каких каким каком
        когда где куда откуда почему зачем как сколько чей чья чьё чьи"""
    ),
    joins=_any(
        _words("а и или но тогда также тоже подробнее кроме"),
        r"""(?:что|как) насч[её]т
        (?:что|кто|где) ещ[её]
        я имею в виду
        (?:\w+ )?(?:кто|что|как(?:ой|ая|ое|ие|ого|ом|их)|сколько) \w+(?=\W*$)""",
    ),
    idle=_any(
        r"""эт(?:от|ом|ого|ой|им|у|и) (?:год|году|года|месяце?|недел[еюи]|утром|вечером|дни|день|веке?|раз)
        эт(?:им|ой) (?:летом|зимой|осенью|весной)
        (?:кто|что) так(?:ой|ая|ое|ие)
        (?:кто|что) это
        так(?:ой|ая|ое|ие|их),? как
        там,? где
        тогда,? когда"""
    ),
    pronouns=_any(_words("он она оно они его её ее их ему ей им ими него неё нее них ним ней нём нем ними")),
    pointers=_any(
        r"""эт(?:от|а|о|и|ого|ой|их|ому|им|ом|у|ими)
        там
        туда
        оттуда
        тогда
        то же самое"""
    ),
)

SPEECHES = (_ENGLISH, _GERMAN, _SPANISH, _FRENCH, _RUSSIAN)
