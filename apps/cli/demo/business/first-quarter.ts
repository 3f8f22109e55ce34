import { keyed, type DemoBusinessGoal } from '../shapes.js';

/** Business goals of the quarter before the last: closed, the good and the other. */
export const firstQuarter = keyed<DemoBusinessGoal>()({
  'q1-company': {
    owner: 'ines',
    title: 'A winter in which no customer waits',
    description: 'Promise a week and mean it: new bicycles, spare parts, answers on the telephone.',
    state: 'MISSED',
    keyResults: [
      ['Orders delivered in the promised week', '%', 71, 84, 95],
      ['Spare parts shipped in two days', '%', 64, 90, 90],
      ['Calls answered in two minutes', '%', 55, 81, 80],
    ],
    checkIns: [
      [-198, 'ines', 'ON_TRACK', 4, 'We know what to do and have begun with the boring half.'],
      [
        -166,
        'ines',
        'AT_RISK',
        3,
        'Parts and calls: yes. Delivery: the forks are late and we are not sure why.',
      ],
      [
        -158,
        'ines',
        'OFF_TRACK',
        2,
        "Two of three. The third was ours, not the weather's. What we learned stands in the production goal.",
      ],
    ],
  },
  'q1-delivery': {
    owner: 'joaquim',
    title: 'Deliver in the week that we promised',
    parent: 'q1-company',
    state: 'MISSED',
    assignees: ['beatriz', 'noor', 'bogdan'],
    keyResults: [
      ['Orders delivered in the promised week', '%', 71, 84, 95],
      ['Line stops for a missing part', 'a week', 9, 5, 2],
    ],
    checkIns: [
      [-192, 'beatriz', 'ON_TRACK', 4],
      [-175, 'noor', 'AT_RISK', 3, 'Forks. The supplier says Thursday; they have not said which.'],
      [
        -157,
        'joaquim',
        'OFF_TRACK',
        2,
        'We planned with the good week. From now on we plan with the middling week.',
      ],
    ],
  },
  'q1-parts': {
    owner: 'wanjiru',
    title: 'Spare parts in two days, also to Kisumu',
    parent: 'q1-company',
    state: 'ACHIEVED',
    assignees: ['zawadi', 'henrik', 'rui'],
    keyResults: [
      ['Shipped in two days', '%', 64, 90, 90],
      ['Parts that we never have', 'parts', 31, 8, 10],
    ],
    checkIns: [
      [-189, 'zawadi', 'ON_TRACK', 3, 'Counted everything, by hand, with two cousins and a thermos.'],
      [-164, 'zawadi', 'ON_TRACK', 5],
      [-156, 'wanjiru', 'ON_TRACK', 5, 'A left pedal reached Kisumu before its invoice reached us.'],
    ],
  },
  'q1-calls': {
    owner: 'wanjiru',
    formerOwner: 'henrik',
    title: 'Somebody picks up',
    description: 'Calls and messages in Europe.',
    parent: 'q1-company',
    state: 'ACHIEVED',
    assignees: ['siobhan', 'emre', 'johanna'],
    keyResults: [['Calls answered in two minutes', '%', 55, 81, 80]],
    checkIns: [
      [-190, 'henrik', 'ON_TRACK', 4],
      [-159, 'siobhan', 'ON_TRACK', 5, 'The trick was to let people who know the answer pick up.'],
    ],
  },
  'q1-longtail': {
    owner: 'friederike',
    title: 'The Long Tail carries 200 kg and is pleasant about it',
    state: 'ACHIEVED',
    assignees: ['dmytro', 'oluwaseun', 'greta', 'pascal'],
    keyResults: [
      ['Load on the rig without a crack', 'cycles', 60000, 250000, 250000],
      ['Test riders who would take it home', 'of 20', 7, 16, 15],
    ],
    checkIns: [
      [-195, 'dmytro', 'ON_TRACK', 4],
      [
        -177,
        'greta',
        'AT_RISK',
        3,
        'Crack at 180,000, always the same weld. It is not the weld; it is what pulls at it.',
      ],
      [-161, 'oluwaseun', 'ON_TRACK', 4, 'Without the gusset it holds. One part fewer.'],
      [-155, 'friederike', 'ON_TRACK', 5],
    ],
  },
  'q1-brake': {
    owner: 'aino',
    title: 'A brake that does not squeal in Hamburg',
    parent: 'q1-longtail',
    state: 'CANCELLED',
    assignees: ['rafael', 'yuki'],
    keyResults: [['Complaints about noise', 'a week', 14, 12, 3]],
    checkIns: [
      [-186, 'rafael', 'AT_RISK', 2, 'It squeals in Leipzig too, if one listens.'],
      [
        -170,
        'aino',
        'OFF_TRACK',
        1,
        'Every pad that is quiet is weak. I propose to stop and change the disc instead.',
      ],
    ],
  },
  'q1-fleet': {
    owner: 'ananya',
    title: 'City fleets see which bicycle needs care before it stops',
    state: 'ACHIEVED',
    assignees: ['vikram', 'meera', 'lobsang', 'eszter'],
    keyResults: [
      ['Fleets connected', 'fleets', 2, 6, 6],
      ['Breakdowns that we announced', '%', 0, 38, 30],
    ],
    checkIns: [
      [-194, 'vikram', 'ON_TRACK', 3],
      [-163, 'meera', 'ON_TRACK', 4, 'Ghent connected itself, over a weekend, with the documentation alone.'],
      [-155, 'ananya', 'ON_TRACK', 5],
    ],
  },
  'q1-books': {
    owner: 'adaeze',
    title: 'Close the month in five days',
    state: 'ACHIEVED',
    assignees: ['goncalo', 'mirela', 'hanneke'],
    keyResults: [['Working days to close', 'days', 11, 5, 5]],
    checkIns: [
      [-174, 'goncalo', 'ON_TRACK', 4, 'Seven.'],
      [-154, 'mirela', 'ON_TRACK', 5, 'Five. We went home by daylight.'],
    ],
  },
  'q1-apprentices': {
    owner: 'naledi',
    title: 'Two apprentices who are glad that they came',
    state: 'ACHIEVED',
    assignees: ['amadou', 'otieno', 'sunniva'],
    progressByHand: 1,
    checkIns: [
      [-165, 'naledi', 'ON_TRACK', 5, 'They were asked by somebody whom they could have told the contrary.'],
    ],
  },
  'q1-montreal': {
    owner: 'etienne',
    title: 'Montréal sells in January',
    state: 'MISSED',
    assignees: ['noemie', 'desmond', 'xiomara'],
    keyResults: [['Bicycles sold between Christmas and March', 'bicycles', 11, 27, 60]],
    checkIns: [
      [-191, 'noemie', 'AT_RISK', 3],
      [-162, 'desmond', 'OFF_TRACK', 2, 'People come in to get warm. They are lovely. They do not buy.'],
      [-153, 'etienne', 'OFF_TRACK', 1, 'Sixty was my number and I had made it up on an airplane.'],
    ],
  },
});
