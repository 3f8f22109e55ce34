import { useEffect, useState } from 'react';

/** The pages that links in mails open. What is behind # in their address is a token. */
const PAGES: readonly string[] = [
  '/accept-invitation',
  '/reset-password',
  '/confirm-address',
  '/cancel-address',
];

let taken: { readonly page: string; readonly token: string } | undefined;

/** Takes the token out of the address bar, so that no history, bookmark or picture of the screen holds it. It is kept in memory only. */
export function takeLinkToken(): void {
  const { pathname, search, hash } = location;
  const page = pathname.replace(/\/$/, '');
  if (!PAGES.includes(page) || hash.length < 2) return;
  taken = { page, token: hash.slice(1) };
  history.replaceState(history.state, '', pathname + search);
}

/** The token of the link that opened a page; undefined where it was opened without one, or loaded again. */
export function useLinkToken(page: string): string | undefined {
  const [found, setFound] = useState(taken);
  useEffect(() => {
    // A second link in the same tab changes only what is behind #, and loads nothing.
    const take = (): void => {
      takeLinkToken();
      setFound(taken);
    };
    addEventListener('hashchange', take);
    return () => {
      removeEventListener('hashchange', take);
    };
  }, []);
  return found?.page === page ? found.token : undefined;
}
