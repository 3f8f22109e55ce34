import type { Translation } from '../sections.ts';

export const messages: Translation<'handover'> = {
  'handover.title': 'Wechsel der Führungskraft',
  'handover.intro':
    'Nichts wird von selbst weitergegeben. Jede Person entscheidet, was ihre neue Führungskraft erfährt.',
  'handover.none': 'Gerade steht kein Wechsel an',
  'handover.noneText':
    'Wenn du eine neue Führungskraft bekommst, entscheidest du hier, was sie erfährt: Ziele, die du geteilt hast, was dir zugesagt war und was du entscheiden darfst.',
  'handover.open': 'Von {from} zu {to}',
  'handover.waiting': 'Von {from} zu jemand Neuem',
  'handover.since': '{from} führt dich seit dem {day} nicht mehr.',
  'handover.waitingText':
    'Noch ist nichts zu tun: Sobald du eine neue Führungskraft hast, wählst du hier, was sie erfährt. Nach 90 Tagen schließt sich diese Seite, und nichts geht verloren: Alles bleibt in eurem Gespräch und bei deinen Zielen.',
  'handover.learns': '{to} erfährt, was du hier wählst, und sonst nichts.',
  'handover.shares': 'Was du mit {from} geteilt hast',
  'handover.share': 'Mit {to} teilen',
  'handover.includePast': 'Auch, was du früher dazu geschrieben hast',
  'handover.withoutWaiting': 'Sofort teilen',
  'handover.waits':
    'Sonst wartet es, bis {to} zuerst ein Ziel mit dir geteilt hat. {to} sieht nicht, dass es wartet.',
  'handover.theirs': 'Was {from} dir zugesagt hatte',
  'handover.ask': '{to} um diese Zusage bitten',
  'handover.words': 'In deinen Worten',
  'handover.wordsHint': '{to} liest diese Worte, nicht die darüber.',
  'handover.due': 'Bis wann, wenn du willst',
  'handover.own': 'Was du {from} zugesagt hattest',
  'handover.ownText':
    'Es bleibt zwischen dir und {from}. <a>Schließe es in eurem Gespräch ab</a> oder behalte es.',
  'handover.mandates': 'Was du entscheiden durftest, ohne {from} zu fragen',
  'handover.offerMandate': '{to} wieder darum bitten',
  'handover.once': 'Das geht nur einmal. Deine Ziele kannst du jederzeit teilen oder nicht mehr teilen.',
  'handover.complete':
    '{count, plural, =0 {Abschließen und nichts weitergeben} one {Eine Sache an {to} weitergeben} other {# Dinge an {to} weitergeben}}',
  'handover.completed': 'Abgeschlossen am {day}.',
  'handover.offered': 'Du hast {to} gebeten um:',
  'handover.offeredNothing': 'Du hast {to} um nichts gebeten. Geteilte Ziele findest du bei deinen Zielen.',
  'handover.adopted': 'Dir zugesagt',
  'handover.notAdopted': 'Bisher nicht zugesagt',
  'handover.granted': 'Erlaubt',
  'handover.notGranted': 'Bisher nicht wieder erlaubt',
  'handover.received': '{name} bittet dich um etwas',
  'handover.receivedText':
    '{name} war bis {day} bei {from} und hat gewählt, was du hier siehst. Nichts geschieht, wenn du es nicht willst.',
  'handover.asked': '{name} bittet dich zuzusagen:',
  'handover.askedFor': '{name} bittet dich, bis {day} zuzusagen:',
  'handover.mandate': 'Mit {from} war vereinbart, dass dies ohne Rückfrage entschieden werden darf:',
  'handover.adopt': '{name} das zusagen',
  'handover.grant': 'Zustimmen',
  'handover.youAdopted': 'Du hast es zugesagt.',
  'handover.youGranted': 'Du hast zugestimmt.',
  'handover.startFirst': 'Beginne zuerst ein Gespräch mit {name}: Dort stimmst du zu.',
};
