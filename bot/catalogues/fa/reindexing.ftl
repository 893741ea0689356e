# A reindex as admins follow it: how long it takes, what it was asked, and the way back.

## How long it takes

with-time-left =
    { $told }
    زمان باقی‌مانده: { $left }
span-hours = { $hours } ساعت و { $minutes } دقیقه
span-minutes = { $minutes } دقیقه
span-seconds = { $seconds } ثانیه
adding-of = در حال افزودن… { $number } از { $total } مقاله.
looking = دارم نگاهش می‌کنم…

## Stopping it

stopping = در گام بعدی متوقف می‌شود.
not-running = دیگر نمایه‌سازی دوباره‌ای در جریان نیست.
reindex-given-up = متوقف شد. نمایه‌سازی دوباره انجام نشد و پاسخ‌ها مثل قبل از همان مقاله‌ها می‌آید.

## What the new articles were asked

smoke-failed = نمایهٔ تازه آماده است، اما به { $number } پرسش از { $total } پرسش آزمایشی آن‌طور که باید پاسخ داده نمی‌شود. تا وقتی تصمیم بگیرید، پاسخ‌ها مثل قبل از همان مقاله‌ها می‌آید.
smoke-failed-here = نمایهٔ تازه آماده است، اما به پرسش‌های آزمایشی‌اش پاسخ نمی‌دهد. گردانندهٔ من باید تصمیم بگیرد؛ تا آن هنگام پاسخ‌ها مثل قبل از همان مقاله‌ها می‌آید.
smoke-got = «{ $question }»: { $got }
smoke-not_found = چیزی پیدا نشد
smoke-related = پاسخی نیست، فقط چیزی مرتبط از «{ $title }»
smoke-answer = پاسخی از مقاله‌ای دیگر، «{ $title }»
switch-anyway = با این حال جایگزین شود
leave-it = همین بماند
held-dropped = نمایهٔ تازه کنار گذاشته شد و پاسخ‌ها مثل قبل از همان مقاله‌ها می‌آید. ⁦/reindex⁩ آن را دوباره می‌سازد.
held-gone = آن نمایه دیگر نگه داشته نمی‌شود. دوباره ⁦/reindex⁩ را بفرستید.
now-answering = اکنون از نمایهٔ { $moment } پاسخ داده می‌شود: { $holds }.

## The way back

roll-back = بازگشت به نمایهٔ پیشین
rolled-back = انجام شد. دوباره از نمایهٔ { $moment } پاسخ داده می‌شود: { $holds }.
nothing-before = چیزی نیست که بتوان به آن بازگشت: هیچ نمایهٔ پیشینی کامل نیست.
not-newest = اکنون نمایهٔ دیگری پاسخ می‌دهد، پس بازگشتی انجام نشد. آن نمایه از { $moment } است: { $holds }.
