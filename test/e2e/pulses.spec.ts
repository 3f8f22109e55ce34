import { World, day, hours, type TestOrganization, type TestPulse } from '../factories/world.js';
import { Actors, type Actor } from './actors.js';
import { startApp, type TestApp } from './app.js';
import { exportOf, json } from './exports.js';

const OPEN = `{ viewer { openPulse {
  id closesAt answered period { key startsOn endsOn closed } questions { id driver scale text de: text(language: DE) }
} } }`;
const ANSWER = `mutation ($input: AnswerPulseInput!) { answerPulse(input: $input) { pulse { id answered } } }`;
const READ = `query ($id: ID!) { node(id: $id) { ... on Pulse { answered period { closed } } } }`;
const SETTINGS = `mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { organization { settings {
  minimumGroupSize trendsVisibleTo trendsPublishedAfterDays pulseRhythm
} } } }`;

interface OpenPulse {
  readonly id: string;
  readonly closesAt: string;
  readonly answered: boolean;
  readonly period: object;
  readonly questions: readonly {
    readonly id: string;
    readonly driver: string;
    readonly scale: string;
    readonly text: string;
    readonly de: string;
  }[];
}

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;
let rae: Actor;
let cai: Actor;
let admin: Actor;
let pulse: TestPulse;
let late: Actor; // joined after the pulse opened

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
});
beforeEach(async () => {
  organization = await world.organization();
  rae = await actors.join(organization, { name: 'Rae' });
  cai = await actors.join(organization, { name: 'Cai' });
  admin = await actors.join(organization, { name: 'Ada' });
  for (const role of ['ORGANIZATION_ADMIN', 'PEOPLE_ADMIN', 'HR_ANALYST', 'AUDITOR'])
    await world.role(admin, role);
  pulse = await world.pulse(organization);
  late = await actors.join(organization, { name: 'Lea' });
});
afterAll(() => app.close());

const open = async (actor: Actor): Promise<OpenPulse | null> =>
  (await actor.get<{ viewer: { openPulse: OpenPulse | null } }>(OPEN)).viewer.openPulse;

/** What is refused of an answer, by path. */
async function faults(actor: Actor, input: object): Promise<unknown> {
  const { errors } = await actor.ask(ANSWER, { input });
  const fields = errors[0]?.extensions.fields as { path: string; code: string }[] | undefined;
  return Object.fromEntries((fields ?? []).map(({ path, code }) => [path, code]));
}

const scores = (...given: readonly (number | undefined)[]): object[] =>
  ['mutual-trust-1', 'voice-1', 'recommend-1'].flatMap((questionId, index) =>
    given[index] === undefined ? [] : [{ questionId, score: given[index] }],
  );

it('an employee reads the open pulse in both languages, answers it, changes the answer and withdraws it', async () => {
  const asked = await open(rae);
  expect(asked).toMatchObject({
    id: pulse.id,
    answered: false,
    period: { key: day(0).slice(0, 7), startsOn: `${day(0).slice(0, 7)}-01`, closed: false },
    questions: [
      {
        id: 'mutual-trust-1',
        driver: 'MUTUAL_TRUST',
        scale: 'ONE_TO_FIVE',
        text: 'What my manager promises me, my manager keeps.',
        de: 'Was meine Führungskraft mir verspricht, das hält sie.',
      },
      { id: 'voice-1', driver: 'VOICE' },
      { id: 'recommend-1', driver: 'RECOMMEND', scale: 'ZERO_TO_TEN' },
    ],
  });
  expect(new Date(asked?.closesAt ?? 0).getTime()).toBeGreaterThan(Date.now());
  const answer = async (given: object[]): Promise<unknown> =>
    (await rae.get<{ answerPulse: { pulse: unknown } }>(ANSWER, { input: { id: pulse.id, scores: given } }))
      .answerPulse.pulse;
  expect(await answer(scores(4))).toEqual({ id: pulse.id, answered: true });
  expect(await answer(scores(5, 1, 0))).toEqual({ id: pulse.id, answered: true });
  await app.runTask('store_pulse_answers');
  const stored = async (): Promise<unknown> =>
    (await app.database.query('select scores from pulse_answer where pulse_id = $1', [pulse.id])).rows;
  expect(await stored()).toEqual([{ scores: [5, 1, 0] }]);
  expect(await open(rae)).toMatchObject({ answered: true });
  expect(await open(cai)).toMatchObject({ answered: false });
  expect(await answer([])).toEqual({ id: pulse.id, answered: false });
  await app.runTask('store_pulse_answers');
  expect(await stored()).toEqual([]);
});

