import { keyed, type DemoPair } from '../shapes.js';

/** One-to-ones of the frames team, the tour's among them. */
export const frameTalks = keyed<DemoPair>()({
  'oluwaseun-leonie': {
    between: ['oluwaseun', 'leonie'],
    recurrence: { weeks: 1, on: 'TU', at: '10:00', zone: 'Europe/Berlin' },
    past: 32,
    skipped: [28, 21, 13],
    cancelled: [17],
    moved: { 9: 3, 4: 24 },
    points: [
      {
        by: 'leonie',
        text: 'The banana. You have read the goal, so you may ask.',
        raised: 29,
        discussed: 29,
        about: { goal: 'leonie-half-marathon' },
      },
      {
        by: 'oluwaseun',
        text: 'I answered your question for you in the review on Monday. I noticed at the stairs.',
        raised: 27,
        discussed: 27,
      },
      { by: 'leonie', text: 'Why do we have a gusset at joint four?', raised: 26, discussed: 22 },
      {
        by: 'oluwaseun',
        text: 'Would you run the next four reviews?',
        before: ['You should run the reviews.'],
        raised: 20,
        discussed: 20,
      },
      {
        by: 'leonie',
        text: 'I was told in Porto that I "draw things that cannot be reached with a torch". They are right. What do we change?',
        raised: 18,
        discussed: 15,
      },
      {
        by: 'leonie',
        text: 'Training budget: the course on fatigue in Delft. You said that you would ask.',
        raised: 14,
        discussed: 8,
      },
      {
        by: 'oluwaseun',
        text: 'Thank you for the 14 of 60 minutes.',
        raised: 10,
        discussed: 10,
        about: { goal: 'leonie-leading' },
      },
      {
        by: 'leonie',
        text: 'Celeste comes for five weeks. May I have her for one thing from beginning to end, and nobody else tells her what to do?',
        raised: 12,
        discussed: 11,
      },
      {
        by: 'oluwaseun',
        text: 'Joint nine. Is it too much, or is it too alone?',
        raised: 2,
        discussed: 1,
        about: { businessGoal: 'q3-joints' },
      },
      { by: 'leonie', text: 'What would have to be true for a second team? I hear corridors.', raised: 4 },
      {
        by: 'leonie',
        text: 'Thursdays at three I am away, every week. I would like to tell you why.',
        raised: 3,
        draft: true,
        about: { goal: 'leonie-oma' },
      },
      {
        by: 'leonie',
        text: 'Half an idea for joint nine. It needs somebody who says "no" quickly.',
        raised: 0,
        about: { businessGoal: 'q3-joints' },
      },
      {
        by: 'oluwaseun',
        text: 'My proposal about joint nine: did it come at the wrong time?',
        raised: 0,
        draft: true,
        about: { goal: 'leonie-leading' },
      },
      { by: 'oluwaseun', text: 'Your third anniversary is close. Cake or no cake?', raised: 0 },
    ],
    feedback: [
      {
        in: 31,
        by: 'oluwaseun',
        better: 'I talked for twenty minutes. I would like to hear more of you.',
        worthIt: 3,
        offered: 20,
      },
      {
        in: 31,
        by: 'leonie',
        better: 'Tell me beforehand what you want to talk about. I think before I speak.',
        worthIt: 4,
        offered: 190,
      },
      { in: 10, by: 'leonie', better: 'We only talked about drawings.', worthIt: 2 },
      {
        in: 3,
        by: 'leonie',
        better: 'Walk to the welders with me instead of sitting in the glass box.',
        worthIt: 5,
        offered: 15,
      },
      {
        in: 3,
        by: 'oluwaseun',
        better: 'Begin with joint nine, not end with it.',
        worthIt: 5,
        offered: 1_450,
      },
      // Leonie does not know that he has offered his.
      {
        in: 1,
        by: 'oluwaseun',
        better: 'I would like you to say what you need from me before I ask.',
        worthIt: 4,
        offered: 30,
      },
    ],
    promises: [
      { by: 'oluwaseun', text: 'Show you my own goal first.', made: 31, due: -203, done: -206 },
      {
        by: 'leonie',
        text: 'A list of everything in the long tail that cannot be reached with a torch.',
        made: 18,
        due: -112,
        done: -113,
      },
      {
        by: 'oluwaseun',
        text: 'Tell Friederike that the reviews are yours, so that nobody asks me.',
        made: 20,
        due: -125,
        done: -129,
      },
      {
        by: 'oluwaseun',
        text: 'Ask for the training budget for Delft.',
        before: [['oluwaseun', 'Ask about training.']],
        made: 14,
        due: -12,
        renegotiated: 2,
      },
      {
        by: 'leonie',
        text: 'Take the gusset out of the model and let Greta break it.',
        made: 22,
        due: -140,
        done: -141,
      },
      {
        by: 'leonie',
        text: 'Write down how I divided the drawings, for whoever does it next.',
        made: 9,
        due: -40,
        done: -36,
      },
      {
        by: 'oluwaseun',
        text: 'Not to come to the review in Porto.',
        writtenBy: 'leonie',
        made: 7,
        due: -38,
        done: -38,
      },
      { by: 'leonie', text: 'Learn to weld one joint myself.', made: 6, due: 20, renegotiated: 1 },
      {
        by: 'leonie',
        text: 'Bring the numbers of joint nine on paper, without the colours.',
        made: 1,
        due: 3,
      },
      {
        by: 'oluwaseun',
        text: 'Lunch with somebody from the software people, for you. (They have had two teams for a year.)',
        made: 2,
      },
      { by: 'oluwaseun', text: 'Order a second torch dummy.', made: 15, due: -60, dropped: -70 },
    ],
    notes: {
      29: [
        ['leonie', "We met. Oluwaseun told about his father's printing shop, which explains a good deal."],
      ],
      22: [
        ['leonie', '- gusset at joint four: nobody knows'],
        [
          'oluwaseun',
          '- gusset at joint four: nobody knows (I do not either)\n- Leonie takes it out, Greta breaks it\n- if it holds, **cake**',
        ],
      ],
      15: [
        [
          'leonie',
          '**Torch rule.** Before a drawing goes to Porto, somebody holds the dummy torch into the model.',
        ],
        [
          'oluwaseun',
          '**Torch rule.** Before a drawing goes to Porto, somebody holds the dummy torch into the model. Amadou lends us the real one for a day.',
        ],
        [
          'leonie',
          '**Torch rule.** Before a drawing goes to Porto, somebody holds the dummy torch into the model. Amadou lends us the real one for a day. (He lent himself as well. A good day.)',
        ],
      ],
      11: [
        [
          'oluwaseun',
          'Celeste: one part, from the question to the welded piece. Leonie looks after her, I look after nobody. My exercise: the *nobody*.',
        ],
      ],
      8: [
        [
          'oluwaseun',
          'Delft: I have not asked. No good reason. New date, and I say it if I need another one.',
        ],
      ],
      4: [['leonie', 'Review three: quiet. Too quiet? Asked Quang, who says: "They were thinking."']],
      1: [
        [
          'oluwaseun',
          "Joint nine\n\n1. more steel: no\n2. other angle: Quang calculates\n3. Leonie's half idea: on paper, next week",
        ],
        [
          'leonie',
          "Joint nine\n\n1. more steel: no\n2. other angle: Quang calculates\n3. Leonie's half idea: on paper, next week\n\nWhat I need: an hour without the door.",
        ],
      ],
    },
    privateNotes: [
      {
        in: 14,
        by: 'leonie',
        text: 'He forgot Delft. Do not let him off out of friendliness; he would not want it.',
      },
      { in: 11, by: 'oluwaseun', text: 'She grows by a size when nobody looks. Look away more.' },
      {
        in: 4,
        by: 'leonie',
        text: 'Wollte von Oma erzählen und habe von Gelenk neun geredet. Nächstes Mal.',
      },
      { in: 0, by: 'leonie', text: 'Say the thing about Thursdays *first*.' },
    ],
  },
  'oluwaseun-quang': {
    between: ['oluwaseun', 'quang'],
    recurrence: { weeks: 2, on: 'WE', at: '13:30', zone: 'Europe/Berlin' },
    past: 14,
    skipped: [6],
    points: [
      {
        by: 'quang',
        text: 'The model is 30 % wrong. I would like to say so publicly.',
        raised: 8,
        discussed: 8,
        about: { goal: 'quang-simulation' },
      },
      {
        by: 'quang',
        text: "I leave at four for the kindergarten, always. Is it on the team's calendar, or only on mine?",
        raised: 5,
        discussed: 4,
        about: { goal: 'quang-daughter' },
      },
      {
        by: 'oluwaseun',
        text: 'Greta says that the two of you argue well. What may I take from that for the rest of us?',
        raised: 1,
      },
    ],
    promises: [
      {
        by: 'oluwaseun',
        text: "Put four o'clock into the team's calendar and keep it free of anybody's meetings.",
        made: 4,
        due: -40,
        done: -44,
      },
      { by: 'quang', text: 'Present the wrong model.', made: 8, due: -90, done: -92 },
      { by: 'quang', text: 'A page that says what the model does not know.', made: 2, due: 9 },
    ],
    notes: { 4: [['quang', "Four o'clock is four o'clock."]] },
  },
  'oluwaseun-salma': {
    between: ['salma', 'oluwaseun'],
    recurrence: { weeks: 2, on: 'TH', at: '11:00', zone: 'Europe/Berlin', phase: 1 },
    past: 12,
    cancelled: [5],
    points: [
      {
        by: 'salma',
        text: "Second-life tubes: I need two afternoons in Aveiro, with the mill's foreman and no slides.",
        raised: 7,
        discussed: 7,
        about: { businessGoal: 'q2-second-life' },
      },
      { by: 'salma', text: 'Mornings are better than afternoons at the moment.', raised: 3, discussed: 3 },
      { by: 'salma', text: 'How I am. I will say it when I want to say it.', raised: 1, draft: true },
    ],
    promises: [
      {
        by: 'oluwaseun',
        text: "Nothing that needs Salma is after two o'clock.",
        made: 3,
        due: -22,
        done: -26,
      },
      { by: 'salma', text: 'Tell you if it is too much, before it is.', made: 3 },
    ],
    privateNotes: [{ in: 3, by: 'oluwaseun', text: 'Do not ask for reasons. She will tell me or not.' }],
  },
  'dmytro-oluwaseun': {
    between: ['dmytro', 'oluwaseun'],
    recurrence: { weeks: 2, on: 'MO', at: '14:00', zone: 'Europe/Berlin' },
    past: 16,
    skipped: [10, 3],
    points: [
      {
        by: 'dmytro',
        text: 'My parents arrive in the week of the tests. I will be half here.',
        raised: 9,
        discussed: 9,
        about: { goal: 'dmytro-parents' },
      },
      {
        by: 'oluwaseun',
        text: 'A second team: what would be left of the first?',
        raised: 5,
        discussed: 2,
        about: { businessGoal: 'q3-draft-lead' },
      },
      {
        by: 'oluwaseun',
        text: 'Delft for Leonie, 1,900 €. I have been carrying this like a stone in a shoe.',
        raised: 1,
      },
    ],
    promises: [
      { by: 'dmytro', text: 'Ask Adaeze about the budget for courses, all of it, once.', made: 2, due: 6 },
      {
        by: 'oluwaseun',
        text: 'Take over the tests while your parents move in.',
        made: 9,
        due: -110,
        done: -115,
      },
      { by: 'dmytro', text: 'A plum from the tree for everybody.', made: 8, due: -80, done: -60 },
    ],
    notes: {
      2: [
        [
          'dmytro',
          'Second team: not before joint eleven. And nobody is a candidate until somebody wants to be.',
        ],
      ],
    },
  },
  'leonie-catarina': {
    between: ['catarina', 'leonie'],
    dates: { on: [5, -16, -37, -65, -92, -117], at: '17:30', zone: 'Europe/Lisbon' },
    past: 5,
    points: [
      {
        by: 'leonie',
        text: 'Kilometre sixteen.',
        raised: 2,
        discussed: 2,
        about: { goal: 'leonie-half-marathon' },
      },
      { by: 'catarina', text: 'What does one wear?', raised: 1, discussed: 1 },
      { by: 'catarina', text: 'Do not look round at the start.', raised: 0, draft: true },
      {
        by: 'leonie',
        text: 'You find what I draw wrong before I know that I drew it. Show me how you look?',
        raised: 3,
      },
    ],
    promises: [
      { by: 'catarina', text: 'A day on the line beside me, looking.', made: 3, due: 14, renegotiated: 1 },
    ],
  },
  'friederike-leonie': {
    between: ['friederike', 'leonie'],
    recurrence: { weeks: 4, on: 'FR', at: '09:00', zone: 'Europe/Berlin', phase: 1 },
    past: 7,
    minutes: 45,
    skipped: [4],
    points: [
      {
        by: 'friederike',
        text: 'What do you see from where you sit that I cannot see from here?',
        raised: 7,
        discussed: 7,
      },
      {
        by: 'leonie',
        text: 'We find out about decisions from the agenda of the meeting after.',
        raised: 5,
        discussed: 3,
      },
      {
        by: 'leonie',
        text: 'How did you notice that you wanted to lead? Or did you not?',
        raised: 2,
        discussed: 1,
        about: { goal: 'leonie-leading' },
      },
    ],
    promises: [
      {
        by: 'friederike',
        text: 'Decisions of the Thursday round on one page, the same evening, readable by everybody.',
        made: 3,
        due: -50,
        done: -44,
      },
      { by: 'friederike', text: 'The drawing of my first, terrible frame.', made: 1, due: 12 },
    ],
    notes: {
      1: [
        [
          'friederike',
          'I did not notice. I was asked, and said yes because of the desk by the window. It took me six years to like it. Better to do it your way round.',
        ],
      ],
    },
  },
  'quang-greta': {
    between: ['quang', 'greta'],
    recurrence: { weeks: 2, on: 'TH', at: '15:00', zone: 'Europe/Berlin' },
    past: 9,
    minutes: 20,
    points: [
      {
        by: 'greta',
        text: 'Joint nine: your model says no, my rig says maybe.',
        raised: 2,
        discussed: 1,
        about: { businessGoal: 'q3-joints' },
      },
      { by: 'quang', text: 'May I stick a second sensor on the rig, at the ugly place?', raised: 1 },
    ],
    promises: [{ by: 'greta', text: 'Cake, if it comes within a tenth.', made: 5 }],
  },
});
