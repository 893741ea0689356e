# What the people who run the bot are told.

help-admins =
    Как администратор вы можете прислать мне ещё и файл, ссылку или пост, пересланный из канала. Я покажу, что это, а вы решите, добавлять ли.

    /articles — все статьи; со словами после команды — те, у которых эти слова в заголовке
    /article ID — версии статьи и откуда она
    /remove ID — убрать статью; её можно вернуть
    /watch — за чем я слежу; /watch АДРЕС 6h — читать ленту, карту сайта или страницу каждые шесть часов
    /unwatch АДРЕС — больше за ним не следить
    /refresh — прочитать сейчас всё, за чем я слежу
    /reindex — включить в поиск новые и изменённые статьи
    /gaps — о чём читатели спрашивали напрасно и сообщили вам
    /stats — статистика за последние семь дней; /stats 30 — за последние тридцать
to-mend =
    { $problem }.
    Как исправить: { $remedy }
in-private = Это я делаю только в личном чате.
busy = Сейчас библиотеку меняет кто-то другой. На вопросы я тем временем отвечаю; попробуйте, пожалуйста, чуть позже.
stopped = Меня остановили, и работа прервалась. Всё сделанное до этого сохранено; для остального запустите её, пожалуйста, ещё раз.
failed = У меня что-то пошло не так, и довести дело до конца не удалось.

## Buttons

add = Добавить
replace = Заменить
add-apart = Добавить отдельно
try-again = Повторить
cancel = Отмена
reindex = Переиндексировать
reindex-anyway = Всё равно переиндексировать
remove = Удалить
undo = Вернуть

## What was sent

adding = { $number ->
    [0] Добавляю…
    [one] Добавляю… Пока { $number } статья.
    [few] Добавляю… Пока { $number } статьи.
    [many] Добавляю… Пока { $number } статей.
   *[other] Добавляю… Пока { $number } статьи.
}
cancelled = Отменено. Ничего не добавлено.
sent-expired = Этого у меня больше нет: материал уже добавлен или отменён либо прошли сутки. Пришлите его, пожалуйста, ещё раз.
already-going = Это уже выполняется.
too-big = Файл слишком большой: Telegram позволяет ботам скачивать не больше 20 МБ
too-big-remedy = положите его на машину, где я работаю, и выполните там footnote add ФАЙЛ или пришлите ссылку на него
not-given = Telegram не отдал мне этот файл
not-given-remedy = пришлите его ещё раз чуть позже
no-words-forwarded = В этом посте нет текста, цитировать нечего
no-words-remedy = перешлите пост с текстом либо пришлите файл или ссылку
standing-added = Новая статья: в библиотеке её ещё нет.
standing-updated = Новая версия статьи { $article }.
standing-unchanged = Уже есть в библиотеке, слово в слово: { $article }.
standing-duplicate = Тот же текст, что в статье { $article }. Если добавить, отмечу ещё один его источник.
is-near = Почти то же самое: { $articles }.
quoted-title = «{ $title }»
dated-title = «{ $title }» ({ $day })
holds = { $articles ->
    [0] { $pages ->
        [one] { $pages } страница для загрузки:
        [few] { $pages } страницы для загрузки:
        [many] { $pages } страниц для загрузки:
       *[other] { $pages } страницы для загрузки:
    }
    [one] { $pages ->
        [0] { $articles } статья:
        [one] { $articles } статья и { $pages } страница для загрузки:
        [few] { $articles } статья и { $pages } страницы для загрузки:
        [many] { $articles } статья и { $pages } страниц для загрузки:
       *[other] { $articles } статья и { $pages } страницы для загрузки:
    }
    [few] { $pages ->
        [0] { $articles } статьи:
        [one] { $articles } статьи и { $pages } страница для загрузки:
        [few] { $articles } статьи и { $pages } страницы для загрузки:
        [many] { $articles } статьи и { $pages } страниц для загрузки:
       *[other] { $articles } статьи и { $pages } страницы для загрузки:
    }
    [many] { $pages ->
        [0] { $articles } статей:
        [one] { $articles } статей и { $pages } страница для загрузки:
        [few] { $articles } статей и { $pages } страницы для загрузки:
        [many] { $articles } статей и { $pages } страниц для загрузки:
       *[other] { $articles } статей и { $pages } страницы для загрузки:
    }
   *[other] { $pages ->
        [0] { $articles } статьи:
        [one] { $articles } статьи и { $pages } страница для загрузки:
        [few] { $articles } статьи и { $pages } страницы для загрузки:
        [many] { $articles } статьи и { $pages } страниц для загрузки:
       *[other] { $articles } статьи и { $pages } страницы для загрузки:
    }
}
of-the-first = Из первых { $number }: { $fates }.
unread = Не удалось прочитать: { $number }. Причина: { $reason }
fate-added = { $number ->
    [one] { $number } новая
    [few] { $number } новые
    [many] { $number } новых
   *[other] { $number } новой
}
fate-updated = { $number ->
    [one] { $number } изменённая
    [few] { $number } изменённые
    [many] { $number } изменённых
   *[other] { $number } изменённой
}
fate-unchanged = { $number } уже в библиотеке
fate-duplicate = { $number ->
    [1] { $number } с тем же текстом, что у другой
   *[other] { $number } с тем же текстом, что у других
}
fate-failed = { $number } с ошибкой
fate-gone = { $number ->
    [one] { $number } исчезла
    [few] { $number } исчезли
    [many] { $number } исчезло
   *[other] { $number } исчезло
}
nothing-new = ничего нового
taken = Готово: { $fates }.
taken-searched-later = Готово: { $fates }. Изменения появятся в поиске после /reindex.
one-added = Статья добавлена. В поиске она появится после /reindex.
one-updated = Статья заменена. В поиске новая версия появится после /reindex.
one-unchanged = Ничего не изменилось: эта статья уже есть в библиотеке.
one-duplicate = Такой текст уже есть в библиотеке; отмечен ещё один его источник.

