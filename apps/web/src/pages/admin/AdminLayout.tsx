import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, type ReactNode } from 'react';
import type { Role } from '../../graphql/graphql.ts';
import { Notice } from '../../parts/Notice.tsx';
import { Skeleton } from '../../parts/Skeleton.tsx';
import { Subpages } from '../../parts/Subpages.tsx';
import { useWords } from '../../words/words.tsx';
import { useRoles } from './roles.ts';

/** The pages of the administration, and whose they are. */
const PAGES = [
  { to: '/admin/people', key: 'admin.people', roles: ['PEOPLE_ADMIN'] },
  { to: '/admin/import', key: 'admin.import', roles: ['PEOPLE_ADMIN'] },
  { to: '/admin/invitations', key: 'admin.invitations', roles: ['PEOPLE_ADMIN'] },
  { to: '/admin/places', key: 'admin.places', roles: ['PEOPLE_ADMIN'] },
  { to: '/admin/settings', key: 'admin.settings', roles: ['ORGANIZATION_ADMIN'] },
  { to: '/admin/roles', key: 'admin.roles', roles: ['ORGANIZATION_ADMIN'] },
  { to: '/admin/cycles', key: 'admin.cycles', roles: ['ORGANIZATION_ADMIN'] },
  { to: '/admin/areas', key: 'admin.areas', roles: ['ORGANIZATION_ADMIN'] },
  { to: '/admin/tokens', key: 'admin.tokens', roles: ['PEOPLE_ADMIN', 'ORGANIZATION_ADMIN'] },
  { to: '/admin/audit', key: 'admin.audit', roles: ['AUDITOR'] },
] as const satisfies readonly { to: string; key: string; roles: readonly Role[] }[];

const isFor = ({ roles }: (typeof PAGES)[number], own: readonly Role[]): boolean =>
  roles.some((role) => own.includes(role));

/** What surrounds the pages of the administration: links to those of the viewer's roles. */
export function AdminLayout(): ReactNode {
  const { say } = useWords();
  const roles = useRoles();
  const { pathname } = useLocation();
  const open = PAGES.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  if (roles !== undefined && (roles.length === 0 || (open !== undefined && !isFor(open, roles)))) {
    return (
      <Notice title={say('admin.notYours')} action={<Link to="/">{say('trouble.toToday')}</Link>}>
        {say('admin.notYoursText')}
      </Notice>
    );
  }
  const pages = PAGES.filter((page) => isFor(page, roles ?? []));
  if (pages.length === 1) {
    // Its title says where one is.
    return (
      <Suspense fallback={<Skeleton />}>
        <Outlet />
      </Suspense>
    );
  }
  return <Subpages label={say('nav.admin')} pages={pages.map(({ to, key }) => ({ to, label: say(key) }))} />;
}

/** The first page that the viewer's roles lead to. */
export function AdminHome(): ReactNode {
  const roles = useRoles();
  const first = PAGES.find((page) => isFor(page, roles ?? []));
  return first === undefined ? <Skeleton /> : <Navigate to={first.to} replace />;
}
