import { skipToken, useQuery } from '@apollo/client/react';
import { graphql } from '../../graphql/index.ts';
import type { Picked } from '../../parts/PersonPicker.tsx';

const SHARE_WITH = graphql(`
  query ShareWith($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Person {
        name
      }
    }
  }
`);

/** The person in the address with whom the viewer is about to share a goal. Undefined until the name is known. */
export function useShareWith(id: string | undefined): Picked | undefined {
  const { data } = useQuery(SHARE_WITH, id === undefined ? skipToken : { variables: { id } });
  return id !== undefined && data?.node?.__typename === 'Person' ? data.node : undefined;
}
