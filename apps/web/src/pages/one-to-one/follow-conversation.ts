import type { ApolloCache, ApolloClient } from '@apollo/client';
import { print } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { graphql } from '../../graphql/index.ts';
import type { ConversationChangedSubscription } from '../../graphql/graphql.ts';
import { writeDrafts } from '../../saving/drafts.ts';
import { renewSession } from '../../session.ts';
import { addPromise } from './add-promise.ts';

const CONVERSATION_CHANGED = graphql(`
  subscription ConversationChanged($id: ID!) {
    conversationChanged(conversationId: $id) {
      __typename
      ... on Conversation {
        id
        ...OpenConversation
        actionItems {
          id
          ...PromiseLine
        }
      }
      ... on TalkingPoint {
        id
        ...Point
      }
      ... on ActionItem {
        id
        oneToOne {
          id
        }
        ...PromiseLine
      }
      ... on SharedNotes {
        id
        ...SharedText
      }
      ... on RemovedNode {
        id
        typename
      }
    }
  }
`);

/** Close codes of docs/api.md after which connecting again does not help. */
const SIGNED_OUT = 4401;
const FINAL: readonly number[] = [SIGNED_OUT, 4403, 4429];
const LONGEST_WAIT_MS = 5000;

/**
 * Writes what either participant saves in a conversation into the cache, until it is stopped.
 *
 * @param setLost is called when the connection is lost, and when it is back
 * @returns how to stop
 */
export function followConversation(
  client: ApolloClient,
  id: string,
  setLost: (isLost: boolean) => void,
): () => void {
  const query = client.cache.transformDocument(CONVERSATION_CHANGED);
  const connection = connect(setLost);
  const unsubscribe = connection.subscribe<ConversationChangedSubscription>(
    { query: print(query), variables: { id } },
    {
      next: ({ data }) => {
        if (data == null) return;
        client.cache.write({ query, result: data, variables: { id }, dataId: 'ROOT_SUBSCRIPTION' });
        follow(client, id, data.conversationChanged);
      },
      error: () => {
        setLost(true);
      },
      complete: () => undefined,
    },
  );
  return () => {
    // First: a connection that is made only now would subscribe while it is being closed, which the browser reports as a fault.
    unsubscribe();
    void connection.dispose();
  };
}

function connect(setLost: (isLost: boolean) => void): Client {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return createClient({
    url: url.href,
    retryAttempts: Infinity,
    shouldRetry: (event) => !(event instanceof CloseEvent && FINAL.includes(event.code)),
    retryWait: (count) => waitForConnection(Math.min(LONGEST_WAIT_MS, 300 * 2 ** count)),
    on: {
      connected: () => {
        setLost(false);
      },
      closed: (event) => {
        setLost(true);
        if (event instanceof CloseEvent && event.code === SIGNED_OUT) void writeDrafts().then(renewSession);
      },
    },
  });
}

async function waitForConnection(ms: number): Promise<void> {
  const stop = new AbortController();
  await new Promise<void>((resolve) => {
    const end = (): void => {
      resolve();
    };
    setTimeout(end, ms * (0.75 + Math.random() / 2));
    addEventListener('online', end, { signal: stop.signal });
  });
  stop.abort();
}

type Change = ConversationChangedSubscription['conversationChanged'];

/** What an event means for lists, which the event does not contain. */
function follow(client: ApolloClient, id: string, change: Change): void {
  const { cache } = client;
  switch (change.__typename) {
    case 'RemovedNode':
      cache.evict({ id: `${change.typename}:${change.id}` });
      cache.gc();
      return;
    case 'ActionItem':
      addPromise(cache, change.oneToOne.id, change.id);
      return;
    case 'Conversation':
      // Held, skipped or cancelled: another conversation is the next one.
      if (statusOf(cache, id) !== 'PLANNED')
        void client.refetchQueries({ include: ['OneToOnePage', 'EarlierConversations'] });
      return;
    case 'TalkingPoint':
    case 'SharedNotes':
  }
}

function statusOf(cache: ApolloCache, id: string): unknown {
  let status: unknown;
  cache.modify<{ status: string }>({
    id: `Conversation:${id}`,
    fields: {
      status: (value) => {
        status = value;
        return value;
      },
    },
  });
  return status;
}
