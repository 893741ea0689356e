# What the people who run the bot are told. See readers.ftl for what stands around commands, and for arrows.

help-admins =
    شما که از گردانندگان من هستید می‌توانید فایل، پیوند یا پستی بازارسال‌شده از یک کانال هم برایم بفرستید. نشان می‌دهم که چیست و شما تصمیم می‌گیرید که افزوده شود یا نه.

    ⁦/articles⁩ – همهٔ مقاله‌ها؛ با چند کلمه پس از آن، مقاله‌هایی که این کلمه‌ها در عنوانشان هست
    ⁦/article ID⁩ – نسخه‌های آن و این‌که از کجا آمده است
    ⁦/remove ID⁩ – حذف آن؛ می‌شود آن را برگرداند
    ⁦/watch⁩ – آنچه دنبال می‌شود؛ ⁦/watch URL 6h⁩ یک خوراک، نقشهٔ سایت یا صفحه را هر شش ساعت می‌خواند
    ⁦/unwatch URL⁩ – توقف دنبال کردن
    ⁦/refresh⁩ – خواندن همهٔ آنچه دنبال می‌شود، همین حالا
    ⁦/reindex⁩ – تا مقاله‌های تازه و تغییرکرده پیدا شوند
    ⁦/gaps⁩ – آنچه خوانندگان بی‌نتیجه پرسیدند و به شما اطلاع دادند
    ⁦/stats⁩ – عددهای هفت روز گذشته؛ با ⁦/stats 30⁩، سی روز گذشته
to-mend =
    مشکل: { $problem }.
    راه‌حل: { $remedy }
in-private = این کار را فقط در گفت‌وگوی خصوصی‌مان انجام می‌دهم.
busy = در این لحظه کس دیگری کتابخانه را تغییر می‌دهد. در این میان به پرسش‌ها پاسخ داده می‌شود؛ لطفاً کمی بعد دوباره امتحان کنید.
stopped = این کار با متوقف شدن ربات ناتمام ماند. آنچه تا آن هنگام انجام شده نگه داشته شده است؛ لطفاً برای بقیه‌اش دوباره انجامش دهید.
failed = از طرف من مشکلی پیش آمد و این کار تمام نشد.

## Buttons

add = افزودن
replace = جایگزینی
add-apart = افزودن جداگانه
try-again = تلاش دوباره
cancel = لغو
reindex = نمایه‌سازی دوباره
reindex-anyway = با این حال نمایه‌سازی شود
remove = حذف
undo = برگرداندن

## What was sent

adding = { $number ->
    [0] در حال افزودن…
   *[other] در حال افزودن… تا اینجا { $number } مقاله.
}
cancelled = لغو شد. چیزی افزوده نشد.
sent-expired = این دیگر نگه داشته نمی‌شود: یا افزوده شده، یا لغو شده، یا یک روز گذشته است. لطفاً دوباره بفرستید.
already-going = این کار در حال انجام است.
too-big = این فایل خیلی بزرگ است: تلگرام به ربات‌ها اجازه می‌دهد حداکثر ۲۰ مگابایت بارگیری کنند
too-big-remedy = آن را روی رایانه‌ای که من روی آن کار می‌کنم بگذارید و ⁦footnote add FILE⁩ را اجرا کنید، یا پیوندی به آن بفرستید
not-given = تلگرام این فایل را به من نداد
not-given-remedy = کمی بعد دوباره آن را بفرستید
no-words-forwarded = این پست کلمه‌ای ندارد، پس چیزی برای نقل کردن نیست
no-words-remedy = پستی را که متن دارد بازارسال کنید، یا فایل یا پیوندی بفرستید
standing-added = تازه: کتابخانه هنوز آن را ندارد.
standing-updated = نسخهٔ تازه‌ای از { $article }.
standing-unchanged = کتابخانه آن را، کلمه به کلمه، از پیش دارد: { $article }.
standing-duplicate = همان کلمه‌های { $article }. با افزودن آن، یک منبع دیگر برای همین کلمه‌ها ثبت می‌شود.
is-near = تقریباً یکسان: { $articles }.
quoted-title = «{ $title }»
dated-title = «{ $title }» به تاریخ { $day }
holds = { $articles ->
    [0] { $pages } صفحه برای خواندن:
   *[other] { $pages ->
        [0] { $articles } مقاله:
       *[other] { $articles } مقاله و { $pages } صفحه برای خواندن:
    }
}
of-the-first = از { $number } مورد نخست: { $fates }.
unread = { $number } مورد خواندنی نیست: { $reason }
fate-added = { $number } تازه
fate-updated = { $number } تغییرکرده
fate-unchanged = { $number } از پیش موجود
fate-duplicate = { $number } با همان کلمه‌های مقاله‌های دیگر
fate-failed = { $number } ناموفق
fate-gone = { $number } دیگر نیست
nothing-new = چیز تازه‌ای نیست
taken = انجام شد: { $fates }.
taken-searched-later = انجام شد: { $fates }. پس از ⁦/reindex⁩ در آن‌ها جست‌وجو می‌شود.
one-added = افزوده شد. پس از ⁦/reindex⁩ در آن جست‌وجو می‌شود.
one-updated = جایگزین شد. پس از ⁦/reindex⁩ در نسخهٔ تازه جست‌وجو می‌شود.
one-unchanged = چیزی تغییر نکرده است: کتابخانه آن را از پیش دارد.
one-duplicate = کتابخانه همین کلمه‌ها را از پیش دارد؛ یک منبع دیگر برای آن‌ها ثبت شد.

