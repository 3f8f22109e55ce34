import { createRoute, redirect } from '@tanstack/react-router';
import { page, shell } from './base.ts';

const me = createRoute({
  getParentRoute: () => shell,
  path: '/me',
  component: page(() => import('../pages/me/MeLayout.tsx'), 'MeLayout', 'me'),
});

const profile = createRoute({
  getParentRoute: () => me,
  path: '/',
  component: page(() => import('../pages/me/Me.tsx'), 'Me', 'me'),
});

const signInSettings = createRoute({
  getParentRoute: () => me,
  path: '/sign-in',
  component: page(() => import('../pages/me/SignInSettings.tsx'), 'SignInSettings', 'me', 'account'),
});

const readers = createRoute({
  getParentRoute: () => me,
  path: '/readers',
  component: page(() => import('../pages/me/ReadersLog.tsx'), 'ReadersLog', 'me'),
});

const shares = createRoute({
  getParentRoute: () => me,
  path: '/shares',
  component: page(() => import('../pages/me/Shares.tsx'), 'Shares', 'me'),
});

const ownData = createRoute({
  getParentRoute: () => me,
  path: '/data',
  component: page(() => import('../pages/me/OwnData.tsx'), 'OwnData', 'me'),
});

/** The mail about an erasure leads here. */
const accountLink = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router catches it
    throw redirect({ to: '/me/data', replace: true });
  },
});

/** Mails about one-to-ones lead here: Today has the next ones. */
const oneToOnesLink = createRoute({
  getParentRoute: () => shell,
  path: '/one-to-ones',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router catches it
    throw redirect({ to: '/', replace: true });
  },
});

/** The pages about the viewer's own account, and addresses in mails that lead elsewhere. */
export const meRoutes = [
  me.addChildren([profile, signInSettings, readers, shares, ownData]),
  accountLink,
  oneToOnesLink,
] as const;
