import { keyed, type DemoGoal } from '../shapes.js';

/** Personal goals in service and repair. */
export const serviceGoals = keyed<DemoGoal>()({
  'wanjiru-tea': {
    owner: 'wanjiru',
    title: 'Bring the tea farm through another generation',
    why: 'Four aunts, three acres, one roof that leaks. I am the one with a spreadsheet.',
    area: 'Land',
    horizon: 'LIFE',
    organizationWide: true,
    begun: -247,
    milestones: [
      ['The roof', -166],
      ['A buyer who pays on the day', -59],
    ],
    updates: [
      [-166, 'The roof is on. Auntie Wambui inspected each nail. She is eighty-three and used a ladder.'],
      [-59, 'Paid on the day. The aunts suspect a trick.'],
    ],
  },
  'wanjiru-voice': {
    owner: 'wanjiru',
    title: 'Say it in the room and not in the car afterwards',
    area: 'Who I want to be',
    begun: -138,
    openToProposals: true,
    updates: [
      [-65, 'Said it in the room. The room survived. Étienne thanked me in the corridor, which is his car.'],
    ],
    shares: [
      { with: 'ines', on: -137, past: true, opened: [-136, -64] },
      { with: 'johanna', on: -55, past: true, opened: [-54] },
    ],
  },
  'otieno-football': {
    owner: 'otieno',
    title: 'Coach the under-twelves to one clean sheet',
    area: 'Neighbourhood',
    horizon: 'THIS_YEAR',
    begun: -178,
    status: 'ACHIEVED',
    updates: [
      [-120, 'Lost 9:1. The one was a thing of beauty.'],
      [
        -39,
        'Nil–nil. They carried the goalkeeper round the pitch. She is nine and was asleep by the second lap.',
      ],
    ],
    shares: [
      { with: 'achieng', on: -118, past: true, opened: [-117, -38] },
      { with: 'baraka', on: -118, past: true, opened: [-116, -38] },
      { with: 'wanjiru', on: -117, past: true, opened: [-115] },
    ],
  },
  'achieng-workshop': {
    owner: 'achieng',
    title: 'Open my own workshop in Kisumu by thirty-five',
    why: 'I say it here because Otieno said his first. I would leave for it one day. Not soon, and not in a bad way.',
    area: 'The next thing',
    horizon: 'FEW_YEARS',
    openToProposals: true,
    begun: -116,
    milestones: [['Know what a month costs', -68], ['Tools of my own'], ['The key']],
    updates: [
      [
        -68,
        'A month costs 74,000 shillings before the first screw. Zawadi taught me the spreadsheet, and to add the tea.',
      ],
    ],
    shares: [{ with: 'otieno', on: -115, past: true, opened: [-114, -67, -13], listed: [-13] }],
  },
  'achieng-son': {
    owner: 'achieng',
    title: 'Get Ian through class eight with his curiosity alive',
    area: 'Family',
    begun: -93,
    updates: [
      [
        -21,
        'He took the radio apart and back together and it now receives two stations at once. I call that above average.',
      ],
    ],
  },
  'baraka-apprentice': {
    owner: 'baraka',
    title: 'Build a wheel from nothing that Otieno would ride',
    area: 'Learning',
    horizon: 'THIS_YEAR',
    openToProposals: true,
    begun: -240,
    milestones: [['True a wheel', -190], ['Lace one', -127], ['Build one', -51], ['Otieno rides it']],
    updates: [
      [-190, 'Nimeweza! It took four hours and a song.'],
      [-51, 'It is round. It is *very* round. He has not ridden it. He says that he is waiting for rain.'],
    ],
    shares: [
      { with: 'otieno', on: -117, past: true, opened: [-116, -50], listed: [-13] },
      { with: 'naledi', on: -94, past: true, opened: [-93, -50] },
    ],
  },
  'baraka-mum': {
    owner: 'baraka',
    title: 'A fridge for my mother, a good one',
    area: 'Family',
    targetOn: 25,
    begun: -130,
    measure: { unit: 'KSh', start: 0, target: 48000 },
    updates: [
      [-76, 'A third.', 16000],
      [-14, 'Nearly. She thinks that I am saving for a telephone.', 41500],
    ],
  },
  'zawadi-degree': {
    owner: 'zawadi',
    title: 'Supply chain degree, evenings',
    area: 'Learning',
    horizon: 'FEW_YEARS',
    targetOn: 400,
    openToProposals: true,
    begun: -218,
    milestones: [['Year one', -147], ['Year two']],
    updates: [
      [-147, 'Year one. I have used "lead time" about my own cooking.'],
      [-62, 'Failed statistics. Tomasz offered an hour a week. It was not on any form; he just offered.'],
    ],
    shares: [
      { with: 'wanjiru', on: -145, past: true, opened: [-144, -61] },
      { with: 'tomasz', on: -60, past: true, opened: [-59, -20] },
    ],
  },
  'henrik-fjord': {
    owner: 'henrik',
    title: 'Move back north while the children still want to come along',
    area: 'Where I live',
    horizon: 'THIS_YEAR',
    begun: -225,
    status: 'ACHIEVED',
    milestones: [
      ['The house in Bodø', -133],
      ['Tell Wanjirũ', -110],
      ['The last box', -38],
    ],
    updates: [
      [-133, 'Huset er vårt. Utsikten er gratis, taket er det ikke.'],
      [-38, 'The last box. Johanna had hidden a freewheel in it, with a ribbon.'],
    ],
    shares: [
      { with: 'wanjiru', on: -110, past: true, comesTo: 'ENDED', opened: [-109, -43] },
      { with: 'johanna', on: -130, past: true, comesTo: 'ENDED', opened: [-128] },
    ],
  },
  'johanna-step-up': {
    owner: 'johanna',
    title: 'Lead without becoming Henrik',
    why: 'I admire him. There is a difference between admiring a coat and wearing it.',
    area: 'Who I want to be',
    begun: -70,
    openToProposals: true,
    updates: [
      [
        -47,
        'First week alone. Emre asked "what would Henrik do?" and I said "I do not know, what would you do?" and he knew.',
      ],
      [
        -15,
        'Moved the Monday meeting to Tuesday. Nothing collapsed. I had really thought that something would.',
      ],
    ],
    shares: [
      { with: 'wanjiru', on: -54, past: true, opened: [-53, -14] },
      { with: 'emre', on: -50, past: true, opened: [-49] },
      { with: 'siobhan', on: -50, past: true, opened: [-48] },
    ],
  },
  'johanna-allotment': {
    owner: 'johanna',
    title: 'Eine Parzelle, in der keine Regel mehr stimmt',
    why: 'Seit elf Jahren auf der Warteliste. Ich will Disteln.',
    area: 'Garten',
    begun: -150,
    updates: [[-58, 'Platz 3. Zwei vor mir sind Geschwister und streiten. Ich warte höflich.']],
  },
  'emre-citizen': {
    owner: 'emre',
    title: 'Vote in the next election here',
    area: 'Belonging',
    horizon: 'THIS_YEAR',
    begun: -183,
    milestones: [['The test', -136], ['The papers', -55], ['The certificate']],
    updates: [
      [
        -136,
        '33 of 33. My father asked what the 33rd question was. He has lived here for forty years and was never asked one.',
      ],
      [-55, 'All papers in. Now one waits, which I am told is the 34th question.'],
    ],
    shares: [
      { with: 'johanna', on: -49, past: true, opened: [-48, -11] },
      {
        with: 'henrik',
        on: -134,
        withoutWaiting: true,
        formerManager: true,
        comesTo: 'ENDED',
        opened: [-132],
      },
    ],
  },
  'emre-electronics': {
    owner: 'emre',
    title: 'Repair circuit boards instead of replacing them',
    area: 'Craft',
    openToProposals: true,
    begun: -108,
    milestones: [['One controller back from the dead', -72], ['Twenty']],
    updates: [
      [
        -72,
        'One. It had died of a single capacitor worth four cents. We used to throw the whole thing away.',
      ],
    ],
    shares: [
      { with: 'johanna', on: -48, past: true, opened: [-47] },
      { with: 'eszter', on: -70, past: true, opened: [-69, -33] },
    ],
  },
  'siobhan-irish': {
    owner: 'siobhan',
    title: "Get my Irish back before Mam's eightieth",
    area: 'Languages',
    targetOn: 66,
    begun: -159,
    updates: [
      [
        -104,
        'An hour on the phone with Mam, as Gaeilge. She corrected my grammar and then, for balance, my life.',
      ],
      [-26, 'Wrote the speech. It is four sentences and I have rewritten three.'],
    ],
    shares: [{ with: 'johanna', on: -47, opened: [-46, -25] }],
  },
  'siobhan-migraine': {
    owner: 'siobhan',
    title: 'Fewer than four bad days a month',
    area: 'Health',
    begun: -144,
    measure: { unit: 'bad days a month', start: 9, target: 3 },
    updates: [
      [-95, 'Six.', 6],
      [
        -33,
        'Four. The new chair, or the new tablets, or not sitting under the lamp. I changed all three, which is bad science and good sense.',
        4,
      ],
    ],
  },
});