## Articles

no-such-article = چنین مقاله‌ای نیست. ⁦/articles⁩ مقاله‌ها را با شناسه‌هایشان فهرست می‌کند.
name-an-article = کدام؟ شناسه یا نشانی آن را پس از فرمان بنویسید. ⁦/articles⁩ مقاله‌ها را با شناسه‌هایشان فهرست می‌کند.
no-articles-sent = هنوز مقاله‌ای نیست. فایل یا پیوندی برایم بفرستید.
no-match = هیچ عنوانی این کلمه‌ها را ندارد.
one-of-them = ⁦/article⁩ با یک شناسه یکی از آن‌ها را نشان می‌دهد.
articles-with = مقاله‌های دارای «{ $words }»، { $first } تا { $last } از { $total }، از تازه‌ترین:
removed = حذف شد. تا ⁦/reindex⁩ بعدی همچنان پیدا می‌شود.
was-removed = حذف شده است. نسخه‌هایش نگه داشته شده تا نقل‌قول‌های آن را همچنان بتوان بررسی کرد.
is-back = دوباره سر جایش است. اگر در این میان ⁦/reindex⁩ انجام شده باشد، پس از ⁦/reindex⁩ بعدی در آن جست‌وجو می‌شود.
not-removed = چیزی برای برگرداندن نیست: مقاله سر جایش است.
gone-since = از این زمان دیگر در منبعش نیست: { $moment }.
versions = { $number ->
    [1] { $number } نسخه:
   *[other] { $number } نسخه، از تازه‌ترین:
}
seen-between = { $first } تا { $last }
source-seen = { $origin } · دیده‌شده: { $moment }
source-gone = { $origin } · دیده‌شده: { $moment } · دیگر نیست
source-watched = { $origin } · دیده‌شده: { $moment } · دنبال می‌شود

## What is watched

