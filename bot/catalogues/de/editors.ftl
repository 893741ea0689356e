# Receipts, reports, what editors see, and what is kept of readers.

## The receipt of a quotation

receipt-current = Geprüft: Diese Worte stehen so im jetzigen Artikel.
receipt-updated = Geprüft: Diese Worte standen so im Artikel. Er wurde seither geändert.
receipt-removed = Geprüft: Diese Worte standen so im Artikel. Er wurde seither entfernt.
receipt-hidden = Die Redaktion hat dieses Zitat ausgeblendet: Es erscheint in keiner Antwort mehr.
receipt-itself = Beleg
receipt-version = Version { NUMBER($number, useGrouping: 0) }, Inhalt
receipt-characters = Zeichen { $first } bis { $last } des Artikels
receipt-seen = Gesehen: { $moment }
receipt-held = Wird derzeit durchsucht, im Index { $snapshot }
receipt-not-held = Nicht unter den Artikeln, die derzeit durchsucht werden
receipt-latest = Geänderte Version gesehen: { $moment }
receipt-field = { $field ->
    [title] Titel: { $old } → { $new }
    [url] Adresse: { $old } → { $new }
    [source] Medium: { $old } → { $new }
    [author] Verfasst von: { $old } → { $new }
   *[published] Datum: { $old } → { $new }
}
receipt-no-field = nicht angegeben
receipt-same-around = Um das Zitat herum sind die Worte dieselben wie zuvor.
receipt-changes = Was sich darum herum geändert hat
receipt-marks = Durchgestrichen: herausgenommen. Fett: eingefügt.
receipt-of-several = /source und einer dieser Belege zeigen mehr dazu.
name-a-receipt = Schreiben Sie den Beleg hinter den Befehl, zum Beispiel: /source 7F3K2M9Q. Oder schicken Sie /source als Antwort auf eine meiner Antworten.
no-such-receipt = Kein Zitat aus diesen Artikeln hat den Beleg { $receipt }. Prüfen Sie die Zeichen, oder stellen Sie die Frage noch einmal.
no-receipts-there = Diese Nachricht enthält kein Zitat von mir. Antworten Sie mit /source auf eine meiner Antworten.

## Reports, as admins see them

report-heading = { $reasons ->
    [wrong] { $reporters ->
        [one] Von { $reporters } Person als falsch gemeldet
       *[other] Von { $reporters } Personen als falsch gemeldet
    }
    [outdated] { $reporters ->
        [one] Von { $reporters } Person als veraltet gemeldet
       *[other] Von { $reporters } Personen als veraltet gemeldet
    }
    [both] Von { $reporters } Personen als falsch oder als veraltet gemeldet
   *[none] { $reporters ->
        [one] Von { $reporters } Person gemeldet
       *[other] Von { $reporters } Personen gemeldet
    }
}
report-unquoted = Der Wortlaut lässt sich im Archiv nicht mehr nachlesen.
report-open = Noch hat niemand entschieden.
report-hidden = Entschieden am { $day }: ausgeblendet. Das Zitat erscheint in keiner Antwort mehr.
report-reindexed = Entschieden am { $day }: noch einmal gelesen und neu indexiert.
report-dismissed = Entschieden am { $day }: zurückgewiesen. Das Zitat wird gezeigt wie zuvor.
report-hide = Ausblenden
report-reindex = Neu indexieren
report-dismiss = Zurückweisen
report-show = Wieder zeigen
report-expired = Diese Meldung wird nicht mehr aufbewahrt.
settled-hidden = Ausgeblendet. Wer das Zitat gemeldet hat, wird benachrichtigt.
settled-reindexed = Wird noch einmal gelesen. Wer das Zitat gemeldet hat, wird benachrichtigt.
settled-dismissed = Zurückgewiesen. Wer das Zitat gemeldet hat, wird benachrichtigt.
settled-shown = Das Zitat wird wieder gezeigt.
stands-open = Die Meldung ist offen.
stands-hidden = Schon entschieden: Das Zitat ist ausgeblendet.
stands-reindexed = Schon entschieden: Der Artikel wird noch einmal gelesen und neu indexiert.
stands-dismissed = Schon entschieden: Das Zitat wird gezeigt.
report-reading = { $number ->
    [one] { $number } Quelle dieses Artikels wird noch einmal gelesen. Dann kann neu indexiert werden.
   *[other] { $number } Quellen dieses Artikels werden noch einmal gelesen. Dann kann neu indexiert werden.
}

