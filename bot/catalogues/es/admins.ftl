# What the people who run the bot are told.

help-admins =
    Como una de las personas que me gestionan, también puede enviarme un archivo, un enlace o una publicación reenviada de un canal. Le muestro qué es y usted decide si se añade.

    /articles – todos los artículos; seguido de palabras, los que las tienen en el título
    /article ID – sus versiones y de dónde viene
    /remove ID – quitarlo; se puede deshacer
    /watch – lo que está en seguimiento; /watch DIRECCIÓN 6h lee un feed, un mapa del sitio o una página cada seis horas
    /unwatch DIRECCIÓN – dejar de seguirla
    /refresh – leer ahora todo lo que está en seguimiento
    /reindex – hacer que se encuentren los artículos nuevos y cambiados
    /gaps – lo que se preguntó en vano y se le comunicó
    /stats – cifras de los últimos siete días; con /stats 30, de los últimos treinta
to-mend =
    { $problem }.
    Solución: { $remedy }
in-private = Eso lo hago solo en nuestro chat privado.
busy = Otra persona está cambiando la biblioteca en este momento. Mientras tanto se siguen respondiendo preguntas; por favor, inténtelo de nuevo un poco más tarde.
stopped = Esto se detuvo junto con el bot. Lo hecho hasta entonces se conserva; por favor, repítalo para el resto.
failed = Algo ha fallado por mi parte y esto no se ha terminado.

## Buttons

add = Añadir
replace = Reemplazar
add-apart = Añadir como otro
try-again = Intentar de nuevo
cancel = Cancelar
reindex = Reindexar
reindex-anyway = Reindexar de todos modos
remove = Quitar
undo = Deshacer

## What was sent

adding = { $number ->
    [0] Añadiendo…
    [one] Añadiendo… { $number } artículo hasta ahora.
   *[other] Añadiendo… { $number } artículos hasta ahora.
}
cancelled = Cancelado. No se ha añadido nada.
sent-expired = Esto ya no se conserva: se añadió, se canceló o ha pasado un día. Por favor, envíelo de nuevo.
already-going = Eso ya está en marcha.
too-big = Este archivo es demasiado grande: Telegram permite a los bots descargar 20 MB como máximo
too-big-remedy = póngalo en la máquina en la que funciono y ejecute footnote add ARCHIVO, o envíe un enlace a él
not-given = Telegram no me ha entregado este archivo
not-given-remedy = envíelo de nuevo dentro de un rato
no-words-forwarded = Esa publicación no tiene palabras, así que no hay nada que citar
no-words-remedy = reenvíe una publicación con texto o envíe un archivo o un enlace
standing-added = Nuevo: la biblioteca aún no lo tiene.
standing-updated = Una versión nueva de { $article }.
standing-unchanged = La biblioteca ya lo tiene, palabra por palabra: { $article }.
standing-duplicate = Las mismas palabras que { $article }. Al añadirlo se anota una fuente más de ellas.
is-near = Casi igual: { $articles }.
quoted-title = «{ $title }»
dated-title = «{ $title }» ({ $day })
holds = { $articles ->
    [0] { $pages ->
        [one] { $pages } página por descargar:
       *[other] { $pages } páginas por descargar:
    }
    [one] { $pages ->
        [0] { $articles } artículo:
        [one] { $articles } artículo y { $pages } página por descargar:
       *[other] { $articles } artículo y { $pages } páginas por descargar:
    }
   *[other] { $pages ->
        [0] { $articles } artículos:
        [one] { $articles } artículos y { $pages } página por descargar:
       *[other] { $articles } artículos y { $pages } páginas por descargar:
    }
}
of-the-first = De los primeros { $number }: { $fates }.
unread = { $number ->
    [one] { $number } no se puede leer: { $reason }
   *[other] { $number } no se pueden leer: { $reason }
}
fate-added = { $number ->
    [one] { $number } nuevo
   *[other] { $number } nuevos
}
fate-updated = { $number ->
    [one] { $number } cambiado
   *[other] { $number } cambiados
}
fate-unchanged = { $number ->
    [one] { $number } que ya estaba
   *[other] { $number } que ya estaban
}
fate-duplicate = { $number } con las mismas palabras que otros
fate-failed = { $number ->
    [one] { $number } fallido
   *[other] { $number } fallidos
}
fate-gone = { $number ->
    [one] { $number } que ya no está
   *[other] { $number } que ya no están
}
nothing-new = nada nuevo
taken = Hecho: { $fates }.
taken-searched-later = Hecho: { $fates }. Se buscará en ellos después de /reindex.
one-added = Añadido. Se buscará en él después de /reindex.
one-updated = Reemplazado. Se buscará en la versión nueva después de /reindex.
one-unchanged = Nada ha cambiado: la biblioteca ya lo tiene.
one-duplicate = La biblioteca ya tiene las mismas palabras; se ha anotado una fuente más de ellas.

## Articles

