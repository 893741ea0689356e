# Questions that say which articles. What stands before a colon (source, author, after, before) is typed as it is.

filter-source = از رسانهٔ { $name }
filter-author = به قلم { $name }
filter-after = از { $day } به بعد
filter-before = پیش از { $day }
remove-filter = ✕ { $filter }

searched-of = در { $number } مورد از { $articles } جست‌وجو شد: { $filters }.
not-found-there = در این مقاله‌ها نیست.
set-aside = کنار گذاشته شد، چون در این محدوده پاسخی نیست: { $filters }.
nothing-without = بدون این محدودیت هم نیست: { $filters }.
no-such-source = هیچ مقاله‌ای از رسانهٔ «{ $name }» نیست.
no-such-source-but = هیچ مقاله‌ای از رسانهٔ «{ $name }» نیست. با املای نزدیک: { $names }.
no-such-author = هیچ مقاله‌ای به قلم «{ $name }» نیست.
no-such-author-but = هیچ مقاله‌ای به قلم «{ $name }» نیست. با املای نزدیک: { $names }.
widen-answer = پاسخ بدون: { $filters }
widen-related = مرتبط بدون: { $filters }
widen-typed-answer = بدون «{ $filters }» پاسخی هست. این‌طور بپرسید: { $question }
widen-typed-related = بدون «{ $filters }» چیزی مرتبط هست. این‌طور بپرسید: { $question }

filter-empty = پس از { $written } چیزی نیست
filter-no-day = { $written } تاریخ نیست
filter-too-long = ⁦{ $written }…⁩ از هر نامی بلندتر است
filter-too-many = { $written } بیش از اندازه تکرار شده است
filter-remedy = آن را این‌طور بنویسید: { $example }
filter-remedy-fewer = فقط مهم‌ترین‌ها را نام ببرید
