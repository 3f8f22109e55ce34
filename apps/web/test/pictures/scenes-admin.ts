/** The administration, by role. */
import type { Scene } from './stage.ts';

const HEADER = 'external_id,email,name,title,department,location,manager_external_id,hired_on,left_on';

/** A file of people to import. */
const file = (...lines: readonly string[]): { name: string; mimeType: string; buffer: Buffer } => ({
  name: 'people.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([HEADER, ...lines, ''].join('\n')),
});

export const ADMINISTRATION: readonly Scene[] = [
  { name: 'admin-not-yours', as: 'leonie', path: '/admin', brief: true },
  { name: 'admin-people', as: 'lucia', path: '/admin/people', states: ['empty', 'long', 'rtl'] },
  { name: 'admin-people-new', as: 'lucia', path: '/admin/people/new' },
  {
    name: 'admin-people-new-faults',
    as: 'lucia',
    path: '/admin/people/new',
    brief: true,
    act: async (stage) => {
      await stage.field('admin.person.email').fill('leonie@quince-gander.example');
      await stage.press('admin.person.add');
    },
  },
  { name: 'admin-person', as: 'lucia', path: 'admin-leonie', states: ['long', 'rtl'] },
  {
    name: 'admin-person-line',
    as: 'lucia',
    path: 'admin-leonie',
    brief: true,
    act: async (stage) => {
      await stage.press('admin.lines.change');
      await stage.page.getByRole('combobox', { name: stage.say('admin.person.manager') }).fill('be');
      await stage.page.getByRole('listbox').getByRole('option').first().waitFor();
    },
  },
  { name: 'admin-import', as: 'lucia', path: '/admin/import', states: ['empty'] },
  {
    name: 'admin-import-faults',
    as: 'lucia',
    path: '/admin/import',
    act: async (stage) => {
      await stage.page
        .locator('input[type=file]')
        .setInputFiles(file('LOOK-1,,Ha Story,,,,,2026-13-01,', 'LOOK-1,,Ho Story,,,,NOBODY,,'));
      await stage.page.getByText(stage.say('admin.import.errorsTitle')).first().waitFor();
      await stage.settle();
    },
  },
  {
    name: 'admin-import-checked',
    as: 'lucia',
    path: '/admin/import',
    brief: true,
    act: async (stage) => {
      await stage.page
        .locator('input[type=file]')
        .setInputFiles(file('LOOK-1,look@quince-gander.example,Ha Look,Welder,,,,2026-01-01,'));
      await stage.page.getByText(stage.say('admin.import.wouldDo')).waitFor();
      await stage.settle();
    },
  },
  { name: 'admin-invitations', as: 'lucia', path: '/admin/invitations', states: ['empty', 'long'] },
  { name: 'admin-places', as: 'lucia', path: '/admin/places', states: ['empty', 'long'] },
  {
    name: 'admin-places-merge',
    as: 'lucia',
    path: '/admin/places',
    brief: true,
    act: async (stage) => {
      await stage.page
        .getByRole('button', { name: stage.say('admin.places.mergeOf', { name: '' }) })
        .first()
        .click();
    },
  },
  { name: 'admin-tokens', as: 'lucia', path: '/admin/tokens', states: ['empty'] },
  {
    name: 'admin-tokens-faults',
    as: 'lucia',
    path: '/admin/tokens',
    brief: true,
    act: async (stage) => {
      await stage.field('admin.tokens.label').fill('Nightly import from the HR system');
      await stage.page.getByLabel(stage.say('admin.scope.DIRECTORY_WRITE')).check();
      await stage.field('admin.tokens.day').fill('2020-01-01');
      await stage.press('admin.tokens.create');
      await stage.page.getByText(stage.say('problem.input')).waitFor();
    },
  },
  { name: 'admin-settings', as: 'matthias', path: '/admin/settings' },
  {
    name: 'admin-settings-faults',
    as: 'matthias',
    path: '/admin/settings',
    brief: true,
    act: async (stage) => {
      const days = stage.field('admin.settings.trendsPublishedAfterDays');
      await days.fill('99');
      await days.press('Enter');
      await stage.settle();
    },
  },
  { name: 'admin-roles', as: 'matthias', path: '/admin/roles', states: ['long'] },
  { name: 'admin-cycles', as: 'matthias', path: '/admin/cycles', states: ['empty', 'long'] },
  {
    name: 'admin-cycles-edit',
    as: 'matthias',
    path: '/admin/cycles',
    brief: true,
    act: async (stage) => {
      await stage.page
        .getByRole('button', { name: stage.say('admin.cycles.editOf', { name: '' }) })
        .first()
        .click();
    },
  },
  { name: 'admin-areas', as: 'matthias', path: '/admin/areas', states: ['empty', 'long'] },
  {
    name: 'admin-areas-new',
    as: 'matthias',
    path: '/admin/areas',
    brief: true,
    act: async (stage) => {
      await stage.press('admin.areas.new');
    },
  },
  { name: 'admin-audit', as: 'rosalind', path: '/admin/audit', states: ['empty', 'long'] },
];
