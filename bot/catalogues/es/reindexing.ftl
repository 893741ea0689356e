# A reindex as admins follow it: how long it takes, what it was asked, and the way back.

## How long it takes

with-time-left =
    { $told }
    Tiempo restante: { $left }
span-hours = { $hours } h { $minutes } min
span-minutes = { $minutes } min
span-seconds = { $seconds } s
adding-of = Añadiendo… { $number } de { $total } artículos.
looking = Le echo un vistazo…

## Stopping it

stopping = Se detiene en el próximo paso.
not-running = Ya no se está reindexando.
reindex-given-up = Detenido. No se ha reindexado nada y se sigue respondiendo con los artículos de antes.

## What the new articles were asked

smoke-failed = { $number ->
    [one] El índice nuevo está hecho, pero { $number } de { $total } preguntas de prueba no se responde como debería. Hasta que decida, se sigue respondiendo con los artículos de antes.
   *[other] El índice nuevo está hecho, pero { $number } de { $total } preguntas de prueba no se responden como deberían. Hasta que decida, se sigue respondiendo con los artículos de antes.
}
smoke-failed-here = El índice nuevo está hecho, pero no responde a sus preguntas de prueba. Tiene que decidir quien me gestiona; hasta entonces se sigue respondiendo con los artículos de antes.
smoke-got = «{ $question }»: { $got }
smoke-not_found = no se encontró nada
smoke-related = ninguna respuesta, solo algo relacionado de «{ $title }»
smoke-answer = una respuesta de otro artículo, «{ $title }»
switch-anyway = Cambiar de todos modos
leave-it = Dejarlo así
held-dropped = El índice nuevo se ha descartado y se sigue respondiendo con los artículos de antes. /reindex lo hace de nuevo.
held-gone = Ese índice ya no se conserva. Envíe /reindex otra vez.
now-answering = Ahora se responde con los artículos tal como se indexaron el { $moment }: { $holds }.

## The way back

roll-back = Volver al índice anterior
rolled-back = Hecho. De nuevo se responde con los artículos tal como se indexaron el { $moment }: { $holds }.
nothing-before = No hay nada a lo que volver: ningún índice anterior está completo.
not-newest = Entretanto responde otro índice, así que no se ha vuelto atrás. Es del { $moment }: { $holds }.
