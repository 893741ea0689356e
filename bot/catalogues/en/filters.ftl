# Questions that say which articles. What stands before a colon (source, author, after, before) is typed as it is.

filter-source = from { $name }
filter-author = by { $name }
filter-after = since { $day }
filter-before = before { $day }
remove-filter = ✕ { $filter }

searched-of = Searched { $number } of { $articles }: { $filters }.
not-found-there = Not in these articles.
set-aside = Set aside, because nothing within it answers: { $filters }.
nothing-without = Not without it either: { $filters }.
no-such-source = No article is from “{ $name }”.
no-such-source-but = No article is from “{ $name }”. Spelt nearly so: { $names }.
no-such-author = No article is by “{ $name }”.
no-such-author-but = No article is by “{ $name }”. Spelt nearly so: { $names }.
widen-answer = Answer without: { $filters }
widen-related = Related without: { $filters }
widen-typed-answer = There is an answer without “{ $filters }”. Ask: { $question }
widen-typed-related = There is something related without “{ $filters }”. Ask: { $question }

filter-empty = { $written } has nothing behind it
filter-no-day = { $written } is no day
filter-too-long = { $written }… is longer than any name
filter-too-many = { $written } stands there too often
filter-remedy = write it as { $example }
filter-remedy-fewer = name those that matter most
