# What the people who run the bot are told.

help-admins =
    As one of the people who run me you can also send me a file, a link, or a post forwarded from a channel. I show what it is, and you decide whether it is added.

    /articles – all articles; with words after it, those with the words in their titles
    /article ID – its versions and where it comes from
    /remove ID – take it out; that can be undone
    /watch – what is watched; /watch ADDRESS 6h reads a feed, a sitemap or a page every six hours
    /unwatch ADDRESS – watch it no longer
    /refresh – read everything that is watched now
    /reindex – let new and changed articles be found
    /gaps – what readers asked in vain and told you
    /stats – numbers of the last seven days; /stats 30 of the last thirty
to-mend =
    { $problem }.
    To mend it: { $remedy }
in-private = I do that in our private chat only.
busy = Somebody else is changing the library at this moment. Questions are answered meanwhile; please try again a little later.
stopped = This was stopped with the bot. What was done until then is kept; please do it again for the rest.
failed = Something went wrong on my side, and this was not finished.

## Buttons

add = Add
replace = Replace
add-apart = Add as another
try-again = Try again
cancel = Cancel
reindex = Reindex
reindex-anyway = Reindex anyway
remove = Remove
undo = Undo

## What was sent

adding = { $number ->
    [0] Adding…
    [one] Adding… { $number } article so far.
   *[other] Adding… { $number } articles so far.
}
cancelled = Cancelled. Nothing was added.
sent-expired = This is not kept any more: it was added or cancelled, or a day has passed. Please send it again.
already-going = That is being done already.
too-big = This file is too big: Telegram lets bots download at most 20 MB
too-big-remedy = put it on the machine I run on and run footnote add FILE, or send a link to it
not-given = Telegram did not give me this file
not-given-remedy = send it again in a little while
no-words-forwarded = That post has no words, so there is nothing to quote
no-words-remedy = forward a post with text, or send a file or a link
standing-added = New: the library does not have it yet.
standing-updated = A new version of { $article }.
standing-unchanged = The library has it already, word for word: { $article }.
standing-duplicate = The same words as { $article }. Adding it notes one more source of them.
is-near = Nearly the same: { $articles }.
quoted-title = “{ $title }”
dated-title = “{ $title }” ({ $day })
holds = { $articles ->
    [0] { $pages ->
        [one] { $pages } page to fetch:
       *[other] { $pages } pages to fetch:
    }
    [one] { $pages ->
        [0] { $articles } article:
        [one] { $articles } article and { $pages } page to fetch:
       *[other] { $articles } article and { $pages } pages to fetch:
    }
   *[other] { $pages ->
        [0] { $articles } articles:
        [one] { $articles } articles and { $pages } page to fetch:
       *[other] { $articles } articles and { $pages } pages to fetch:
    }
}
of-the-first = Of the first { $number }: { $fates }.
unread = { $number } cannot be read: { $reason }
fate-added = { $number } new
fate-updated = { $number } changed
fate-unchanged = { $number } there already
fate-duplicate = { $number } the same words as others
fate-failed = { $number } failed
fate-gone = { $number } gone
nothing-new = nothing new
taken = Done: { $fates }.
taken-searched-later = Done: { $fates }. They are searched after /reindex.
one-added = Added. It is searched after /reindex.
one-updated = Replaced. The new version is searched after /reindex.
one-unchanged = Nothing has changed: the library has it already.
one-duplicate = The library has the same words already; one more source of them is noted.

## Articles

no-such-article = There is no such article. /articles lists them with their ids.
name-an-article = Which one? Write its id or address after the command. /articles lists them with their ids.
no-articles-sent = There are no articles yet. Send me a file or a link.
no-match = No title has these words.
one-of-them = /article and an id shows one of them.
articles-with = Articles with “{ $words }” { $first }–{ $last } of { $total }, newest first:
removed = Removed. It is found until the next /reindex.
was-removed = Removed. Its versions are kept, so that quotations of it can still be checked.
is-back = It is there again. It is searched after /reindex if there was one since.
not-removed = There is nothing to undo: the article is there.
gone-since = Gone at its source since { $moment }.
versions = { $number ->
    [one] { $number } version:
   *[other] { $number } versions, newest first:
}
seen-between = { $first } to { $last }
source-seen = { $origin } · seen { $moment }
source-gone = { $origin } · seen { $moment } · gone
source-watched = { $origin } · seen { $moment } · watched

## What is watched

nothing-watched = Nothing is watched. /watch ADDRESS begins with a feed, a sitemap or a page.
watched = Watched:
how-to-watch = Write an address and how often, like this: /watch https://example.org/feed.xml 6h
how-often = How often is written like 30m, 6h or 1d: /watch https://example.org/feed.xml 6h
name-what-to-unwatch = Which one? Write its address after the command. /watch lists what is watched.
not-watched = That is not watched. /watch lists what is.
every-minutes = { $number ->
    [one] every minute
   *[other] every { $number } minutes
}
every-hours = { $number ->
    [one] every hour
   *[other] every { $number } hours
}
every-days = { $number ->
    [one] every day
   *[other] every { $number } days
}
watch-read = { $often } · { $articles } · read { $moment }
watch-unread = { $often } · { $articles } · not read yet
watch-alarm = Alarm: { $reason }
watch-failed = { $times ->
    [one] Failed once: { $reason }
   *[other] Failed { $times } times in a row: { $reason }
}
watching = Watching { $source }, { $often }.
unwatched = { $source } is watched no longer. Its articles stay.
reading = { $number ->
    [one] Reading { $number } watched source. Questions are answered meanwhile.
   *[other] Reading { $number } watched sources. Questions are answered meanwhile.
}
reading-progress = { $number ->
    [one] Reading what is watched: { $number } article so far.
   *[other] Reading what is watched: { $number } articles so far.
}

## Reindexing

already-running = A reindex is already running. Questions are answered from the present articles meanwhile.
reindex-starts = Reindexing. Questions are answered from the present articles meanwhile.
reindex-stopped = Reindexing was stopped with the bot. Nothing has changed; send /reindex again later.
reindex-loses = Nothing was reindexed: many articles are gone at once, and whoever runs me has to say that it is meant. Answers come from the same articles as before.
reindex-failed = Reindexing failed. Answers come from the same articles as before.
reindex-cancelled = Cancelled. Nothing was reindexed.
nothing-changed = Nothing has changed since the last reindex.
other-settings = No article has changed, but the last reindex was made with other settings.
stage = { $stage ->
    [loading] loading the encoder
    [embedding] embedding
    [indexing] indexing
    [asking] asking the smoke questions
   *[saving] saving
}
stage-begins = Reindexing: { $stage }…
stage-at = Reindexing: { $stage }, { $done } of { $total } ({ $percent }%)
reindexed = Done: { $articles }, { $passages }. { $changes }. { $seconds } s.
pending = A reindex would take in: { $changes }.
changes = { $added } new, { $updated } changed, { $removed } removed
would-lose = { $number ->
    [one] It would lose { $number } article, more at once than is done without asking. Is that meant?
   *[other] It would lose { $number } articles, more at once than is done without asking. Is that meant?
}

## The menu of commands

menu-articles = List articles, or those with some words in the title
menu-article = Everything about one article
menu-remove = Take an article out
menu-watch = Read a feed or page again and again
menu-unwatch = Stop watching it
menu-refresh = Read what is watched now
menu-reindex = Take in new and changed articles

## Languages

language-unclear = language unclear
