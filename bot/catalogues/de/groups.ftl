# What is said in groups, inline, and in /settings.

## Settings

menu-settings = Sprache, und wie ich in einer Gruppe antworte
settings-reader =
    In welcher Sprache soll ich mit Ihnen sprechen?

    Jetzt: { $language }.
settings-group =
    Wie ich in dieser Gruppe antworte. Nur ihre Admins können das ändern.

    Sprache: { $language }.
    { $excerpts ->
        [one] { $excerpts } Zitat pro Antwort.
       *[other] Bis zu { $excerpts } Zitate pro Antwort.
    }
    { $quiet ->
        [yes] Steht die Antwort nicht in den Artikeln, setze ich eine Reaktion an die Frage und schreibe nichts.
       *[no] Steht die Antwort nicht in den Artikeln, sage ich das in einer Nachricht.
    }
language-telegram = Wie in meinem Telegram
language-readers = Je nach Telegram der Person
set-excerpts = { $number ->
    [one] { $number } Zitat
   *[other] { $number } Zitate
}
set-quiet = Keine Antwort: nur Reaktion
set-loud = Keine Antwort: Nachricht
settings-changed = Geändert.
only-group-admins = Das können nur die Admins dieser Gruppe.

## Coming, going, and asking too often

group-hello =
    { $name ->
        [none] Hallo. Fragen Sie mich mit /ask und einer Frage, und ich antworte mit einem Zitat aus den Artikeln, die ich durchsuche.
       *[other] Hallo. Fragen Sie mich mit /ask und einer Frage oder indem Sie { $name } erwähnen, und ich antworte mit einem Zitat aus den Artikeln, die ich durchsuche. Antworten Sie auf jemandes Nachricht mit „{ $name } stimmt das?“, und ich suche nach dem, was darin steht.
    }

    Auf alles andere, was hier gesagt wird, reagiere ich nicht. Sprache und mehr können die Admins dieser Gruppe einstellen: /settings.
group-not-allowed = Die Menschen, die mich betreiben, haben diese Gruppe nicht ausgewählt, deshalb verlasse ich sie. Sie können die Gruppe in meine Einstellungen aufnehmen.
group-moved = Die Gruppe { $old } ist jetzt eine Supergruppe mit der ID { $new }. Bitte tragen Sie diese in meine Einstellung „groups“ ein, sonst verlasse ich die Gruppe nach meinem nächsten Start.
too-often = { $number ->
    [one] Das ist mehr als { $number } Frage in einer Minute.
   *[other] Das sind mehr als { $number } Fragen in einer Minute.
} Ich bin jetzt still und antworte Ihnen in einer Minute wieder.
too-often-group = { $number ->
    [one] Diese Gruppe hat mehr als { $number } Frage in einer Minute gestellt.
   *[other] Diese Gruppe hat mehr als { $number } Fragen in einer Minute gestellt.
} Ich bin jetzt still und antworte hier in einer Minute wieder.
pressed-too-often = Das war sehr viel auf einmal. Bitte machen Sie in einer Minute weiter.

## Answers in groups and inline

more-in-private = Mehr im privaten Chat
inline-related = Keine Antwort, aber nah dran: { $title }
inline-nothing = Nicht in diesen Artikeln
inline-ask-in-private = Im privaten Chat fragen
inline-too-often = Das war viel auf einmal. Bitte machen Sie in einer Minute weiter.
