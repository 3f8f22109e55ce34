import { Link, Outlet, useLocation, type LinkProps } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, type ReactNode } from 'react';
import { Skeleton } from './Skeleton.tsx';
import classes from './Subpages.module.css';

export interface Subpage {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: string;
}

/** Where the links begin on a phone, and where they fade because there are more (Subpages.module.css). */
const START_PX = 16;
const END_PX = 32;

/** A long page in parts, each with its own address: links to all of them, and the one that is open. */
export function Subpages({
  label,
  pages,
}: {
  /** What the links are together. */
  readonly label: string;
  readonly pages: readonly Subpage[];
}): ReactNode {
  const links = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const row = links.current;
    if (row === null) return undefined;
    // Also when a phone is turned.
    const watch = new ResizeObserver(() => {
      showOpenPage(row);
    });
    watch.observe(row);
    return () => {
      watch.disconnect();
    };
  }, [pathname]);
  return (
    <>
      <nav ref={links} aria-label={label} className={classes['links']}>
        {pages.map(({ to, label: name }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: to === '/me', includeSearch: false }}
            className={classes['link']}
          >
            {name}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Skeleton />}>
        <Outlet />
      </Suspense>
    </>
  );
}

/** On a phone the links are one row that is wider than the screen. */
function showOpenPage(row: HTMLElement): void {
  const open = row.querySelector('[aria-current="page"]');
  if (open === null) return;
  const [around, { left, right }] = [row.getBoundingClientRect(), open.getBoundingClientRect()];
  // scrollIntoView() would also let Tab begin there, behind the link that skips the navigation.
  if (left < around.left || right > around.right - END_PX) row.scrollLeft += left - around.left - START_PX;
}
