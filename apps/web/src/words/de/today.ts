import type { Translation } from '../sections.ts';

export const messages: Translation<'today'> = {
  'today.title': 'Heute',
  'today.conversations': 'Nächste Gespräche',
  'today.empty': 'Kein Gespräch ist geplant',
  'today.emptyText':
    'In einem ersten Gespräch könnt ihr darüber sprechen, was ihr euch für die nächsten Jahre eures Lebens wünscht, und was die Arbeit damit zu tun hat. Eine halbe Stunde genügt für den Anfang.',
  'today.at': '{time}, {minutes, plural, one {# Minute} other {# Minuten}}',
  'today.theirs': '{time} dort',
  'today.overdue': 'Habt ihr gesprochen?',
  'today.points':
    '{count, plural, =0 {Noch nichts auf der Agenda} one {# Punkt auf der Agenda} other {# Punkte auf der Agenda}}',
  'today.paused': 'ihr macht Pause bis {day}',
  'today.nothing': 'nichts Neues, und auch das ist gut',
  'today.more': '{count, plural, one {# weiteren Vorschlag zeigen} other {# weitere Vorschläge zeigen}}',
  'today.moreOwn':
    '{count, plural, one {# zu deinen eigenen Zielen zeigen} other {# zu deinen eigenen Zielen zeigen}}',
  'today.fewer': 'Weniger zeigen',
  'today.readsListed':
    'Hier steht ein Ziel von {name}. {name} sieht unter „Ich“, „Gelesen“, dass du es heute gelesen hast.',
  'today.pulse': 'Ein paar Fragen an alle, bis {day}',
  'today.pulseAnswered': 'Du hast die Fragen an alle beantwortet; ändern geht bis {day}',
  'today.handover': '{name} führt dich nicht mehr: Wähle, was weitergeht',
  'today.handoverReceived': '{name} bittet dich als neue Führungskraft um etwas',
  'today.promises': 'Ich habe zugesagt',
  'today.promiseTo': '{name}',
  'today.due': 'fällig {day}',
  'today.late': 'war fällig {day}',
  'today.noDate': 'ohne Datum',

  'today.moreShort': '{count, plural, one {# mehr} other {# mehr}}',
  'today.first': 'Beginne mit',
  'today.firstFind': 'Oder mit jemand anderem',
  'today.firstAny': 'Mit wem?',
  'today.another': 'Mit jemandem beginnen',
  'today.asksYou': '{name} bittet dich um Zweiergespräche',
  'today.unplanned': 'Ohne Termin',
  'today.toAnswer': 'Von dir zu beantworten',
  'today.answerDue': 'Antwort fällig {day}',
  'today.answerLate': 'Antwort war fällig {day}',
  'today.answered': 'Beantwortet: was dich behindert hat',
  'today.keys': 'Tasten',
  'today.keys.walk': 'nächstes und voriges Gespräch',
  'today.keys.open': 'öffnen',
  'today.keys.take': 'die erste Zeile ansprechen',
  'today.keys.help': 'diese Tasten zeigen',
  'today.keys.close': 'Schließen',
};
