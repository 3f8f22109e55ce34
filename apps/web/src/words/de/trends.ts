import type { Translation } from '../sections.ts';

export const messages: Translation<'trends'> = {
  'trends.title': 'Trends',
  'trends.intro':
    'Zahlen über Führung und das Unternehmen, aus Zeiträumen, die vorbei sind. Alle, die sie sehen dürfen, sehen dieselben wie die Personalabteilung. Um persönliche Ziele geht es nie.',
  'trends.nothingReleased':
    'Noch gibt es keine Zahlen für dich. Die eines Monats oder Quartals stehen einige Wochen nach seinem Ende hier.',
  'trends.files': 'Alle Zahlen aller Gruppen als Tabelle zum Weiterrechnen:',
  'trends.csv': 'Alles herunterladen (CSV)',
  'trends.csvOf': '{period} (CSV)',

  'trends.choose.metric': 'Was',
  'trends.choose.answers': 'Was die Menschen antworten',
  'trends.choose.managers': 'Was Führungskräfte tun',
  'trends.choose.barriers': 'Was im Weg ist',
  'trends.choose.tree': 'Gruppen',
  'trends.choose.by': 'Zeiträume',
  'trends.tree.DEPARTMENT': 'Abteilungen',
  'trends.tree.MANAGER': 'Führungskräfte und ihre Leute',
  'trends.tree.LOCATION': 'Standorte',
  'trends.tree.one.DEPARTMENT': 'Abteilung',
  'trends.tree.one.MANAGER': 'Führungskraft',
  'trends.tree.one.LOCATION': 'Standort',
  'trends.by.QUARTER': 'Quartale',
  'trends.by.MONTH': 'Monate, ab 50 Menschen',

  'trends.driver.MUTUAL_TRUST': 'Gegenseitiges Vertrauen',
  'trends.driver.AUTONOMY': 'Freiraum',
  'trends.driver.PURPOSE': 'Sinn',
  'trends.driver.GROWTH': 'Weiterkommen',
  'trends.driver.RECOGNITION': 'Anerkennung',
  'trends.driver.WELLBEING': 'Wohlbefinden',
  'trends.driver.VOICE': 'Gehört werden',
  'trends.driverText.MUTUAL_TRUST':
    'Ob alle, auch Führungskräfte, Wort halten und sich aufeinander verlassen: der Durchschnitt der Antworten, von 1 bis 5.',
  'trends.driverText.AUTONOMY':
    'Ob man entscheiden kann, wofür man verantwortlich ist: der Durchschnitt der Antworten, von 1 bis 5.',
  'trends.driverText.PURPOSE':
    'Ob die Arbeit nützt und dem dient, was einem wichtig ist: der Durchschnitt der Antworten, von 1 bis 5.',
  'trends.driverText.GROWTH': 'Ob man lernt und weiterkommt: der Durchschnitt der Antworten, von 1 bis 5.',
  'trends.driverText.RECOGNITION':
    'Ob gute Arbeit bemerkt wird: der Durchschnitt der Antworten, von 1 bis 5.',
  'trends.driverText.WELLBEING':
    'Ob die Arbeit Kraft für das Leben lässt: der Durchschnitt der Antworten, von 1 bis 5.',
  'trends.driverText.VOICE':
    'Ob man sagen kann, was man denkt, und es etwas ändert: der Durchschnitt der Antworten, von 1 bis 5.',

  'trends.metric.ENGAGEMENT_INDEX': 'Alle sieben zusammen',
  'trends.metric.PULSE_SCORE': 'Antworten auf eine Umfrage',
  'trends.metric.ENPS': 'Würden die Arbeit hier empfehlen (eNPS)',
  'trends.metric.PULSE_PARTICIPATION': 'Haben eine Umfrage beantwortet',
  'trends.metric.MET_RATE': 'Geführte Gespräche',
  'trends.metric.CONVERSATION_WORTH': 'Gespräche, die ihre Zeit wert sind',
  'trends.metric.AGENDA_FROM_REPORTS': 'Agenden, an denen beide schreiben',
  'trends.metric.PROMISES_KEPT_BY_MANAGERS': 'Gehaltene Zusagen von Führungskräften',
  'trends.metric.BARRIERS_ANSWERED_IN_TIME': 'Rechtzeitig beantwortete Hindernisse',
  'trends.metric.BARRIERS_REMOVED': 'Abgeschaffte Hindernisse',
  'trends.define.ENGAGEMENT_INDEX':
    'Der Durchschnitt der sieben Zahlen eines Quartals, von Vertrauen bis Gehört werden, von 1 bis 5. Er wird aus dem berechnet, was hier steht, und sagt nicht mehr.',
  'trends.define.PULSE_SCORE': 'Der Durchschnitt der Antworten, von 1 bis 5.',
  'trends.define.ENPS':
    'Wie wahrscheinlich die Menschen die Arbeit hier empfehlen, von 0 bis 10: der Prozentsatz mit 9 oder 10 minus der Prozentsatz mit 0 bis 6. Zwischen −100 und +100.',
  'trends.define.PULSE_PARTICIPATION':
    'Der Anteil der Gefragten, die eine Umfrage des Quartals beantwortet haben. Für Gruppen ab 20 Menschen.',
  'trends.define.MET_RATE':
    'Der Anteil der Mitarbeitenden, mit denen ihre Führungskraft im Quartal ein Gespräch geführt hat. Jede Führungskraft zählt einmal.',
  'trends.define.CONVERSATION_WORTH':
    'Wie sehr sich Gespräche mit der Führungskraft gelohnt haben, von 1 bis 5, wo beide Rückmeldung gegeben haben. Jede Führungskraft zählt einmal.',
  'trends.define.AGENDA_FROM_REPORTS':
    'Der Anteil der Gespräche, zu denen die Mitarbeitenden einen Punkt der Agenda mitgebracht haben. Jede Führungskraft zählt einmal.',
  'trends.define.PROMISES_KEPT_BY_MANAGERS':
    'Der Anteil der Zusagen an ihre Mitarbeitenden, die Führungskräfte rechtzeitig gehalten haben. Jede Führungskraft zählt einmal.',
  'trends.define.BARRIERS_ANSWERED_IN_TIME':
    'Der Anteil der Hindernisse, die rechtzeitig beantwortet wurden. Wer für ein Gebiet antwortet, zählt einmal. Nur für die ganze Organisation.',
  'trends.define.BARRIERS_REMOVED':
    'Der Anteil der Antworten, mit denen ein Hindernis abgeschafft wurde. Wer für ein Gebiet antwortet, zählt einmal. Nur für die ganze Organisation.',
  'trends.rounding':
    'Gerundet auf {step}. {fewest, plural, =0 {} other {Hinter jeder Zahl stehen mindestens # Menschen.}}',

  'trends.of': '{name}: {group}',
  'trends.silent': 'Keine Zahl in diesen Zeiträumen:',
  'trends.up': 'Die Gruppe darüber',
  'trends.noGroup': 'Diese Adresse führt zu einer Gruppe, die es in diesen Zeiträumen nicht gibt.',
  'trends.toRoot': 'Die ganze Organisation zeigen',
  'trends.until': 'bis {day}',
  'trends.compared': 'Die gestrichelte Linie ist {group}.',
  'trends.band':
    'Gezeigt wird gerundet: Die genauen Zahlen liegen irgendwo im blassen Streifen{bounds, select, yes {, oder außerhalb, wo ein Pfeil oder ein hohler Punkt ist} other {}}.',
  'trends.part': 'Die Bilder zeigen den Ausschnitt der Skala von {low} bis {high}.',
  'trends.summary':
    '{tree, select, LOCATION {An {rose, plural, =0 {keinem} one {einem} other {#}} von {all} Standorten} DEPARTMENT {In {rose, plural, =0 {keiner} one {einer} other {#}} von {all} Abteilungen} other {Bei {rose, plural, =0 {keiner} one {einer} other {#}} von {all} Führungskräften darunter}} ist die Zahl um mehr gestiegen, als Runden ausmachen kann, {tree, select, LOCATION {an {fell, plural, =0 {keinem} one {einem} other {#}}} DEPARTMENT {in {fell, plural, =0 {keiner} one {einer} other {#}}} other {bei {fell, plural, =0 {keiner} one {einer} other {#}}}} gefallen.{none, plural, =0 {} one { Für {period} fehlt eine Zahl.} other { Für {period} fehlen # Zahlen.}}',

  'trends.moved.none': 'Keine Zahl in diesen Zeiträumen.',
  'trends.moved.missing': 'Keine Zahl für {period}.',
  'trends.moved.single': 'Bisher eine Zahl: {value} ({period}).',
  'trends.moved.rose':
    'Gestiegen: von {before} ({since}) auf {value} ({period}). Das ist mehr, als Runden ausmachen kann.',
  'trends.moved.fell':
    'Gefallen: von {before} ({since}) auf {value} ({period}). Das ist mehr, als Runden ausmachen kann.',
  'trends.moved.rose.run':
    '{run} {periods, select, MONTH {Monate} other {Quartale}} nacheinander gestiegen: von {before} ({since}) auf {value} ({period}), jedes Mal um mehr, als Runden ausmachen kann.',
  'trends.moved.fell.run':
    '{run} {periods, select, MONTH {Monate} other {Quartale}} nacheinander gefallen: von {before} ({since}) auf {value} ({period}), jedes Mal um mehr, als Runden ausmachen kann.',
  'trends.moved.small':
    'Doch die Gruppe ist klein: Schon zwei Menschen, die anders antworten oder handeln, können dafür genügen. Warte das nächste Quartal ab, bevor du etwas daraus schließt.',
  'trends.moved.same': 'Keine Änderung zu sehen: {before} ({since}), {value} ({period}), beides gerundet.',
  'trends.moved.within':
    'Keine klare Änderung: {before} ({since}), {value} ({period}). Ein so kleiner Unterschied kann allein vom Runden kommen.',
  'trends.moved.unclear':
    'Unklar, ob sich etwas geändert hat: {before} ({since}), {value} ({period}). Dafür sind diese Zahlen nicht genau genug.',
  'trends.moved.incomparable':
    '{value} ({period}). Zuvor ({since}) wurde anders gemessen, darum sind die beiden nicht vergleichbar.',

  'trends.bound.AT_LEAST': 'mindestens {value}',
  'trends.bound.AT_MOST': 'höchstens {value}',
  'trends.bound.APPROXIMATE': 'etwa {value}',
  'trends.points': '{count, plural, one {# Punkt} other {# Punkte}}',
  'trends.suppressed': 'keine Zahl',
  'trends.absent': 'noch keine Gruppe',
  'trends.behind': 'Wie viele',
  'trends.people.FROM_5_TO_9':
    '{unit, select, managers {5 bis 9 Führungskräfte} answerers {5 bis 9, die antworten} other {5 bis 9 Menschen}}',
  'trends.people.FROM_10_TO_19':
    '{unit, select, managers {10 bis 19 Führungskräfte} answerers {10 bis 19, die antworten} other {10 bis 19 Menschen}}',
  'trends.people.FROM_20_TO_49':
    '{unit, select, managers {20 bis 49 Führungskräfte} answerers {20 bis 49, die antworten} other {20 bis 49 Menschen}}',
  'trends.people.FROM_50':
    '{unit, select, managers {50 Führungskräfte oder mehr} answerers {50 oder mehr, die antworten} other {50 Menschen oder mehr}}',
  'trends.note.suppressed':
    '„Keine Zahl“ hat einen von drei Gründen, und niemand kann sagen, welchen: zu wenige Menschen, niemand hat geantwortet, oder die Zahl würde die Antworten anderer verraten. Das ist kein schlechtes Ergebnis und nicht 0. Bitte frage niemanden nach Antworten, um eine Lücke zu füllen.',
  'trends.note.suppressedMonth':
    'Jede Frage wird in einem Monat des Quartals gestellt, die anderen fehlen hier. Monate zeigen Gruppen ab 50 Menschen. „Keine Zahl“ heißt auch: zu wenige Menschen, niemand hat geantwortet, oder die Zahl würde die Antworten anderer verraten. Niemand kann sagen, welcher Grund zutrifft.',
  'trends.note.AT_LEAST':
    '„Mindestens“ heißt: so viel oder mehr. Die genaue Zahl würde verraten, was Einzelne geantwortet oder getan haben.',
  'trends.note.AT_MOST':
    '„Höchstens“ heißt: so viel oder weniger. Die genaue Zahl würde verraten, was Einzelne geantwortet oder getan haben.',
  'trends.note.APPROXIMATE':
    '„Etwa“ heißt: Teile der Gruppe sind höher gezeigt, als sie sind, andere niedriger, sodass es etwas mehr oder weniger sein kann.',
  'trends.note.neverAdd':
    'Zähle diese Zahlen nicht zusammen und bilde keinen Durchschnitt: Sie sind gerundet, und manche fehlen. Die Gruppe darüber hat ihre eigene Zahl.',

  'trends.responses': 'Was damit geschieht',
  'trends.responsesWho':
    'Die Personalabteilung antwortet für jede Gruppe, Führungskräfte für ihre eigene. Alle, die die Zahlen sehen, sehen auch die Antworten.',
  'trends.released': 'freigegeben am {day}',
  'trends.erratum': 'Berichtigung: {text}',
  'trends.overdue':
    'Überfällig: Die Zahlen wurden vor mehr als 30 Tagen freigegeben, und noch hat niemand gesagt, was damit geschieht.',
  'trends.noResponse': 'Noch hat niemand gesagt, was damit geschieht.',
  'trends.respond': 'Auf die Zahlen von {period} antworten, für {group}',
  'trends.responseOf': '{name}, für {group}{metric, select, one {, zu: {about}} other {}}',
  'trends.due': 'bis {day}',
  'trends.wasDue': 'war fällig am {day}',
  'trends.close': 'Sagen, was daraus wurde',
  'trends.edit': 'Ändern',
  'trends.state.OPEN': 'läuft',
  'trends.state.DONE': 'erledigt',
  'trends.state.NOT_DONE': 'nicht getan',
  'trends.outcome.OPEN': 'Was bisher daraus wurde',
  'trends.outcome.DONE': 'Was daraus wurde',
  'trends.outcome.NOT_DONE': 'Warum es nicht getan wurde',
  'trends.form.everybody': 'Alle, die diese Zahlen sehen, werden das lesen, mit deinem Namen.',
  'trends.form.text': 'Was geschehen wird',
  'trends.form.about': 'Worum es geht',
  'trends.form.quarter': 'Alle Zahlen des Quartals',
  'trends.form.due': 'Bis wann',
  'trends.form.publish': 'Veröffentlichen',
  'trends.form.save': 'Speichern',
  'trends.form.cancel': 'Abbrechen',
  'trends.form.state': 'Wie es steht',
  'trends.form.outcomeNeeded': 'Was nicht getan wird, braucht eine Begründung.',
  'trends.form.conflict':
    'Inzwischen wurde das geändert, und dein Text ist noch nicht gespeichert. Das steht jetzt da; noch einmal speichern ersetzt es:',
};
