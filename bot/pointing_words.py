"""Words that ask about another message and not for themselves, between bars (pure)."""

from __future__ import annotations

# What may stand before or after such words out of habit.
FILLERS = """
    hey|hi|hello|please|pls|so|and|but|hm|hmm|wait|ok|okay|bot|footnote|well|guys|really|actually
    bitte|und|hallo|also|mal|denn|wirklich|eigentlich|aber
    por|favor|hola|pero|oye|realmente
    пожалуйста|привет|а|ну|и|но|скажи|скажите|правда|ли
    будь|ласка|привіт|але|чи|скажіть
    سلام|لطفا|آیا|که
"""
# By language, without punctuation.
PHRASES = (
    # English
    """
    is this true|is that true|is it true|true|true or false|is this correct|is that correct|is this right
    is that right|is this real|is that so|is this so|is this accurate|is this a fact|is this fake|fake
    is this false|is that false|is this wrong|is this still true|is that still true|is this the case
    does this hold|what about this|what about that|what do you say|what do you say to this|what is this about
    what do you know about this|what do the articles say|what do the articles say about this
    what is this|what is that
    check|check this|check that|check it|can you check|can you check this|could you check this|fact check
    factcheck|fact check this|verify|verify this|can you verify this|source|sources|any source|any sources
    source for this|any source for this|what is the source|proof|any proof|evidence|any evidence|answer
    answer this|can you answer this|can you answer|any thoughts|thoughts|this|that|what|huh|seriously|right
    correct|is this legit|legit|look this up|search this|search for this|find this|did this happen
    did this really happen|did that happen|really|is this really true|is that really true|isn t it
    """,
    # Deutsch
    """
    stimmt das|stimmt das so|stimmt es|stimmt|ist das wahr|ist das richtig|ist das so|ist das korrekt
    ist das echt|wahr|echt|echt jetzt|wirklich|ernsthaft|richtig|oder|quelle|quellen|gibt es eine quelle
    gibt es quellen|gibt es belege|beleg|belege|hast du eine quelle|faktencheck|prüf das|prüfe das
    überprüfe das|kannst du das prüfen|kannst du das überprüfen|was ist damit|was sagst du dazu
    was sagen die artikel|was sagen die artikel dazu|ist das falsch|ist das fake|ist das noch so
    stimmt das noch|ist das wirklich wahr|ist das wirklich so
    """,
    # Español
    """
    es verdad|es verdad esto|esto es verdad|es eso verdad|eso es verdad|es cierto|es cierto esto
    esto es cierto|eso es cierto|es correcto|esto es correcto|es así|de verdad|en serio|verdad|cierto
    seguro|es real|esto es real|es falso|esto es falso|fuente|fuentes|alguna fuente|hay alguna fuente
    hay pruebas|pruebas|comprueba esto|compruébalo|puedes comprobarlo|puedes comprobar esto|verifica esto
    verifícalo|qué hay de esto|qué dices|qué dicen los artículos|qué opinas|y esto|será verdad|es esto verdad
    es esto cierto
    """,
    # Русский
    """
    это правда|правда|правда ли это|это так|так ли это|это верно|верно|верно ли это|это действительно так
    действительно|серьёзно|серьезно|точно|разве|это точно|это факт|это фейк|фейк|это ложь|источник|источники
    есть источник|есть источники|какой источник|где источник|пруф|пруфы|доказательства|проверь|проверь это
    проверьте|проверьте это|можешь проверить|что скажешь|что скажете|что об этом известно|это всё ещё так
    это все еще так|неужели|неужели правда|это реально|реально|так|что это
    """,
    # Українська
    """
    чи це правда|це правда|правда|чи правда це|чи це так|це так|чи так це|це вірно|чи це вірно|вірно
    це правильно|чи це правильно|справді|дійсно|це справді так|серйозно|точно|хіба|невже|це факт|це фейк|фейк
    джерело|джерела|є джерело|є джерела|яке джерело|доказ|докази|перевір|перевір це|перевірте|перевірте це
    можеш перевірити|що скажеш|що скажете|це досі так|це точно
    """,
    # فارسی
    """
    آیا این درست است|این درست است|درست است|آیا درست است|آیا این حقیقت دارد|این حقیقت دارد|حقیقت دارد
    آیا این راست است|این راست است|راست است|راسته|درسته|این درسته|آیا این درسته|واقعا|واقعاً|جدی|جدا|منبع|منبعش
    منبع این چیست|منبعش چیست|بررسی کن|این را بررسی کن|صحت دارد|آیا صحت دارد|این صحت دارد|آیا این صحت دارد
    دروغ است|این دروغ است|چی میگی|این چیست
    """,
)
