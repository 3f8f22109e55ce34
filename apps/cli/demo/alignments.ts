import type { BusinessGoalKey } from './business/index.js';
import type { Days } from './calendar.js';
import type { GoalKey } from './goals/index.js';
import type { PersonKey } from './people.js';

export interface DemoAlignment {
  readonly goal: GoalKey;
  readonly part: BusinessGoalKey;
  readonly on: Days;
  readonly how: string;
  /** A proposal of another person, unanswered or declined. */
  readonly proposedBy?: PersonKey;
  readonly declined?: Days;
}

/** Business goals that are part of personal goals, in the words of the owners. */
export const ALIGNMENTS: readonly DemoAlignment[] = [
  // Leonie
  {
    goal: 'leonie-leading',
    part: 'q3-review',
    on: -26,
    how: 'It is an hour in which I am in charge and not the cleverest person in the room. Exactly the exercise.',
  },
  {
    goal: 'leonie-portuguese',
    part: 'q3-review',
    on: -24,
    how: 'Every second one is in Porto. Amadou speaks slowly for me until he gets excited, and then I learn something.',
  },
  {
    goal: 'leonie-leading',
    part: 'q2-drawings',
    on: -100,
    how: 'I divided the work for four people. Two of them were older than me and one was right.',
  },
  {
    goal: 'leonie-leading',
    part: 'q3-joints',
    on: -6,
    proposedBy: 'oluwaseun',
    how: 'Would you take joint nine as *your* project, with Quang on it? I think that it is the kind of thing you describe here. No is a fine answer.',
  },

  // Engineering
  {
    goal: 'oluwaseun-lead',
    part: 'q3-joints',
    on: -22,
    how: 'Four joints I could solve myself, faster. I am not going to.',
  },
  {
    goal: 'oluwaseun-lead',
    part: 'q3-draft-lead',
    on: -15,
    how: 'If there are two teams, then I cannot sit in both. That is the point of it, for me.',
  },
  {
    goal: 'quang-simulation',
    part: 'q3-joints',
    on: -25,
    how: 'This is the model, with a deadline attached to it. I do not mind this one.',
  },
  {
    goal: 'salma-recycling',
    part: 'q2-second-life',
    on: -110,
    how: 'The first time that my scrapyard and my salary are the same thing.',
  },
  { goal: 'salma-recycling', part: 'q3-second-life', on: -27, how: 'And the second time.' },
  {
    goal: 'rafael-standard',
    part: 'q3-standard',
    on: -28,
    how: 'To be asked about brakes one has to sit where brakes are decided, also on the chair "Guest 4".',
  },
  {
    goal: 'rafael-standard',
    part: 'q2-disc',
    on: -104,
    how: 'Seventeen holes. I will be buried with a drawing of it.',
  },
  {
    goal: 'yuki-two-homes',
    part: 'q3-firmware',
    on: -20,
    how: 'Eszter and I hand over at my evening and her morning. It is the first project in which the distance helps.',
  },
  {
    goal: 'hyunwoo-handle',
    part: 'q3-lever',
    on: -26,
    how: 'One thing that old hands thank me for. It says so there and there.',
  },
  {
    goal: 'friederike-hand-over',
    part: 'q3-frame',
    on: -21,
    how: 'Dmytro speaks for it, I nod. If it works, I have been away in the same room.',
  },
  {
    goal: 'friederike-hand-over',
    part: 'q3-company',
    on: -20,
    how: 'Twenty years is longer than I stay. A good test for what one leaves behind.',
  },
  {
    goal: 'salma-recycling',
    part: 'q3-suppliers',
    on: -12,
    proposedBy: 'adaeze',
    declined: -10,
    how: 'The mill near Aveiro is a supplier too: would this belong to your frame?',
  },

  // Office, people, finance
  {
    goal: 'ines-stay-small',
    part: 'q3-company',
    on: -27,
    how: 'A promise of twenty years is a promise to people. I would like to know who they are.',
  },
  {
    goal: 'lucia-mediation',
    part: 'q3-one-to-ones',
    on: -19,
    how: 'Half of what I learn there is sitting with two people and saying little.',
  },
  {
    goal: 'naledi-doctorate',
    part: 'q3-apprentices',
    on: -24,
    how: 'The twenty conversations chose the method: those who were new choose who comes next.',
  },
  { goal: 'naledi-doctorate', part: 'q1-apprentices', on: -190, how: 'Where the question came from.' },
  {
    goal: 'tomasz-statistics',
    part: 'q2-listening',
    on: -92,
    how: 'Twelve questions that my aunt can answer, and an answer that she can read.',
  },
  {
    goal: 'tomasz-statistics',
    part: 'q3-close',
    on: -10,
    how: 'One number, and how sure we are of it. On the same line.',
  },
  {
    goal: 'adaeze-board',
    part: 'q3-close',
    on: -14,
    how: 'If there is one set of numbers, then it can speak for itself.',
  },
  {
    goal: 'mirela-exam',
    part: 'q3-close',
    on: -15,
    how: 'Paper three *is* this: consolidation. I study at work and work at my studies.',
  },
  {
    goal: 'mirela-exam',
    part: 'q1-books',
    on: -170,
    how: 'Closing in five days means that I have evenings, and paper one.',
  },
  {
    goal: 'rui-negotiation',
    part: 'q3-suppliers',
    on: -23,
    how: 'Bad news early is what one gets if nobody was ever robbed.',
  },

  // Production
  {
    goal: 'joaquim-hands',
    part: 'q2-line',
    on: -112,
    how: 'Four kilometres instead of nine. Backs first, the bicycle an hour came by itself.',
  },
  {
    goal: 'amadou-school',
    part: 'q3-jig',
    on: -18,
    how: 'A jig that an apprentice can set alone is a jig that I can send to Labé.',
  },
  {
    goal: 'amadou-school',
    part: 'q3-apprentices',
    on: -17,
    how: 'I try out here what I will teach there. The apprentices know, and tell me what does not work.',
  },
  {
    goal: 'amadou-school',
    part: 'q3-review',
    on: -9,
    proposedBy: 'leonie',
    how: 'You explain in the reviews like in a school. Perhaps it is part of yours?',
  },
  {
    goal: 'fatoumata-inspector',
    part: 'q3-second-life',
    on: -21,
    how: 'Ninety-seven of a hundred, inspected by me, with my own stamp.',
  },
  {
    goal: 'celeste-apprentice',
    part: 'q3-jig',
    on: -20,
    how: 'Eleven minutes. It is in my report book with the date.',
  },
  {
    goal: 'celeste-apprentice',
    part: 'q3-apprentices',
    on: -12,
    how: 'I will be the one who was there before. I remember what I was afraid of, so I ask about that.',
  },
  { goal: 'jyoti-first-aid', part: 'q2-line', on: -94, how: 'Lifting is nursing.' },
  {
    goal: 'jyoti-first-aid',
    part: 'q3-handover',
    on: -15,
    how: 'I write down what Teodoro knows as I used to write a handover at night: what is it, what may happen, what do you do then.',
  },
  {
    goal: 'catarina-quality',
    part: 'q3-line',
    on: -22,
    how: 'Half of the defects walk over to me by themselves. That is all I ever wanted.',
  },

  // Service
  {
    goal: 'wanjiru-voice',
    part: 'q3-repairers',
    on: -19,
    how: 'I said in the room that it needs money for teachers and not for posters.',
  },
  { goal: 'achieng-workshop', part: 'q2-first-visit', on: -107, how: 'The trolley is how mine will stand.' },
  {
    goal: 'achieng-workshop',
    part: 'q3-repairers',
    on: -8,
    proposedBy: 'otieno',
    how: 'Kisumu is one of the hundred towns that we lack. I would rather that it is you, one day.',
  },
  { goal: 'baraka-apprentice', part: 'q2-first-visit', on: -99, how: 'I found the thing with the bolts.' },
  {
    goal: 'zawadi-degree',
    part: 'q3-parts-map',
    on: -16,
    how: 'My thesis, if they let me use the numbers. They let me.',
  },
  { goal: 'zawadi-degree', part: 'q1-parts', on: -185, how: 'Module four, with real shelves.' },
  {
    goal: 'johanna-step-up',
    part: 'q3-boards',
    on: -20,
    how: "It was not Henrik's idea. It is the first thing here that is ours.",
  },
  {
    goal: 'emre-electronics',
    part: 'q3-boards',
    on: -21,
    how: 'What I did at home on Sundays has a budget now.',
  },

  // Shops and customers
  {
    goal: 'etienne-listen',
    part: 'q3-lend',
    on: -18,
    how: 'To lend is to be quiet for a weekend and let them find out.',
  },
  {
    goal: 'desmond-shop',
    part: 'q3-lend-montreal',
    on: -16,
    how: 'Nobody feels stupid on a bicycle that is theirs until Monday.',
  },
  {
    goal: 'desmond-shop',
    part: 'q2-winter-kit',
    on: -95,
    how: 'Every word that I had to say was one too many.',
  },
  { goal: 'sayaka-shop', part: 'q3-lend-osaka', on: -17, how: '借りた人は、名前で呼べる人になります。' },
  { goal: 'sayaka-shop', part: 'q2-osaka', on: -101, how: '百人の新しい名前。' },
  {
    goal: 'takumi-craft',
    part: 'q2-first-visit',
    on: -75,
    how: 'An old hub can be opened. That is why it is repaired at the first visit.',
  },
  {
    goal: 'noemie-public-speaking',
    part: 'q2-winter-kit',
    on: -98,
    how: 'Lanes first, kits second. I sold both at the council.',
  },

  // Software
  {
    goal: 'eszter-firmware',
    part: 'q2-updates',
    on: -95,
    how: 'If it must change, then it must be able to change back. A station on the way.',
  },
  {
    goal: 'eszter-firmware',
    part: 'q3-firmware',
    on: -26,
    how: 'The same sentence, once as a goal of mine and once as work. I had it first.',
  },
  {
    goal: 'meera-open-source',
    part: 'q3-fleet',
    on: -22,
    how: 'The merging goes into the library, with tests. The company agreed in writing; I asked.',
  },
  { goal: 'lobsang-teach', part: 'q3-parts-map', on: -13, how: 'Zawadi reads her own query plans now.' },
  {
    goal: 'ananya-hiring',
    part: 'q3-fleet',
    on: -18,
    how: 'Who merges two truths needs more than one kind of person in the team.',
  },
  {
    goal: 'meera-open-source',
    part: 'q3-sync',
    on: -4,
    proposedBy: 'farhan',
    how: 'The conflict view is general. May it live in your library?',
  },
];
