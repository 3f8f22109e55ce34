import type { Translation } from '../sections.ts';

export const messages: Translation<'pulse'> = {
  'pulse.title': 'Eine kurze Umfrage zu deiner Arbeit',
  'pulse.until':
    'Du kannst bis {day}, {time} Uhr{night, select, yes { nachts} other {}} antworten. Es ist freiwillig, und du kannst jede Frage auslassen.',
  'pulse.none': 'Für dich gibt es gerade keine Umfrage',
  'pulse.noneText':
    'Alle, die da sind, wenn eine Umfrage öffnet, bekommen dieselben Fragen. Auf „Heute“ erfährst du von der nächsten.',
  'pulse.readers': 'Wer lesen kann, was du antwortest',
  'pulse.readers.nobody':
    'Niemand in deiner Firma: keine Kollegin, keine Führungskraft, nicht die Personalabteilung, keine Administration. Auch du selbst nicht: Was du gesendet hast, lässt sich nicht wieder anzeigen.',
  'pulse.readers.figures':
    'Deine Antwort geht in Zahlen über mindestens {fewest, plural, other {# Menschen}} ein, so gerundet, dass sich keine einzelne Antwort erschließen lässt. Alle lesen dieselben Zahlen.',
  'pulse.readers.operator':
    'Eine Ausnahme gibt es: Bis deine Antwort vernichtet ist, könnten die Leute, die die Datenbank deiner Firma betreiben, sie technisch mit dir verbinden.',
  'pulse.readers.more': 'Was mit deiner Antwort geschieht',
  'pulse.readers.destroyed':
    'Deine Antwort und das, was sie mit dir verbindet, werden vernichtet, wenn die Zahlen des {quarter, select, 1 {ersten} 2 {zweiten} 3 {dritten} other {vierten}} Quartals {year} berechnet werden: etwa am {day}, spätestens am {latest}.',
  'pulse.readers.tookPart':
    'Dass du mitgemacht hast, bleibt 24 Monate versiegelt gespeichert, ohne deine Antworten.',
  'pulse.answered':
    'Du hast geantwortet. Noch einmal senden ersetzt die ganze Antwort; wähle also bei jeder Frage, die zählen soll.',
  'pulse.score.1': 'Stimmt gar nicht',
  'pulse.score.2': 'Stimmt eher nicht',
  'pulse.score.3': 'Weder noch',
  'pulse.score.4': 'Stimmt eher',
  'pulse.score.5': 'Stimmt genau',
  'pulse.likely.0': 'überhaupt nicht',
  'pulse.likely.10': 'ganz bestimmt',
  'pulse.noAnswer': 'Keine Antwort',
  'pulse.send': '{count, plural, =0 {Senden} one {Eine Antwort senden} other {# Antworten senden}}',
  'pulse.replace':
    '{count, plural, =0 {Meine Antwort ersetzen} one {Durch eine Antwort ersetzen} other {Durch # Antworten ersetzen}}',
  'pulse.withdraw': 'Meine Antwort zurückziehen',
  'pulse.sent.answered':
    'Gesendet. Bis die Umfrage schließt, kannst du es ändern: Sende dann alles noch einmal.',
  'pulse.sent.withdrawn':
    'Zurückgezogen: Nichts von deiner Antwort zählt. Bis die Umfrage schließt, kannst du wieder antworten.',
};
