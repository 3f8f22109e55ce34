import { ApolloProvider } from '@apollo/client/react';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { makeClient } from './client.ts';
import { AttemptsProvider } from './parts/page-query.tsx';
import { makeRouter } from './router.tsx';
import { destroyRest } from './saving/device.ts';
import { followPerson } from './saving/person.ts';
import { ChangeQueue } from './saving/queue.ts';
import { QueueContext } from './saving/QueueContext.ts';
import { loadSections, type Language, type Messages } from './words/sections.ts';
import { storeLanguage, WordsProvider } from './words/words.tsx';

const client = makeClient();
const router = makeRouter();
const queue = new ChangeQueue(client);
void destroyRest();
followPerson();
// Nothing on the first page waits for it.
void import('./parts/keep-focus.ts').then(({ keepFocus }) => {
  keepFocus(router);
});

export function App(start: { readonly language: Language; readonly messages: Messages }): ReactNode {
  const [{ language, messages }, setSpoken] = useState(start);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = (chosen: Language): void => {
    storeLanguage(chosen);
    void loadSections(chosen).then((loaded) => {
      setSpoken({ language: chosen, messages: loaded });
    });
  };
  return (
    <WordsProvider language={language} messages={messages} choose={choose}>
      <ApolloProvider client={client}>
        <QueueContext value={queue}>
          <AttemptsProvider>
            <RouterProvider router={router} />
          </AttemptsProvider>
        </QueueContext>
      </ApolloProvider>
    </WordsProvider>
  );
}
