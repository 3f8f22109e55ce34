import { useQuery } from '@apollo/client/react';
import { Link, Navigate, Outlet, useMatches, type LinkProps } from '@tanstack/react-router';
import { Suspense, useId, useMemo, type ComponentProps, type ReactNode } from 'react';
import { graphql } from '../graphql/index.ts';
import { rememberPerson } from '../saving/person.ts';
import { rememberedKinds, rememberKinds, type Kind } from '../session.ts';
import { useWords, type Key } from '../words/words.tsx';
import { FormerContext, type Former } from './former.ts';
import {
  AdminIcon,
  BusinessIcon,
  BarriersIcon,
  FitIcon,
  GoalsIcon,
  MeIcon,
  MoreIcon,
  SearchIcon,
  TeamIcon,
  TodayIcon,
  TrendsIcon,
} from './icons.tsx';
import classes from './Shell.module.css';
import { usePalette } from './palette/usePalette.tsx';
import { Skeleton } from './Skeleton.tsx';
import { Unsaved } from './Unsaved.tsx';

/** The pages of the navigation. On a phone the first four are in the bar at the bottom, and the others behind "More". */
const PAGES: readonly {
  readonly to: NonNullable<LinkProps['to']>;
  readonly key: Extract<Key, `nav.${string}`>;
  readonly Icon: () => ReactNode;
  /** Whom it is shown to; everybody who is employed, if it does not say. */
  readonly kind?: Kind;
  /** Shown also to those who have left. */
  readonly former?: true;
  /** In the bar, where a label has one line. */
  readonly short?: Extract<Key, `nav.short.${string}`>;
}[] = [
  { to: '/', key: 'nav.today', Icon: TodayIcon },
  { to: '/goals', key: 'nav.goals', short: 'nav.short.goals', Icon: GoalsIcon, former: true },
  { to: '/fit', key: 'nav.fit', short: 'nav.short.fit', Icon: FitIcon },
  { to: '/team', key: 'nav.team', Icon: TeamIcon, kind: 'manager' },
  { to: '/business', key: 'nav.business', short: 'nav.short.business', Icon: BusinessIcon },
  { to: '/barriers', key: 'nav.barriers', Icon: BarriersIcon },
  { to: '/trends', key: 'nav.trends', Icon: TrendsIcon },
  { to: '/me', key: 'nav.me', Icon: MeIcon, former: true },
  { to: '/admin', key: 'nav.admin', Icon: AdminIcon, kind: 'administrator' },
];
/** How many fit into the bar beside "More". */
const IN_BAR = 4;

const SHELL = graphql(`
  query Shell {
    viewer {
      id
      accessEndsAt
      roles
      person {
        id
        directReports(first: 1) {
          nodes {
            id
          }
        }
      }
    }
  }
`);

/** What surrounds every page of a person who is signed in. */
export function Shell(): ReactNode {
  const { say } = useWords();
  const { kinds, former } = useKinds();
  const more = useId();
  // Of the page that is shown: the address may be that of the next one already.
  const shown = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? '' });
  const isOpenToFormer = /^\/(goals|me)(\/|$)/.test(shown);
  const pages = PAGES.filter(({ kind, former: also }) =>
    former ? also : kind === undefined || kinds.includes(kind),
  );
  const { openPalette, palette } = usePalette(
    // Those who have left find nobody.
    former ? undefined : pages.map(({ to, key }) => ({ to, label: say(key) })),
  );
  const hasMore = pages.length > IN_BAR + 1;
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#page">
        {say('app.skip')}
      </a>
      <nav className={classes['navigation']} aria-label={say('app.navigation')}>
        <span className={classes['name']}>Mutual</span>
        {!former && <SearchButton className={classes['search']} onClick={openPalette} />}
        <ul>
          {pages.map(({ to, key, short, Icon }, at) => (
            <li key={to} data-later={(hasMore && at >= IN_BAR) || undefined}>
              <Link to={to} activeOptions={{ exact: to === '/' }} className={classes['link']}>
                <Icon />
                <span className={short && classes['long']}>{say(key)}</span>
                {short && <span className={classes['short']}>{say(short)}</span>}
              </Link>
            </li>
          ))}
          {hasMore && (
            <li className={classes['more']}>
              <button type="button" className={classes['link']} popoverTarget={more}>
                <MoreIcon />
                {say('nav.more')}
              </button>
              <ul id={more} popover="auto" className={classes['others']}>
                {pages.slice(IN_BAR).map(({ to, key, Icon }) => (
                  <li key={to}>
                    <Link
                      to={to}
                      className={classes['link']}
                      onClick={({ currentTarget }) => {
                        currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
                      }}
                    >
                      <Icon />
                      {say(key)}
                    </Link>
                  </li>
                ))}
                <li>
                  <SearchButton
                    className={classes['link']}
                    onClick={({ currentTarget }) => {
                      currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
                      openPalette();
                    }}
                  />
                </li>
              </ul>
            </li>
          )}
        </ul>
      </nav>
      <main id="page" className={classes['page']} tabIndex={-1}>
        <Unsaved />
        <FormerContext value={former}>
          <Suspense fallback={<Skeleton />}>
            {former && !isOpenToFormer ? <Navigate to="/goals" replace /> : <Outlet />}
          </Suspense>
        </FormerContext>
      </main>
      {palette}
    </div>
  );
}

/** In the sidebar, and on a phone behind "More". */
function SearchButton(props: Pick<ComponentProps<'button'>, 'className' | 'onClick'>): ReactNode {
  const { say } = useWords();
  return (
    <button type="button" aria-keyshortcuts="Control+K Meta+K" aria-haspopup="dialog" {...props}>
      <SearchIcon />
      {say('nav.search')}
    </button>
  );
}

/** What the viewer is besides a person with goals. Known from the last visit of this session until the service answers. */
function useKinds(): { readonly kinds: readonly Kind[]; readonly former: Former | undefined } {
  const viewer = useQuery(SHELL).data?.viewer;
  return useMemo(() => {
    if (viewer == null) {
      const kinds = rememberedKinds();
      return { kinds, former: kinds.includes('former') ? { accessEndsAt: undefined } : undefined };
    }
    const { accessEndsAt, roles, person } = viewer;
    const kinds: readonly Kind[] = [
      ...(accessEndsAt == null ? [] : (['former'] as const)),
      ...(person.directReports.nodes.length > 0 ? (['manager'] as const) : []),
      // An HR analyst alone administers nothing.
      ...(roles.some((role) => role !== 'HR_ANALYST') ? (['administrator'] as const) : []),
    ];
    rememberKinds(kinds);
    rememberPerson(person.id);
    return { kinds, former: accessEndsAt == null ? undefined : { accessEndsAt } };
  }, [viewer]);
}
