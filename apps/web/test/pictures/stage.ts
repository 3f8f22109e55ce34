/** Where a scene is played: a page of the client in one language. */
import type { Locator, Page, Route } from 'playwright-core';
import type { State } from './states.ts';
import type { Say } from './words.ts';

/** People of the demo organization, by what is before the @ of their address. */
export type Who =
  | 'leonie'
  | 'oluwaseun'
  | 'ines'
  | 'lucia'
  | 'tomasz'
  | 'rosalind'
  | 'matthias'
  | 'henrik'
  | 'johanna'
  | 'siobhan'
  | 'salma';

export class Stage {
  readonly page: Page;
  readonly say: Say;
  readonly #url: string;
  readonly #addresses: ReadonlyMap<string, string>;
  readonly #isLoaded: boolean;

  constructor(
    page: Page,
    say: Say,
    {
      url,
      addresses,
      state,
    }: { url: string; addresses: ReadonlyMap<string, string>; state: State | undefined },
  ) {
    this.page = page;
    this.say = say;
    this.#url = url;
    this.#addresses = addresses;
    this.#isLoaded = state !== 'loading';
  }

  /** @param path an address, or the name of one (addresses.ts) */
  async go(path: string): Promise<void> {
    await this.page.goto(this.#url + (this.#addresses.get(path) ?? path));
    if (this.#isLoaded) await this.page.locator('h1, [role=alert]').first().waitFor();
    await this.settle();
  }

  async settle(): Promise<void> {
    // An answer that never comes is a state of a page too.
    await this.page.waitForLoadState('networkidle', { timeout: 8000 }).catch(() => undefined);
    await this.page.waitForTimeout(100);
  }

  button(...key: Parameters<Say>): Locator {
    return this.page.getByRole('button', { name: this.say(...key), exact: true });
  }

  async press(...key: Parameters<Say>): Promise<void> {
    await this.button(...key)
      .first()
      .click();
    await this.settle();
  }

  field(...key: Parameters<Say>): Locator {
    return this.page.getByLabel(this.say(...key), { exact: true });
  }

  /** Looks at what the service answers to an operation, and puts something else in its place if it returns that. */
  async answer(operation: string, change: (data: never) => unknown): Promise<void> {
    await this.#on(operation, async (route) => {
      const json = (await (await route.fetch()).json()) as { data: unknown };
      const changed = change(json.data as never);
      return route.fulfill({ json: changed === undefined ? json : { data: changed } });
    });
  }

  /** Answers an operation without asking the service, so that nothing changes there. */
  async replace(operation: string, data: (variables: never) => unknown): Promise<void> {
    await this.#on(operation, (route) => {
      const { variables } = route.request().postDataJSON() as { variables: unknown };
      return route.fulfill({ json: { data: data(variables as never) } });
    });
  }

  /** Lets an operation fail for want of a connection. */
  async refuse(operation: string): Promise<void> {
    await this.#on(operation, (route) => route.abort('internetdisconnected'));
  }

  async #on(operation: string, handle: (route: Route) => Promise<void>): Promise<void> {
    await this.page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName: string };
      return operationName === operation ? handle(route) : route.fallback();
    });
  }
}

export interface Scene {
  readonly name: string;
  /** Undefined for pages of people who are not signed in. */
  readonly as?: Who;
  readonly path: string;
  readonly act?: (stage: Stage) => Promise<void>;
  /** The states besides the usual one in which the page is shown. */
  readonly states?: readonly State[];
  /** Two pictures instead of four, and two in German: for what is opened on a page that has its own pictures. */
  readonly brief?: boolean;
  readonly only?: 'phone';
  /** The window alone: for dialogs. */
  readonly window?: boolean;
}
