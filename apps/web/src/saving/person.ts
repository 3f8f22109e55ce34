/** Whose texts this device keeps: the person who signed in last. A session that has ended does not change that; signing out does. */
const STORED = 'mutual.person';

export function rememberedPerson(): string | undefined {
  return localStorage.getItem(STORED) ?? undefined;
}

export function rememberPerson(id: string): void {
  localStorage.setItem(STORED, id);
}

export function forgetPerson(): void {
  localStorage.removeItem(STORED);
}

let owner = rememberedPerson();

/** The person whom this page was loaded for. Undefined once they have signed out, or another person has signed in, in another tab. */
export function personOfPage(): string | undefined {
  owner ??= rememberedPerson();
  return owner === rememberedPerson() ? owner : undefined;
}

/** Loads this page again when another tab has signed out or signed in: it shows what another person must not read, and sends as them. */
export function followPerson(): void {
  addEventListener('storage', ({ key, newValue }) => {
    if (key === STORED && newValue !== owner) location.reload();
  });
}
