import { createRoute, createRouter } from '@tanstack/react-router';
import { readTrendSearch } from './pages/trends/search.ts';
import { takeLinkToken } from './link-token.ts';
import { NotFound } from './parts/NotFound.tsx';
import { Skeleton } from './parts/Skeleton.tsx';
import { Trouble } from './parts/Trouble.tsx';
import { accountRoutes } from './routes/account.ts';
import { adminRoutes } from './routes/admin.ts';
import { page, root, shell } from './routes/base.ts';
import { meRoutes } from './routes/me.ts';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string } => {
    const next = search['next'];
    return typeof next === 'string' ? { next } : {};
  },
  component: page(() => import('./pages/sign-in/SignIn.tsx'), 'SignIn', 'sign-in'),
});

const today = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: page(() => import('./pages/today/Today.tsx'), 'Today', 'today', 'suggestions'),
});

/** The person with whom a goal is about to be shared: their page, or the team, leads here. */
const readShareWith = ({ shareWith }: Record<string, unknown>): { shareWith?: string } =>
  typeof shareWith === 'string' ? { shareWith } : {};

const goals = createRoute({
  getParentRoute: () => shell,
  path: '/goals',
  validateSearch: readShareWith,
  component: page(() => import('./pages/goals/Goals.tsx'), 'Goals', 'goals'),
});

const goal = createRoute({
  getParentRoute: () => shell,
  path: '/goals/$goalId',
  validateSearch: readShareWith,
  component: page(() => import('./pages/goals/Goal.tsx'), 'Goal', 'goals', 'own-goal'),
});

const goalOfOther = createRoute({
  getParentRoute: () => shell,
  path: '/read/$goalId',
  component: page(() => import('./pages/goals/Goal.tsx'), 'GoalOfOther', 'goals', 'own-goal'),
});

const fit = createRoute({
  getParentRoute: () => shell,
  path: '/fit',
  component: page(() => import('./pages/fit/Fit.tsx'), 'Fit', 'fit'),
});

const team = createRoute({
  getParentRoute: () => shell,
  path: '/team',
  component: page(() => import('./pages/team/Team.tsx'), 'Team', 'team'),
});

const business = createRoute({
  getParentRoute: () => shell,
  path: '/business',
  validateSearch: (search): { cycle?: string } => {
    const cycle = search['cycle'];
    return typeof cycle === 'string' ? { cycle } : {};
  },
  component: page(() => import('./pages/business/Business.tsx'), 'Business', 'business'),
});

const businessGoal = createRoute({
  getParentRoute: () => shell,
  path: '/business/$goalId',
  component: page(() => import('./pages/business/BusinessGoal.tsx'), 'BusinessGoal', 'business'),
});

const trends = createRoute({
  getParentRoute: () => shell,
  path: '/trends',
  validateSearch: readTrendSearch,
  component: page(() => import('./pages/trends/Trends.tsx'), 'Trends', 'trends'),
});

const pulse = createRoute({
  getParentRoute: () => shell,
  path: '/pulse',
  component: page(() => import('./pages/pulse/Pulse.tsx'), 'Pulse', 'pulse'),
});

const barriers = createRoute({
  getParentRoute: () => shell,
  path: '/barriers',
  component: page(() => import('./pages/barriers/Barriers.tsx'), 'Barriers', 'barriers'),
});

const barrier = createRoute({
  getParentRoute: () => shell,
  path: '/barriers/$barrierId',
  component: page(() => import('./pages/barriers/Barrier.tsx'), 'Barrier', 'barriers'),
});

const oneToOne = createRoute({
  getParentRoute: () => shell,
  path: '/with/$personId',
  component: page(() => import('./pages/one-to-one/OneToOne.tsx'), 'OneToOne', 'one-to-one', 'suggestions'),
});

const handovers = createRoute({
  getParentRoute: () => shell,
  path: '/handover',
  component: page(() => import('./pages/handover/Handovers.tsx'), 'Handovers', 'handover'),
});

const notFound = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound });

export function makeRouter() {
  // Before the router reads the address.
  takeLinkToken();
  return createRouter({
    routeTree: root.addChildren([
      signIn,
      ...accountRoutes,
      shell.addChildren([
        today,
        goals,
        goal,
        goalOfOther,
        barriers,
        barrier,
        oneToOne,
        fit,
        team,
        business,
        businessGoal,
        handovers,
        trends,
        pulse,
        ...meRoutes,
        adminRoutes,
        notFound,
      ]),
    ]),
    // The scripts of a page, never its data: reading a goal of another person is recorded.
    defaultPreload: 'intent',
    defaultPendingComponent: Skeleton,
    defaultErrorComponent: Trouble,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
