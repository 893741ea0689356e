# What the people who run the bot are told.

help-admins =
    Як адміністратор ви можете надіслати мені ще й файл, посилання або допис, пересланий із каналу. Я покажу, що це, а ви вирішите, чи додавати.

    /articles — усі статті; зі словами після команди — ті, що мають ці слова в заголовку
    /article ID — версії статті та звідки вона
    /remove ID — прибрати статтю; її можна повернути
    /watch — за чим я стежу; /watch АДРЕСА 6h — читати стрічку, мапу сайту або сторінку кожні шість годин
    /unwatch АДРЕСА — більше за нею не стежити
    /refresh — прочитати зараз усе, за чим я стежу
    /reindex — додати до пошуку нові та змінені статті
    /gaps — про що читачі питали марно й повідомили вас
    /stats — статистика за останні сім днів; /stats 30 — за останні тридцять
to-mend =
    { $problem }.
    Як виправити: { $remedy }
in-private = Це я роблю лише в особистому чаті.
busy = Зараз бібліотеку змінює хтось інший. На запитання я тим часом відповідаю; спробуйте, будь ласка, трохи згодом.
stopped = Мене зупинили, і робота перервалася. Усе зроблене до того збережено; для решти запустіть її, будь ласка, ще раз.
failed = У мене щось пішло не так, і довести справу до кінця не вдалося.

## Buttons

add = Додати
replace = Замінити
add-apart = Додати окремо
try-again = Повторити
cancel = Скасувати
reindex = Переіндексувати
reindex-anyway = Усе одно переіндексувати
remove = Видалити
undo = Повернути

## What was sent

adding = { $number ->
    [0] Додаю…
    [one] Додаю… Поки що { $number } стаття.
    [few] Додаю… Поки що { $number } статті.
    [many] Додаю… Поки що { $number } статей.
   *[other] Додаю… Поки що { $number } статті.
}
cancelled = Скасовано. Нічого не додано.
sent-expired = Цього в мене більше немає: матеріал уже додано чи скасовано або минула доба. Надішліть його, будь ласка, ще раз.
already-going = Це вже виконується.
too-big = Файл завеликий: Telegram дозволяє ботам завантажувати не більше ніж 20 МБ
too-big-remedy = покладіть його на машину, де я працюю, і виконайте там footnote add ФАЙЛ або надішліть посилання на нього
not-given = Telegram не віддав мені цього файлу
not-given-remedy = надішліть його ще раз трохи згодом
no-words-forwarded = У цьому дописі немає тексту, цитувати нічого
no-words-remedy = перешліть допис із текстом або надішліть файл чи посилання
standing-added = Нова стаття: у бібліотеці її ще немає.
standing-updated = Нова версія статті { $article }.
standing-unchanged = Уже є в бібліотеці, слово в слово: { $article }.
standing-duplicate = Той самий текст, що у статті { $article }. Якщо додати, позначу ще одне його джерело.
is-near = Майже те саме: { $articles }.
quoted-title = «{ $title }»
dated-title = «{ $title }» ({ $day })
holds = { $articles ->
    [0] { $pages ->
        [one] { $pages } сторінка для завантаження:
        [few] { $pages } сторінки для завантаження:
        [many] { $pages } сторінок для завантаження:
       *[other] { $pages } сторінки для завантаження:
    }
    [one] { $pages ->
        [0] { $articles } стаття:
        [one] { $articles } стаття та { $pages } сторінка для завантаження:
        [few] { $articles } стаття та { $pages } сторінки для завантаження:
        [many] { $articles } стаття та { $pages } сторінок для завантаження:
       *[other] { $articles } стаття та { $pages } сторінки для завантаження:
    }
    [few] { $pages ->
        [0] { $articles } статті:
        [one] { $articles } статті та { $pages } сторінка для завантаження:
        [few] { $articles } статті та { $pages } сторінки для завантаження:
        [many] { $articles } статті та { $pages } сторінок для завантаження:
       *[other] { $articles } статті та { $pages } сторінки для завантаження:
    }
    [many] { $pages ->
        [0] { $articles } статей:
        [one] { $articles } статей та { $pages } сторінка для завантаження:
        [few] { $articles } статей та { $pages } сторінки для завантаження:
        [many] { $articles } статей та { $pages } сторінок для завантаження:
       *[other] { $articles } статей та { $pages } сторінки для завантаження:
    }
   *[other] { $pages ->
        [0] { $articles } статті:
        [one] { $articles } статті та { $pages } сторінка для завантаження:
        [few] { $articles } статті та { $pages } сторінки для завантаження:
        [many] { $articles } статті та { $pages } сторінок для завантаження:
       *[other] { $articles } статті та { $pages } сторінки для завантаження:
    }
}
of-the-first = Із перших { $number }: { $fates }.
unread = Не вдалося прочитати: { $number }. Причина: { $reason }
fate-added = { $number ->
    [one] { $number } нова
    [few] { $number } нові
    [many] { $number } нових
   *[other] { $number } нової
}
fate-updated = { $number ->
    [one] { $number } змінена
    [few] { $number } змінені
    [many] { $number } змінених
   *[other] { $number } зміненої
}
fate-unchanged = { $number } уже в бібліотеці
fate-duplicate = { $number ->
    [1] { $number } з тим самим текстом, що в іншої
   *[other] { $number } з тим самим текстом, що в інших
}
fate-failed = { $number } з помилкою
fate-gone = { $number ->
    [one] { $number } зникла
    [few] { $number } зникли
    [many] { $number } зникло
   *[other] { $number } зникло
}
nothing-new = нічого нового
taken = Готово: { $fates }.
taken-searched-later = Готово: { $fates }. Зміни з’являться в пошуку після /reindex.
one-added = Статтю додано. У пошуку вона з’явиться після /reindex.
one-updated = Статтю замінено. У пошуку нова версія з’явиться після /reindex.
one-unchanged = Нічого не змінилося: ця стаття вже є в бібліотеці.
one-duplicate = Такий текст уже є в бібліотеці; позначено ще одне його джерело.

