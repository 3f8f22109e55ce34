import type { AccountState } from '../../graphql/graphql.ts';

/** What the list of people is limited to. */
export interface PeopleSearch {
  readonly text?: string;
  readonly account?: AccountState;
  readonly former?: boolean;
}

const STATES: readonly AccountState[] = ['NONE', 'INVITED', 'ACTIVE', 'DISABLED'];

/** Reads the search parameters of the address, which can hold anything. */
export function readPeopleSearch(search: { readonly [Name in keyof PeopleSearch]?: unknown }): PeopleSearch {
  const { text, former } = search;
  const account = STATES.find((state) => state === search.account);
  return {
    ...((typeof text === 'string' || typeof text === 'number') && { text: String(text) }),
    ...(account !== undefined && { account }),
    ...(former === true && { former }),
  };
}
