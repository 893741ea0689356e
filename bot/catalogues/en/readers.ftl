# What everybody is told. Lines that begin with a slash show commands as they are typed.

## How much and when

articles = { $number ->
    [one] { $number } article
   *[other] { $number } articles
}
sources = { $number ->
    [one] { $number } source
   *[other] { $number } sources
}
passages = { $number ->
    [one] { $number } passage
   *[other] { $number } passages
}
newest = newest { $day }
moment-utc = { $day }, { $clock } UTC
# Between the things of a list, with its space.
list-comma = ,{ " " }
and-more = and { $number } more

## Hello and help

start =
    { $newest ->
        [none] Hello. I search { $articles } and answer with their own words: every quotation is word for word, with its source, its date and a link to the sentence.
       *[other] Hello. I search { $articles }, the newest from { $newest }, and answer with their own words: every quotation is word for word, with its source, its date and a link to the sentence.
    }

    If the articles do not hold the answer, I say so.

    Your questions stay in memory for ten minutes, so that you can go on from them, and are not stored unless you tell the editors; /privacy says more, /help what else I understand.
start-examples = Just write a question, or try one of these:
help =
    Write a question and I look for the sentences that answer it. Every quotation is word for word from an article, with its title, outlet, date and a link to the sentence.

    You can go on from your last questions: after one about a ferry, “And for a car?” is understood, and I say what I searched for. Edit a question, and its answer changes.

    To ask some of the articles only, write source:"Harbour Line", author:Tennant, after:2026-03 or before:2026 beside the question, or “since March” at its end.

    In a group I reply to /ask and a question, to a message that mentions me, and to replies to my messages; I stay silent otherwise. In any other chat, begin a message with my name and a question, and pick a quotation to post.

    /ask – ask a question
    /new – start afresh
    /sources – the articles I answer from
    /status – how fresh they are
    /source – as a reply to an answer: the receipts of its quotations; with a receipt after it, whether that still stands
    /settings – the language I speak
    /privacy – what I keep
    /forgetme – delete what I keep of you
new = Your next question is read on its own. What would you like to know?
status =
    Ready. { $holds } · { $passages }.
    Indexed { $moment }.

## What cannot be answered

ask-something = What would you like to know? Write your question after /ask or beside my name.
empty-question = There is no question in that. Write it in words, for example: Who wrote the report?
no-words = I understand questions in words only. What would you like to know?
too-long = That question has { $chars } characters. Please ask it in at most { $most }.
text-only = I understand text only. Please write your question as a message.
unknown-command = I do not know that command. /help shows what I understand.
only-admins = Only the people who run this bot can do that.
expired = This has expired. Please ask again.
crowded = Many people are asking right now. Please try again in a minute.
not-ready = The library is not ready yet. Please try again in a little while.
not-available = I cannot look that up right now. Please try again later.
unexpected = Something went wrong on my side. Please try again. (Error { $id })

## Answers

not-found = { $newest ->
    [none] Not in these articles. Searched { $articles }.
   *[other] Not in these articles. Searched { $articles }, newest { $newest }.
}
searched-for = Searched for: { $question }
related-heading = Not an answer. What comes closest:
gone = gone at its source
untitled = Untitled article
read-in-place = read it in place
also-in = Also in
other-articles = { $number ->
    [one] { $number } other article
   *[other] { $number } other articles
}
quotation-cut = The quotation goes on in the article.
around = Context
around-number = Context { $number }
back = Back

## The list of articles

articles-heading = Articles { $first }–{ $last } of { $total }, newest first:
newer = ← Newer
older = Older →
no-articles = There are no articles yet.

## The menu of commands

menu-ask = Ask a question
menu-new = Start afresh
menu-sources = The articles I answer from
menu-status = How fresh they are
menu-help = What I understand
menu-privacy = What I keep

## What Telegram shows before anybody writes

description = I answer questions from a library of articles, with their own words: quotations with their source, date and a link to the sentence. If the articles do not hold the answer, I say so.
short-description = Answers from a library of articles, word for word and with their source.

## Questions to begin with

example-who = Who is { $name }?
example-about = What is known about { $name }?

## Buttons under answers

more = More
found = Sources
helped = 👍 Helpful
helped-noted = 👍 Helpful ✓
not-helped = 👎 Not helpful
not-helped-noted = 👎 Not helpful ✓
reason-wrong = Wrong
reason-outdated = Outdated
reason-not_mine = Not my question
report = Report it to the editors
report-number = Report { $number }
reported = The editors have it now, and you will be told what they decide.
reported-enough = You have reported as much as the editors can look at for now. Please wait for what they decide.
closest = Closest passages
ask-differently = Ask differently
tell-editors = Tell the editors
previous-page = ← Previous
next-page = Next →
more-heading = Not an answer. What else comes close:
found-heading = Articles found for this question, the closest first:
no-more = Nothing else in these articles comes close.
nothing-close = Nothing in these articles comes close.
thanks = Thank you.
why-not = What was not right?
reason-noted = Thank you. Noted without your name.
ask-differently-hint = Write your question again in other words, shorter or with a name, a place or a date. I search for words and for what they mean.
editors-told = The editors will see this question, without your name.
ask-placeholder = Your question
editors-told-enough = You have told the editors as many questions as they can look at for now.
