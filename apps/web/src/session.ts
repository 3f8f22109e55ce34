import { destroy } from './saving/device.ts';
import { forgetPerson, rememberedPerson, rememberPerson } from './saving/person.ts';

/**
 * The session is in a cookie that scripts cannot read. This remembers only that there is one, so that the first page of a person who is
 * signed out is the sign-in page, without a request that must fail.
 */
const STORED = 'mutual.signedIn';
const KINDS = 'mutual.kinds';

/** What somebody is besides a person with goals: some pages are for these only, and for those who have left, only some. */
export type Kind = 'manager' | 'administrator' | 'former';
const ALL: readonly Kind[] = ['manager', 'administrator', 'former'];

export function expectsSession(): boolean {
  return localStorage.getItem(STORED) !== null;
}

/** What the person of this session is, so that the navigation of the next page is whole at once. */
export function rememberedKinds(): readonly Kind[] {
  const kinds = localStorage.getItem(KINDS)?.split(' ') ?? [];
  return ALL.filter((kind) => kinds.includes(kind));
}

export function rememberKinds(kinds: readonly Kind[]): void {
  localStorage.setItem(KINDS, kinds.join(' '));
}

/**
 * Loads a page of this client as the person who has signed in: nothing that another person of this device read is left in memory.
 *
 * @param next the address of the page; Today, if it is undefined
 * @param viewer who has signed in: this device keeps their drafts
 */
export function beginSession(
  next: string | undefined,
  {
    person,
    accessEndsAt,
  }: { readonly person: { readonly id: string }; readonly accessEndsAt?: string | null },
): void {
  localStorage.setItem(STORED, 'yes');
  rememberPerson(person.id);
  rememberKinds(accessEndsAt == null ? [] : ['former']);
  // A link to the sign-in page must not lead to another site. The path of `/.//example.com` is `//example.com`, which alone would.
  const address = URL.parse(next ?? '/', location.origin);
  const isPage = address?.origin === location.origin && !address.pathname.startsWith('//');
  location.replace(isPage ? address.href : '/');
}

/** How long deleting what is kept on this device may delay the sign-in page; the rest is deleted when it is open. */
const DESTROY_MS = 1000;

/** Destroys what the person keeps on this device, and loads the sign-in page: nothing that the person read is left in memory. */
export function endSession(): void {
  const person = rememberedPerson();
  forgetSession();
  forgetPerson();
  const destroyed = person === undefined ? Promise.resolve() : destroy(person);
  const late = new Promise((resolve) => setTimeout(resolve, DESTROY_MS));
  void Promise.race([destroyed, late]).finally(() => {
    location.replace('/sign-in');
  });
}

/** Loads the sign-in page, which leads back to this one. What the person keeps on this device stays until they sign in again. */
export function renewSession(): void {
  forgetSession();
  const next = `${location.pathname}${location.search}`;
  location.replace(next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`);
}

/** For when the service has ended the session already, on a page that says so. */
export function forgetSession(): void {
  localStorage.removeItem(STORED);
  localStorage.removeItem(KINDS);
}
