import { keyed, type DemoPair } from '../shapes.js';

/** One-to-ones in service and repair. */
export const serviceTalks = keyed<DemoPair>()({
  'wanjiru-johanna': {
    between: ['wanjiru', 'johanna'],
    recurrence: { weeks: 1, on: 'TH', at: '09:30', zone: 'Europe/Berlin' },
    past: 8,
    points: [
      {
        by: 'johanna',
        text: 'I keep asking myself what Henrik would do. I would like to stop.',
        raised: 8,
        discussed: 7,
        about: { goal: 'johanna-step-up' },
      },
      {
        by: 'wanjiru',
        text: 'What have you stopped doing since you lead? If nothing: what will break first?',
        raised: 5,
        discussed: 5,
      },
      {
        by: 'johanna',
        text: 'A soldering station for Emre: 640 €.',
        raised: 4,
        discussed: 3,
        about: { businessGoal: 'q3-boards' },
      },
      {
        by: 'johanna',
        text: 'Siobhán does the work of two on Mondays and says that it is fine. It is not fine.',
        raised: 1,
      },
    ],
    promises: [
      { by: 'wanjiru', text: 'The 640 €.', made: 3, due: -10, done: -12 },
      { by: 'johanna', text: 'Stop doing the rota. Let them do it.', made: 5, due: -20, done: -22 },
      {
        by: 'wanjiru',
        text: 'Come to Leipzig for a week and answer the telephone.',
        made: 4,
        due: 35,
        renegotiated: 1,
      },
    ],
    notes: {
      5: [
        ['johanna', 'What breaks first: me, on a Sunday, over the rota.'],
        [
          'wanjiru',
          'What breaks first: me, on a Sunday, over the rota. → The rota goes to the desk. It is their week.',
        ],
      ],
    },
  },
  'henrik-emre': {
    between: ['henrik', 'emre'],
    recurrence: { weeks: 2, on: 'TU', at: '10:00', zone: 'Europe/Berlin' },
    until: -63,
    past: 12,
    skipped: [7],
    points: [
      { by: 'emre', text: '33 of 33.', raised: 7, discussed: 6, about: { goal: 'emre-citizen' } },
      {
        by: 'henrik',
        text: 'I am moving north. You are the first one whom I tell after Wanjirũ.',
        raised: 4,
        discussed: 4,
      },
    ],
    promises: [
      {
        by: 'henrik',
        text: 'Write down the seven customers whom one has to know.',
        made: 3,
        due: -70,
        done: -71,
      },
      { by: 'henrik', text: 'The soldering iron: ask for it before I go.', made: 2, due: -55 },
    ],
    notes: { 1: [['henrik', 'Last one. He gave me a capacitor worth four cents, framed.']] },
  },
  'johanna-emre': {
    between: ['johanna', 'emre'],
    recurrence: { weeks: 1, on: 'TU', at: '10:00', zone: 'Europe/Berlin' },
    past: 8,
    minutes: 25,
    cancelled: [4],
    points: [
      {
        by: 'emre',
        text: 'Henrik wanted to ask for a soldering iron. Then he left.',
        raised: 8,
        discussed: 5,
        about: { businessGoal: 'q3-boards' },
      },
      {
        by: 'johanna',
        text: 'You answered a customer better than I would have. I listened at the door, sorry.',
        raised: 3,
        discussed: 3,
      },
      {
        by: 'emre',
        text: 'If the certificate comes on a workday: I will be gone for that day, with my whole family and a flag of unclear origin.',
        raised: 1,
        about: { goal: 'emre-citizen' },
      },
    ],
    promises: [
      {
        by: 'johanna',
        text: 'Ask for the soldering station, and not for the cheapest.',
        made: 5,
        due: -25,
        done: -27,
      },
      { by: 'emre', text: 'Show Siobhán how to measure a board, so that two of us can.', made: 3, due: -5 },
      { by: 'emre', text: 'A name for the iron.', made: 2, due: -3, done: -4 },
    ],
  },
  'johanna-siobhan': {
    between: ['johanna', 'siobhan'],
    recurrence: { weeks: 1, on: 'WE', at: '15:00', zone: 'Europe/Berlin' },
    past: 8,
    minutes: 25,
    skipped: [2],
    offTheRecord: { 8: 'siobhan' },
    points: [
      {
        by: 'siobhan',
        text: 'The lamp above my desk. It sounds silly and it is not.',
        raised: 7,
        discussed: 6,
      },
      { by: 'johanna', text: 'Mondays: you say fine. Say it again with the numbers.', raised: 1 },
      { by: 'siobhan', text: 'Which customer stayed with me after I hung up.', raised: 5, standing: true },
    ],
    promises: [{ by: 'johanna', text: 'The lamp, this week.', made: 6, due: -34, done: -35 }],
  },
  'otieno-achieng': {
    between: ['otieno', 'achieng'],
    recurrence: { weeks: 2, on: 'TU', at: '16:00', zone: 'Africa/Nairobi' },
    past: 15,
    skipped: [12, 5],
    points: [
      {
        by: 'achieng',
        text: 'I will want my own workshop one day. I did not know whether one may say this to the person one works for.',
        raised: 8,
        discussed: 8,
        about: { goal: 'achieng-workshop' },
      },
      { by: 'otieno', text: 'One may. What do you have to learn here before that?', raised: 7, discussed: 6 },
      {
        by: 'achieng',
        text: "Ian's school calls during the shift. I will pick up.",
        raised: 3,
        discussed: 3,
      },
      { by: 'otieno', text: 'Kisumu.', raised: 0 },
    ],
    promises: [
      {
        by: 'otieno',
        text: 'Let you do the ordering for three months, with the real money.',
        made: 6,
        due: -70,
        done: -72,
      },
      { by: 'achieng', text: 'Tell you a year before, not a month.', made: 6 },
      { by: 'otieno', text: 'Introduce you to the man in Kakamega.', made: 1, due: 9 },
    ],
    notes: { 8: [['otieno', 'She said it. I went home and told my wife that it was a good day at work.']] },
  },
  'otieno-baraka': {
    between: ['otieno', 'baraka'],
    recurrence: { weeks: 1, on: 'FR', at: '15:30', zone: 'Africa/Nairobi' },
    past: 30,
    minutes: 15,
    skipped: [24, 17, 10],
    points: [
      {
        by: 'baraka',
        text: 'We send people away for bolts. Eleven times this week. I counted.',
        raised: 17,
        discussed: 15,
        about: { businessGoal: 'q2-first-visit' },
      },
      { by: 'baraka', text: 'When will you ride my wheel?', raised: 8, about: { goal: 'baraka-apprentice' } },
      { by: 'otieno', text: 'Explain the wheel to me as if I had to sell it.', raised: 2, discussed: 1 },
    ],
    promises: [
      { by: 'otieno', text: 'Bolts. A whole wall of them.', made: 15, due: -90, done: -93 },
      { by: 'otieno', text: 'Ride it when it rains.', made: 7, due: 30, renegotiated: 3 },
    ],
  },
  'wanjiru-otieno': {
    between: ['otieno', 'wanjiru'],
    recurrence: { weeks: 2, on: 'MO', at: '11:30', zone: 'Africa/Nairobi' },
    past: 16,
    skipped: [8],
    points: [
      {
        by: 'otieno',
        text: 'People whom we train leave and open their own. I think that this is the goal and not the problem. Do you?',
        raised: 3,
        discussed: 2,
        about: { businessGoal: 'q3-repairers' },
      },
    ],
    promises: [{ by: 'wanjiru', text: 'Say that sentence to the others in Porto.', made: 2, due: 5 }],
  },
  'wanjiru-zawadi': {
    between: ['wanjiru', 'zawadi'],
    recurrence: { weeks: 2, on: 'WE', at: '16:30', zone: 'Africa/Nairobi', phase: 1 },
    past: 14,
    points: [
      {
        by: 'zawadi',
        text: 'I failed statistics. I am telling you before the university does.',
        raised: 5,
        discussed: 5,
        about: { goal: 'zawadi-degree' },
      },
      {
        by: 'zawadi',
        text: 'Three places, three ways of counting. May I fly to Porto and count with them for a week?',
        raised: 1,
        about: { businessGoal: 'q3-parts-map' },
      },
    ],
    promises: [
      {
        by: 'wanjiru',
        text: 'Evenings before examinations are free. Tell the rota.',
        made: 5,
        due: -45,
        done: -50,
      },
    ],
  },
  'tomasz-zawadi': {
    between: ['tomasz', 'zawadi'],
    recurrence: { weeks: 1, on: 'TU', at: '18:00', zone: 'Africa/Nairobi' },
    past: 8,
    minutes: 60,
    skipped: [3],
    points: [
      {
        by: 'zawadi',
        text: 'Variance. I can calculate it and I do not believe it.',
        raised: 8,
        discussed: 7,
      },
      {
        by: 'tomasz',
        text: 'My aunt would like to meet you.',
        raised: 4,
        discussed: 4,
        about: { goal: 'tomasz-statistics' },
      },
    ],
    promises: [{ by: 'zawadi', text: 'Ten exercises, the even ones.', made: 1, due: 2 }],
  },
});
