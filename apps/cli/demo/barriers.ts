import type { Days } from './calendar.js';
import type { PersonKey } from './people.js';

/** A function that procedures belong to. */
interface DemoArea {
  readonly name: string;
  readonly answerer: PersonKey;
  readonly deputy?: PersonKey;
}

interface DemoAnswer {
  readonly on: Days;
  readonly by: PersonKey;
  readonly status: 'INVESTIGATING' | 'TRIAL_WITHOUT' | 'REMOVED' | 'STAYS';
  readonly text: string;
  readonly gotItWrong?: true;
  readonly trialUntil?: Days;
  readonly lossLastHappened?: string;
  readonly lossesAYear?: number;
  readonly costToOthers?: string;
  readonly requiredByLaw?: string;
}

interface DemoBarrier {
  readonly on: Days;
  readonly title: string;
  readonly description?: string;
  readonly remedy?: string;
  readonly customers: boolean;
  readonly area?: keyof typeof AREAS;
  /** Nobody: raised without a name. */
  readonly by?: PersonKey;
  readonly supporters?: readonly PersonKey[];
  readonly answers?: readonly DemoAnswer[];
  readonly story?: {
    readonly on: Days;
    readonly by: PersonKey;
    readonly named: boolean;
    readonly text: string;
    readonly adopters: readonly PersonKey[];
  };
}

export const AREAS = {
  purchasing: { name: 'Purchasing', answerer: 'rui', deputy: 'goncalo' },
  expenses: { name: 'Travel and expenses', answerer: 'hanneke', deputy: 'mirela' },
  service: { name: 'Warranty and returns', answerer: 'henrik', deputy: 'johanna' },
  production: { name: 'Production and quality', answerer: 'beatriz', deputy: 'catarina' },
} satisfies Record<string, DemoArea>;

export const BARRIERS: Readonly<Record<string, DemoBarrier>> = {
  spareParts: {
    on: -96,
    title: 'A customer waits nine days for a brake cable that we have on the shelf',
    description:
      'Every spare part below 20 € needs an order number from Porto before the workshop may hand it out. The customer stands in front of the shelf.',
    remedy: 'Hand it out, write it on the sheet by the door, and settle it at the end of the week.',
    customers: true,
    area: 'purchasing',
    by: 'achieng',
    supporters: ['otieno', 'baraka', 'zawadi', 'siobhan', 'takumi', 'desmond', 'emre'],
    answers: [
      {
        on: -90,
        by: 'rui',
        status: 'TRIAL_WITHOUT',
        text: 'Try it without the number, in Nairobi and Osaka. Use your judgement until then.',
        trialUntil: -45,
      },
      {
        on: -44,
        by: 'rui',
        status: 'REMOVED',
        text: 'In six weeks two cables are unaccounted for, and four customers wrote to thank us. The number is gone, everywhere.',
        gotItWrong: true,
      },
    ],
    story: {
      on: -38,
      by: 'achieng',
      named: true,
      text: 'We hand out small parts at once and write them on a sheet by the door. On Fridays Zawadi orders what is on it. Nobody has waited since.',
      adopters: ['takumi', 'desmond', 'emre', 'siobhan', 'aroha'],
    },
  },
  trainTickets: {
    on: -30,
    title: 'Three signatures for a train ticket',
    remedy: 'None below 200 €.',
    customers: false,
    area: 'expenses',
    supporters: ['leonie', 'greta', 'eszter', 'pascal', 'emre', 'rafael'],
    answers: [
      {
        on: -20,
        by: 'hanneke',
        status: 'INVESTIGATING',
        text: 'I am counting what we have ever refused. So far: nothing.',
      },
    ],
  },
  weldPhotos: {
    on: -61,
    title: 'Every weld is photographed twice, and nobody looks at the second photo',
    customers: false,
    area: 'production',
    by: 'ivo',
    supporters: ['fatoumata', 'celeste'],
    answers: [
      {
        on: -52,
        by: 'beatriz',
        status: 'STAYS',
        text: 'The second photo is the one that the test institute compares. It is a nuisance, and it stays.',
        requiredByLaw: 'Machinery Regulation (EU) 2023/1230, Annex IV, Part A',
      },
    ],
  },
  returnForm: {
    on: -9,
    title: 'Customers must print the return form, and half of them have no printer',
    description: 'They ask whether they may write the number on the box by hand. We have to say no.',
    remedy: 'Let them write it by hand.',
    customers: true,
    area: 'service',
    by: 'siobhan',
    supporters: ['emre'],
  },
  inspection: {
    on: -47,
    title: 'Test rides only after the workshop manager has signed, also when he is away',
    customers: true,
    area: 'production',
    supporters: ['greta', 'catarina', 'bogdan'],
    answers: [
      {
        on: -36,
        by: 'catarina',
        status: 'STAYS',
        text: 'A second pair of eyes before somebody sits on it. We are looking for a deputy with the right to sign.',
        lossLastHappened: 'June last year: a loose stem, and a broken wrist',
        lossesAYear: 0.5,
        costToOthers: 'A customer waits for up to two days, about twenty times a year.',
      },
    ],
  },
  laptops: {
    on: -4,
    title: 'A new laptop takes five weeks, whoever needs it',
    customers: false,
  },
};
