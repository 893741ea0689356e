# Receipts, reports, what editors see, and what is kept of readers.

## The receipt of a quotation

receipt-current = Verified: these words stand in the article as it is now.
receipt-updated = Verified: these words stood in the article. It was updated since.
receipt-removed = Verified: these words stood in the article. It was removed since.
receipt-hidden = The editors have hidden this quotation: no answer shows it any more.
receipt-itself = Receipt
receipt-version = Version { NUMBER($number, useGrouping: 0) }, content
receipt-characters = Characters { $first } to { $last } of the article
receipt-seen = Seen { $moment }
receipt-held = Searched now, in snapshot { $snapshot }
receipt-not-held = Not among the articles that are searched now
receipt-latest = Updated version seen { $moment }
receipt-field = { $field ->
    [title] Title: { $old } → { $new }
    [url] Address: { $old } → { $new }
    [source] Outlet: { $old } → { $new }
    [author] Author: { $old } → { $new }
   *[published] Date: { $old } → { $new }
}
receipt-no-field = none
receipt-same-around = Around the quotation the words are the same as before.
receipt-changes = What has changed around it
receipt-marks = Struck through: taken out. Bold: put in.
receipt-of-several = /source and one of these receipts says more about it.
name-a-receipt = Write the receipt after the command, like this: /source 7F3K2M9Q. Or send /source as a reply to one of my answers.
no-such-receipt = No quotation of these articles has the receipt { $receipt }. Check the letters, or ask the question again.
no-receipts-there = That message holds no quotation of mine. Reply to one of my answers with /source.

## Reports, as admins see them

report-heading = { $reasons ->
    [wrong] { $reporters ->
        [one] Reported as wrong by { $reporters } reader
       *[other] Reported as wrong by { $reporters } readers
    }
    [outdated] { $reporters ->
        [one] Reported as outdated by { $reporters } reader
       *[other] Reported as outdated by { $reporters } readers
    }
    [both] Reported as wrong or as outdated by { $reporters } readers
   *[none] { $reporters ->
        [one] Reported by { $reporters } reader
       *[other] Reported by { $reporters } readers
    }
}
report-unquoted = Its words cannot be read from the library any more.
report-open = Nobody has decided yet.
report-hidden = Decided on { $day }: hidden. No answer shows it any more.
report-reindexed = Decided on { $day }: read again and reindexed.
report-dismissed = Decided on { $day }: dismissed. It is shown as before.
report-hide = Hide
report-reindex = Reindex
report-dismiss = Dismiss
report-show = Show again
report-expired = This report is not kept any more.
settled-hidden = Hidden. The readers who reported it are told.
settled-reindexed = To be read again. The readers who reported it are told.
settled-dismissed = Dismissed. The readers who reported it are told.
settled-shown = It is shown again.
stands-open = It is open.
stands-hidden = Decided already: it is hidden.
stands-reindexed = Decided already: it is read again and reindexed.
stands-dismissed = Decided already: it is shown.
report-reading = { $number ->
    [one] Reading { $number } source of this article again. Then it can be reindexed.
   *[other] Reading { $number } sources of this article again. Then it can be reindexed.
}

## What the readers who reported are told

decision-hidden = A quotation from “{ $title }” was reported in this chat. The editors looked at it: I do not show it any more. Thank you.
decision-reindexed = A quotation from “{ $title }” was reported in this chat. The editors looked at it and have the article read again. Thank you.
decision-dismissed = A quotation from “{ $title }” was reported in this chat. The editors looked at it and leave it as it is. Thank you.

## What was asked in vain

gaps-heading = Told to the editors by several readers, { $first }–{ $last } of { $total }:
gap = “{ $question }” · { $people ->
    [one] { $people } person
   *[other] { $people } people
}, last on { $day }
no-gaps = Nothing yet. A question stands here once several readers have pressed “Tell the editors” under it; one reader’s alone is not shown.
export-csv = Export as CSV

