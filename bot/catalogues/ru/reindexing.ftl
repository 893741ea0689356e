# A reindex as admins follow it: how long it takes, what it was asked, and the way back.

## How long it takes

with-time-left =
    { $told }
    Осталось: { $left }
span-hours = { $hours } ч { $minutes } мин
span-minutes = { $minutes } мин
span-seconds = { $seconds } с
adding-of = Добавляю статьи… { $number } из { $total }.
looking = Смотрю…

## Stopping it

stopping = Остановится на следующем шаге.
not-running = Переиндексация уже не идёт.
reindex-given-up = Остановлено. Переиндексации не было, отвечаю по тем же статьям, что и раньше.

## What the new articles were asked

smoke-failed = { $number ->
    [one] Новый индекс готов, но на { $number } контрольный вопрос из { $total } отвечает не так, как должен. Пока вы не решите, отвечаю по тем же статьям, что и раньше.
    [few] Новый индекс готов, но на { $number } контрольных вопроса из { $total } отвечает не так, как должен. Пока вы не решите, отвечаю по тем же статьям, что и раньше.
    [many] Новый индекс готов, но на { $number } контрольных вопросов из { $total } отвечает не так, как должен. Пока вы не решите, отвечаю по тем же статьям, что и раньше.
   *[other] Новый индекс готов, но на { $number } контрольного вопроса из { $total } отвечает не так, как должен. Пока вы не решите, отвечаю по тем же статьям, что и раньше.
}
smoke-failed-here = Новый индекс готов, но на контрольные вопросы отвечает не так, как должен. Решать администратору бота; до тех пор отвечаю по тем же статьям, что и раньше.
smoke-got = «{ $question }»: { $got }
smoke-not_found = ничего не найдено
smoke-related = ответа нет, только близкое из статьи «{ $title }»
smoke-answer = ответ из другой статьи, «{ $title }»
switch-anyway = Всё равно включить
leave-it = Оставить как есть
held-dropped = Новый индекс удалён, отвечаю по тем же статьям, что и раньше. /reindex создаст его снова.
held-gone = Этого индекса больше нет. Отправьте /reindex ещё раз.
# What is held ends in a date, which ends in a stop.
now-answering = Отвечаю по статьям, проиндексированным { $moment }: { $holds }

## The way back

roll-back = Вернуть прежний индекс
rolled-back = Прежний индекс возвращён. Снова отвечаю по статьям, проиндексированным { $moment }: { $holds }
nothing-before = Возвращаться не к чему: целого прежнего индекса нет.
not-newest = Сейчас отвечаю уже по другому индексу, поэтому прежний не возвращён. Он создан { $moment }: { $holds }
