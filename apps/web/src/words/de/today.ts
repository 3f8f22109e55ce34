import type { Translation } from '../sections.ts';

export const messages: Translation<'today'> = {
  'today.title': 'Heute',
  'today.conversations': 'Nächste Gespräche',
  'today.empty': 'Kein Gespräch ist geplant',
  'today.emptyText':
    'In einem ersten Gespräch könnt ihr darüber sprechen, was ihr euch für die nächsten Jahre eures Lebens wünscht, und was die Arbeit damit zu tun hat. Eine halbe Stunde genügt für den Anfang.',
  'today.at': '{time}, {minutes, plural, one {# Minute} other {# Minuten}}',
  'today.clocks': '{time} (dort {theirs})',
  'today.overdue': 'Habt ihr gesprochen?',
  'today.points':
    '{count, plural, =0 {Noch nichts auf der Agenda} one {# Punkt auf der Agenda} other {# Punkte auf der Agenda}}',
  'today.pointsShort': '{count, plural, one {# Punkt} other {# Punkte}}',
  'today.paused': 'Ihr macht Pause bis {day}.',
  'today.nothing': 'Nichts Neues, auch das ist gut.',
  'today.more': '{count, plural, one {# weiteren Vorschlag zeigen} other {# weitere Vorschläge zeigen}}',
  'today.moreOwn':
    '{count, plural, one {# Vorschlag zu deinen Zielen zeigen} other {# Vorschläge zu deinen Zielen zeigen}}',
  'today.fewer': 'Weniger zeigen',
  'today.readsListed':
    'Hier steht ein Ziel von {name}. {name} sieht unter „Ich“, „Leser“, dass du es heute gelesen hast.',
  'today.readsFolded':
    'Ein Ziel von {name} ist unter dem, was noch nicht gezeigt wird. {name} sieht unter „Ich“, „Leser“, dass du es heute gelesen hast.',
  'today.pulse': 'Ein paar Fragen an alle, offen bis {day}',
  'today.pulseAnswered': 'Du hast die Fragen an alle beantwortet und kannst das bis {day} ändern',
  'today.handover': '{name} führt dich nicht mehr: Wähle, was deine neue Führungskraft bekommt',
  'today.handoverReceived': 'Du führst jetzt {name} und wirst gebeten, etwas zuzusagen oder zu erlauben',
  'today.promises': 'Du hast zugesagt',
  'today.promiseTo': 'gegenüber {name}',
  'today.due': 'fällig {form, select, date {am {day}} other {{day}}}',
  'today.late': 'war {form, select, date {am {day}} other {{day}}} fällig',
  'today.noDate': 'ohne Datum',

  'today.moreShort': '{count, plural, one {# weiterer} other {# weitere}}',
  'today.moreOwnShort': '{count, plural, one {# zu deinen Zielen} other {# zu deinen Zielen}}',
  'today.first': 'Beginne mit',
  'today.firstFind': 'Oder such jemand anderen nach Namen',
  'today.firstAny': 'Mit wem?',
  'today.another': 'Ein Zweiergespräch mit jemandem beginnen',
  'today.asksYou': '{name} bittet dich um ein Zweiergespräch',
  'today.unplanned': 'Ohne Termin',
  'today.toAnswer': 'Von dir zu beantworten',
  'today.answerDue': 'Antwort fällig {form, select, date {am {day}} other {{day}}}',
  'today.answerLate': 'Antwort war {form, select, date {am {day}} other {{day}}} fällig',
  'today.answered': 'Beantwortet: was dich behindert hat',
  'today.keys': 'Tastenkürzel',
  'today.keys.walk': 'zum nächsten oder vorigen Gespräch',
  'today.keys.open': 'es öffnen',
  'today.keys.take': 'seinen ersten Vorschlag auf deine Agenda setzen',
  'today.keys.help': 'diese Tastenkürzel zeigen',
  'today.keys.enter': 'Eingabe',
  'today.keys.close': 'Schließen',
};
