/** Business goals, what gets in the way, change of manager, pulses and trends. */
import type { Scene } from './stage.ts';

const FROM = { __typename: 'Person', id: 'from', name: 'Friederike Vogt' };

interface HandoversOfViewer {
  readonly viewer: { readonly person: { readonly id: string } };
}

/** A handover that a person has not completed yet: it can be completed once, so the demo organization has none that stays open. */
const openHandover = (me: string): object => ({
  __typename: 'Handover',
  id: 'handover',
  completedAt: null,
  openedOn: '2026-11-02',
  from: FROM,
  to: { __typename: 'Person', id: 'to', name: 'Beatriz Lourenço' },
  person: { __typename: 'Person', id: me, name: 'Leonie Ahrens', oneToOne: null },
  formerShares: ['Run the Leipzig half-marathon', 'Be with Oma on her Thursdays'].map((title) => ({
    __typename: 'PersonalGoalShare',
    id: `share-${title}`,
    goal: { __typename: 'PersonalGoal', id: `goal-${title}`, title },
  })),
  openActionItems: [
    { __typename: 'ActionItem', id: 'theirs', text: 'A second screen.', dueOn: null, owner: FROM },
    {
      __typename: 'ActionItem',
      id: 'mine',
      text: 'Draw joint nine.',
      dueOn: '2026-12-04',
      owner: { __typename: 'Person', id: me, name: 'Leonie Ahrens' },
    },
  ],
  formerMandates: [
    { __typename: 'Mandate', id: 'mandate', text: 'Order up to 500 € without asking.', lastDay: null },
  ],
  offered: [],
  offeredMandates: [],
});

export const COMPANY: readonly Scene[] = [
  { name: 'business', as: 'oluwaseun', path: '/business', states: ['empty', 'long', 'rtl'] },
  { name: 'business-goal', as: 'oluwaseun', path: 'business-goal', states: ['empty', 'long', 'rtl'] },
  {
    name: 'business-goal-edit',
    as: 'oluwaseun',
    path: 'business-goal',
    brief: true,
    act: async (stage) => {
      const { page, say } = stage;
      await stage.press('business.checkIn');
      await page.getByRole('button', { name: `${say('edit')}: ${say('business.description')}` }).click();
      await stage.press('business.addKeyResult');
    },
  },
  { name: 'business-goal-of-other', as: 'leonie', path: 'business-goal', brief: true },
  {
    name: 'business-goal-absent',
    as: 'leonie',
    path: '/business/00000000-0000-4000-8000-000000000000',
    brief: true,
  },
  { name: 'barriers', as: 'leonie', path: '/barriers', states: ['empty', 'long', 'rtl'] },
  { name: 'barriers-mine', as: 'johanna', path: '/barriers', brief: true },
  {
    name: 'barriers-raise',
    as: 'leonie',
    path: '/barriers',
    act: async (stage) => {
      await stage.press('barriers.raise');
      await stage.field('barriers.form.nameless').check();
    },
  },
  { name: 'barrier', as: 'leonie', path: 'barrier', states: ['empty', 'long', 'rtl'] },
  {
    name: 'barrier-answer',
    as: 'johanna',
    path: 'barrier-to-answer',
    act: async (stage) => {
      await stage.press('barriers.open.answer');
      await stage.page
        .getByRole('radio', { name: stage.say('barriers.decision.STAYS'), exact: true })
        .check();
      await stage.field('barriers.form.facts').check();
    },
  },
  {
    name: 'barrier-absent',
    as: 'leonie',
    path: '/barriers/00000000-0000-4000-8000-000000000000',
    brief: true,
  },
  { name: 'handover-none', as: 'leonie', path: '/handover' },
  {
    name: 'handover-open',
    as: 'leonie',
    path: '/',
    act: async (stage) => {
      await stage.answer('Handovers', ({ viewer }: HandoversOfViewer) => ({
        viewer: { ...viewer, handovers: [openHandover(viewer.person.id)] },
      }));
      await stage.go('/handover');
      await stage.page.getByRole('checkbox').first().check();
    },
  },
  {
    name: 'handover-waiting',
    as: 'leonie',
    path: '/',
    brief: true,
    act: async (stage) => {
      await stage.answer('Handovers', ({ viewer }: HandoversOfViewer) => ({
        viewer: { ...viewer, handovers: [{ ...openHandover(viewer.person.id), to: null }] },
      }));
      await stage.go('/handover');
    },
  },
  { name: 'handover-received', as: 'johanna', path: '/handover', states: ['long', 'rtl'] },
  { name: 'handover-completed', as: 'siobhan', path: '/handover', states: ['long', 'rtl'] },
  { name: 'pulse', as: 'leonie', path: '/pulse', states: ['empty'] },
  {
    name: 'pulse-refused',
    as: 'tomasz',
    path: '/pulse',
    brief: true,
    act: async (stage) => {
      const { page, say } = stage;
      await page.getByLabel(say('pulse.score.5')).first().check();
      await stage.refuse('AnswerPulse');
      await stage.press('pulse.send', { count: 1 });
      await page.getByRole('alert').first().waitFor();
    },
  },
  { name: 'trends', as: 'leonie', path: '/trends', states: ['empty', 'long', 'rtl', 'offline'] },
  {
    name: 'trends-months',
    as: 'leonie',
    path: '/trends?metric=PULSE_SCORE&driver=VOICE&tree=LOCATION&by=MONTH',
    brief: true,
  },
  {
    name: 'trends-managers',
    as: 'leonie',
    path: '/trends?metric=PROMISES_KEPT_BY_MANAGERS&tree=MANAGER',
    brief: true,
  },
  { name: 'trends-enps', as: 'leonie', path: '/trends?metric=ENPS', brief: true },
  { name: 'trends-no-group', as: 'leonie', path: '/trends?group=nowhere', brief: true },
  {
    name: 'trends-respond',
    as: 'tomasz',
    path: '/trends?metric=ENPS&tree=LOCATION',
    brief: true,
    act: async (stage) => {
      const [respond = ''] = stage.say('trends.respond', { period: '|', group: '' }).split('|');
      await stage.page.getByRole('button', { name: respond }).first().click();
    },
  },
];
