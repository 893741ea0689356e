# What the people who run the bot are told.

help-admins =
    Sie betreiben mich mit und können mir deshalb auch eine Datei, einen Link oder einen weitergeleiteten Beitrag aus einem Kanal schicken. Ich zeige, was es ist, und Sie entscheiden, ob es hinzugefügt wird.

    /articles – alle Artikel; mit Wörtern dahinter die, deren Titel diese Wörter enthält
    /article ID – seine Versionen und woher er kommt
    /remove ID – entfernen; das lässt sich rückgängig machen
    /watch – was beobachtet wird; /watch ADRESSE 6h liest einen Feed, eine Sitemap oder eine Seite alle sechs Stunden
    /unwatch ADRESSE – nicht mehr beobachten
    /refresh – alles, was beobachtet wird, jetzt lesen
    /reindex – neue und geänderte Artikel auffindbar machen
    /gaps – was vergeblich gefragt und Ihnen mitgeteilt wurde
    /stats – Zahlen der letzten sieben Tage; mit /stats 30 der letzten dreißig
to-mend =
    { $problem }.
    Abhilfe: { $remedy }
in-private = Das mache ich nur in unserem privaten Chat.
busy = Gerade ändert jemand anderes das Archiv. Fragen werden solange weiter beantwortet; bitte versuchen Sie es etwas später noch einmal.
stopped = Das wurde zusammen mit dem Bot angehalten. Was bis dahin erledigt war, bleibt erhalten; bitte wiederholen Sie es für den Rest.
failed = Bei mir ist etwas schiefgegangen, und das hier ist nicht fertig geworden.

## Buttons

add = Hinzufügen
replace = Ersetzen
add-apart = Als weiteren hinzufügen
try-again = Noch einmal versuchen
cancel = Abbrechen
reindex = Neu indexieren
reindex-anyway = Trotzdem neu indexieren
remove = Entfernen
undo = Rückgängig machen

## What was sent

adding = { $number ->
    [0] Wird hinzugefügt…
    [one] Wird hinzugefügt… Bisher { $number } Artikel.
   *[other] Wird hinzugefügt… Bisher { $number } Artikel.
}
cancelled = Abgebrochen. Es wurde nichts hinzugefügt.
sent-expired = Das habe ich nicht mehr: Es wurde hinzugefügt oder abgebrochen, oder ein Tag ist vergangen. Bitte schicken Sie es noch einmal.
already-going = Das läuft bereits.
too-big = Diese Datei ist zu groß: Telegram lässt Bots höchstens 20 MB herunterladen
too-big-remedy = Legen Sie die Datei auf den Rechner, auf dem ich laufe, und führen Sie footnote add DATEI aus, oder schicken Sie einen Link zu ihr
not-given = Telegram hat mir diese Datei nicht gegeben
not-given-remedy = Schicken Sie sie in Kürze noch einmal
no-words-forwarded = Dieser Beitrag enthält keinen Text, also gibt es nichts zu zitieren
no-words-remedy = Leiten Sie einen Beitrag mit Text weiter, oder schicken Sie eine Datei oder einen Link
standing-added = Neu: Das Archiv enthält diesen Artikel noch nicht.
standing-updated = Eine neue Version von { $article }.
standing-unchanged = Das Archiv enthält diesen Artikel schon, Wort für Wort: { $article }.
standing-duplicate = Derselbe Wortlaut wie { $article }. Beim Hinzufügen wird eine weitere Quelle dafür vermerkt.
is-near = Fast gleich: { $articles }.
quoted-title = „{ $title }“
dated-title = „{ $title }“ ({ $day })
holds = { $articles ->
    [0] { $pages ->
        [one] { $pages } abzurufende Seite:
       *[other] { $pages } abzurufende Seiten:
    }
    [one] { $pages ->
        [0] { $articles } Artikel:
        [one] { $articles } Artikel und { $pages } abzurufende Seite:
       *[other] { $articles } Artikel und { $pages } abzurufende Seiten:
    }
   *[other] { $pages ->
        [0] { $articles } Artikel:
        [one] { $articles } Artikel und { $pages } abzurufende Seite:
       *[other] { $articles } Artikel und { $pages } abzurufende Seiten:
    }
}
of-the-first = Von den ersten { $number }: { $fates }.
unread = { $number } nicht lesbar: { $reason }
fate-added = { $number } neu
fate-updated = { $number } geändert
fate-unchanged = { $number } schon da
fate-duplicate = { $number } wortgleich mit anderen
fate-failed = { $number } fehlgeschlagen
fate-gone = { $number } nicht mehr da
nothing-new = nichts Neues
taken = Fertig: { $fates }.
taken-searched-later = Fertig: { $fates }. Durchsucht werden sie ab dem nächsten /reindex.
one-added = Hinzugefügt. Durchsucht wird der Artikel ab dem nächsten /reindex.
one-updated = Ersetzt. Durchsucht wird die neue Version ab dem nächsten /reindex.
one-unchanged = Es hat sich nichts geändert: Das Archiv enthält den Artikel schon.
one-duplicate = Das Archiv enthält denselben Wortlaut schon; eine weitere Quelle dafür ist vermerkt.

## Articles

