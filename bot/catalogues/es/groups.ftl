# What is said in groups, inline, and in /settings.

## Settings

menu-settings = El idioma, y cómo respondo en un grupo
settings-reader =
    ¿En qué idioma le hablo?

    Ahora: { $language }.
settings-group =
    Cómo respondo en este grupo. Solo sus administradores pueden cambiarlo.

    Idioma: { $language }.
    { $excerpts ->
        [one] { $excerpts } cita por respuesta.
       *[other] Hasta { $excerpts } citas por respuesta.
    }
    { $quiet ->
        [yes] Si la respuesta no está en los artículos, pongo una reacción a la pregunta y no escribo nada.
       *[no] Si la respuesta no está en los artículos, lo digo en un mensaje.
    }
language-telegram = Como en mi Telegram
language-readers = Según el Telegram de cada cual
set-excerpts = { $number ->
    [one] { $number } cita
   *[other] { $number } citas
}
set-quiet = Sin respuesta: solo reacción
set-loud = Sin respuesta: un mensaje
settings-changed = Cambiado.
only-group-admins = Eso solo pueden hacerlo los administradores de este grupo.

## Coming, going, and asking too often

group-hello =
    { $name ->
        [none] Hola. Pregúntenme con /ask y una pregunta, y respondo con una cita de los artículos en los que busco.
       *[other] Hola. Pregúntenme con /ask y una pregunta, o mencionando a { $name }, y respondo con una cita de los artículos en los que busco. Respondan al mensaje de alguien con «{ $name } ¿es verdad?», y busco lo que dice.
    }

    No actúo ante nada más de lo que se diga aquí. Los administradores de este grupo pueden elegir el idioma y otras cosas: /settings.
group-not-allowed = Las personas que me gestionan no han elegido este grupo, así que salgo de él. Pueden añadirlo a mis ajustes.
group-moved = El grupo { $old } es ahora un supergrupo, con el ID { $new }. Por favor, póngalo en mi ajuste «groups»; si no, saldré del grupo después de mi próximo arranque.
too-often = { $number ->
    [one] Es más de { $number } pregunta en un minuto.
   *[other] Son más de { $number } preguntas en un minuto.
} Ahora guardo silencio y vuelvo a responderle dentro de un minuto.
too-often-group = { $number ->
    [one] Este grupo ha hecho más de { $number } pregunta en un minuto.
   *[other] Este grupo ha hecho más de { $number } preguntas en un minuto.
} Ahora guardo silencio y vuelvo a responder aquí dentro de un minuto.
pressed-too-often = Han sido muchas pulsaciones seguidas. Continúe dentro de un minuto, por favor.

## Answers in groups and inline

more-in-private = Más en privado
inline-related = No es una respuesta, pero se acerca: { $title }
inline-nothing = No está en estos artículos
inline-ask-in-private = Preguntarme en privado
inline-too-often = Eso ha sido mucho de una vez. Continúe, por favor, dentro de un minuto.
