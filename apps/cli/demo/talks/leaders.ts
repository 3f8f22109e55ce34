import { keyed, type DemoPair } from '../shapes.js';

/** One-to-ones of those who lead departments, and in the office, people and finance. */
export const leaderTalks = keyed<DemoPair>()({
  'ines-friederike': {
    between: ['ines', 'friederike'],
    recurrence: { weeks: 2, on: 'MO', at: '09:00', zone: 'Europe/Lisbon' },
    past: 18,
    minutes: 45,
    skipped: [14, 7],
    feedback: [
      {
        in: 2,
        by: 'friederike',
        better: 'Half of it about people, not about figures.',
        worthIt: 3,
        offered: 45,
      },
      {
        in: 2,
        by: 'ines',
        better: 'The same. And no telephone on the table, mine least of all.',
        worthIt: 3,
        offered: 300,
      },
      { in: 1, by: 'friederike', worthIt: 5 },
    ],
    points: [
      {
        by: 'friederike',
        text: 'In four years I stop. I would like to say it to you before I say it to a form.',
        raised: 9,
        discussed: 9,
        about: { goal: 'friederike-hand-over' },
      },
      {
        by: 'ines',
        text: 'Twenty years on the frame. What do you need from me so that you can sign it?',
        raised: 5,
        discussed: 4,
        about: { businessGoal: 'q3-frame' },
      },
      {
        by: 'friederike',
        text: 'Your Saturdays in the welding shop. The people like it. Joaquim worries about your eyebrows.',
        raised: 6,
        discussed: 6,
        about: { goal: 'ines-welding' },
      },
      { by: 'friederike', text: 'I would like the fourth shop to wait until joint nine is done.', raised: 1 },
    ],
    promises: [
      {
        by: 'ines',
        text: 'Not to announce the twenty years before you have signed.',
        made: 5,
        due: -45,
        done: -46,
      },
      {
        by: 'friederike',
        text: 'Three names of people who could, one day. For you only.',
        made: 3,
        due: 15,
        renegotiated: 1,
      },
      { by: 'ines', text: 'Wear the mask. Always.', writtenBy: 'friederike', made: 6 },
    ],
    notes: {
      9: [['ines', 'Four years. We told each other what we would do with a Tuesday.']],
      4: [
        [
          'friederike',
          'To sign I need: eleven joints, one winter of salt, and the right to say no in week twelve.',
        ],
        [
          'ines',
          'To sign I need: eleven joints, one winter of salt, and the right to say no in week twelve. **Granted.** (I.)',
        ],
      ],
    },
    privateNotes: [
      {
        in: 9,
        by: 'ines',
        text: 'I had known for a year and had been afraid of this conversation. It was a good one.',
      },
    ],
  },
  'ines-joaquim': {
    between: ['joaquim', 'ines'],
    recurrence: { weeks: 1, on: 'FR', at: '08:00', zone: 'Europe/Lisbon' },
    past: 32,
    minutes: 30,
    skipped: [30, 25, 19, 8],
    points: [
      {
        by: 'joaquim',
        text: 'Missed the promised week again. It was my plan, not the forks.',
        raised: 22,
        discussed: 21,
        about: { businessGoal: 'q1-delivery' },
      },
      {
        by: 'ines',
        text: 'A procissão! Why did nobody tell me?',
        raised: 5,
        discussed: 5,
        about: { goal: 'joaquim-music' },
      },
      {
        by: 'joaquim',
        text: 'The heating in hall two before the next winter, please, and not after.',
        raised: 9,
      },
    ],
    promises: [
      { by: 'ines', text: 'Heating, hall two: a decision.', made: 9, due: -20, renegotiated: 1 },
      { by: 'joaquim', text: 'Plan with the middling week.', made: 21, due: -120, done: -125 },
      { by: 'ines', text: 'Come and listen, second row, no speech.', made: 5, due: 40 },
    ],
    notes: { 21: [['joaquim', 'Combinado: planeamos com a semana do meio, não com a boa.']] },
  },
  'ines-wanjiru': {
    between: ['ines', 'wanjiru'],
    recurrence: { weeks: 2, on: 'WE', at: '12:00', zone: 'Africa/Nairobi' },
    past: 15,
    skipped: [6],
    points: [
      {
        by: 'wanjiru',
        text: 'I said it in the car again. Here it is, in the room.',
        raised: 9,
        discussed: 9,
        about: { goal: 'wanjiru-voice' },
      },
      {
        by: 'wanjiru',
        text: 'Teachers, not posters: the training money goes where the hands are.',
        raised: 4,
        discussed: 3,
        about: { businessGoal: 'q3-repairers' },
      },
      {
        by: 'ines',
        text: 'Henrik gone, Johanna new, and you carried both. How are you?',
        raised: 3,
        discussed: 2,
      },
    ],
    promises: [
      { by: 'ines', text: 'Nine thousand from the posters to the teachers.', made: 3, due: -25, done: -27 },
      { by: 'wanjiru', text: 'Two weeks on the farm with the telephone in the tea.', made: 2, due: 30 },
    ],
  },
  'ines-matthias': {
    between: ['ines', 'matthias'],
    recurrence: { weeks: 1, on: 'MO', at: '16:00', zone: 'Europe/Lisbon' },
    past: 28,
    minutes: 20,
    skipped: [20],
    points: [
      {
        by: 'matthias',
        text: 'Three afternoons. Here is what I will not do any more.',
        raised: 12,
        discussed: 11,
        about: { goal: 'matthias-son' },
      },
      {
        by: 'ines',
        text: 'The Evangelist. When?',
        raised: 7,
        discussed: 7,
        about: { goal: 'matthias-choir' },
      },
    ],
    promises: [
      { by: 'matthias', text: 'A list of meetings that nobody would miss.', made: 11, due: -62, done: -64 },
      { by: 'ines', text: 'Cancel them.', made: 10, due: -55, done: -51 },
    ],
  },
  'ines-etienne': {
    between: ['etienne', 'ines'],
    recurrence: { weeks: 2, on: 'TH', at: '09:00', zone: 'America/Toronto' },
    past: 14,
    cancelled: [9],
    points: [
      {
        by: 'etienne',
        text: 'Sixty in January was made up. I would like to have said it in October.',
        raised: 10,
        discussed: 10,
        about: { businessGoal: 'q1-montreal' },
      },
      {
        by: 'ines',
        text: 'How do I have to ask so that you can say it in October?',
        raised: 8,
        discussed: 7,
      },
      {
        by: 'etienne',
        text: 'Québec, with a stove. Five minutes of dreaming, please.',
        raised: 2,
        about: { businessGoal: 'q3-draft-shop' },
      },
    ],
    promises: [
      {
        by: 'ines',
        text: 'Ask "which part of it do you not believe?", every time.',
        made: 7,
        due: -80,
        done: -86,
      },
    ],
  },
  'ines-ananya': {
    between: ['ines', 'ananya'],
    recurrence: { weeks: 2, on: 'TU', at: '15:00', zone: 'Asia/Kolkata', phase: 1 },
    past: 12,
    points: [
      {
        by: 'ananya',
        text: 'Ximena asked what we would do differently about hiring. I had an answer, and it was long.',
        raised: 1,
        discussed: 1,
        about: { goal: 'ananya-hiring' },
      },
      {
        by: 'ananya',
        text: 'An hour of veena in the mornings. Nothing before ten.',
        raised: 6,
        discussed: 6,
        about: { goal: 'ananya-veena' },
      },
    ],
    promises: [{ by: 'ananya', text: 'The long answer, written down.', made: 1, due: 10 }],
  },
  'ines-adaeze': {
    between: ['ines', 'adaeze'],
    recurrence: { weeks: 2, on: 'TU', at: '10:00', zone: 'Europe/Lisbon' },
    past: 16,
    skipped: [12],
    points: [
      {
        by: 'adaeze',
        text: 'The board and the lemonade stand: again in spring?',
        raised: 4,
        discussed: 4,
        about: { goal: 'adaeze-board' },
      },
    ],
    promises: [{ by: 'ines', text: 'Read the balance sheet aloud myself.', made: 4, due: -30, done: -33 }],
  },
  'sunniva-lucia': {
    between: ['sunniva', 'lucia'],
    recurrence: { weeks: 1, on: 'WE', at: '10:30', zone: 'Europe/Lisbon' },
    past: 25,
    skipped: [18, 9],
    points: [
      {
        by: 'lucia',
        text: 'The mediation course costs twelve Fridays. I bring them back in quarrels that end.',
        raised: 14,
        discussed: 13,
        about: { goal: 'lucia-mediation' },
      },
      { by: 'sunniva', text: "Your mother's oven.", raised: 2, discussed: 2 },
      {
        by: 'lucia',
        text: 'Somebody told me something that I must keep. I only want to say that it is heavy.',
        raised: 3,
        discussed: 3,
      },
    ],
    promises: [
      { by: 'sunniva', text: 'Twelve Fridays.', made: 13, due: -78, done: -80 },
      { by: 'lucia', text: 'One page: how one ends a one-to-one well.', made: 4, due: -9, done: -5 },
    ],
    privateNotes: [{ in: 3, by: 'lucia', text: 'No names, not even here.' }],
  },
  'sunniva-tomasz': {
    between: ['sunniva', 'tomasz'],
    recurrence: { weeks: 2, on: 'MO', at: '11:00', zone: 'Europe/Berlin', phase: 1 },
    past: 14,
    points: [
      {
        by: 'tomasz',
        text: 'We asked 84 questions and acted on three. I would like to ask twelve and act on four.',
        raised: 9,
        discussed: 8,
        about: { businessGoal: 'q2-listening' },
      },
      {
        by: 'tomasz',
        text: 'What I can see and what I cannot, in one picture, for everybody on the wall.',
        raised: 2,
      },
    ],
    promises: [{ by: 'tomasz', text: 'The picture.', made: 1, due: 11 }],
  },
  'sunniva-naledi': {
    between: ['naledi', 'sunniva'],
    recurrence: { weeks: 2, on: 'TH', at: '10:00', zone: 'Africa/Nairobi' },
    past: 13,
    points: [
      {
        by: 'naledi',
        text: 'I would like to let the apprentices choose the next ones. Really choose.',
        raised: 5,
        discussed: 4,
        about: { businessGoal: 'q3-apprentices' },
      },
    ],
    promises: [
      {
        by: 'sunniva',
        text: 'Defend it when the first one is "not from a good school".',
        made: 4,
        due: -14,
        done: -15,
      },
    ],
  },
  'adaeze-goncalo': {
    between: ['adaeze', 'goncalo'],
    recurrence: { weeks: 1, on: 'TU', at: '09:00', zone: 'Europe/Lisbon' },
    past: 26,
    minutes: 20,
    skipped: [16],
    points: [
      {
        by: 'goncalo',
        text: 'What is a month? Four departments, four answers.',
        raised: 4,
        discussed: 3,
        about: { businessGoal: 'q3-close' },
      },
      {
        by: 'adaeze',
        text: 'You walk home now. It suits you; you argue more slowly.',
        raised: 10,
        discussed: 10,
      },
    ],
    promises: [
      { by: 'goncalo', text: 'One definition of a month, signed by all four.', made: 3, due: -8, done: -11 },
      { by: 'adaeze', text: 'Replace the printer that hates you.', made: 8, due: -35, done: -29 },
    ],
  },
  'goncalo-mirela': {
    between: ['mirela', 'goncalo'],
    recurrence: { weeks: 1, on: 'TH', at: '14:00', zone: 'Europe/Lisbon' },
    past: 22,
    minutes: 20,
    skipped: [7],
    points: [
      {
        by: 'mirela',
        text: 'Paper three is on a Friday that is also a closing day.',
        raised: 4,
        discussed: 3,
        about: { goal: 'mirela-exam' },
      },
      {
        by: 'goncalo',
        text: 'You found the intercompany error and told nobody that it was you.',
        raised: 8,
        discussed: 8,
      },
    ],
    promises: [
      {
        by: 'goncalo',
        text: 'Do your closing on that Friday. All of it, also the part that I have forgotten how to do.',
        made: 3,
        due: 33,
      },
      { by: 'mirela', text: 'Show me how, before.', writtenBy: 'goncalo', made: 2, due: 19 },
    ],
  },
  'goncalo-hanneke': {
    between: ['hanneke', 'goncalo'],
    recurrence: { weeks: 2, on: 'MO', at: '10:00', zone: 'Europe/Lisbon' },
    past: 15,
    minutes: 25,
    points: [
      {
        by: 'hanneke',
        text: 'Wednesdays. Before you say anything: I have already drawn how it works.',
        raised: 9,
        discussed: 8,
        about: { goal: 'hanneke-part-time' },
      },
    ],
    promises: [
      {
        by: 'goncalo',
        text: 'Say yes, in writing, before you have to ask twice.',
        made: 8,
        due: -95,
        done: -104,
      },
    ],
  },
  'matthias-rosalind': {
    between: ['matthias', 'rosalind'],
    dates: { on: [9, -19, -47, -82, -133], at: '12:30', zone: 'Europe/Berlin' },
    past: 4,
    minutes: 60,
    points: [
      {
        by: 'rosalind',
        text: 'The surveyors have left the mountain. I need to tell somebody who will not ask when it is done.',
        raised: 4,
        discussed: 4,
        about: { goal: 'rosalind-novel' },
      },
      {
        by: 'matthias',
        text: 'What do we still keep about people that we would be embarrassed to explain?',
        raised: 2,
        discussed: 1,
        about: { businessGoal: 'q3-promise-page' },
      },
    ],
    promises: [
      {
        by: 'matthias',
        text: 'Delete the old candidates, all of them, and the list of them too.',
        made: 1,
        due: 4,
      },
    ],
  },
});
