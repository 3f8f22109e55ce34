/** The people of the demo organization, in development. */
export interface Demo {
  readonly password: string;
  readonly accounts: readonly {
    readonly name: string;
    readonly email: string;
    readonly role: string;
    readonly description: string;
    /** The role and the description in German; those above are English. */
    readonly de: { readonly role: string; readonly description: string };
  }[];
}

/** Where the demo accounts are. server.mjs names it in the page if it was given some, which happens in development only. */
const demoAddress = (): string | null | undefined =>
  document.querySelector('meta[name="mutual-demo"]')?.getAttribute('content');

export function isDevelopment(): boolean {
  return demoAddress() != null;
}

/** Undefined without demo accounts. */
export async function loadDemo(): Promise<Demo | undefined> {
  const address = demoAddress();
  if (address == null) return undefined;
  const response = await fetch(address);
  return response.ok ? ((await response.json()) as Demo) : undefined;
}
