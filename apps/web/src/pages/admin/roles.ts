import { useQuery } from '@apollo/client/react';
import type { Role } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';

const ROLES = graphql(`
  query AdminRoles {
    viewer {
      id
      roles
    }
  }
`);

/** The viewer's roles, which the shell of the page asks for. Undefined until the service has answered. */
export function useRoles(): readonly Role[] | undefined {
  return useQuery(ROLES, { fetchPolicy: 'cache-only' }).data?.viewer?.roles;
}
