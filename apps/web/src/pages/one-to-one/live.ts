import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';

/**
 * Keeps the cache in agreement with what either participant saves in a conversation. The first event is the conversation as it is now, also
 * after a lost connection.
 *
 * @returns whether the connection is lost at the moment
 */
export function useLiveConversation(id: string): boolean {
  const client = useApolloClient();
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isLeft = false;
    // Loaded after the page: what is shown first does not need it.
    void import('./follow-conversation.ts').then(({ followConversation }) => {
      if (!isLeft) stop = followConversation(client, id, setLost);
    });
    return () => {
      isLeft = true;
      stop?.();
    };
  }, [client, id]);
  return isLost;
}
