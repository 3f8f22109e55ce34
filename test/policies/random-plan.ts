import fc from 'fast-check';

/**
 * A random organization, as numbers that a builder turns into rows. People and rows are referred to by numbers, taken modulo what
 * there is; days are counted from today, minutes and hours from now.
 */
export type Plan = ReturnType<typeof planOf> extends fc.Arbitrary<infer P> ? P : never;
export type PersonPlan = Plan['people'][number];
export type GoalEvent = Plan['events'][number];
export type PairPlan = Plan['pairs'][number];

const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Havana',
);
const index = fc.nat({ max: 59 });
const flag = fc.boolean();
/** Days on and around which something begins or ends to hold. */
const pastDay = fc.constantFrom(-120, -45, -31, -30, -29, -10, -2, -1, 0);
const endDay = fc.constantFrom(-92, -91, -90, -89, -30, -2, -1, 0, 1, 30);

function few<T>(of: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> {
  return fc.array(of, { maxLength: most });
}

function rarely<T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(of, { freq: 3, nil: null }).chain((value) => fc.constantFrom(value, null));
}

const line = fc.record({
  manager: index,
  /** Until this day a line before this one ran with somebody else. */
  before: fc.option(index, { nil: null }),
  starts: fc.constantFrom(-40, -20, -1, 0),
  /** Null: open. A day that is over: it closed after every event of a share. */
  ends: fc.option(fc.constantFrom(-1, 0, 1, 20), { nil: null }),
  after: fc.option(index, { nil: null }),
});

const person = fc.record({
  primary: fc.option(line, { freq: 4, nil: null }),
  dotted: rarely(line),
  ended: rarely(endDay),
  /** How long before today the last day was written down. */
  recorded: fc.constantFrom(0, 1, 89, 90, 91, 200),
  /** Whether that last day is taken back or moved, and what then happens to it. */
  restored: fc.constantFrom('NO', 'NO', 'NO', 'TAKEN_BACK', 'MOVED'),
  session: fc.constantFrom('LIVE', 'LIVE', 'LIVE', 'LIVE', 'EXPIRED', 'REVOKED', 'UNUSED', 'DISABLED'),
  roles: fc.subarray(['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'], { maxLength: 2 }),
  elsewhere: fc.constantFrom(false, false, false, true),
});

const goal = fc.record({
  owner: index,
  openToProposals: flag,
  milestones: few(fc.record({ written: pastDay, reached: fc.option(pastDay, { nil: null }) }), 2),
  updates: few(fc.record({ written: pastDay, dated: pastDay }), 2),
});

const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('SHARE' as const),
      goal: index,
      with: index,
      waits: flag,
      past: flag,
      expires: fc.constantFrom(null, null, null, -1, 24),
      at: pastDay,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('END' as const), share: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('LET_THROUGH' as const), share: index }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('VISIBILITY' as const),
      goal: index,
      visibility: fc.constantFrom('PRIVATE', 'SHARED', 'ORGANIZATION', 'ORGANIZATION'),
    }),
  },
);

const business = fc.record({
  owner: index,
  state: fc.constantFrom('DRAFT', 'DRAFT', 'OPEN', 'CANCELLED'),
  assignees: few(index, 2),
  checkIn: flag,
});

const alignment = fc.record({
  goal: index,
  business: index,
  proposer: fc.option(index, { freq: 2, nil: null }),
  at: fc.constantFrom(-31, -30, -29, -1),
  declined: flag,
});

const barrier = fc.record({
  answerer: index,
  deputy: fc.option(index, { nil: null }),
  inArea: flag,
  /** Null: without a name. */
  raiser: fc.option(index, { nil: null }),
  supporters: few(index, 2),
  status: fc.constantFrom('OPEN', 'OPEN', 'INVESTIGATING', 'REMOVED'),
  story: rarely(fc.record({ author: index, named: flag, adopter: index })),
});

const point = fc.record({
  byFirst: flag,
  draft: flag,
  about: fc.option(fc.record({ personal: flag, which: index }), { nil: null }),
});

const pair = fc.record({
  one: index,
  other: index,
  startedByFirst: flag,
  state: fc.constantFrom('INVITED', 'OPEN', 'OPEN', 'ENDED'),
  invited: fc.constantFrom(-31, -30, -29, -1),
  declined: flag,
  points: few(point, 2),
  privateNotes: flag,
  /** How long ago an import of notes was proposed. */
  importProposed: fc.constantFrom(-31, -30, -29, 0),
  /** Of the first and the second: none, kept or offered. */
  feedback: fc.array(fc.constantFrom(null, false, true), { minLength: 2, maxLength: 2 }),
  promise: flag,
});

const mandate = fc.record({
  /** Of one of the reporting lines. */
  line: index,
  /** Minutes from now at which it expires; null: never. */
  expires: fc.constantFrom(null, null, -1, 1),
  published: flag,
  ended: fc.constantFrom(false, false, false, true),
});

const handover = fc.record({
  /** Of one of the reporting lines, which is completed whether it has ended or not. */
  line: index,
  /** To the manager of another line of the same person, or to anybody. */
  to: fc.option(index, { freq: 2, nil: null }),
  offers: few(fc.constantFrom('PROMISE', 'MANDATE'), 2),
});

const release = fc.record({
  elsewhere: flag,
  quarter: flag,
  published: fc.constantFrom(-1, 1),
  head: index,
  /** Of the group of the head, or of the organization. */
  responses: few(fc.record({ by: index, root: flag }), 2),
});

/** Any world. */
export function planOf() {
  return fc.record({
    /** Of the two organizations: their days are half a world apart. */
    zones: fc.tuple(zone, zone),
    leadersShareFirst: fc.constantFrom(true, true, false),
    people: fc.array(person, { minLength: 3, maxLength: 7 }),
    tokens: few(
      fc.subarray(['TRENDS_READ', 'DIRECTORY_READ', 'DIRECTORY_WRITE', 'SCHEMA_READ'], {
        minLength: 1,
        maxLength: 2,
      }),
      2,
    ),
    goals: fc.array(goal, { minLength: 1, maxLength: 6 }),
    events: few(event, 12),
    access: few(fc.record({ reader: index, goal: index }), 3),
    releases: few(release, 2),
    business: few(business, 4),
    alignments: few(alignment, 5),
    barriers: few(barrier, 3),
    pairs: few(pair, 4),
    mandates: few(mandate, 5),
    handovers: few(handover, 5),
  });
}