## What the readers who reported are told

decision-hidden = In diesem Chat wurde ein Zitat aus „{ $title }“ gemeldet. Die Redaktion hat es sich angesehen: Ich zeige es nicht mehr. Danke.
decision-reindexed = In diesem Chat wurde ein Zitat aus „{ $title }“ gemeldet. Die Redaktion hat es sich angesehen und lässt den Artikel noch einmal lesen. Danke.
decision-dismissed = In diesem Chat wurde ein Zitat aus „{ $title }“ gemeldet. Die Redaktion hat es sich angesehen und lässt es, wie es ist. Danke.

## What was asked in vain

gaps-heading = Von mehreren Personen der Redaktion mitgeteilt, { $first }–{ $last } von { $total }:
gap = „{ $question }“ · { $people ->
    [one] { $people } Person
   *[other] { $people } Personen
}, zuletzt am { $day }
no-gaps = Noch nichts. Hier steht eine Frage, sobald mehrere Personen darunter auf „Der Redaktion mitteilen“ getippt haben; die einer einzigen Person wird nicht gezeigt.
export-csv = Als CSV exportieren

## Numbers

stats-heading = { $days ->
    [one] Heute, { $last }
   *[other] { $days } Tage, { $first } bis { $last }
}
stats-asked = Fragen: { $number }
stats-answer = Beantwortet: { $number } ({ $percent } %)
stats-related = Nur etwas Verwandtes: { $number } ({ $percent } %)
stats-not_found = Nicht gefunden: { $number } ({ $percent } %)
stats-inline = Aus anderen Chats gefragt: { $asked }, dort gepostet: { $chosen }
stats-votes = Bewertungen: { $up } hilfreich, { $down } nicht hilfreich
stats-told = Der Redaktion mitgeteilt: { $told }, gemeldete Zitate: { $reported }
stats-people = Personen am Tag: im Schnitt { $average }, höchstens { $most }
stats-unhelpful = Als nicht hilfreich bewertet: „{ $title }“ · { $number }
stats-nothing = Niemand hat etwas gefragt.
how-many-days = Wie viele Tage? Schreiben Sie eine Zahl von 1 bis { $most }, zum Beispiel: /stats 30

## What is not refreshed

stale = seit dem { $day } nicht aktualisiert
overdue = { $source } soll { $often } gelesen werden; zuletzt gelang das am { $moment }. Das steht auch unter den Antworten. Abhilfe: /watch zeigt, woran es liegt, /refresh liest die Quelle jetzt.
overdue-unread = { $source } soll { $often } gelesen werden, aber das gelang noch nie; beobachtet wird seit dem { $moment }. Das steht auch unter den Antworten. Abhilfe: /watch zeigt, woran es liegt, /refresh liest die Quelle jetzt.
overdue-everything = Letzte Aktualisierung: { $moment }. Das ist länger her, als die Einstellung stale_after_days erlaubt ({ $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}). Es steht auch unter den Antworten. Abhilfe: Neues hinzufügen, dann /reindex.

## What is kept of readers

