# What everybody is told. Lines that begin with a slash show commands as they are typed.

## How much and when

articles = { $number ->
    [one] { $number } Artikel
   *[other] { $number } Artikel
}
sources = { $number ->
    [one] { $number } Quelle
   *[other] { $number } Quellen
}
passages = { $number ->
    [one] { $number } Textstelle
   *[other] { $number } Textstellen
}
newest = neuester: { $day }
moment-utc = { $day }, { $clock } UTC
# Between the things of a list, with its space.
list-comma = ,{ " " }
and-more = und noch { $number }

## Hello and help

start =
    { $newest ->
        [none] Hallo. Ich durchsuche { $articles } und antworte mit deren eigenen Worten: Jedes Zitat ist wörtlich, mit Quelle, Datum und einem Link zum Satz.
       *[other] Hallo. Ich durchsuche { $articles } (neuester: { $newest }) und antworte mit deren eigenen Worten: Jedes Zitat ist wörtlich, mit Quelle, Datum und einem Link zum Satz.
    }

    Wenn die Antwort nicht in den Artikeln steht, sage ich das.

    Ihre Fragen bleiben zehn Minuten im Arbeitsspeicher, damit Sie daran anknüpfen können, und werden nicht gespeichert, es sei denn, Sie teilen sie der Redaktion mit. Mehr dazu unter /privacy; was ich sonst noch verstehe, zeigt /help.
start-examples = Schreiben Sie einfach eine Frage oder probieren Sie eine von diesen:
help =
    Schreiben Sie eine Frage, und ich suche die Sätze, die sie beantworten. Jedes Zitat stammt wörtlich aus einem Artikel, mit Titel, Medium, Datum und einem Link zum Satz.

    Sie können an Ihre letzten Fragen anknüpfen: Nach einer Frage zu einer Fähre verstehe ich auch „Und mit Auto?“ und sage dazu, wonach ich gesucht habe. Bearbeiten Sie eine Frage, und ihre Antwort ändert sich.

    Um nur einen Teil der Artikel zu befragen, schreiben Sie source:"Harbour Line", author:Tennant, after:2026-03 oder before:2026 neben die Frage, oder „seit März“ an ihr Ende.

    In Gruppen antworte ich auf /ask mit einer Frage, auf Nachrichten, die mich erwähnen, und auf Antworten auf meine Nachrichten; sonst bleibe ich still. In jedem anderen Chat beginnen Sie eine Nachricht mit meinem Namen und einer Frage und wählen ein Zitat, das dort gepostet wird.

    /ask – eine Frage stellen
    /new – neu beginnen
    /sources – die Artikel, aus denen ich antworte
    /status – wie aktuell sie sind
    /source – als Antwort auf eine Antwort: die Belege ihrer Zitate; mit einem Beleg dahinter: ob er noch gilt
    /settings – die Sprache, die ich spreche
    /privacy – was ich aufbewahre
    /forgetme – löschen, was ich von Ihnen aufbewahre
new = Ihre nächste Frage steht für sich. Was möchten Sie wissen?
status =
    Bereit. { $holds } · { $passages }.
    Indexiert: { $moment }.

## What cannot be answered

ask-something = Was möchten Sie wissen? Schreiben Sie Ihre Frage hinter /ask oder neben meinen Namen.
empty-question = Darin steht keine Frage. Schreiben Sie sie in Worten, zum Beispiel: Wer hat den Bericht geschrieben?
no-words = Ich verstehe nur Fragen in Worten. Was möchten Sie wissen?
too-long = Diese Frage hat { $chars } Zeichen. Bitte stellen Sie sie mit höchstens { $most }.
text-only = Ich verstehe nur Text. Bitte schreiben Sie Ihre Frage als Nachricht.
unknown-command = Diesen Befehl kenne ich nicht. /help zeigt, was ich verstehe.
only-admins = Das können nur die Menschen, die diesen Bot betreiben.
expired = Das ist abgelaufen. Bitte fragen Sie noch einmal.
crowded = Gerade fragen sehr viele. Bitte versuchen Sie es in einer Minute noch einmal.
not-ready = Das Archiv ist noch nicht bereit. Bitte versuchen Sie es gleich noch einmal.
not-available = Das kann ich gerade nicht nachschlagen. Bitte versuchen Sie es später noch einmal.
unexpected = Bei mir ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal. (Fehler { $id })

