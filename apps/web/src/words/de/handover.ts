import type { Translation } from '../sections.ts';

export const messages: Translation<'handover'> = {
  'handover.title': 'Wechsel der Führungskraft',
  'handover.intro':
    'Nichts geht von selbst über. Jede Person entscheidet, was die neue Führungskraft bekommt.',
  'handover.none': 'Kein Wechsel der Führungskraft ist offen',
  'handover.noneText':
    'Wenn deine Führungskraft wechselt, wählst du hier, was die neue bekommt: von dem, was du geteilt hast, was dir zugesagt war und was du entscheiden darfst.',
  'handover.open': 'Von {from} zu {to}',
  'handover.waiting': 'Von {from} zu jemand Neuem',
  'handover.since': '{from} führt dich seit {day} nicht mehr.',
  'handover.waitingText':
    'Du hast noch keine neue Führungskraft. Das hier wartet und verfällt nach 90 Tagen; alles bleibt in eurem Gespräch und bei deinen Zielen.',
  'handover.learns': '{to} erfährt, was du hier wählst, und nichts vom Rest.',
  'handover.shares': 'Was du mit {from} geteilt hast',
  'handover.share': 'Mit {to} teilen',
  'handover.includePast': 'Mit dem, was du vorher geschrieben hast',
  'handover.withoutWaiting': 'Sofort',
  'handover.waits':
    'Sonst wartet es, bis {to} zuerst ein Ziel mit dir geteilt hat. {to} sieht nicht, dass es wartet.',
  'handover.theirs': 'Was dir {from} zugesagt hatte',
  'handover.ask': '{to} um diese Zusage bitten',
  'handover.words': 'In deinen Worten',
  'handover.wordsHint': '{to} liest diese Worte, nicht die darüber.',
  'handover.due': 'Bis wann, wenn du willst',
  'handover.own': 'Was du {from} zugesagt hattest',
  'handover.ownText': 'Es bleibt zwischen dir und {from}. Schließe es dort ab oder behalte es.',
  'handover.mandates': 'Was du entscheiden durftest, ohne {from} zu fragen',
  'handover.offerMandate': '{to} wieder darum bitten',
  'handover.once': 'Das geht einmal. Deine Ziele kannst du jederzeit teilen oder nicht mehr teilen.',
  'handover.complete':
    '{count, plural, =0 {Abschließen und nichts weitergeben} one {Eines an {to} weitergeben} other {# Dinge an {to} weitergeben}}',
  'handover.completed': 'Abgeschlossen am {day}.',
  'handover.offered': '{to} wurde gebeten um:',
  'handover.offeredNothing': '{to} wurde um nichts gebeten. Geteilte Ziele findest du bei deinen Zielen.',
  'handover.adopted': 'dir zugesagt',
  'handover.notAdopted': 'bisher nicht zugesagt',
  'handover.granted': 'wieder erlaubt',
  'handover.notGranted': 'bisher nicht wieder erlaubt',
  'handover.received': '{name} bittet dich um etwas',
  'handover.receivedText':
    '{name} war bis {day} bei {from} und hat gewählt, was du hier siehst. Nichts geschieht, wenn du es nicht willst.',
  'handover.askedFor': 'bis {day}',
  'handover.mandate': 'Mit {from} war vereinbart, dass dies ohne Rückfrage entschieden werden darf:',
  'handover.adopt': '{name} das zusagen',
  'handover.grant': 'Wieder erlauben',
  'handover.youAdopted': 'Du hast es zugesagt.',
  'handover.youGranted': 'Du hast es wieder erlaubt.',
  'handover.startFirst': 'Beginne zuerst ein Gespräch mit {name}: Dort wird es erlaubt.',
};
