/** Signing in, the links of mails, the first steps, and the pages about oneself. */
import type { Scene } from './stage.ts';

const TOKEN = 'x'.repeat(43);

export const ACCOUNT: readonly Scene[] = [
  { name: 'sign-in', path: '/sign-in' },
  {
    name: 'sign-in-refused',
    path: '/sign-in',
    brief: true,
    act: async (stage) => {
      await stage.field('signIn.email').fill(`nobody-${String(Date.now())}@quince-gander.example`);
      await stage.field('signIn.password').fill('not the password');
      await stage.press('signIn.submit');
      await stage.page.getByRole('alert').first().waitFor();
    },
  },
  { name: 'forgot-password', path: '/forgot-password' },
  {
    name: 'forgot-password-sent',
    path: '/forgot-password',
    brief: true,
    act: async (stage) => {
      await stage.field('account.email').fill(`nobody-${String(Date.now())}@quince-gander.example`);
      await stage.press('account.forgot.submit');
    },
  },
  { name: 'accept-invitation', path: `/accept-invitation#${TOKEN}` },
  {
    name: 'accept-invitation-short',
    path: `/accept-invitation#${TOKEN}`,
    brief: true,
    act: async (stage) => {
      await stage.field('account.password.new').fill('short');
      await stage.press('account.invitation.submit');
    },
  },
  {
    name: 'accept-invitation-dead',
    path: `/accept-invitation#${TOKEN}`,
    brief: true,
    act: async (stage) => {
      await stage.field('account.password.new').fill('four quiet otters knit');
      await stage.press('account.invitation.submit');
    },
  },
  { name: 'reset-password', path: `/reset-password#${TOKEN}`, brief: true },
  { name: 'reset-password-no-link', path: '/reset-password', brief: true },
  { name: 'confirm-address', path: `/confirm-address#${TOKEN}`, brief: true },
  {
    name: 'confirm-address-done',
    path: `/confirm-address#${TOKEN}`,
    brief: true,
    act: async (stage) => {
      await stage.replace('ConfirmEmailChange', () => ({
        confirmEmailChange: {
          __typename: 'ConfirmEmailChangePayload',
          changed: false,
          emailChange: {
            __typename: 'EmailChange',
            id: 'change',
            newEmail: 'leonie.ahrens@quince-gander.example',
            effectiveAt: '2026-12-14T09:00:00Z',
            oldConfirmed: false,
            newConfirmed: true,
          },
        },
      }));
      await stage.press('account.address.submit');
    },
  },
  { name: 'cancel-address', path: `/cancel-address#${TOKEN}`, brief: true },
  { name: 'welcome', as: 'leonie', path: '/welcome', states: ['long', 'rtl', 'offline'] },
  { name: 'me', as: 'leonie', path: '/me', states: ['long', 'rtl', 'offline'] },
  { name: 'me-sign-in', as: 'leonie', path: '/me/sign-in', states: ['long'] },
  {
    name: 'me-sign-in-open',
    as: 'leonie',
    path: '/me/sign-in',
    brief: true,
    act: async (stage) => {
      await stage.press('me.address.change');
      await stage.field('me.address.new').fill('leonie.ahrens@quince-gander.example');
      await stage.field('me.password.yours').fill('not my password at all');
      await stage.press('me.address.ask');
      await stage.press('me.password.change');
    },
  },
  { name: 'me-readers', as: 'leonie', path: '/me/readers', states: ['empty', 'long', 'rtl'] },
  { name: 'me-shares', as: 'leonie', path: '/me/shares', states: ['empty', 'long', 'rtl'] },
  {
    name: 'me-shares-ended',
    as: 'leonie',
    path: '/me/shares',
    brief: true,
    act: async (stage) => {
      await stage.replace('EndOwnShare', ({ input }: { input: { id: string } }) => ({
        endShare: {
          __typename: 'PersonalGoalSharePayload',
          personalGoalShare: { __typename: 'PersonalGoalShare', id: input.id, state: 'ENDED' },
        },
      }));
      await stage.page
        .getByRole('button', { name: `${stage.say('me.shares.end')}: ` })
        .first()
        .click();
    },
  },
  { name: 'me-data', as: 'leonie', path: '/me/data', states: ['empty'] },
  {
    name: 'me-data-erase',
    as: 'leonie',
    path: '/me/data',
    brief: true,
    act: async (stage) => {
      await stage.press('me.erasure.look');
      await stage.button('me.erasure.yes').waitFor();
    },
  },
  {
    name: 'me-data-erasing',
    as: 'leonie',
    path: '/me',
    brief: true,
    act: async (stage) => {
      await stage.answer('OwnData', ({ viewer, ...data }: { viewer: object }) => ({
        ...data,
        viewer: {
          ...viewer,
          erasure: {
            __typename: 'Erasure',
            id: 'erasure',
            executesAt: '2026-12-07T09:00:00Z',
            // As the service words it.
            preview: [
              'Erased: 9 personal goals, with milestones, 24 updates, history, shares, alignments and access log.',
              'Erased: The words of 31 action items that you worded last, and your earlier wordings.',
              'Erased: your export files, and the answers that are kept for 24 hours to repeated requests.',
              'Stays: what others wrote, the dates of your one-to-ones, and that you met.',
              'Stays: your account, and your entry in the directory, which is your employer’s.',
            ],
          },
        },
      }));
      await stage.go('/me/data');
    },
  },
];
