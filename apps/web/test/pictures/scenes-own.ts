/** My goals, a goal, and how work fits. */
import type { Scene } from './stage.ts';

interface Goal {
  readonly ownerView: { readonly version: number };
}

export const OWN: readonly Scene[] = [
  { name: 'goals', as: 'leonie', path: '/goals', states: ['empty', 'long', 'rtl', 'offline', 'fault'] },
  { name: 'goals-former', as: 'henrik', path: '/', states: ['empty', 'long'] },
  {
    name: 'goal-former',
    as: 'henrik',
    path: '/',
    states: ['long'],
    act: async ({ page }) => {
      await page.locator('main a[href^="/goals/"]').first().click();
      await page.waitForURL('**/goals/*');
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  },
  { name: 'me-data-former', as: 'henrik', path: '/me/data', brief: true },
  { name: 'goal', as: 'leonie', path: 'goal-measured', states: ['empty', 'long', 'rtl', 'loading'] },
  {
    name: 'goal-edit',
    as: 'leonie',
    path: 'goal-measured',
    brief: true,
    act: async (stage) => {
      const { page, say } = stage;
      await page.getByRole('button', { name: `${say('edit')}: ${say('goal.why')}` }).click();
      await page
        .getByRole('button', { name: `${say('edit')}: ` })
        .last()
        .click();
      await stage.press('own.measureChange');
      await stage.press('own.place');
    },
  },
  {
    name: 'goal-conflict',
    as: 'leonie',
    path: 'goal-measured',
    brief: true,
    act: async (stage) => {
      const { page, say } = stage;
      let goal: Goal | undefined;
      await stage.answer('OwnGoal', ({ personalGoal }: { personalGoal: Goal }) => {
        goal = personalGoal;
      });
      await stage.go('goal-measured');
      await stage.replace('UpdateGoal', () => ({
        updatePersonalGoal: {
          __typename: 'EditConflict',
          current: {
            ...goal,
            title: 'Run the Leipzig marathon',
            ownerView: { ...goal?.ownerView, version: Number(goal?.ownerView.version) + 1 },
          },
        },
      }));
      await page.getByRole('button', { name: `${say('edit')}: ${say('own.title')}` }).click();
      await page
        .getByRole('textbox', { name: say('own.title') })
        .fill('Run the Leipzig half-marathon with Ana');
      await page.keyboard.press('Enter');
      await page.getByText(say('conflict.elsewhere')).waitFor();
    },
  },
  {
    name: 'goal-readers',
    as: 'leonie',
    path: 'goal-measured',
    window: true,
    states: ['long', 'rtl'],
    act: async (stage) => {
      await stage.press('own.changeReaders');
      await stage.page.getByRole('dialog').waitFor();
      await stage.settle();
    },
  },
  {
    name: 'goal-readers-wait',
    as: 'salma',
    path: '/goals',
    brief: true,
    window: true,
    act: async (stage) => {
      const { page, say } = stage;
      await page.locator('main a[href^="/goals/"]').first().click();
      await stage.press('own.changeReaders');
      const dialog = page.getByRole('dialog');
      await dialog.getByText(say('own.choose.SHARED')).click();
      await dialog.getByRole('combobox').fill('oluwaseun');
      await page.getByRole('option', { name: /Oluwaseun/ }).click();
      await stage.settle();
    },
  },
  { name: 'goal-of-other-asks', as: 'oluwaseun', path: 'goal-measured' },
  {
    name: 'goal-of-other',
    as: 'oluwaseun',
    path: 'goal-measured',
    states: ['long', 'rtl'],
    act: async (stage) => {
      await stage.press('goal.askOpen');
    },
  },
  {
    name: 'goal-absent',
    as: 'leonie',
    path: '/goals/00000000-0000-4000-8000-000000000000',
    brief: true,
    act: async (stage) => {
      await stage.press('goal.askOpen');
    },
  },
  { name: 'fit', as: 'leonie', path: '/fit', states: ['empty', 'long', 'rtl'] },
  {
    name: 'fit-list',
    as: 'leonie',
    path: '/fit',
    states: ['long', 'rtl'],
    act: async (stage) => {
      await stage.page.getByText(stage.say('fit.list'), { exact: true }).click();
      await stage.settle();
    },
  },
  {
    name: 'fit-place',
    as: 'leonie',
    path: '/fit',
    window: true,
    brief: true,
    act: async (stage) => {
      await stage.page
        .getByRole('region', { name: stage.say('fit.tray') })
        .getByRole('button')
        .first()
        .click();
      await stage.page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'palette',
    as: 'leonie',
    path: '/goals',
    window: true,
    act: async (stage) => {
      await stage.page.keyboard.press('Control+k');
      await stage.page.getByRole('combobox').waitFor();
    },
  },
  {
    name: 'palette-found',
    as: 'leonie',
    path: '/goals',
    window: true,
    brief: true,
    act: async (stage) => {
      await stage.page.keyboard.press('Control+k');
      await stage.page.getByRole('combobox').fill('marathon');
      await stage.page.getByRole('option').first().waitFor();
      await stage.settle();
    },
  },
  {
    name: 'palette-nothing',
    as: 'leonie',
    path: '/goals',
    window: true,
    brief: true,
    act: async (stage) => {
      await stage.page.keyboard.press('Control+k');
      await stage.page.getByRole('combobox').fill('zzzz');
      await stage.page.getByText(stage.say('palette.nothing')).waitFor();
    },
  },
  { name: 'not-found', as: 'leonie', path: '/nowhere' },
];