it('names every score that cannot be, and stores none of them', async () => {
  const given = [
    { questionId: 'mutual-trust-1', score: 6 },
    { questionId: 'voice-1', score: 3 },
    { questionId: 'voice-1', score: 3 },
    { questionId: 'growth-1', score: 3 },
    { questionId: 'recommend-1', score: 11 },
  ];
  expect(await faults(rae, { id: pulse.id, scores: given })).toEqual({
    'input.scores.0.score': 'OUT_OF_RANGE',
    'input.scores.2.questionId': 'INVALID',
    'input.scores.3.questionId': 'NOT_FOUND',
    'input.scores.4.score': 'OUT_OF_RANGE',
  });
  expect(await faults(rae, { id: pulse.id, scores: [{ questionId: 'mutual-trust-1', score: 0 }] })).toEqual({
    'input.scores.0.score': 'OUT_OF_RANGE',
  });
  expect(await open(rae)).toMatchObject({ answered: false });
});

it('a pulse that has closed is answered no more, and its author still learns that they took part', async () => {
  const input = { id: pulse.id, scores: scores(4, 4, 8) };
  await rae.get(ANSWER, { input });
  await app.database.query(
    `update engagement_period set starts_at = now() - interval '40 days', ends_at = now() where id = $1`,
    [pulse.periodId],
  );
  await app.database.query('update pulse set closes_at = now() where id = $1', [pulse.id]);
  const { errors } = await rae.ask(ANSWER, { input });
  expect([errors[0]?.extensions.code, errors[0]?.message]).toEqual([
    'CONFLICT',
    'This pulse is closed. Answers to it can no longer be given or changed.',
  ]);
  expect(await cai.refusal(ANSWER, { input })).toBe('CONFLICT');
  expect(await open(rae)).toBeNull();
  const read = async (actor: Actor): Promise<unknown> =>
    (await actor.get<{ node: unknown }>(READ, { id: pulse.id })).node;
  expect(await read(rae)).toEqual({ answered: true, period: { closed: true } });
  expect(await read(cai)).toEqual({ answered: false, period: { closed: true } });
});

it('people who joined later, have left or were erased are not asked, and others know nothing of a pulse', async () => {
  const input = { id: pulse.id, scores: scores(1) };
  expect(await open(late)).toBeNull();
  expect(await late.refusal(ANSWER, { input })).toBe('NOT_PERMITTED');
  const stranger = await actors.join(await world.organization());
  expect(await open(stranger)).toBeNull();
  expect(await stranger.refusal(ANSWER, { input })).toBe('NOT_FOUND');
  expect(await stranger.get(READ, { id: pulse.id })).toEqual({ node: null });
  const token = actors.asToken(await world.apiToken(organization, ['TRENDS_READ', 'DIRECTORY_READ'], admin));
  expect(await token.get(OPEN)).toEqual({ viewer: null });
  expect(await token.get(READ, { id: pulse.id })).toEqual({ node: null });
  expect(await token.refusal(ANSWER, { input })).toBe('NOT_PERMITTED');
  await cai.get(ANSWER, { input });
  await world.leaves(cai, day(-1));
  expect(await open(cai)).toBeNull();
  expect(await cai.refusal(ANSWER, { input })).toBe('NOT_PERMITTED');
  await world.insert('erasure', {
    organization_id: organization.id,
    person_id: rae.id,
    executes_at: hours(-1),
  });
  await rae.get(ANSWER, { input });
  await app.runTask('erase_people');
  expect(await open(rae)).toBeNull();
  expect(await rae.refusal(ANSWER, { input })).toBe('NOT_PERMITTED');
});

