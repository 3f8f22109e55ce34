import { keyed, type DemoBusinessGoal } from '../shapes.js';

/** Business goals of the last quarter. */
export const secondQuarter = keyed<DemoBusinessGoal>()({
  'q2-company': {
    owner: 'ines',
    title: 'Built to be repaired, and proud of it',
    description:
      'Half of what we sell should still be ridden in twenty years. This quarter: make repair the easy thing.',
    state: 'ACHIEVED',
    keyResults: [
      ['Parts with an open drawing', '%', 12, 61, 60],
      ['Repairs done at the first visit', '%', 58, 77, 75],
    ],
    checkIns: [
      [-112, 'ines', 'ON_TRACK', 4],
      [
        -88,
        'ines',
        'ON_TRACK',
        4,
        'The drawings are out. Three competitors have thanked us; one of them meant it.',
      ],
      [-64, 'ines', 'ON_TRACK', 5],
    ],
  },
  'q2-drawings': {
    owner: 'dmytro',
    title: 'Publish the drawing of every part that wears out',
    parent: 'q2-company',
    state: 'ACHIEVED',
    assignees: ['leonie', 'quang', 'hyunwoo', 'yuki'],
    keyResults: [
      ['Parts with an open drawing', '%', 12, 61, 60],
      ['Drawings that a stranger could follow', 'of 10', 3, 9, 8],
    ],
    checkIns: [
      [-108, 'leonie', 'ON_TRACK', 4],
      [
        -84,
        'quang',
        'ON_TRACK',
        4,
        "The stranger was Takumi's neighbour. He made the axle. He would like to know what it is for.",
      ],
      [-66, 'dmytro', 'ON_TRACK', 5],
    ],
  },
  'q2-first-visit': {
    owner: 'otieno',
    title: 'Repaired at the first visit',
    parent: 'q2-company',
    state: 'ACHIEVED',
    assignees: ['achieng', 'baraka', 'emre', 'takumi'],
    keyResults: [['Repairs done at the first visit', '%', 58, 77, 75]],
    checkIns: [
      [
        -105,
        'achieng',
        'ON_TRACK',
        4,
        'A trolley with the forty parts that break. The forty-first is always the one.',
      ],
      [-70, 'otieno', 'ON_TRACK', 5, 'Baraka found that we send people away for bolts. Now there are bolts.'],
    ],
  },
  'q2-second-life': {
    owner: 'salma',
    title: 'Second-life steel in one frame',
    parent: 'q2-company',
    state: 'OPEN',
    assignees: ['leonie', 'rui', 'fatoumata'],
    keyResults: [
      ['Share of second-life steel', '%', 0, 21, 33],
      ['Welds that pass inspection', '%', 0, 92, 99],
    ],
    checkIns: [
      [-102, 'salma', 'ON_TRACK', 4],
      [
        -78,
        'fatoumata',
        'AT_RISK',
        3,
        'It welds well on dry days. On wet days it sulks. I have a notebook with the weather in it.',
      ],
      [-60, 'salma', 'AT_RISK', 3, 'Carried on into the next quarter, with the notebook.'],
    ],
  },
  'q2-line': {
    owner: 'beatriz',
    title: 'One bicycle an hour, without running',
    state: 'ACHIEVED',
    assignees: ['bogdan', 'amadou', 'catarina', 'jyoti', 'teodoro'],
    keyResults: [
      ['Bicycles an hour', 'bicycles', 0.7, 1.02, 1],
      ['Steps that an assembler walks', 'km a day', 9.4, 4.1, 5],
      ['Days lost to backs', 'days a month', 11, 0, 3],
    ],
    checkIns: [
      [-110, 'bogdan', 'ON_TRACK', 3, 'Teodoro moved his bench without asking. Then everybody moved theirs.'],
      [-86, 'jyoti', 'ON_TRACK', 4, 'No backs this month. I showed the lifting that we teach on the wards.'],
      [-62, 'beatriz', 'ON_TRACK', 5],
    ],
  },
  'q2-plan': {
    owner: 'noor',
    title: 'Plan with the middling week',
    parent: 'q2-line',
    state: 'ACHIEVED',
    assignees: ['abel', 'rui'],
    keyResults: [['Orders delivered in the promised week', '%', 84, 93, 92]],
    checkIns: [
      [-100, 'abel', 'ON_TRACK', 4],
      [-63, 'noor', 'ON_TRACK', 5, 'We promise later and arrive earlier. Customers call it fast.'],
    ],
  },
  'q2-disc': {
    owner: 'aino',
    title: 'Quiet discs',
    description: 'Instead of quiet pads, which there are none of.',
    state: 'ACHIEVED',
    assignees: ['rafael', 'greta', 'yuki'],
    keyResults: [
      ['Complaints about noise', 'a week', 12, 2, 3],
      ['Stopping distance, wet, 200 kg', 'm', 7.9, 6.1, 6.5],
    ],
    checkIns: [
      [
        -106,
        'rafael',
        'ON_TRACK',
        3,
        'Seventeen holes instead of sixteen. An odd number has nothing to sing with.',
      ],
      [-67, 'aino', 'ON_TRACK', 5],
    ],
  },
  'q2-winter-kit': {
    owner: 'noemie',
    title: 'A winter kit that people actually fit',
    state: 'ACHIEVED',
    assignees: ['desmond', 'clementine', 'hyunwoo'],
    keyResults: [['Kits fitted at home, without calling us', '%', 20, 74, 70]],
    checkIns: [
      [
        -96,
        'desmond',
        'ON_TRACK',
        4,
        'Watched eleven people fit one on the shop floor. Wrote down every word that I had to say. Removed them.',
      ],
      [-65, 'noemie', 'ON_TRACK', 5],
    ],
  },
  'q2-osaka': {
    owner: 'kenji',
    title: 'Osaka lends before it sells',
    state: 'OPEN',
    assignees: ['sayaka', 'takumi', 'aroha'],
    keyResults: [
      ['Households that borrowed one for a weekend', 'households', 0, 88, 100],
      ['Of those who bought', '%', 0, 31, 25],
    ],
    checkIns: [
      [-97, 'sayaka', 'ON_TRACK', 4, '最初の週末：四家族、犬一匹。'],
      [-69, 'kenji', 'ON_TRACK', 4],
    ],
  },
  'q2-updates': {
    owner: 'vikram',
    title: 'No bicycle is ever bricked by us again',
    state: 'ACHIEVED',
    assignees: ['eszter', 'farhan', 'emre'],
    keyResults: [
      ['Controllers lost to an update', 'a month', 6, 0, 0],
      ['Updates that can be taken back', '%', 0, 100, 100],
    ],
    checkIns: [
      [
        -101,
        'eszter',
        'ON_TRACK',
        4,
        'Two slots, one switch. If the new one does not sing within ten seconds, the old one does.',
      ],
      [-68, 'vikram', 'ON_TRACK', 5],
    ],
  },
  'q2-pay-letter': {
    owner: 'hanneke',
    title: 'A payslip that one understands',
    state: 'ACHIEVED',
    assignees: ['lucia', 'mirela'],
    progressByHand: 1,
    checkIns: [
      [
        -72,
        'hanneke',
        'ON_TRACK',
        5,
        'Tested on my son-in-law, who is a philosopher. He had one question, and it was not about the payslip.',
      ],
    ],
  },
  'q2-listening': {
    owner: 'sunniva',
    title: 'Ask people less, and do what they said',
    state: 'ACHIEVED',
    assignees: ['tomasz', 'lucia'],
    keyResults: [['Questions in the yearly survey', 'questions', 84, 12, 15]],
    checkIns: [
      [-90, 'tomasz', 'ON_TRACK', 4],
      [
        -71,
        'sunniva',
        'ON_TRACK',
        4,
        'We dropped the survey that nobody could act on. Nobody has noticed, which was the point.',
      ],
    ],
  },
});
