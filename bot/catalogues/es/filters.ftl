# Questions that say which articles. What stands before a colon (source, author, after, before) is typed as it is.

filter-source = en { $name }
filter-author = de { $name }
filter-after = desde el { $day }
filter-before = antes del { $day }
remove-filter = ✕ { $filter }

searched-of = Se ha buscado en { $number } de { $articles }: { $filters }.
not-found-there = No está en estos artículos.
set-aside = Se ha dejado de lado, porque dentro de ello no hay respuesta: { $filters }.
nothing-without = Tampoco sin esta condición: { $filters }.
no-such-source = Ningún artículo se publicó en «{ $name }».
no-such-source-but = Ningún artículo se publicó en «{ $name }». Se escriben parecido: { $names }.
no-such-author = Ningún artículo es de «{ $name }».
no-such-author-but = Ningún artículo es de «{ $name }». Se escriben parecido: { $names }.
widen-answer = Respuesta sin: { $filters }
widen-related = Relacionado sin: { $filters }
widen-typed-answer = Sin «{ $filters }» hay una respuesta. Pregunte: { $question }
widen-typed-related = Sin «{ $filters }» hay algo relacionado. Pregunte: { $question }

filter-empty = Después de { $written } no hay nada
filter-no-day = { $written } no es una fecha
filter-too-long = { $written }… es más largo que cualquier nombre
filter-too-many = { $written } aparece demasiadas veces
filter-remedy = escríbalo así: { $example }
filter-remedy-fewer = nombre solo los que más importan