it('an export says that its person took part, and nothing of what they answered', async () => {
  await rae.get(ANSWER, { input: { id: pulse.id, scores: scores(2, 2, 7) } });
  const files = await exportOf(app.url, rae);
  expect(json(files, 'work.json')).toMatchObject({ pulsesAnswered: [day(0).slice(0, 7)] });
  for (const file of files.values()) expect(file.toString('utf8')).not.toMatch(/scores|mutual-trust-1/);
});

it('the worker opens the month and the pulse, and mails everybody once in the same words', async () => {
  const other = await world.organization();
  const people = [await actors.join(other), await actors.join(other)];
  const muted = await actors.join(other);
  await muted.get('mutation { updateMyProfile(input: { remindersByMail: false }) { person { id } } }');
  await app.database.query(
    `update organization set created_at = now() - interval '90 days', pulse_rhythm = $2 where id = $1`,
    // The last days of a month open no pulse of it, those of a quarter none at all.
    [other.id, Number(day(0).slice(8)) <= 14 ? 'MONTHLY' : 'QUARTERLY'],
  );
  await app.runTask('open_periods');
  await app.runTask('open_periods');
  const [first, second, third] = [await open(people[0]!), await open(people[1]!), await open(muted)];
  const { rows } = await app.database.query<{ pulses: number; due: boolean }>(
    `select (select count(*)::int from pulse where organization_id = $1) as pulses,
            bool_or(granularity = 'QUARTER' and ends_at >= now() + interval '14 days') as due
     from engagement_period where organization_id = $1`,
    [other.id],
  );
  expect(rows).toEqual([{ pulses: rows[0]?.due ? 1 : 0, due: rows[0]?.due }]);
  expect([second?.id, third?.id]).toEqual([first?.id, first?.id]);
  const mails = await Promise.all(
    [...people, muted].map(async ({ email }) =>
      (await app.mailbox.all(email)).map(({ subject, text }) => ({ subject, text })),
    ),
  );
  expect(mails.map(({ length }) => length)).toEqual(rows[0]?.due ? [1, 1, 0] : [0, 0, 0]);
  expect(mails[1]).toEqual(mails[0]);
  if (first) {
    expect(mails[0]?.[0]?.text).toContain('Nobody can read in Mutual what you answer, or whether you do.');
    expect(first.questions.length).toBeGreaterThanOrEqual(2);
  }
});

it('ORGANIZATION_ADMIN changes the settings, within their bounds, and the audit trail names them', async () => {
  const changed = {
    minimumGroupSize: 8,
    trendsVisibleTo: 'HR',
    trendsPublishedAfterDays: 14,
    pulseRhythm: 'QUARTERLY',
  };
  expect(await admin.get(SETTINGS, { input: changed })).toEqual({
    updateSettings: { organization: { settings: changed } },
  });
  expect(await rae.refusal(SETTINGS, { input: { pulseRhythm: 'OFF' } })).toBe('NOT_PERMITTED');
  for (const days of [-1, 15]) {
    const { errors } = await admin.ask(SETTINGS, { input: { trendsPublishedAfterDays: days } });
    expect(errors[0]?.extensions.fields).toMatchObject([{ path: 'input.trendsPublishedAfterDays' }]);
  }
  const { rows } = await app.database.query<{ subject: string }>(
    `select subject from audit_entry where organization_id = $1 and action = 'SETTINGS_CHANGED'`,
    [organization.id],
  );
  expect(rows.map(({ subject }) => subject).join()).toMatch(
    /trendsVisibleTo.*trendsPublishedAfterDays.*pulseRhythm/,
  );
  // What is open keeps the size that it was opened with.
  const period = await app.database.query(
    'select minimum_group_size as size from engagement_period where id = $1',
    [pulse.periodId],
  );
  expect(period.rows).toEqual([{ size: 5 }]);
});
