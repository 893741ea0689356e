# What `footnote chat` says beside its answers, in English like all of the command line. Lines that begin with a slash show commands as they are typed.

chat-help =
    Write a question, or one of these:

    /new – start afresh
    /more – what else comes near the last question
    /context 1 – what stands around its first quotation; 2 and 3 likewise
    /sources – the articles, newest first; /sources 2 shows the next page
    /source RECEIPT – check a quotation by its receipt
    /status – how fresh the articles are
    /quit – end, as Ctrl-D does
chat-help-keys = Tab completes commands, and names behind source: and author:. The arrow keys bring back what was asked before.
chat-unknown = I do not know that command. /help shows what I understand.
chat-ask-first = Ask a question first.
chat-which = Which one? The last reply has { $number ->
    [0] no quotation
    [one] one quotation: /context 1
   *[other] { $number } quotations: /context 1 to /context { $number }
}.
chat-name-a-receipt = Which one? Write its receipt after the command, as it stands below a quotation.
chat-no-receipt = No quotation of this library has the receipt { $receipt }.
chat-no-page = There is no such page; the last is /sources { $pages }.
chat-history = What you ask is kept in { $path }, for you alone; --no-history keeps nothing.
chat-no-history = What you ask is not kept: { $problem }.