nothing-watched = چیزی دنبال نمی‌شود. برای آغاز ⁦/watch URL⁩ را با نشانی یک خوراک، نقشهٔ سایت یا صفحه بفرستید.
watched = دنبال می‌شود:
how-to-watch = یک نشانی و فاصلهٔ زمانی را این‌طور بنویسید: ⁦/watch https://example.org/feed.xml 6h⁩
how-often = فاصلهٔ زمانی را مثل ⁦30m⁩، ⁦6h⁩ یا ⁦1d⁩ بنویسید: ⁦/watch https://example.org/feed.xml 6h⁩
name-what-to-unwatch = کدام؟ نشانی آن را پس از فرمان بنویسید. ⁦/watch⁩ آنچه را دنبال می‌شود فهرست می‌کند.
not-watched = این دنبال نمی‌شود. ⁦/watch⁩ آنچه را دنبال می‌شود فهرست می‌کند.
every-minutes = { $number ->
    [1] هر دقیقه
   *[other] هر { $number } دقیقه
}
every-hours = { $number ->
    [1] هر ساعت
   *[other] هر { $number } ساعت
}
every-days = { $number ->
    [1] هر روز
   *[other] هر { $number } روز
}
watch-read = { $often } · { $articles } · خوانده‌شده: { $moment }
watch-unread = { $often } · { $articles } · هنوز خوانده نشده
watch-alarm = هشدار: { $reason }
watch-failed = { $times ->
    [one] یک بار ناموفق بود: { $reason }
   *[other] { $times } بار پشت سر هم ناموفق بود: { $reason }
}
watching = { $source } دنبال می‌شود و { $often } خوانده می‌شود.
unwatched = { $source } دیگر دنبال نمی‌شود. مقاله‌های آن می‌مانند.
reading = { $number } منبع دنبال‌شده در حال خوانده شدن است. در این میان به پرسش‌ها پاسخ داده می‌شود.
reading-progress = در حال خواندن آنچه دنبال می‌شود: تا اینجا { $number } مقاله.

## Reindexing

already-running = نمایه‌سازی دوباره در جریان است. در این میان از مقاله‌های کنونی به پرسش‌ها پاسخ داده می‌شود.
reindex-starts = نمایه‌سازی دوباره آغاز شد. در این میان از مقاله‌های کنونی به پرسش‌ها پاسخ داده می‌شود.
reindex-stopped = نمایه‌سازی دوباره با متوقف شدن ربات ناتمام ماند. چیزی تغییر نکرده است؛ بعداً دوباره ⁦/reindex⁩ را بفرستید.
reindex-loses = نمایه‌سازی دوباره انجام نشد: مقاله‌های زیادی یک‌باره از میان رفته‌اند و گردانندهٔ من باید بگوید که این عمدی است. پاسخ‌ها مثل قبل از همان مقاله‌ها می‌آید.
reindex-failed = نمایه‌سازی دوباره ناموفق بود. پاسخ‌ها مثل قبل از همان مقاله‌ها می‌آید.
reindex-cancelled = لغو شد. نمایه‌سازی دوباره انجام نشد.
nothing-changed = از آخرین نمایه‌سازی چیزی تغییر نکرده است.
other-settings = هیچ مقاله‌ای تغییر نکرده، اما آخرین نمایه‌سازی با تنظیمات دیگری انجام شده است.
stage = { $stage ->
    [loading] بارگذاری کدگذار
    [embedding] محاسبهٔ بردارها
    [indexing] ساخت نمایه
    [asking] پرسیدن پرسش‌های آزمایشی
   *[saving] ذخیره کردن
}
stage-begins = نمایه‌سازی دوباره: { $stage }…
stage-at = نمایه‌سازی دوباره: { $stage }، { $done } از { $total } ({ $percent }٪)
reindexed = انجام شد: { $articles }، { $passages }. { $changes }. { $seconds } ثانیه.
pending = نمایه‌سازی دوباره این‌ها را در بر می‌گیرد: { $changes }.
changes = { $added } تازه، { $updated } تغییرکرده، { $removed } حذف‌شده
would-lose = با این کار { $number } مقاله از دست می‌رود؛ بیش از آنچه بی‌پرسش یک‌باره انجام می‌شود. آیا عمدی است؟

## The menu of commands

menu-articles = فهرست مقاله‌ها، یا آن‌هایی که کلمه‌هایی در عنوانشان هست
menu-article = همه چیز دربارهٔ یک مقاله
menu-remove = حذف یک مقاله
menu-watch = خواندن پیاپی یک خوراک یا صفحه
menu-unwatch = توقف دنبال کردن
menu-refresh = خواندن آنچه دنبال می‌شود، همین حالا
menu-reindex = نمایه‌سازی مقاله‌های تازه و تغییرکرده

## Languages

language-unclear = زبان نامشخص
