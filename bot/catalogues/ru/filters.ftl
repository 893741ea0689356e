# Questions that say which articles. What stands before a colon (source, author, after, before) is typed as it is.

# Names stand as they are written, so nothing here may govern their case; a date ends in a stop of its own.
filter-source = издание: { $name }
filter-author = автор: { $name }
filter-after = с { $day }
filter-before = до { $day }
remove-filter = ✕ { $filter }

searched-of = { $number ->
    [one] В библиотеке { $articles }, просмотрена { $number } ({ $filters }).
    [few] В библиотеке { $articles }, просмотрены { $number } ({ $filters }).
    [many] В библиотеке { $articles }, просмотрено { $number } ({ $filters }).
   *[other] В библиотеке { $articles }, просмотрено { $number } ({ $filters }).
}
not-found-there = В этих статьях этого нет.
set-aside = Условие «{ $filters }» не учтено: с ним ответа нет.
nothing-without = Без условия «{ $filters }» ответа тоже нет.
no-such-source = Нет ни одной статьи издания «{ $name }».
no-such-source-but = Нет ни одной статьи издания «{ $name }». Похоже пишется: { $names }.
no-such-author = Нет ни одной статьи автора «{ $name }».
no-such-author-but = Нет ни одной статьи автора «{ $name }». Похоже пишется: { $names }.
widen-answer = Ответ без «{ $filters }»
widen-related = Близкое без «{ $filters }»
widen-typed-answer = Без «{ $filters }» ответ есть. Спросите так: { $question }
widen-typed-related = Без «{ $filters }» есть кое-что близкое. Спросите так: { $question }

filter-empty = После { $written } ничего не написано
filter-no-day = { $written } — это не дата
filter-too-long = { $written }… длиннее любого имени или названия
filter-too-many = { $written } повторяется слишком много раз
filter-remedy = напишите, например, { $example }
filter-remedy-fewer = оставьте только самое важное
