# Questions that say which articles. What stands before a colon (source, author, after, before) is typed as it is.

# Between quotation marks a name needs no case.
filter-source = aus „{ $name }“
filter-author = von { $name }
filter-after = ab dem { $day }
filter-before = vor dem { $day }
remove-filter = ✕ { $filter }

searched-of = { $articles }, davon { $number } durchsucht: { $filters }.
not-found-there = Nicht in diesen Artikeln.
set-aside = Beiseitegelassen, weil sich darin keine Antwort findet: { $filters }.
nothing-without = Auch nicht ohne diese Angabe: { $filters }.
no-such-source = Kein Artikel stammt aus „{ $name }“.
no-such-source-but = Kein Artikel stammt aus „{ $name }“. Ähnlich geschrieben: { $names }.
no-such-author = Kein Artikel stammt von „{ $name }“.
no-such-author-but = Kein Artikel stammt von „{ $name }“. Ähnlich geschrieben: { $names }.
widen-answer = Antwort ohne: { $filters }
widen-related = Verwandtes ohne: { $filters }
widen-typed-answer = Ohne „{ $filters }“ gibt es eine Antwort. Fragen Sie: { $question }
widen-typed-related = Ohne „{ $filters }“ gibt es etwas Verwandtes. Fragen Sie: { $question }

filter-empty = Hinter { $written } steht nichts
filter-no-day = { $written } ist kein Datum
filter-too-long = { $written }… ist länger als jeder Name
filter-too-many = { $written } steht zu oft da
filter-remedy = Schreiben Sie es so: { $example }
filter-remedy-fewer = Nennen Sie nur die wichtigsten
