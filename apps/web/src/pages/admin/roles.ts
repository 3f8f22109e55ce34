import { useQuery } from '@apollo/client/react';
import type { Role, TokenScope } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';

export const ROLES = [
  'ORGANIZATION_ADMIN',
  'PEOPLE_ADMIN',
  'HR_ANALYST',
  'AUDITOR',
] as const satisfies Role[];

/** What API tokens may do, and who can grant that. */
export const SCOPES: readonly { readonly scope: TokenScope; readonly role: Role }[] = [
  { scope: 'DIRECTORY_READ', role: 'PEOPLE_ADMIN' },
  { scope: 'DIRECTORY_WRITE', role: 'PEOPLE_ADMIN' },
  { scope: 'TRENDS_READ', role: 'HR_ANALYST' },
  { scope: 'SCHEMA_READ', role: 'ORGANIZATION_ADMIN' },
];

const VIEWER = graphql(`
  query AdminRoles {
    viewer {
      id
      roles
    }
  }
`);

/** The viewer's roles, which the shell of the page asks for. Undefined until the service has answered. */
export function useRoles(): readonly Role[] | undefined {
  return useQuery(VIEWER, { fetchPolicy: 'cache-only' }).data?.viewer?.roles;
}