## Articles

no-such-article = Такой статьи нет. Список статей с их id — в /articles.
name-an-article = Какую статью? Напишите после команды её id или адрес. Список статей с их id — в /articles.
no-articles-sent = Статей пока нет. Пришлите мне файл или ссылку.
no-match = Заголовков с этими словами нет.
one-of-them = Чтобы посмотреть одну из них, отправьте /article и её id.
articles-with = Статьи со словами «{ $words }»: { $first }–{ $last } из { $total }, сначала новые:
removed = Статья удалена. До следующего /reindex её ещё можно найти.
was-removed = Статья удалена. Её версии хранятся, чтобы цитаты из неё по-прежнему можно было проверить.
is-back = Статья снова на месте. Если за это время была переиндексация, в поиск она вернётся после /reindex.
not-removed = Возвращать нечего: статья на месте.
gone-since = В источнике её нет с { $moment }.
versions = { $number ->
    [1] { $number } версия:
    [one] { $number } версия, сначала новые:
    [few] { $number } версии, сначала новые:
    [many] { $number } версий, сначала новые:
   *[other] { $number } версии, сначала новые:
}
seen-between = { $first } — { $last }
source-seen = { $origin } · замечена { $moment }
source-gone = { $origin } · замечена { $moment } · исчезла
source-watched = { $origin } · замечена { $moment } · слежу

## What is watched

