# What is said in groups, inline, and in /settings.

## Settings

menu-settings = Language, and how I reply in a group
settings-reader =
    Which language shall I speak with you?

    Now: { $language }.
settings-group =
    How I reply in this group. Only its admins can change this.

    Language: { $language }.
    { $excerpts ->
        [one] { $excerpts } quotation an answer.
       *[other] Up to { $excerpts } quotations an answer.
    }
    { $quiet ->
        [yes] Where the articles hold no answer, I put a reaction on the question and write nothing.
       *[no] Where the articles hold no answer, I say so in a message.
    }
language-telegram = As my Telegram is
language-readers = As each reader’s Telegram is
set-excerpts = { $number ->
    [one] { $number } quotation
   *[other] { $number } quotations
}
set-quiet = No answer: a reaction only
set-loud = No answer: a message
settings-changed = Changed.
only-group-admins = Only this group’s admins can do that.

## Coming, going, and asking too often

group-hello =
    { $name ->
        [none] Hello. Ask me with /ask and a question, and I answer with a quotation from the articles I search.
       *[other] Hello. Ask me with /ask and a question, or by mentioning { $name }, and I answer with a quotation from the articles I search. Reply to somebody’s message with “{ $name } is this true?”, and I look for what it says.
    }

    I act on nothing else that is said here. This group’s admins can choose the language and more: /settings.
group-not-allowed = The people who run me have not chosen this group, so I am leaving it. They can add it to my settings.
group-moved = Group { $old } is a supergroup now, with the id { $new }. Please put that into my setting “groups”, or I shall leave it after my next start.
too-often = { $number ->
    [one] That is more than { $number } question in a minute. I am silent now, and answer you again in a minute.
   *[other] That is more than { $number } questions in a minute. I am silent now, and answer you again in a minute.
}
too-often-group = { $number ->
    [one] This group has asked more than { $number } question in a minute. I am silent now, and answer here again in a minute.
   *[other] This group has asked more than { $number } questions in a minute. I am silent now, and answer here again in a minute.
}
pressed-too-often = That was a lot at once. Please go on in a minute.

## Answers in groups and inline

more-in-private = More in private
inline-related = Not an answer, but close: { $title }
inline-nothing = Not in these articles
inline-ask-in-private = Ask me in private
inline-too-often = That was a lot at once. Please go on in a minute.
