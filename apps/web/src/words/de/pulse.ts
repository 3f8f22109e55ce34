import type { Translation } from '../sections.ts';

export const messages: Translation<'pulse'> = {
  'pulse.title': 'Eine Umfrage ist offen',
  'pulse.until': 'Antworten geht bis {day}, {time}. Es ist freiwillig, und jede Frage lässt sich auslassen.',
  'pulse.none': 'Für dich ist keine Umfrage offen',
  'pulse.noneText':
    'Alle, die da sind, wenn eine Umfrage öffnet, bekommen dieselben Fragen. Auf „Heute“ erfährst du von der nächsten.',
  'pulse.readers': 'Wer lesen kann, was du antwortest',
  'pulse.readers.nobody':
    'Niemand in deiner Firma: keine Kollegin, keine Führungskraft, nicht HR, keine Administration. Auch du nicht: Was du gesendet hast, lässt sich nicht wieder anzeigen.',
  'pulse.readers.figures':
    'Es wird Teil von Zahlen über mindestens {fewest, plural, other {# Menschen}}, so gerundet, dass sich keine einzelne Antwort erschließen lässt. Alle lesen dieselben Zahlen.',
  'pulse.readers.operator':
    'Bis sie vernichtet ist, könnte, wer die Datenbank deiner Firma betreibt, deine Antwort technisch mit dir verbinden.',
  'pulse.readers.destroyed':
    'Deine Antwort und was sie mit dir verbindet wird vernichtet, wenn die Zahlen von {quarter} berechnet werden: etwa am {day}, spätestens am {latest}.',
  'pulse.readers.tookPart':
    'Dass du mitgemacht hast, bleibt 24 Monate versiegelt gespeichert, ohne was du geantwortet hast.',
  'pulse.answered':
    'Du hast geantwortet. Noch einmal senden ersetzt die ganze Antwort; wähle also bei jeder Frage, die zählen soll.',
  'pulse.score.1': 'Stimmt gar nicht',
  'pulse.score.2': 'Stimmt eher nicht',
  'pulse.score.3': 'Weder noch',
  'pulse.score.4': 'Stimmt eher',
  'pulse.score.5': 'Stimmt genau',
  'pulse.likely.0': '0, überhaupt nicht',
  'pulse.likely.10': '10, ganz bestimmt',
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
