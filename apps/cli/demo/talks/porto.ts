import { keyed, type DemoPair } from '../shapes.js';

/** One-to-ones in production, and with its apprentices. */
export const portoTalks = keyed<DemoPair>()({
  'amadou-celeste': {
    between: ['amadou', 'celeste'],
    recurrence: { weeks: 1, on: 'FR', at: '14:45', zone: 'Europe/Lisbon' },
    past: 34,
    minutes: 15,
    skipped: [31, 26, 14],
    cancelled: [5],
    points: [
      {
        by: 'celeste',
        text: 'A solda por cima da cabeça. Tenho medo das faíscas e não quero ter.',
        raised: 18,
        discussed: 16,
        about: { goal: 'celeste-apprentice' },
      },
      {
        by: 'amadou',
        text: 'You listen to the arc. Who taught you that? I did not.',
        raised: 22,
        discussed: 22,
      },
      {
        by: 'celeste',
        text: 'Leipzig for five weeks: they asked whether I want to. I want to and I am afraid of the canteen.',
        raised: 12,
        discussed: 11,
      },
      {
        by: 'celeste',
        text: 'The report book. My handwriting cost me three points.',
        raised: 2,
        discussed: 1,
      },
      {
        by: 'celeste',
        text: 'May I set the jig without you in the room?',
        raised: 4,
        discussed: 3,
        about: { businessGoal: 'q3-jig' },
      },
      {
        by: 'amadou',
        text: 'Labé: would you tell the first eight, by video, what you wish you had known?',
        raised: 0,
        about: { goal: 'amadou-school' },
      },
    ],
    promises: [
      {
        by: 'amadou',
        text: 'Stand beside you, and say nothing, for the first overhead seam.',
        made: 16,
        due: -98,
        done: -98,
      },
      {
        by: 'celeste',
        text: 'Twenty overhead seams, and bring the ugly ones too.',
        made: 16,
        due: -85,
        done: -88,
      },
      { by: 'amadou', text: 'Leave the room while you set the jig.', made: 3, due: -12, done: -13 },
      { by: 'celeste', text: 'Write the report book in capitals.', made: 1, due: 12 },
      { by: 'celeste', text: 'Tell my mother about the motorbike.', made: 6, due: -15, dropped: -10 },
    ],
    notes: {
      22: [['celeste', 'Ninguém. Ouve-se.']],
      11: [['amadou', 'Leipzig: yes. On the canteen: take bread.']],
      3: [['celeste', 'Onze minutos. SOZINHA.']],
    },
  },
  'beatriz-amadou': {
    between: ['beatriz', 'amadou'],
    recurrence: { weeks: 2, on: 'WE', at: '08:30', zone: 'Europe/Lisbon' },
    past: 16,
    skipped: [4],
    points: [
      {
        by: 'amadou',
        text: 'Three weeks in Labé when the machines are through customs. I know that it is the busy month.',
        raised: 8,
        discussed: 6,
        about: { goal: 'amadou-school' },
      },
      {
        by: 'beatriz',
        text: 'Who leads the shift while you are away? I do not want to ask only "who", but "who would like to".',
        raised: 6,
        discussed: 5,
      },
      { by: 'amadou', text: 'My knees, and the floor of hall one.', raised: 2, draft: true },
    ],
    promises: [
      { by: 'beatriz', text: 'Three weeks, and nobody calls him.', made: 6, due: -60, done: -63 },
      {
        by: 'amadou',
        text: 'Ask Fatoumata whether she would like to, and mean the question.',
        made: 5,
        due: -60,
        done: -61,
      },
      { by: 'beatriz', text: 'A mat for every place where somebody kneels.', made: 1, due: 16 },
    ],
  },
  'amadou-fatoumata': {
    between: ['fatoumata', 'amadou'],
    recurrence: { weeks: 2, on: 'TU', at: '14:45', zone: 'Europe/Lisbon' },
    past: 13,
    minutes: 20,
    points: [
      {
        by: 'fatoumata',
        text: 'The steel sulks on wet days. I have eleven pages of weather.',
        raised: 6,
        discussed: 5,
        about: { businessGoal: 'q2-second-life' },
      },
      {
        by: 'fatoumata',
        text: 'I led the shift for three weeks. I would do some things again and one thing never.',
        raised: 3,
        discussed: 2,
      },
      {
        by: 'fatoumata',
        text: 'The ultrasonic course is in Lisbon, five days. Who pays, and who is with the children?',
        raised: 1,
        about: { goal: 'fatoumata-inspector' },
      },
    ],
    promises: [
      { by: 'amadou', text: 'A dryer for the shop. Or I build one.', made: 5, due: -40, done: -35 },
      { by: 'amadou', text: 'Find out who pays.', made: 1, due: 8 },
    ],
  },
  'beatriz-bogdan': {
    between: ['beatriz', 'bogdan'],
    recurrence: { weeks: 2, on: 'WE', at: '08:30', zone: 'Europe/Lisbon', phase: 1 },
    past: 15,
    skipped: [9],
    points: [
      {
        by: 'bogdan',
        text: 'I shouted. I have apologised. I would like to say it here too.',
        raised: 7,
        discussed: 7,
        about: { goal: 'bogdan-calm' },
      },
      {
        by: 'beatriz',
        text: 'Change-over in 48 minutes. You said forty. I like 48: nobody ran.',
        raised: 1,
        discussed: 1,
        about: { businessGoal: 'q3-line' },
      },
    ],
    promises: [
      { by: 'bogdan', text: 'If it rises: a lap round the hall, then talk.', made: 7 },
      { by: 'beatriz', text: 'Take the pallets out of the walkway for good.', made: 7, due: -75, done: -80 },
    ],
  },
  'bogdan-teodoro': {
    between: ['bogdan', 'teodoro'],
    recurrence: { weeks: 2, on: 'FR', at: '13:00', zone: 'Europe/Lisbon' },
    past: 12,
    minutes: 20,
    points: [
      {
        by: 'bogdan',
        text: 'Would you show the press to Jyoti and Marisol? You tell it so well.',
        raised: 2,
        discussed: 2,
        about: { businessGoal: 'q3-handover' },
      },
      { by: 'teodoro', text: 'Há uma coisa que te quero contar, mas com tempo.', raised: 1, draft: true },
    ],
    promises: [{ by: 'teodoro', text: 'The press, with all its noises.', made: 2, due: -10, done: -13 }],
  },
  'bogdan-jyoti': {
    between: ['jyoti', 'bogdan'],
    recurrence: { weeks: 2, on: 'FR', at: '13:30', zone: 'Europe/Lisbon' },
    past: 14,
    minutes: 20,
    points: [
      {
        by: 'jyoti',
        text: 'I was a nurse for six years. I would like this company to know it.',
        raised: 7,
        discussed: 6,
        about: { goal: 'jyoti-first-aid' },
      },
      {
        by: 'bogdan',
        text: 'I raised my voice at you. That was mine and not yours.',
        raised: 7,
        discussed: 7,
      },
      {
        by: 'jyoti',
        text: 'When the diploma comes, I will go. I say it now because you were honest with me.',
        raised: 2,
        discussed: 1,
      },
    ],
    promises: [
      {
        by: 'bogdan',
        text: 'Ask Beatriz for two paid hours a month for the first aid.',
        made: 6,
        due: -72,
        done: -75,
      },
      { by: 'bogdan', text: 'Write you a reference that is true.', made: 1, due: 20 },
    ],
    notes: { 1: [['bogdan', 'She will go, and it will be a good day, and I will miss her on the line.']] },
  },
  'noor-abel': {
    between: ['noor', 'abel'],
    recurrence: { weeks: 1, on: 'MO', at: '08:15', zone: 'Europe/Lisbon' },
    past: 24,
    minutes: 15,
    skipped: [19, 11],
    points: [
      {
        by: 'abel',
        text: 'You hear me now. I had got used to writing everything on cards.',
        raised: 3,
        discussed: 3,
        about: { goal: 'noor-hearing' },
      },
      {
        by: 'noor',
        text: 'Boxes or pieces? Decide it with Zawadi, I will sign.',
        raised: 2,
        about: { businessGoal: 'q3-parts-map' },
      },
    ],
    promises: [
      { by: 'abel', text: 'A call with Zawadi, with both lists on the table.', made: 2, due: -4, done: -3 },
    ],
  },
  'naledi-celeste': {
    between: ['naledi', 'celeste'],
    recurrence: { weeks: 4, on: 'MO', at: '15:00', zone: 'Africa/Nairobi' },
    past: 8,
    minutes: 45,
    points: [
      {
        by: 'naledi',
        text: 'I read my chapter to you. Stop me where it is wrong.',
        raised: 3,
        discussed: 1,
        about: { goal: 'naledi-doctorate' },
      },
      {
        by: 'celeste',
        text: 'What does one ask somebody who applies? I was asked about strengths. I had said "the left arm".',
        raised: 2,
        discussed: 1,
        about: { businessGoal: 'q3-apprentices' },
      },
    ],
    promises: [
      { by: 'naledi', text: 'Change every "vulnerable" into "new".', made: 1, due: -2, done: -2 },
      { by: 'celeste', text: 'Three questions that are worth asking.', made: 1, due: 10 },
    ],
  },
});
