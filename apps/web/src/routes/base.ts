import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { NotFound } from '../parts/NotFound.tsx';
import { Shell } from '../parts/Shell.tsx';
import { expectsSession } from '../session.ts';
import { loadSections, type Section } from '../words/sections.ts';
import { chosenLanguage } from '../words/words.tsx';

/** A page whose script and words load when it is visited, or about to be. */
export function page<Name extends string>(
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
  ...sections: readonly Section[]
): ReturnType<typeof lazyRouteComponent> {
  return lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), loadSections(chosenLanguage(), ...sections)]);
    return { default: module[name] };
  });
}

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Leads to the sign-in page, and from there back. */
export function requireSession({
  location: { href },
}: {
  readonly location: { readonly href: string };
}): void {
  if (expectsSession()) return;
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router catches it
  throw redirect({ to: '/sign-in', search: href === '/' ? {} : { next: href } });
}

/** What surrounds the pages of a person who is signed in. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: requireSession,
  component: Shell,
});
