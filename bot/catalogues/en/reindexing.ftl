# A reindex as admins follow it: how long it takes, what it was asked, and the way back.

## How long it takes

with-time-left =
    { $told }
    Time left: { $left }
span-hours = { $hours } h { $minutes } min
span-minutes = { $minutes } min
span-seconds = { $seconds } s
adding-of = Adding… { $number } of { $total } articles.
looking = Looking at it…

## Stopping it

stopping = It stops at the next step.
not-running = No reindex is running any more.
reindex-given-up = Stopped. Nothing was reindexed, and answers come from the same articles as before.

## What the new articles were asked

smoke-failed = { $number ->
    [one] The new index is made, but { $number } of { $total } smoke questions is not answered as it should be. Until you decide, answers come from the same articles as before.
   *[other] The new index is made, but { $number } of { $total } smoke questions are not answered as they should be. Until you decide, answers come from the same articles as before.
}
smoke-failed-here = The new index is made, but does not answer its smoke questions. Whoever runs me has to decide; until then answers come from the same articles as before.
smoke-got = “{ $question }”: { $got }
smoke-not_found = nothing was found
smoke-related = no answer, only something related from “{ $title }”
smoke-answer = an answer from another article, “{ $title }”
switch-anyway = Switch anyway
leave-it = Leave it
held-dropped = The new index is dropped, and answers come from the same articles as before. /reindex makes it again.
held-gone = That index is not kept any more. Send /reindex again.
now-answering = Answering from the articles as they were indexed on { $moment }: { $holds }.

## The way back

roll-back = Roll back
rolled-back = Rolled back. Answering again from the articles as they were indexed on { $moment }: { $holds }.
nothing-before = There is nothing to go back to: no earlier index is whole.
not-newest = Another index answers by now, so nothing was rolled back. It is from { $moment }: { $holds }.