no-such-article = Diesen Artikel gibt es nicht. /articles listet alle mit ihren IDs auf.
name-an-article = Welchen? Schreiben Sie seine ID oder Adresse hinter den Befehl. /articles listet alle mit ihren IDs auf.
no-articles-sent = Es gibt noch keine Artikel. Schicken Sie mir eine Datei oder einen Link.
no-match = Kein Titel enthält diese Wörter.
one-of-them = /article und eine ID zeigen einen davon.
articles-with = Artikel mit „{ $words }“ { $first }–{ $last } von { $total }, neueste zuerst:
removed = Entfernt. Bis zum nächsten /reindex wird der Artikel noch gefunden.
was-removed = Entfernt. Die Versionen bleiben erhalten, damit sich Zitate daraus weiter prüfen lassen.
is-back = Der Artikel ist wieder da. Gab es seither einen /reindex, wird er erst ab dem nächsten durchsucht.
not-removed = Es gibt nichts rückgängig zu machen: Der Artikel ist da.
gone-since = An der Quelle nicht mehr da seit: { $moment }.
versions = { $number ->
    [one] { $number } Version:
   *[other] { $number } Versionen, neueste zuerst:
}
seen-between = { $first } bis { $last }
source-seen = { $origin } · gesehen: { $moment }
source-gone = { $origin } · gesehen: { $moment } · nicht mehr da
source-watched = { $origin } · gesehen: { $moment } · beobachtet

## What is watched

nothing-watched = Es wird nichts beobachtet. Mit /watch ADRESSE beginnen Sie: einem Feed, einer Sitemap oder einer Seite.
watched = Beobachtet:
how-to-watch = Schreiben Sie eine Adresse und wie oft, zum Beispiel: /watch https://example.org/feed.xml 6h
how-often = Wie oft, schreiben Sie als 30m, 6h oder 1d (Minuten, Stunden, Tage): /watch https://example.org/feed.xml 6h
name-what-to-unwatch = Was denn? Schreiben Sie die Adresse hinter den Befehl. /watch listet auf, was beobachtet wird.
not-watched = Das wird nicht beobachtet. /watch listet auf, was beobachtet wird.
every-minutes = { $number ->
    [one] jede Minute
   *[other] alle { $number } Minuten
}
every-hours = { $number ->
    [one] stündlich
   *[other] alle { $number } Stunden
}
every-days = { $number ->
    [one] täglich
   *[other] alle { $number } Tage
}
watch-read = { $often } · { $articles } · gelesen: { $moment }
watch-unread = { $often } · { $articles } · noch nicht gelesen
watch-alarm = Alarm: { $reason }
watch-failed = { $times ->
    [one] Einmal fehlgeschlagen: { $reason }
   *[other] { $times }-mal hintereinander fehlgeschlagen: { $reason }
}
watching = { $source } wird beobachtet und { $often } gelesen.
unwatched = { $source } wird nicht mehr beobachtet. Die Artikel daraus bleiben.
reading = { $number ->
    [one] { $number } beobachtete Quelle wird gelesen. Fragen werden solange weiter beantwortet.
   *[other] { $number } beobachtete Quellen werden gelesen. Fragen werden solange weiter beantwortet.
}
reading-progress = { $number ->
    [one] Beobachtetes wird gelesen: bisher { $number } Artikel.
   *[other] Beobachtetes wird gelesen: bisher { $number } Artikel.
}

## Reindexing

already-running = Es wird bereits neu indexiert. Fragen werden solange aus den bisherigen Artikeln beantwortet.
reindex-starts = Es wird neu indexiert. Fragen werden solange aus den bisherigen Artikeln beantwortet.
reindex-stopped = Das neue Indexieren wurde zusammen mit dem Bot angehalten. Es hat sich nichts geändert; schicken Sie später noch einmal /reindex.
reindex-loses = Es wurde nicht neu indexiert: Viele Artikel sind auf einmal weg, und wer mich betreibt, muss sagen, dass das so gewollt ist. Geantwortet wird weiter aus den bisherigen Artikeln.
reindex-failed = Das neue Indexieren ist fehlgeschlagen. Geantwortet wird weiter aus den bisherigen Artikeln.
reindex-cancelled = Abgebrochen. Es wurde nicht neu indexiert.
nothing-changed = Seit dem letzten Indexieren hat sich nichts geändert.
other-settings = Kein Artikel hat sich geändert, aber zuletzt wurde mit anderen Einstellungen indexiert.
stage = { $stage ->
    [loading] Encoder wird geladen
    [embedding] Vektoren werden berechnet
    [indexing] Index wird gebaut
    [asking] Probefragen werden gestellt
   *[saving] wird gespeichert
}
stage-begins = Neu indexieren: { $stage }…
stage-at = Neu indexieren: { $stage }, { $done } von { $total } ({ $percent } %)
reindexed = Fertig: { $articles }, { $passages }. { $changes }. { $seconds } s.
pending = Neu indexieren würde aufnehmen: { $changes }.
changes = { $added } neu, { $updated } geändert, { $removed } entfernt
would-lose = { $number ->
    [one] Dabei ginge { $number } Artikel verloren, mehr auf einmal, als ohne Rückfrage geschieht. Ist das so gewollt?
   *[other] Dabei gingen { $number } Artikel verloren, mehr auf einmal, als ohne Rückfrage geschieht. Ist das so gewollt?
}

## The menu of commands

menu-articles = Artikel auflisten, alle oder die mit bestimmten Wörtern im Titel
menu-article = Alles über einen Artikel
menu-remove = Einen Artikel entfernen
menu-watch = Einen Feed oder eine Seite immer wieder lesen
menu-unwatch = Nicht mehr beobachten
menu-refresh = Was beobachtet wird, jetzt lesen
menu-reindex = Neue und geänderte Artikel aufnehmen

## Languages

language-unclear = Sprache unklar
