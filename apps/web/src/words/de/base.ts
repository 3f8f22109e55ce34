import type { Translation } from '../sections.ts';

export const messages: Translation<'base'> = {
  'app.skip': 'Zum Inhalt springen',
  'app.navigation': 'Hauptnavigation',

  'nav.today': 'Heute',
  'nav.goals': 'Meine Ziele',
  'nav.barriers': 'Im Weg',
  'nav.trends': 'Trends',
  'nav.fit': 'Leben & Arbeit',
  'nav.search': 'Suchen',
  'nav.team': 'Team',
  'nav.business': 'Geschäftsziele',
  'nav.short.goals': 'Ziele',
  'nav.short.fit': 'Leben',
  'nav.short.business': 'Geschäft',
  'nav.more': 'Mehr',
  'nav.admin': 'Verwaltung',
  'nav.me': 'Ich',

  'date.today': 'Heute',
  'date.tomorrow': 'Morgen',
  'date.yesterday': 'Gestern',
  'date.inDays': '{days, plural, one {in #\u00a0Tag} other {in #\u00a0Tagen}}',
  'date.daysAgo': '{days, plural, one {vor #\u00a0Tag} other {vor #\u00a0Tagen}}',

  add: 'Hinzufügen',
  cancel: 'Abbrechen',
  delete: 'Löschen',
  edit: 'Bearbeiten',
  save: 'Speichern',
  undo: 'Zurücknehmen',

  'file.choose': 'Datei auswählen',
  'file.none': 'Keine Datei ausgewählt',

  'person.none': 'Niemand mit diesem Namen',

  'language.title': 'Sprache',
  'pager.before': 'Vorige Seite',
  'pager.after': 'Nächste Seite',
  'pager.more': 'Mehr anzeigen',

  'timeZone.title': 'Zeitzone',
  'timeZone.text': 'Fristen und Erinnerungen richten sich danach.',
  'timeZone.differs': 'Fristen und Erinnerungen richten sich danach. Dieses Gerät steht auf {place}.',

  'trouble.again': 'Noch einmal versuchen',
  'trouble.offline': 'Keine Verbindung zu Mutual',
  'trouble.offlineText':
    'Alles, was du gespeichert hast, ist noch da. Prüfe deine Internetverbindung und versuche es noch einmal.',
  'trouble.busy': 'Mutual ist gerade ausgelastet',
  'trouble.busyText':
    '{seconds, plural, =0 {Alles, was du gespeichert hast, ist noch da. Warte einen Moment und versuche es noch einmal.} one {Alles, was du gespeichert hast, ist noch da. Versuche es in einer Sekunde wieder.} other {Alles, was du gespeichert hast, ist noch da. Versuche es in # Sekunden wieder.}}',
  'trouble.fault': 'In Mutual ist etwas schiefgegangen',
  'trouble.faultText':
    'Alles, was du gespeichert hast, ist noch da. Versuche es noch einmal; geschieht es wieder, melde es denen, die Mutual betreiben.',
  'trouble.faultId': 'Nenne ihnen diese Nummer: {id}',
  'trouble.outdated': 'Mutual wurde aktualisiert',
  'trouble.outdatedText':
    'Alles, was du gespeichert hast, ist noch da. Lade die Seite neu, um weiterzumachen.',
  'trouble.refused': 'Du kannst diese Seite nicht öffnen',
  'trouble.refusedText':
    'Alles bisher Gespeicherte ist noch da. Vielleicht hat sich geändert, was du öffnen kannst.',
  'trouble.notSaved': 'Das wurde nicht gespeichert. Nichts hat sich geändert; versuche es noch einmal.',
  'trouble.notFound': 'Unter dieser Adresse gibt es keine Seite',
  'trouble.notFoundText': 'Nichts ging verloren. Der Link ist vielleicht alt.',
  'trouble.toToday': 'Zur Seite „Heute“',

  'problem.input': 'Noch nicht gespeichert: Bitte korrigiere, was markiert ist.',
  'problem.conflict':
    'Nicht gespeichert: Inzwischen hat sich etwas geändert. Lade die Seite neu und sieh es dir an.',
  'problem.notFound':
    'Nicht gespeichert: Das, worum es geht, gibt es nicht mehr, oder du siehst es nicht mehr.',
  'problem.notPermitted': 'Nicht gespeichert: Das kannst du nicht ändern.',
  'problem.signedOut': 'Nicht gespeichert: Deine Sitzung ist zu Ende. Melde dich wieder an.',
  'problem.edited': 'Das wurde nicht gespeichert: Jemand anders hat es zur selben Zeit geändert.',
  'problem.unsure':
    'Es ist nicht sicher, dass das gespeichert wurde. Sieh nach, bevor du es noch einmal schreibst.',
  'problem.field.REQUIRED': 'Bitte ausfüllen.',
  'problem.field.TOO_LONG': 'Das ist zu lang.',
  'problem.field.TAKEN': 'Das ist schon vergeben.',
  'problem.field.NOT_FOUND': 'Das ist nicht bekannt.',
  'problem.field.OUT_OF_RANGE': 'Das ist zu klein oder zu groß.',
  'problem.field.INVALID': 'Das kann so nicht gespeichert werden.',
  'problem.field.DUPLICATE': 'Das kommt zweimal vor.',

  'unsaved.label': 'Noch nicht gespeichert',
  'unsaved.waiting':
    '{count, plural, one {# Änderung wartet auf die Verbindung. Sie ist auf diesem Gerät aufgehoben.} other {# Änderungen warten auf die Verbindung. Sie sind auf diesem Gerät aufgehoben.}}',
  'unsaved.copy': 'Text kopieren',
  'unsaved.copied': 'Kopiert',
  'unsaved.discard': 'Verwerfen',

  'conflict.title': 'Du und {name} habt das zur selben Zeit geändert',
  'conflict.text': 'Nichts ist verloren: Wähle, was bleiben soll.',
  'conflict.mine': 'Deins',
  'conflict.theirs': 'Von {name}, gespeichert',
  'conflict.elsewhere': 'Das wurde gleichzeitig anderswo geändert',
  'conflict.saved': 'Was gespeichert ist',
  'conflict.empty': 'leer',
  'conflict.keepMine': 'Meins behalten',
  'conflict.keepTheirs': 'Das andere behalten',
  'conflict.keepSaved': 'Das Gespeicherte behalten',
  'conflict.keepBoth': 'Beides behalten',
};