privacy =
    Was ich aufbewahre und wie lange:

    • Ihre letzten drei Fragen mit dem, was ich zuerst zitiert habe: nur im Arbeitsspeicher, damit Sie daran anknüpfen können, zehn Minuten lang. /new vergisst sie sofort. Keine Frage wird gespeichert oder protokolliert, es sei denn, Sie teilen sie der Redaktion mit.
    • Eine Frage, die Sie der Redaktion mitteilen: { $gaps } Tage. Die Redaktion sieht sie, sobald mehrere Personen dasselbe fragen, und nicht, wer gefragt hat.
    • Ob Ihnen eine Antwort geholfen hat und, wenn nicht, warum: die Bewertung ohne Ihre Frage, { $votes } Tage.
    • Ein Zitat, das Sie melden, was Sie daran bemängeln, und der Chat, in dem Sie erfahren sollen, wie entschieden wurde: bis Sie es erfahren haben, höchstens { $reports } Tage.
    • Eine Sprache, die Sie wählen: bis Sie eine andere wählen. Was die Admins einer Gruppe für sie einstellen: bis ich die Gruppe verlasse.
    • Dass Sie heute etwas gefragt haben: bis der Tag vorbei ist. Danach bleiben nur Zahlen, { $counts } Tage lang.

    Bei alldem sind Sie nur ein Code, der sich ohne einen Schlüssel, der getrennt aufbewahrt wird, nicht in Ihren Namen oder Ihre Nummer zurückverwandeln lässt; nur der Chat einer Meldung wird so aufbewahrt, wie er ist.

    /forgetme löscht sofort alles von Ihnen.

    In Gruppen reagiere ich auf Nachrichten an mich und bewahre von allen anderen nichts auf. Durchsucht werden die Artikel auf dem Rechner, auf dem ich laufe; Fragen verlassen ihn nicht und gehen an niemanden. Was die Menschen, die mich betreiben, zum Hinzufügen schicken, wird einen Tag lang aufbewahrt, bis sie entscheiden, und zu allem, was sie tun, { $acts } Tage lang eine Zeile mit ihrer ID. Telegram selbst bewahrt dieses Gespräch nach eigenen Regeln auf.

forget-asked = Das bewahre ich von Ihnen auf:
forget-nothing = Ich bewahre von Ihnen nichts auf als das, was Sie in den letzten zehn Minuten gesagt haben, falls Sie etwas gesagt haben.
forget-sure = Soll ich es löschen? Das lässt sich nicht rückgängig machen. Zahlen, die niemanden nennen, bleiben.
forget-yes = Alles löschen
forget-no = Behalten
forget-kept = Es wurde nichts gelöscht.
forgotten = Gelöscht und aus meinen Dateien verschwunden:
forgotten-nothing = Erledigt. In meinen Dateien stand nichts von Ihnen, und unser Gespräch habe ich vergessen.
forgotten-talk = Worüber wir gesprochen haben, ist ebenfalls vergessen.
forget-others = Das kann nur die Person drücken, die danach gefragt hat.
kept-votes = { $number ->
    [one] Ihre Bewertung von { $number } Antwort
   *[other] Ihre Bewertungen von { $number } Antworten
}
kept-gaps = { $number ->
    [one] { $number } Frage, die Sie der Redaktion mitgeteilt haben
   *[other] { $number } Fragen, die Sie der Redaktion mitgeteilt haben
}
kept-reports = { $number ->
    [one] { $number } Meldung eines Zitats, von der Sie dann nichts mehr hören
   *[other] { $number } Meldungen von Zitaten, von denen Sie dann nichts mehr hören
}
gone-reports = { $number ->
    [one] { $number } Meldung eines Zitats
   *[other] { $number } Meldungen von Zitaten
}
kept-language = die Sprache, die Sie gewählt haben
kept-seen = dass Sie heute etwas gefragt haben

## The menu of commands

menu-source = Den Beleg eines Zitats prüfen
menu-forgetme = Löschen, was ich von Ihnen aufbewahre
menu-gaps = Was vergeblich gefragt wurde
menu-stats = Zahlen der letzten Tage
