import type { ApolloCache } from '@apollo/client';

/** Adds a promise to the lists of its one-to-one, unless it is there. */
export function addPromise(cache: ApolloCache, oneToOneId: string, id: string): void {
  const reference = { __ref: `ActionItem:${id}` };
  cache.modify<{ actionItems: { nodes: readonly { __ref: string }[] } }>({
    id: `OneToOne:${oneToOneId}`,
    fields: {
      actionItems: (list) => {
        const present = list as { nodes: readonly { __ref: string }[] };
        return present.nodes.some(({ __ref }) => __ref === reference.__ref)
          ? list
          : { ...present, nodes: [reference, ...present.nodes] };
      },
    },
  });
}