no-such-article = Ese artículo no existe. /articles los enumera con sus ID.
name-an-article = ¿Cuál? Escriba su ID o su dirección después del comando. /articles los enumera con sus ID.
no-articles-sent = Todavía no hay artículos. Envíeme un archivo o un enlace.
no-match = Ningún título tiene esas palabras.
one-of-them = /article y un ID muestran uno de ellos.
articles-with = Artículos con «{ $words }» { $first }–{ $last } de { $total }, primero los más recientes:
removed = Quitado. Se seguirá encontrando hasta el próximo /reindex.
was-removed = Quitado. Sus versiones se conservan para que sus citas aún se puedan comprobar.
is-back = El artículo vuelve a estar. Si entretanto hubo un /reindex, se buscará en él después del siguiente.
not-removed = No hay nada que deshacer: el artículo está ahí.
gone-since = Ya no está en su fuente desde: { $moment }.
versions = { $number ->
    [one] { $number } versión:
   *[other] { $number } versiones, primero la más reciente:
}
seen-between = de { $first } a { $last }
source-seen = { $origin } · visto: { $moment }
source-gone = { $origin } · visto: { $moment } · ya no está
source-watched = { $origin } · visto: { $moment } · en seguimiento

## What is watched

nothing-watched = No hay nada en seguimiento. Para empezar, envíe /watch DIRECCIÓN con la de un feed, un mapa del sitio o una página.
watched = En seguimiento:
how-to-watch = Escriba una dirección y cada cuánto, así: /watch https://example.org/feed.xml 6h
how-often = La frecuencia se escribe como 30m, 6h o 1d: /watch https://example.org/feed.xml 6h
name-what-to-unwatch = ¿Cuál? Escriba su dirección después del comando. /watch enumera lo que está en seguimiento.
not-watched = Eso no está en seguimiento. /watch enumera lo que sí lo está.
every-minutes = { $number ->
    [one] cada minuto
   *[other] cada { $number } minutos
}
every-hours = { $number ->
    [one] cada hora
   *[other] cada { $number } horas
}
every-days = { $number ->
    [one] cada día
   *[other] cada { $number } días
}
watch-read = { $often } · { $articles } · leído: { $moment }
watch-unread = { $often } · { $articles } · aún sin leer
watch-alarm = Alarma: { $reason }
watch-failed = { $times ->
    [one] Falló una vez: { $reason }
   *[other] Falló { $times } veces seguidas: { $reason }
}
watching = En seguimiento: { $source }, { $often }.
unwatched = { $source } ya no está en seguimiento. Sus artículos se quedan.
reading = { $number ->
    [one] Leyendo { $number } fuente en seguimiento. Mientras tanto se siguen respondiendo preguntas.
   *[other] Leyendo { $number } fuentes en seguimiento. Mientras tanto se siguen respondiendo preguntas.
}
reading-progress = { $number ->
    [one] Leyendo lo que está en seguimiento: { $number } artículo hasta ahora.
   *[other] Leyendo lo que está en seguimiento: { $number } artículos hasta ahora.
}

## Reindexing

already-running = Ya se está reindexando. Mientras tanto se responde con los artículos actuales.
reindex-starts = Reindexando. Mientras tanto se responde con los artículos actuales.
reindex-stopped = La reindexación se detuvo junto con el bot. Nada ha cambiado; envíe /reindex de nuevo más tarde.
reindex-loses = No se ha reindexado nada: muchos artículos han desaparecido a la vez, y quien me gestiona tiene que decir que es a propósito. Se sigue respondiendo con los artículos de antes.
reindex-failed = La reindexación ha fallado. Se sigue respondiendo con los artículos de antes.
reindex-cancelled = Cancelado. No se ha reindexado nada.
nothing-changed = Nada ha cambiado desde la última reindexación.
other-settings = Ningún artículo ha cambiado, pero la última reindexación se hizo con otros ajustes.
stage = { $stage ->
    [loading] cargando el codificador
    [embedding] calculando vectores
    [indexing] construyendo el índice
    [asking] haciendo las preguntas de prueba
   *[saving] guardando
}
stage-begins = Reindexando: { $stage }…
stage-at = Reindexando: { $stage }, { $done } de { $total } ({ $percent } %)
reindexed = Hecho: { $articles }, { $passages }. { $changes }. { $seconds } s.
pending = Una reindexación incorporaría: { $changes }.
changes =
    { $added ->
        [one] { $added } nuevo
       *[other] { $added } nuevos
    }, { $updated ->
        [one] { $updated } cambiado
       *[other] { $updated } cambiados
    }, { $removed ->
        [one] { $removed } quitado
       *[other] { $removed } quitados
    }
would-lose = { $number ->
    [one] Perdería { $number } artículo, más de lo que se hace de una vez sin preguntar. ¿Es a propósito?
   *[other] Perdería { $number } artículos, más de lo que se hace de una vez sin preguntar. ¿Es a propósito?
}

## The menu of commands

menu-articles = Enumerar los artículos, o los que tienen ciertas palabras en el título
menu-article = Todo sobre un artículo
menu-remove = Quitar un artículo
menu-watch = Leer un feed o una página una y otra vez
menu-unwatch = Dejar de seguirla
menu-refresh = Leer ahora lo que está en seguimiento
menu-reindex = Incorporar los artículos nuevos y cambiados

## Languages

language-unclear = idioma sin determinar