## Numbers

stats-heading = { $days ->
    [one] Today, { $last }
   *[other] { $days } days, { $first } to { $last }
}
stats-asked = Questions: { $number }
stats-answer = Answered: { $number } ({ $percent }%)
stats-related = Only something related: { $number } ({ $percent }%)
stats-not_found = Not found: { $number } ({ $percent }%)
stats-inline = Asked from other chats: { $asked }, posted there: { $chosen }
stats-votes = Votes: { $up } helpful, { $down } not helpful
stats-told = Told to the editors: { $told }, quotations reported: { $reported }
stats-people = People a day: { $average } on average, { $most } at most
stats-unhelpful = Found unhelpful: “{ $title }” · { $number }
stats-nothing = Nobody asked anything.
how-many-days = How many days? Write a number from 1 to { $most }, like this: /stats 30

## What is not refreshed

stale = not refreshed since { $day }
overdue = { $source } was last read successfully on { $moment }, though it is to be read { $often }. Readers see that under answers. To mend it: /watch shows what is wrong, /refresh reads it now.
overdue-unread = { $source } was never read successfully, though it is watched since { $moment } and to be read { $often }. Readers see that under answers. To mend it: /watch shows what is wrong, /refresh reads it now.
overdue-everything = Nothing was refreshed since { $moment }, longer than the { $days ->
    [one] { $days } day
   *[other] { $days } days
} that the setting stale_after_days allows. Readers see that under answers. To mend it: add what is new, then /reindex.

## What is kept of readers

privacy =
    What I keep, and how long:

    • Your last three questions, with what I quoted first: in memory only, so that you can go on from them, for ten minutes. /new forgets them at once. No question is stored or logged, except one that you tell the editors.
    • A question that you tell the editors: { $gaps } days. They see it once several people ask the same, and not who asked.
    • Whether an answer helped you, and why not: the vote without your question, { $votes } days.
    • A quotation that you report, what you say is wrong with it, and the chat in which to tell you what was decided: until you are told, { $reports } days at most.
    • A language that you choose: until you choose another. What a group’s admins set for it: until I leave the group.
    • That you asked something today: until the day is over. Then only numbers are left, for { $counts } days.

    In all of these you are a code that cannot be read back into your name or id without a key, which is kept apart; only the chat of a report is kept as it is.

    /forgetme deletes everything of yours at once.

    In groups I act on messages to me and keep nothing of any others. The articles are searched on the machine I run on, and questions leave it for no one. What the people who run me send to be added is kept for a day until they decide, and a line for each thing they do, with their id, for { $acts } days. Telegram itself keeps this conversation by its own rules.

forget-asked = This is what I keep of you:
forget-nothing = I keep nothing of you but what you said in the last ten minutes, if anything.
forget-sure = Shall I delete it? That cannot be undone. Numbers that name nobody stay.
forget-yes = Delete it all
forget-no = Keep it
forget-kept = Nothing was deleted.
forgotten = Deleted, and gone from my files:
forgotten-nothing = Done. There was nothing of you in my files, and I have forgotten our conversation.
forgotten-talk = What we talked about is forgotten as well.
forget-others = Only the person who asked for it can press this.
kept-votes = { $number ->
    [one] your vote on { $number } answer
   *[other] your votes on { $number } answers
}
kept-gaps = { $number ->
    [one] { $number } question that you told the editors
   *[other] { $number } questions that you told the editors
}
kept-reports = { $number ->
    [one] { $number } report of a quotation, of which you will then not hear
   *[other] { $number } reports of quotations, of which you will then not hear
}
gone-reports = { $number ->
    [one] { $number } report of a quotation
   *[other] { $number } reports of quotations
}
kept-language = the language you chose
kept-seen = that you asked something today

## The menu of commands

menu-source = Check the receipt of a quotation
menu-forgetme = Delete what I keep of you
menu-gaps = What readers asked in vain
menu-stats = Numbers of the last days
