# A reindex as admins follow it: how long it takes, what it was asked, and the way back.

## How long it takes

with-time-left =
    { $told }
    Noch etwa: { $left }
span-hours = { $hours } Std. { $minutes } Min.
span-minutes = { $minutes } Min.
span-seconds = { $seconds } Sek.
adding-of = Wird hinzugefügt… { $number } von { $total } Artikeln.
looking = Ich sehe es mir an…

## Stopping it

stopping = Beim nächsten Schritt wird angehalten.
not-running = Es wird nicht mehr neu indexiert.
reindex-given-up = Angehalten. Es wurde nicht neu indexiert; geantwortet wird weiter aus den bisherigen Artikeln.

## What the new articles were asked

smoke-failed = { $number ->
    [one] Der neue Index ist fertig, aber { $number } von { $total } Probefragen wird nicht so beantwortet, wie sie soll. Bis Sie entscheiden, wird weiter aus den bisherigen Artikeln geantwortet.
   *[other] Der neue Index ist fertig, aber { $number } von { $total } Probefragen werden nicht so beantwortet, wie sie sollen. Bis Sie entscheiden, wird weiter aus den bisherigen Artikeln geantwortet.
}
smoke-failed-here = Der neue Index ist fertig, beantwortet aber seine Probefragen nicht. Wer mich betreibt, muss entscheiden; bis dahin wird weiter aus den bisherigen Artikeln geantwortet.
smoke-got = „{ $question }“: { $got }
smoke-not_found = nichts gefunden
smoke-related = keine Antwort, nur etwas Verwandtes aus „{ $title }“
smoke-answer = eine Antwort aus einem anderen Artikel, „{ $title }“
switch-anyway = Trotzdem umschalten
leave-it = So lassen
held-dropped = Der neue Index ist verworfen; geantwortet wird weiter aus den bisherigen Artikeln. /reindex erstellt ihn neu.
held-gone = Dieser Index wird nicht mehr aufbewahrt. Schicken Sie noch einmal /reindex.
now-answering = Geantwortet wird jetzt aus dem Index vom { $moment }: { $holds }.

## The way back

roll-back = Zum vorigen Index zurück
rolled-back = Erledigt. Geantwortet wird wieder aus dem Index vom { $moment }: { $holds }.
nothing-before = Es gibt nichts, wohin ich zurückkann: Kein früherer Index ist vollständig.
not-newest = Inzwischen wird aus einem anderen Index geantwortet, deshalb wurde nichts zurückgesetzt. Er ist vom { $moment }: { $holds }.
