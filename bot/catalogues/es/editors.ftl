# Receipts, reports, what editors see, and what is kept of readers.

## The receipt of a quotation

receipt-current = Comprobado: estas palabras están en el artículo tal como es ahora.
receipt-updated = Comprobado: estas palabras estaban en el artículo. Desde entonces se ha actualizado.
receipt-removed = Comprobado: estas palabras estaban en el artículo. Desde entonces se ha quitado.
receipt-hidden = La redacción ha ocultado esta cita: ya no aparece en ninguna respuesta.
receipt-itself = Comprobante
receipt-version = Versión { NUMBER($number, useGrouping: 0) }, contenido
receipt-characters = Caracteres { $first } a { $last } del artículo
receipt-seen = Visto: { $moment }
receipt-held = Se busca en él ahora, en el índice { $snapshot }
receipt-not-held = No está entre los artículos en los que se busca ahora
receipt-latest = Versión actualizada vista: { $moment }
receipt-field = { $field ->
    [title] Título: { $old } → { $new }
    [url] Dirección: { $old } → { $new }
    [source] Medio: { $old } → { $new }
    [author] Autoría: { $old } → { $new }
   *[published] Fecha: { $old } → { $new }
}
receipt-no-field = sin indicar
receipt-same-around = Alrededor de la cita, las palabras son las mismas que antes.
receipt-changes = Qué ha cambiado a su alrededor
receipt-marks = Tachado: eliminado. Negrita: añadido.
receipt-of-several = /source y uno de estos comprobantes muestran más sobre él.
name-a-receipt = Escriba el comprobante después del comando, así: /source 7F3K2M9Q. O envíe /source como respuesta a una de mis respuestas.
no-such-receipt = Ninguna cita de estos artículos tiene el comprobante { $receipt }. Revise los caracteres o haga la pregunta de nuevo.
no-receipts-there = Ese mensaje no contiene ninguna cita mía. Responda con /source a una de mis respuestas.

## Reports, as admins see them

report-heading = { $reasons ->
    [wrong] { $reporters ->
        [one] Reportada como incorrecta por { $reporters } persona
       *[other] Reportada como incorrecta por { $reporters } personas
    }
    [outdated] { $reporters ->
        [one] Reportada como desactualizada por { $reporters } persona
       *[other] Reportada como desactualizada por { $reporters } personas
    }
    [both] Reportada como incorrecta o como desactualizada por { $reporters } personas
   *[none] { $reporters ->
        [one] Reportada por { $reporters } persona
       *[other] Reportada por { $reporters } personas
    }
}
report-unquoted = Sus palabras ya no se pueden leer en la biblioteca.
report-open = Nadie ha decidido todavía.
report-hidden = Decidido el { $day }: oculta. Ya no aparece en ninguna respuesta.
report-reindexed = Decidido el { $day }: leer de nuevo y reindexar.
report-dismissed = Decidido el { $day }: reporte desestimado. Se muestra como antes.
report-hide = Ocultar
report-reindex = Reindexar
report-dismiss = Desestimar
report-show = Mostrar de nuevo
report-expired = Este reporte ya no se conserva.
settled-hidden = Oculta. Se avisa a quienes la reportaron.
settled-reindexed = Se leerá de nuevo. Se avisa a quienes la reportaron.
settled-dismissed = Reporte desestimado. Se avisa a quienes la reportaron.
settled-shown = La cita se muestra de nuevo.
stands-open = El reporte está pendiente.
stands-hidden = Ya está decidido: la cita está oculta.
stands-reindexed = Ya está decidido: el artículo se lee de nuevo y se reindexa.
stands-dismissed = Ya está decidido: la cita se muestra.
report-reading = { $number ->
    [one] Leyendo de nuevo { $number } fuente de este artículo. Después se podrá reindexar.
   *[other] Leyendo de nuevo { $number } fuentes de este artículo. Después se podrá reindexar.
}

## What the readers who reported are told

decision-hidden = En este chat se reportó una cita de «{ $title }». La redacción la ha revisado: ya no la muestro. Gracias.
decision-reindexed = En este chat se reportó una cita de «{ $title }». La redacción la ha revisado y ha pedido leer de nuevo el artículo. Gracias.
decision-dismissed = En este chat se reportó una cita de «{ $title }». La redacción la ha revisado y la deja como está. Gracias.

## What was asked in vain

gaps-heading = Enviadas a la redacción por varias personas, { $first }–{ $last } de { $total }:
gap = «{ $question }» · { $people ->
    [one] { $people } persona
   *[other] { $people } personas
}, por última vez el { $day }
no-gaps = Todavía nada. Una pregunta aparece aquí cuando varias personas han pulsado «Avisar a la redacción» debajo de ella; la de una sola no se muestra.
export-csv = Exportar como CSV

## Numbers