## Articles

no-such-article = Такої статті немає. Список статей з їхніми id — у /articles.
name-an-article = Яку статтю? Напишіть після команди її id або адресу. Список статей з їхніми id — у /articles.
no-articles-sent = Статей поки немає. Надішліть мені файл або посилання.
no-match = Заголовків із цими словами немає.
one-of-them = Щоб переглянути одну з них, надішліть /article та її id.
articles-with = Статті зі словами «{ $words }»: { $first }–{ $last } із { $total }, спершу нові:
removed = Статтю видалено. До наступного /reindex її ще можна знайти.
was-removed = Статтю видалено. Її версії зберігаються, щоб цитати з неї й далі можна було перевірити.
is-back = Стаття знову на місці. Якщо за цей час була переіндексація, у пошук вона повернеться після /reindex.
not-removed = Повертати нічого: стаття на місці.
gone-since = У джерелі її немає з { $moment }.
versions = { $number ->
    [1] { $number } версія:
    [one] { $number } версія, спершу нові:
    [few] { $number } версії, спершу нові:
    [many] { $number } версій, спершу нові:
   *[other] { $number } версії, спершу нові:
}
seen-between = { $first } — { $last }
source-seen = { $origin } · помічена { $moment }
source-gone = { $origin } · помічена { $moment } · зникла
source-watched = { $origin } · помічена { $moment } · стежу

## What is watched

