# What everybody is told. Lines that begin with a slash show commands as they are typed.

## How much and when

articles = { $number ->
    [one] { $number } статья
    [few] { $number } статьи
    [many] { $number } статей
   *[other] { $number } статьи
}
sources = { $number ->
    [one] { $number } источник
    [few] { $number } источника
    [many] { $number } источников
   *[other] { $number } источника
}
passages = { $number ->
    [one] { $number } фрагмент
    [few] { $number } фрагмента
    [many] { $number } фрагментов
   *[other] { $number } фрагмента
}
# A date ends in an abbreviation and its stop, so that no sentence may end with one.
newest = самая новая: { $day }
moment-utc = { $day }, { $clock } UTC
# Between the things of a list, with its space.
list-comma = ,{ " " }
and-more = и ещё { $number }

## Hello and help

start =
    { $newest ->
        [none] Здравствуйте! В моей библиотеке { $articles }. Отвечаю словами самих статей: каждая цитата — слово в слово, с источником, датой и ссылкой на предложение.
       *[other] Здравствуйте! В моей библиотеке { $articles } (самая новая: { $newest }). Отвечаю словами самих статей: каждая цитата — слово в слово, с источником, датой и ссылкой на предложение.
    }

    Если ответа в статьях нет, так и скажу.

    Ваши вопросы остаются в памяти десять минут, чтобы разговор можно было продолжить, и не сохраняются, если только вы не сообщите о них редакции. Подробнее об этом — в /privacy, а что ещё я понимаю — в /help.
start-examples = Просто напишите вопрос или начните с одного из этих:
help =
    Напишите вопрос, и я найду предложения, которые на него отвечают. Каждая цитата взята из статьи слово в слово, с заголовком, изданием, датой и ссылкой на предложение.

    Последние вопросы можно продолжать: после вопроса о пароме я пойму «А с машиной?» и скажу, что именно ищу. Измените вопрос — изменится и ответ на него.

    Чтобы искать только в части статей, допишите к вопросу source:"Harbour Line", author:Tennant, after:2026-03 или before:2026 либо закончите его словами «с марта».

    В группе я отвечаю на /ask с вопросом, на сообщения, где меня упомянули, и на ответы на мои сообщения; в остальное время молчу. В любом другом чате начните сообщение с моего имени, допишите вопрос и выберите цитату, чтобы её отправить.

    /ask — задать вопрос
    /new — начать заново
    /sources — статьи, по которым я отвечаю
    /status — насколько они свежие
    /source — в ответ на моё сообщение: коды его цитат; с кодом после команды: на месте ли ещё эта цитата
    /settings — на каком языке я говорю
    /privacy — что я храню
    /forgetme — удалить то, что я храню о вас
new = Следующий вопрос я прочитаю сам по себе, без прежних. Что вы хотите узнать?
status =
    Всё готово. { $holds } · { $passages }.
    Проиндексировано: { $moment }

## What cannot be answered

ask-something = Что вы хотите узнать? Напишите вопрос после /ask или рядом с моим именем.
empty-question = Здесь нет вопроса. Напишите его словами, например: «Кто написал отчёт?»
no-words = Я понимаю только вопросы, написанные словами. Что вы хотите узнать?
too-long = { $chars ->
    [one] В вопросе { $chars } символ. Уложитесь, пожалуйста, в { $most }.
    [few] В вопросе { $chars } символа. Уложитесь, пожалуйста, в { $most }.
    [many] В вопросе { $chars } символов. Уложитесь, пожалуйста, в { $most }.
   *[other] В вопросе { $chars } символа. Уложитесь, пожалуйста, в { $most }.
}
text-only = Я понимаю только текст. Напишите вопрос сообщением, пожалуйста.
unknown-command = Такой команды я не знаю. Что я понимаю — в /help.
only-admins = Это могут делать только администраторы бота.
expired = Это уже устарело. Задайте вопрос ещё раз, пожалуйста.
not-ready = Библиотека ещё не готова. Попробуйте, пожалуйста, чуть позже.
not-available = Сейчас я не могу это найти. Попробуйте, пожалуйста, позже.
unexpected = У меня что-то пошло не так. Попробуйте, пожалуйста, ещё раз. (Ошибка { $id })

## Answers

not-found = { $newest ->
    [none] В этих статьях этого нет. Просмотрено: { $articles }.
   *[other] В этих статьях этого нет. Просмотрено: { $articles } (самая новая: { $newest }).
}
searched-for = Поиск по вопросу: { $question }
related-heading = Это не ответ. Вот самое близкое:
gone = в источнике больше нет
untitled = Статья без заголовка
read-in-place = читать в статье
also-in = Также:
other-articles = { $number ->
    [one] ещё { $number } статья
    [few] ещё { $number } статьи
    [many] ещё { $number } статей
   *[other] ещё { $number } статьи
}
quotation-cut = Продолжение цитаты — в статье.
around = Контекст
around-number = Контекст { $number }
back = Назад

## The list of articles

articles-heading = Статьи { $first }–{ $last } из { $total }, сначала новые:
newer = ← Новее
older = Старее →
no-articles = Статей пока нет.

## The menu of commands

menu-ask = Задать вопрос
menu-new = Начать заново
menu-sources = Статьи, по которым я отвечаю
menu-status = Насколько они свежие
menu-help = Что я понимаю
menu-privacy = Что я храню

## What Telegram shows before anybody writes

description = Отвечаю на вопросы словами статей из библиотеки: цитатами с источником, датой и ссылкой на предложение. Если ответа в статьях нет, так и скажу.
short-description = Ответы из библиотеки статей — слово в слово и с источником.

## Questions to begin with

# The name stands in whatever case the article has it, so nothing here may govern it.
example-who = { $name } — кто это?
example-about = { $name }: что известно?

## Buttons under answers

more = Ещё
found = Источники
helped = 👍 Помогло
helped-noted = 👍 Помогло ✓
not-helped = 👎 Не помогло
not-helped-noted = 👎 Не помогло ✓
reason-wrong = Неверно
reason-outdated = Устарело
reason-not_mine = Не о том
report = Пожаловаться в редакцию
report-number = Жалоба на { $number }
reported = Жалоба уже у редакции. Что она решит, вам сообщат.
reported-enough = Вы уже отправили столько жалоб, сколько редакция может сейчас рассмотреть. Подождите, пожалуйста, её решения.
closest = Близкие фрагменты
ask-differently = Спросить иначе
tell-editors = Сообщить редакции
previous-page = ← Предыдущие
next-page = Следующие →
more-heading = Это не ответ. Вот что ещё близко:
found-heading = Статьи, найденные по этому вопросу, сначала самые близкие:
no-more = Ничего другого близкого в этих статьях нет.
nothing-close = Ничего близкого в этих статьях нет.
thanks = Спасибо.
why-not = Что не так?
reason-noted = Спасибо. Записано без вашего имени.
ask-differently-hint = Задайте вопрос другими словами: короче или с именем, местом, датой. Я ищу и по словам, и по их смыслу.
editors-told = Редакция увидит этот вопрос — без вашего имени.
ask-placeholder = Ваш вопрос
editors-told-enough = Вы уже передали редакции столько вопросов, сколько она может сейчас рассмотреть.