stats-heading = { $days ->
    [one] Hoy, { $last }
   *[other] { $days } días, del { $first } al { $last }
}
stats-asked = Preguntas: { $number }
stats-answer = Respondidas: { $number } ({ $percent } %)
stats-related = Solo algo relacionado: { $number } ({ $percent } %)
stats-not_found = No encontrado: { $number } ({ $percent } %)
stats-inline = Preguntado desde otros chats: { $asked }; publicado allí: { $chosen }
stats-votes = Votos: { $up } «Útil», { $down } «No es útil»
stats-told = Enviadas a la redacción: { $told }; citas reportadas: { $reported }
stats-people = Personas al día: { $average } de media, { $most } como máximo
stats-unhelpful = Votado «No es útil»: «{ $title }» · { $number }
stats-nothing = Nadie ha preguntado nada.
how-many-days = ¿Cuántos días? Escriba un número de 1 a { $most }, así: /stats 30

## What is not refreshed

stale = sin actualizar desde el { $day }
overdue = { $source } debe leerse { $often }; la última vez que se logró fue el { $moment }. Se dice también debajo de las respuestas. Solución: /watch muestra qué falla, /refresh la lee ahora.
overdue-unread = { $source } debe leerse { $often }, pero no se ha logrado nunca; está en seguimiento desde el { $moment }. Se dice también debajo de las respuestas. Solución: /watch muestra qué falla, /refresh la lee ahora.
overdue-everything = No se ha actualizado nada desde el { $moment }, más tiempo del que permite el ajuste stale_after_days ({ $days ->
    [one] { $days } día
   *[other] { $days } días
}). Se dice también debajo de las respuestas. Solución: añada lo nuevo y después /reindex.

## What is kept of readers

privacy =
    Qué conservo y durante cuánto tiempo:

    • Sus tres últimas preguntas, con lo que cité primero: solo en la memoria, para que pueda continuar a partir de ellas, durante diez minutos. /new las olvida al momento. Ninguna pregunta se guarda ni se anota en ningún registro, salvo las que envíe a la redacción.
    • Una pregunta que envíe a la redacción: { $gaps } días. La redacción la ve cuando varias personas preguntan lo mismo, y no ve quién preguntó.
    • Si una respuesta le sirvió y, si no, por qué: el voto sin su pregunta, { $votes } días.
    • Una cita que reporte, lo que dice que está mal en ella y el chat en el que comunicarle lo decidido: hasta que se le comunica, { $reports } días como máximo.
    • Un idioma que elija: hasta que elija otro. Lo que los administradores de un grupo ajustan para él: hasta que salgo del grupo.
    • Que hoy ha preguntado algo: hasta que acaba el día. Después solo quedan cifras, durante { $counts } días.

    En todo ello usted es un código que no se puede volver a convertir en su nombre ni en su número sin una clave, que se guarda aparte; solo el chat de un reporte se conserva tal cual.

    /forgetme borra de inmediato todo lo suyo.

    En los grupos actúo ante los mensajes dirigidos a mí y no conservo nada de los demás. La búsqueda en los artículos se hace en la máquina en la que funciono, y las preguntas no salen de ella hacia nadie. Lo que envían para añadir las personas que me gestionan se conserva un día, hasta que deciden; y de cada cosa que hacen se conserva una línea, con su identificador, durante { $acts } días. Telegram, por su parte, conserva esta conversación según sus propias normas.

forget-asked = Esto es lo que conservo de usted:
forget-nothing = No conservo nada de usted, salvo lo que haya dicho en los últimos diez minutos, si ha dicho algo.
forget-sure = ¿Lo borro? No se puede deshacer. Las cifras que no nombran a nadie se quedan.
forget-yes = Borrarlo todo
forget-no = Conservarlo
forget-kept = No se ha borrado nada.
forgotten = Borrado, y ya no está en mis archivos:
forgotten-nothing = Hecho. En mis archivos no había nada de usted, y he olvidado nuestra conversación.
forgotten-talk = También he olvidado lo que hablamos.
forget-others = Esto solo puede pulsarlo la persona que lo pidió.
kept-votes = { $number ->
    [one] su voto sobre { $number } respuesta
   *[other] sus votos sobre { $number } respuestas
}
kept-gaps = { $number ->
    [one] { $number } pregunta que envió a la redacción
   *[other] { $number } preguntas que envió a la redacción
}
kept-reports = { $number ->
    [one] { $number } reporte de una cita, del que entonces no tendrá noticias
   *[other] { $number } reportes de citas, de los que entonces no tendrá noticias
}
gone-reports = { $number ->
    [one] { $number } reporte de una cita
   *[other] { $number } reportes de citas
}
kept-language = el idioma que eligió
kept-seen = que hoy ha preguntado algo

## The menu of commands

menu-source = Comprobar el comprobante de una cita
menu-forgetme = Borrar lo que conservo de usted
menu-gaps = Lo que se preguntó en vano
menu-stats = Cifras de los últimos días
