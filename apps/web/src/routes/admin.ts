import { createRoute } from '@tanstack/react-router';
import { readPeopleSearch } from '../pages/admin/people-search.ts';
import { page, shell } from './base.ts';

const admin = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  component: page(() => import('../pages/admin/AdminLayout.tsx'), 'AdminLayout', 'admin'),
});

const adminHome = createRoute({
  getParentRoute: () => admin,
  path: '/',
  component: page(() => import('../pages/admin/AdminLayout.tsx'), 'AdminHome', 'admin'),
});

const adminPeople = createRoute({
  getParentRoute: () => admin,
  path: '/people',
  validateSearch: readPeopleSearch,
  component: page(() => import('../pages/admin/People.tsx'), 'People', 'admin'),
});

const adminNewPerson = createRoute({
  getParentRoute: () => admin,
  path: '/people/new',
  component: page(() => import('../pages/admin/NewPerson.tsx'), 'NewPerson', 'admin'),
});

const adminPerson = createRoute({
  getParentRoute: () => admin,
  path: '/people/$personId',
  component: page(() => import('../pages/admin/Person.tsx'), 'Person', 'admin'),
});

const adminImport = createRoute({
  getParentRoute: () => admin,
  path: '/import',
  component: page(() => import('../pages/admin/Import.tsx'), 'Import', 'admin'),
});

const adminInvitations = createRoute({
  getParentRoute: () => admin,
  path: '/invitations',
  component: page(() => import('../pages/admin/Invitations.tsx'), 'Invitations', 'admin'),
});

const adminPlaces = createRoute({
  getParentRoute: () => admin,
  path: '/places',
  component: page(() => import('../pages/admin/Places.tsx'), 'Places', 'admin'),
});

const adminSettings = createRoute({
  getParentRoute: () => admin,
  path: '/settings',
  component: page(() => import('../pages/admin/Settings.tsx'), 'Settings', 'admin'),
});

const adminRoles = createRoute({
  getParentRoute: () => admin,
  path: '/roles',
  component: page(() => import('../pages/admin/Roles.tsx'), 'Roles', 'admin'),
});

const adminCycles = createRoute({
  getParentRoute: () => admin,
  path: '/cycles',
  component: page(() => import('../pages/admin/Cycles.tsx'), 'Cycles', 'admin'),
});

const adminAreas = createRoute({
  getParentRoute: () => admin,
  path: '/areas',
  component: page(() => import('../pages/admin/Areas.tsx'), 'Areas', 'admin'),
});

const adminTokens = createRoute({
  getParentRoute: () => admin,
  path: '/tokens',
  component: page(() => import('../pages/admin/Tokens.tsx'), 'Tokens', 'admin'),
});

const adminAudit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  component: page(() => import('../pages/admin/Audit.tsx'), 'Audit', 'admin'),
});

/** The administration, by role (pages/admin/AdminLayout.tsx). */
export const adminRoutes = admin.addChildren([
  adminHome,
  adminPeople,
  adminNewPerson,
  adminPerson,
  adminImport,
  adminInvitations,
  adminPlaces,
  adminSettings,
  adminRoles,
  adminCycles,
  adminAreas,
  adminTokens,
  adminAudit,
]);
