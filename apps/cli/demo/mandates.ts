import type { Days } from './calendar.js';
import type { PersonKey } from './people.js';

/** What a manager lets a person decide without asking. It belongs to the reporting line between the two. */
export interface DemoMandate {
  readonly by: PersonKey;
  readonly to: PersonKey;
  readonly text: string;
  readonly granted: Days;
  readonly lastDay?: Days;
  /** Both agreed to show it to everybody. */
  readonly published?: true;
}

/** What a person passed on to their new manager. Of a mandate, the words of the former one. */
export interface DemoHandover {
  readonly by: PersonKey;
  readonly from: PersonKey;
  readonly to: PersonKey;
  readonly completed: Days;
  readonly promises: readonly string[];
  readonly mandates: readonly string[];
}

const WAITING_CUSTOMERS =
  'When a customer has waited more than two weeks: a loan bicycle, at once, without asking anybody.';

export const MANDATES: readonly DemoMandate[] = [
  {
    by: 'oluwaseun',
    to: 'leonie',
    text: 'Prototype parts up to 500 € each. Write down what you expected, before it arrives.',
    granted: -120,
  },
  {
    by: 'wanjiru',
    to: 'johanna',
    text: 'Repair, replace or refund, up to 600 € for one bicycle. Above that, call me, also on a Sunday.',
    granted: -55,
    published: true,
  },
  { by: 'henrik', to: 'emre', text: 'Exchange a board instead of repairing it, up to 90 €.', granted: -140 },
  { by: 'henrik', to: 'siobhan', text: WAITING_CUSTOMERS, granted: -160 },
  { by: 'johanna', to: 'siobhan', text: WAITING_CUSTOMERS, granted: -50, published: true },
  {
    by: 'johanna',
    to: 'emre',
    text: 'Say no to a repair that is not worth it, and tell the customer why.',
    granted: -30,
    lastDay: 60,
  },
];

/** Siobhán has completed hers. Emre's is open: Henrik still owes him a soldering iron. */
export const HANDOVERS: readonly DemoHandover[] = [
  {
    by: 'siobhan',
    from: 'henrik',
    to: 'johanna',
    completed: -57,
    promises: ['A second person on Mondays. Henrik had promised it for the autumn.'],
    mandates: [WAITING_CUSTOMERS],
  },
];
