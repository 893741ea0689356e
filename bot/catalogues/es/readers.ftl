# What everybody is told. Lines that begin with a slash show commands as they are typed.

## How much and when

articles = { $number ->
    [one] { $number } artículo
   *[other] { $number } artículos
}
sources = { $number ->
    [one] { $number } fuente
   *[other] { $number } fuentes
}
passages = { $number ->
    [one] { $number } pasaje
   *[other] { $number } pasajes
}
newest = el más reciente: { $day }
moment-utc = { $day }, { $clock } UTC
# Between the things of a list, with its space.
list-comma = ,{ " " }
and-more = y { $number } más

## Hello and help

start =
    { $newest ->
        [none] Hola. Busco en { $articles } y respondo con las palabras de los propios artículos: cada cita es literal, palabra por palabra, y lleva su fuente, su fecha y un enlace a la frase.
       *[other] Hola. Busco en { $articles } (el más reciente: { $newest }) y respondo con las palabras de los propios artículos: cada cita es literal, palabra por palabra, y lleva su fuente, su fecha y un enlace a la frase.
    }

    Si la respuesta no está en los artículos, se lo digo.

    Sus preguntas permanecen diez minutos en la memoria, para que pueda continuar a partir de ellas, y no se guardan, salvo las que envíe a la redacción. En /privacy explico más; en /help, qué otras cosas entiendo.
start-examples = Escriba una pregunta o pruebe con una de estas:
help =
    Escriba una pregunta y buscaré las frases que la responden. Cada cita es literal, palabra por palabra, de un artículo, y lleva su título, el medio, la fecha y un enlace a la frase.

    Puede continuar a partir de sus últimas preguntas: después de una sobre un ferri, entiendo «¿Y con coche?» y le digo qué he buscado. Si edita una pregunta, su respuesta cambia.

    Para preguntar solo a algunos de los artículos, escriba source:"Harbour Line", author:Tennant, after:2026-03 o before:2026 junto a la pregunta, o «desde marzo» al final.

    En los grupos respondo a /ask seguido de una pregunta, a los mensajes que me mencionan y a las respuestas a mis mensajes; por lo demás, guardo silencio. En cualquier otro chat, empiece un mensaje con mi nombre y una pregunta y elija la cita que quiere publicar.

    /ask – hacer una pregunta
    /new – empezar de cero
    /sources – los artículos con los que respondo
    /status – lo recientes que son
    /source – como respuesta a una respuesta: los comprobantes de sus citas; seguido de un comprobante, si todavía vale
    /settings – el idioma en que hablo
    /privacy – lo que conservo
    /forgetme – borrar lo que conservo de usted
new = Leeré su próxima pregunta por sí sola. ¿Qué le gustaría saber?
status =
    Todo listo. { $holds } · { $passages }.
    Indexado: { $moment }.

## What cannot be answered

ask-something = ¿Qué le gustaría saber? Escriba su pregunta después de /ask o junto a mi nombre.
empty-question = Ahí no hay ninguna pregunta. Escríbala con palabras, por ejemplo: ¿Quién redactó el informe?
no-words = Solo entiendo preguntas con palabras. ¿Qué le gustaría saber?
too-long = Esa pregunta tiene { $chars } caracteres. Hágala, por favor, en { $most } como máximo.
text-only = Solo entiendo texto. Por favor, escriba su pregunta en un mensaje.
unknown-command = No conozco ese comando. /help muestra lo que entiendo.
only-admins = Eso solo pueden hacerlo las personas que gestionan este bot.
expired = Esto ha caducado. Por favor, pregunte de nuevo.
crowded = Ahora mismo pregunta mucha gente. Inténtelo de nuevo dentro de un minuto, por favor.
not-ready = La biblioteca aún no está lista. Por favor, inténtelo de nuevo dentro de un rato.
not-available = Ahora mismo no puedo consultarlo. Por favor, inténtelo de nuevo más tarde.
unexpected = Algo ha fallado por mi parte. Por favor, inténtelo de nuevo. (Error { $id })

## Answers

not-found = { $newest ->
    [none] No está en estos artículos. He buscado en { $articles }.
   *[other] No está en estos artículos. He buscado en { $articles }; el más reciente: { $newest }.
}
searched-for = He buscado: { $question }
related-heading = Esto no es una respuesta. Lo más cercano:
gone = ya no está en su fuente
untitled = Artículo sin título
read-in-place = leer en el artículo
also-in = También en
other-articles = { $number ->
    [one] { $number } artículo más
   *[other] { $number } artículos más
}
quotation-cut = La cita continúa en el artículo.
around = Contexto
around-number = Contexto { $number }
back = Volver

## The list of articles

articles-heading = Artículos { $first }–{ $last } de { $total }, primero los más recientes:
newer = ← Más recientes
older = Más antiguos →
no-articles = Todavía no hay artículos.

## The menu of commands

menu-ask = Hacer una pregunta
menu-new = Empezar de cero
menu-sources = Los artículos con los que respondo
menu-status = Lo recientes que son
menu-help = Lo que entiendo
menu-privacy = Lo que conservo

## What Telegram shows before anybody writes

description = Respondo preguntas a partir de una biblioteca de artículos, con las palabras de los propios artículos: citas con su fuente, su fecha y un enlace a la frase. Si la respuesta no está en los artículos, se lo digo.
short-description = Respuestas de una biblioteca de artículos, palabra por palabra y con su fuente.

## Questions to begin with

example-who = ¿Quién es { $name }?
example-about = ¿Qué se sabe sobre { $name }?

## Buttons under answers

more = Más
found = Fuentes
helped = 👍 Útil
helped-noted = 👍 Útil ✓
not-helped = 👎 No es útil
not-helped-noted = 👎 No es útil ✓
reason-wrong = Incorrecto
reason-outdated = Desactualizado
reason-not_mine = No es mi pregunta
report = Reportar a la redacción
report-number = Reportar { $number }
reported = La redacción ya lo tiene. Se le comunicará lo que decida.
reported-enough = Ya ha reportado todo lo que la redacción puede revisar por ahora. Espere, por favor, a que decida.
closest = Pasajes más cercanos
ask-differently = Preguntar de otra forma
tell-editors = Avisar a la redacción
previous-page = ← Anterior
next-page = Siguiente →
more-heading = Esto no es una respuesta. Otros pasajes que se acercan:
found-heading = Artículos encontrados para esta pregunta, primero los más cercanos:
no-more = En estos artículos no hay nada más que se acerque.
nothing-close = En estos artículos no hay nada que se acerque.
thanks = Gracias.
why-not = ¿Qué no estaba bien?
reason-noted = Gracias. Anotado sin su nombre.
ask-differently-hint = Escriba su pregunta otra vez con otras palabras, más corta o con un nombre, un lugar o una fecha. Busco palabras y también lo que significan.
editors-told = La redacción verá esta pregunta, sin su nombre.
ask-placeholder = Su pregunta
editors-told-enough = Ya ha enviado a la redacción tantas preguntas como puede revisar por ahora.