nothing-watched = Я ни за чем не слежу. /watch АДРЕС — начать следить за лентой, картой сайта или страницей.
watched = За чем я слежу:
how-to-watch = Напишите адрес и как часто его читать, например: /watch https://example.org/feed.xml 6h
how-often = Частота пишется так: 30m, 6h или 1d. Например: /watch https://example.org/feed.xml 6h
name-what-to-unwatch = За чем больше не следить? Напишите адрес после команды. Весь список — в /watch.
not-watched = За этим я и так не слежу. Весь список — в /watch.
every-minutes = { $number ->
    [1] раз в минуту
    [one] раз в { $number } минуту
    [few] раз в { $number } минуты
    [many] раз в { $number } минут
   *[other] раз в { $number } минуты
}
every-hours = { $number ->
    [1] раз в час
    [one] раз в { $number } час
    [few] раз в { $number } часа
    [many] раз в { $number } часов
   *[other] раз в { $number } часа
}
every-days = { $number ->
    [1] раз в день
    [one] раз в { $number } день
    [few] раз в { $number } дня
    [many] раз в { $number } дней
   *[other] раз в { $number } дня
}
watch-read = { $often } · { $articles } · прочитано { $moment }
watch-unread = { $often } · { $articles } · ещё не прочитано
watch-alarm = Внимание: { $reason }
watch-failed = { $times ->
    [1] Один раз не удалось: { $reason }
    [one] Не удалось { $times } раз подряд: { $reason }
    [few] Не удалось { $times } раза подряд: { $reason }
    [many] Не удалось { $times } раз подряд: { $reason }
   *[other] Не удалось { $times } раза подряд: { $reason }
}
watching = Слежу за { $source } — { $often }.
unwatched = Больше не слежу за { $source }. Статьи оттуда остаются.
reading = { $number ->
    [one] Читаю { $number } источник, за которым слежу. На вопросы тем временем отвечаю.
    [few] Читаю { $number } источника, за которыми слежу. На вопросы тем временем отвечаю.
    [many] Читаю { $number } источников, за которыми слежу. На вопросы тем временем отвечаю.
   *[other] Читаю { $number } источника, за которыми слежу. На вопросы тем временем отвечаю.
}
reading-progress = { $number ->
    [one] Читаю всё, за чем слежу: пока { $number } статья.
    [few] Читаю всё, за чем слежу: пока { $number } статьи.
    [many] Читаю всё, за чем слежу: пока { $number } статей.
   *[other] Читаю всё, за чем слежу: пока { $number } статьи.
}

## Reindexing

already-running = Переиндексация уже идёт. А пока отвечаю по нынешним статьям.
reindex-starts = Начинаю переиндексацию. А пока отвечаю по нынешним статьям.
reindex-stopped = Меня остановили, и переиндексация прервалась. Ничего не изменилось; отправьте /reindex ещё раз позже.
reindex-loses = Переиндексации не было: разом исчезло много статей, и администратор должен подтвердить, что так и задумано. Отвечаю по тем же статьям, что и раньше.
reindex-failed = Переиндексация не удалась. Отвечаю по тем же статьям, что и раньше.
reindex-cancelled = Отменено. Переиндексации не было.
nothing-changed = С прошлой переиндексации ничего не изменилось.
other-settings = Статьи не изменились, но прошлая переиндексация прошла с другими настройками.
stage = { $stage ->
    [loading] загрузка энкодера
    [embedding] вычисление векторов
    [indexing] построение индекса
    [asking] контрольные вопросы
   *[saving] сохранение
}
stage-begins = Переиндексация: { $stage }…
stage-at = Переиндексация: { $stage }, { $done } из { $total } ({ $percent } %)
reindexed = Готово: { $articles }, { $passages }. Изменения: { $changes }. Заняло { $seconds } с.
pending = Ждут переиндексации: { $changes }.
changes =
    { $added ->
        [one] { $added } новая
        [few] { $added } новые
        [many] { $added } новых
       *[other] { $added } новой
    }, { $updated ->
        [one] { $updated } изменённая
        [few] { $updated } изменённые
        [many] { $updated } изменённых
       *[other] { $updated } изменённой
    }, { $removed ->
        [one] { $removed } удалённая
        [few] { $removed } удалённые
        [many] { $removed } удалённых
       *[other] { $removed } удалённой
    }
would-lose = { $number ->
    [one] Пропадёт { $number } статья — столько разом я без спроса не убираю. Так и задумано?
    [few] Пропадут { $number } статьи — столько разом я без спроса не убираю. Так и задумано?
    [many] Пропадёт { $number } статей — столько разом я без спроса не убираю. Так и задумано?
   *[other] Пропадёт { $number } статьи — столько разом я без спроса не убираю. Так и задумано?
}

## The menu of commands

menu-articles = Список статей — всех или с нужными словами в заголовке
menu-article = Всё об одной статье
menu-remove = Убрать статью
menu-watch = Следить за лентой или страницей
menu-unwatch = Больше не следить за лентой или страницей
menu-refresh = Прочитать сейчас всё, за чем я слежу
menu-reindex = Включить в поиск новые и изменённые статьи

## Languages

language-unclear = язык не определён
