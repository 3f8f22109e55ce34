import { keyed, type DemoPair } from '../shapes.js';

/** One-to-ones of the drive and brakes team and of industrial design. */
export const driveAndDesignTalks = keyed<DemoPair>()({
  'aino-rafael': {
    between: ['aino', 'rafael'],
    recurrence: { weeks: 2, on: 'TU', at: '14:30', zone: 'Europe/Berlin' },
    past: 15,
    skipped: [11],
    points: [
      {
        by: 'rafael',
        text: 'The committee meets twice a year. I have built a goal on something that happens twice a year.',
        raised: 1,
        about: { businessGoal: 'q3-standard' },
      },
      {
        by: 'aino',
        text: 'Seventeen holes: please explain it to me as if I were a customer.',
        raised: 8,
        discussed: 8,
      },
      {
        by: 'rafael',
        text: 'I leave early on Tuesdays for rehearsals from March on. Is that all right?',
        raised: 4,
        discussed: 3,
      },
    ],
    promises: [
      { by: 'aino', text: 'Come to hear you play.', made: 3, due: 70 },
      { by: 'rafael', text: 'Write to the twelve members, one by one.', made: 2, due: -3 },
    ],
  },
  'aino-yuki': {
    between: ['aino', 'yuki'],
    recurrence: { weeks: 2, on: 'WE', at: '09:00', zone: 'Europe/Berlin', phase: 1 },
    past: 13,
    points: [
      {
        by: 'yuki',
        text: '会議は20時まで。 (Meetings until 20:00 at the latest.)',
        raised: 7,
        discussed: 6,
        about: { goal: 'yuki-two-homes' },
      },
      {
        by: 'aino',
        text: 'Which decisions did you find out about too late this month?',
        raised: 3,
        discussed: 3,
      },
    ],
    promises: [
      {
        by: 'aino',
        text: 'Every meeting with you in it moves before 13:00 Leipzig time.',
        made: 6,
        due: -60,
        done: -66,
      },
      { by: 'yuki', text: 'Say no to the two exceptions.', made: 2, due: -2, dropped: -10 },
    ],
  },
  'pascal-hyunwoo': {
    between: ['pascal', 'hyunwoo'],
    recurrence: { weeks: 1, on: 'TH', at: '09:30', zone: 'Europe/Berlin' },
    past: 17,
    minutes: 25,
    skipped: [12, 5],
    points: [
      {
        by: 'hyunwoo',
        text: 'They apologise for their hands. I do not know what to do with that.',
        raised: 16,
        discussed: 16,
        about: { goal: 'hyunwoo-handle' },
      },
      {
        by: 'pascal',
        text: 'Your sketches have become smaller. Paper, or courage?',
        raised: 9,
        discussed: 9,
      },
      {
        by: 'hyunwoo',
        text: 'A tandem for people who do not see. Too early?',
        raised: 1,
        about: { businessGoal: 'q3-draft-tandem' },
      },
    ],
    promises: [
      { by: 'pascal', text: 'A letter for the office for naturalisation.', made: 6, due: -30, done: -32 },
      { by: 'hyunwoo', text: 'Draw large for a week.', made: 9, due: -52, done: -53 },
    ],
    notes: { 9: [['pascal', 'Courage. (And the paper was on special offer.)']] },
  },
});
