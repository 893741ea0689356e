# Questions that say which articles. What stands before a colon (source, author, after, before) is typed as it is.

# Names stand as they are written, so nothing here may govern their case; a date ends in a stop of its own.
filter-source = видання: { $name }
filter-author = автор: { $name }
filter-after = з { $day }
filter-before = до { $day }
remove-filter = ✕ { $filter }

searched-of = У бібліотеці { $articles }, переглянуто { $number } ({ $filters }).
not-found-there = У цих статтях цього немає.
set-aside = Умову «{ $filters }» не враховано: з нею відповіді немає.
nothing-without = Без умови «{ $filters }» відповіді теж немає.
no-such-source = Немає жодної статті видання «{ $name }».
no-such-source-but = Немає жодної статті видання «{ $name }». Схоже пишеться: { $names }.
no-such-author = Немає жодної статті автора «{ $name }».
no-such-author-but = Немає жодної статті автора «{ $name }». Схоже пишеться: { $names }.
widen-answer = Відповідь без «{ $filters }»
widen-related = Близьке без «{ $filters }»
widen-typed-answer = Без «{ $filters }» відповідь є. Запитайте так: { $question }
widen-typed-related = Без «{ $filters }» є дещо близьке. Запитайте так: { $question }

filter-empty = Після { $written } нічого не написано
filter-no-day = { $written } — це не дата
filter-too-long = { $written }… довше за будь-яке ім’я чи назву
filter-too-many = { $written } повторюється забагато разів
filter-remedy = напишіть, наприклад, { $example }
filter-remedy-fewer = залиште лише найважливіше
