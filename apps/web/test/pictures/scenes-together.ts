/** Today, the page of two people, and the team. */
import type { Scene, Stage } from './stage.ts';

interface PageOfPair {
  readonly person: {
    readonly oneToOne: { readonly next: { readonly sharedNotes: { readonly id: string } } };
  };
}

const openWith = async (stage: Stage): Promise<void> => {
  await stage.press('prepare.agree');
  await stage.press('head.change');
};

export const TOGETHER: readonly Scene[] = [
  {
    name: 'today-manager',
    as: 'oluwaseun',
    path: '/',
    states: ['empty', 'long', 'rtl', 'fault', 'offline', 'loading'],
  },
  { name: 'today-employee', as: 'leonie', path: '/', states: ['long', 'rtl'] },
  { name: 'today-nine', as: 'ines', path: '/' },
  { name: 'today-handover', as: 'johanna', path: '/', brief: true },
  {
    name: 'today-more',
    as: 'oluwaseun',
    path: '/',
    brief: true,
    act: async (stage) => {
      await stage.page.locator('main button[aria-expanded=false]').first().click();
    },
  },
  {
    name: 'today-keys',
    as: 'oluwaseun',
    path: '/',
    brief: true,
    window: true,
    act: async (stage) => {
      await stage.page.keyboard.press('?');
      await stage.page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'navigation-more',
    as: 'oluwaseun',
    path: '/',
    brief: true,
    window: true,
    only: 'phone',
    act: (stage) => stage.press('nav.more'),
  },
  {
    name: 'one-to-one',
    as: 'oluwaseun',
    path: 'with-leonie',
    states: ['empty', 'long', 'rtl', 'offline', 'loading'],
  },
  { name: 'one-to-one-report', as: 'leonie', path: 'with-oluwaseun' },
  {
    name: 'one-to-one-open',
    as: 'oluwaseun',
    path: 'with-leonie',
    act: async (stage) => {
      await openWith(stage);
      await stage.page.getByText(stage.say('before.title'), { exact: true }).waitFor();
      const before = stage.page.getByRole('region', { name: stage.say('before.title') });
      await before.getByRole('listitem').getByRole('button').first().click();
      await stage.settle();
    },
  },
  {
    name: 'one-to-one-open-long',
    as: 'oluwaseun',
    path: 'with-leonie',
    brief: true,
    states: ['long', 'rtl'],
    act: openWith,
  },
  {
    name: 'one-to-one-edit',
    as: 'oluwaseun',
    path: 'with-leonie',
    brief: true,
    act: async (stage) => {
      const { page, say } = stage;
      const agenda = page.getByRole('region', { name: say('agenda.title') });
      const more = say('point.more', { text: '' });
      await agenda.getByRole('button', { name: more }).first().click();
      await stage.press('next.move');
      await stage.press('mandates.add', { name: 'Leonie Ahrens' });
      const promises = page.getByRole('region', { name: say('promises.title') });
      await promises.getByRole('button', { name: more }).first().click();
      await promises
        .getByRole('button', { name: say('point.edit') })
        .first()
        .click();
      await page.getByLabel(say('promises.addMine')).fill('Send the budget by Friday');
      await page.getByText(say('templates.title')).first().click();
      await stage.settle();
    },
  },
  {
    name: 'one-to-one-conflict',
    as: 'leonie',
    path: 'with-oluwaseun',
    brief: true,
    act: async (stage) => {
      let shared = '';
      await stage.answer('OneToOnePage', ({ person }: PageOfPair) => {
        shared = person.oneToOne.next.sharedNotes.id;
      });
      await stage.go('with-oluwaseun');
      await stage.replace('WriteSharedNotes', () => ({
        writeSharedNotes: {
          __typename: 'EditConflict',
          current: {
            __typename: 'SharedNotes',
            id: shared,
            text: 'The second screen comes in January, and the desk by the window is free.',
            version: 99,
            updatedAt: new Date().toISOString(),
            updatedBy: { __typename: 'Person', id: 'other' },
          },
        },
      }));
      await stage
        .field('notes.shared')
        .fill('Leonie: I would like the desk by the window, and the second screen.');
      await stage.page.getByRole('alert').first().waitFor();
    },
  },
  {
    name: 'one-to-one-unsaved',
    as: 'oluwaseun',
    path: 'with-leonie',
    brief: true,
    act: async (stage) => {
      await stage.refuse('AddPoint');
      await stage.field('add.label').fill('Written in a tunnel: who pays for the second screen?');
      await stage.press('add.onlyYou');
      await stage.page.getByText(stage.say('unsaved.waiting', { count: 1 })).waitFor();
    },
  },
  { name: 'one-to-one-start', as: 'tomasz', path: 'with-rosalind', states: ['long', 'rtl'] },
  {
    name: 'one-to-one-nobody',
    as: 'tomasz',
    path: '/with/00000000-0000-4000-8000-000000000000',
    brief: true,
  },
  { name: 'team', as: 'oluwaseun', path: '/team', states: ['empty', 'long', 'rtl'] },
];