nothing-watched = Я ні за чим не стежу. /watch АДРЕСА — почати стежити за стрічкою, мапою сайту або сторінкою.
watched = За чим я стежу:
how-to-watch = Напишіть адресу і як часто її читати, наприклад: /watch https://example.org/feed.xml 6h
how-often = Частоту пишуть так: 30m, 6h або 1d. Наприклад: /watch https://example.org/feed.xml 6h
name-what-to-unwatch = За чим більше не стежити? Напишіть адресу після команди. Увесь список — у /watch.
not-watched = За цим я й так не стежу. Увесь список — у /watch.
every-minutes = { $number ->
    [1] раз на хвилину
    [one] раз на { $number } хвилину
    [few] раз на { $number } хвилини
    [many] раз на { $number } хвилин
   *[other] раз на { $number } хвилини
}
every-hours = { $number ->
    [1] раз на годину
    [one] раз на { $number } годину
    [few] раз на { $number } години
    [many] раз на { $number } годин
   *[other] раз на { $number } години
}
every-days = { $number ->
    [1] раз на день
    [one] раз на { $number } день
    [few] раз на { $number } дні
    [many] раз на { $number } днів
   *[other] раз на { $number } дня
}
watch-read = { $often } · { $articles } · прочитано { $moment }
watch-unread = { $often } · { $articles } · ще не прочитано
watch-alarm = Увага: { $reason }
watch-failed = { $times ->
    [1] Один раз не вдалося: { $reason }
    [one] Не вдалося { $times } раз поспіль: { $reason }
    [few] Не вдалося { $times } рази поспіль: { $reason }
    [many] Не вдалося { $times } разів поспіль: { $reason }
   *[other] Не вдалося { $times } раза поспіль: { $reason }
}
watching = Стежу за { $source } — { $often }.
unwatched = Більше не стежу за { $source }. Статті звідти залишаються.
reading = { $number ->
    [one] Читаю { $number } джерело, за яким стежу. На запитання тим часом відповідаю.
    [few] Читаю { $number } джерела, за якими стежу. На запитання тим часом відповідаю.
    [many] Читаю { $number } джерел, за якими стежу. На запитання тим часом відповідаю.
   *[other] Читаю { $number } джерела, за якими стежу. На запитання тим часом відповідаю.
}
reading-progress = { $number ->
    [one] Читаю все, за чим стежу: поки що { $number } стаття.
    [few] Читаю все, за чим стежу: поки що { $number } статті.
    [many] Читаю все, за чим стежу: поки що { $number } статей.
   *[other] Читаю все, за чим стежу: поки що { $number } статті.
}

## Reindexing

already-running = Переіндексація вже триває. А поки беру відповіді з теперішніх статей.
reindex-starts = Починаю переіндексацію. А поки беру відповіді з теперішніх статей.
reindex-stopped = Мене зупинили, і переіндексація перервалася. Нічого не змінилося; надішліть /reindex ще раз пізніше.
reindex-loses = Переіндексації не було: нараз зникло багато статей, і адміністратор має підтвердити, що так і задумано. Беру відповіді з тих самих статей, що й раніше.
reindex-failed = Переіндексація не вдалася. Беру відповіді з тих самих статей, що й раніше.
reindex-cancelled = Скасовано. Переіндексації не було.
nothing-changed = Від минулої переіндексації нічого не змінилося.
other-settings = Статті не змінилися, але минула переіндексація пройшла з іншими налаштуваннями.
stage = { $stage ->
    [loading] завантаження енкодера
    [embedding] обчислення векторів
    [indexing] побудова індексу
    [asking] контрольні запитання
   *[saving] збереження
}
stage-begins = Переіндексація: { $stage }…
stage-at = Переіндексація: { $stage }, { $done } з { $total } ({ $percent } %)
reindexed = Готово: { $articles }, { $passages }. Зміни: { $changes }. Тривало { $seconds } с.
pending = Чекають на переіндексацію: { $changes }.
changes =
    { $added ->
        [one] { $added } нова
        [few] { $added } нові
        [many] { $added } нових
       *[other] { $added } нової
    }, { $updated ->
        [one] { $updated } змінена
        [few] { $updated } змінені
        [many] { $updated } змінених
       *[other] { $updated } зміненої
    }, { $removed ->
        [one] { $removed } видалена
        [few] { $removed } видалені
        [many] { $removed } видалених
       *[other] { $removed } видаленої
    }
would-lose = { $number ->
    [one] Зникне { $number } стаття — стільки нараз я без дозволу не прибираю. Так і задумано?
    [few] Зникнуть { $number } статті — стільки нараз я без дозволу не прибираю. Так і задумано?
    [many] Зникне { $number } статей — стільки нараз я без дозволу не прибираю. Так і задумано?
   *[other] Зникне { $number } статті — стільки нараз я без дозволу не прибираю. Так і задумано?
}

## The menu of commands

menu-articles = Список статей — усіх або з потрібними словами в заголовку
menu-article = Усе про одну статтю
menu-remove = Прибрати статтю
menu-watch = Стежити за стрічкою чи сторінкою
menu-unwatch = Більше не стежити за стрічкою чи сторінкою
menu-refresh = Прочитати зараз усе, за чим я стежу
menu-reindex = Додати до пошуку нові та змінені статті

## Languages

language-unclear = мову не визначено