## Answers

not-found = { $newest ->
    [none] Nicht in diesen Artikeln. Durchsucht: { $articles }.
   *[other] Nicht in diesen Artikeln. Durchsucht: { $articles }, neuester: { $newest }.
}
searched-for = Gesucht: { $question }
related-heading = Das ist keine Antwort. Am nächsten kommt:
gone = an der Quelle nicht mehr da
untitled = Artikel ohne Titel
read-in-place = im Artikel lesen
also-in = Auch in
# Stands after also-in.
other-articles = { $number ->
    [one] { $number } anderen Artikel
   *[other] { $number } anderen Artikeln
}
quotation-cut = Das Zitat geht im Artikel weiter.
around = Kontext
around-number = Kontext { $number }
back = Zurück

## The list of articles

articles-heading = Artikel { $first }–{ $last } von { $total }, neueste zuerst:
newer = ← Neuere
older = Ältere →
no-articles = Es gibt noch keine Artikel.

## The menu of commands

menu-ask = Eine Frage stellen
menu-new = Neu beginnen
menu-sources = Die Artikel, aus denen ich antworte
menu-status = Wie aktuell sie sind
menu-help = Was ich verstehe
menu-privacy = Was ich aufbewahre

## What Telegram shows before anybody writes

description = Ich beantworte Fragen aus einem Archiv von Artikeln, mit deren eigenen Worten: Zitate mit Quelle, Datum und einem Link zum Satz. Wenn die Antwort nicht in den Artikeln steht, sage ich das.
short-description = Antworten aus einem Archiv von Artikeln, wörtlich und mit Quelle.

## Questions to begin with

example-who = Wer ist { $name }?
example-about = Was ist über { $name } bekannt?

## Buttons under answers

more = Mehr
found = Quellen
helped = 👍 Hilfreich
helped-noted = 👍 Hilfreich ✓
not-helped = 👎 Nicht hilfreich
not-helped-noted = 👎 Nicht hilfreich ✓
reason-wrong = Falsch
reason-outdated = Veraltet
reason-not_mine = Nicht meine Frage
report = Der Redaktion melden
report-number = { $number } melden
reported = Das liegt jetzt bei der Redaktion. Sie erfahren, wie sie entscheidet.
reported-enough = Sie haben so viel gemeldet, wie die Redaktion derzeit prüfen kann. Bitte warten Sie ab, wie sie entscheidet.
closest = Passendste Textstellen
ask-differently = Anders fragen
tell-editors = Der Redaktion mitteilen
previous-page = ← Vorige
next-page = Nächste →
more-heading = Das ist keine Antwort. Was sonst noch in die Nähe kommt:
found-heading = Zu dieser Frage gefundene Artikel, die passendsten zuerst:
no-more = Sonst kommt in diesen Artikeln nichts in die Nähe.
nothing-close = In diesen Artikeln kommt nichts in die Nähe.
thanks = Danke.
why-not = Was hat nicht gepasst?
reason-noted = Danke. Ohne Ihren Namen notiert.
ask-differently-hint = Schreiben Sie Ihre Frage noch einmal mit anderen Worten, kürzer oder mit einem Namen, einem Ort oder einem Datum. Ich suche nach Wörtern und nach dem, was sie bedeuten.
editors-told = Die Redaktion wird diese Frage sehen, ohne Ihren Namen.
ask-placeholder = Ihre Frage
editors-told-enough = Sie haben der Redaktion so viele Fragen mitgeteilt, wie sie sich derzeit ansehen kann.
