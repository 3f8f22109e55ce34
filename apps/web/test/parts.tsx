/**
 * The parts that pages share, each in its states: usual, with a long text, with one written from right to left, empty, loading, failed.
 * test/screenshots.ts takes pictures of this page; `?dir=rtl` mirrors it.
 */
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';
import '../src/mantine.css';
import 'virtual:theme.css';
import '../src/styles.css';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Button } from '../src/parts/Button.tsx';
import { showColorScheme } from '../src/parts/color-scheme.ts';
import { EditConflict } from '../src/parts/EditConflict.tsx';
import { Markdown } from '../src/parts/Markdown.tsx';
import { TextInput } from '../src/parts/mantine.tsx';
import { Notice } from '../src/parts/Notice.tsx';
import { Facts, Note, Part, PlainPage, Row, Rows } from '../src/parts/Plain.tsx';
import { ProblemNote, wordField } from '../src/parts/ProblemNote.tsx';
import { Segments } from '../src/parts/Segments.tsx';
import { Skeleton } from '../src/parts/Skeleton.tsx';
import { Trouble } from '../src/parts/Trouble.tsx';
import { Written } from '../src/parts/Written.tsx';
import type { Problem } from '../src/saving/problem.ts';
import { loadSections } from '../src/words/sections.ts';
import { useWords, WordsProvider } from '../src/words/words.tsx';

const SHORT = 'Run the Leipzig half-marathon';
const LONG =
  'Learn enough about the whole of the business, from purchasing the steel to the last invoice, that I could stand in for anybody for a week without the others having to ask each other what I am doing there';
const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const ARABIC = 'أن أتعلّم العزف على العود قبل أن أبلغ الخمسين، مع ابنتي';
const MARKDOWN = `A first paragraph with **weight**, *stress*, \`code\` and [a link](https://example.com).

1. One
2. Two, with ${WORD}

- A list
- of things

> Words of somebody else

\`\`\`
a line of code that is much longer than the page is wide, and must not make the page wider than it is, whatever happens
\`\`\``;
const REFUSED: Problem = {
  failure: { kind: 'fault', requestId: undefined },
  code: 'BAD_USER_INPUT',
  message: 'Some values are rejected.',
  fields: [
    { path: 'title', code: 'REQUIRED', message: 'Title must not be blank.' },
    {
      path: 'why',
      code: 'TOO_LONG',
      message: `Why must have at most 10,000 characters, and has 10,001: ${LONG}.`,
    },
  ],
};
const OFFLINE: Problem = {
  failure: { kind: 'offline' },
  code: undefined,
  message: undefined,
  fields: [],
};

function State({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <section style={{ borderTop: '1px solid var(--line-strong)', padding: 'var(--space-2) 0' }}>
      <small>{name}</small>
      {children}
    </section>
  );
}

function Field(): ReactNode {
  const words = useWords();
  return <TextInput label="Title" error={wordField(REFUSED, 'title', words)} defaultValue={LONG} />;
}

const trouble = (error: unknown): ReactNode => (
  <Trouble error={error} reset={() => undefined} info={{ componentStack: '' }} />
);

function Parts(): ReactNode {
  return (
    <main style={{ maxWidth: 'var(--page-width)', margin: 'auto', padding: 'var(--space-2)' }}>
      <State name="Written: short, long, one long word, from right to left">
        {[SHORT, LONG, WORD, ARABIC].map((text) => (
          <Written key={text} as="p" size="large">
            {text}
          </Written>
        ))}
      </State>
      <State name="Markdown: everything">
        <Written as="div">
          <Markdown text={MARKDOWN} />
        </Written>
      </State>
      <State name="Markdown: from right to left, with a list">
        <Written as="div">
          <Markdown text={`${ARABIC}\n\n- ${ARABIC}\n- ${SHORT}`} />
        </Written>
      </State>
      <State name="Notice: empty, with an action">
        <Notice title="No goal written down yet" level={2} action={<Button>Write one</Button>}>
          {LONG}
        </Notice>
      </State>
      <State name="Trouble: offline">{trouble(new TypeError('Failed to fetch'))}</State>
      <State name="Trouble: a fault">{trouble(new Error('a fault'))}</State>
      <State name="ProblemNote: values rejected">
        <ProblemNote problem={REFUSED} />
      </State>
      <State name="ProblemNote: not saved">
        <ProblemNote problem={OFFLINE} />
      </State>
      <State name="A field with an error">
        <Field />
      </State>
      <State name="Skeleton: loading">
        <Skeleton lines={3} />
      </State>
      <State name="Segments: two, and three with long words">
        <Segments
          title="Appearance"
          value="a"
          choose={() => undefined}
          choices={[
            { value: 'a', label: 'Light' },
            { value: 'b', label: 'Dark' },
            { value: 'c', label: 'As the device' },
          ]}
        />
      </State>
      <State name="EditConflict: short, long and from right to left">
        <EditConflict mine={SHORT} theirs={`${SHORT} in April`} name="Lee" onChoose={() => undefined} />
        <EditConflict mine={LONG} theirs={ARABIC} onChoose={() => undefined} />
      </State>
      <State name="Plain: parts, facts and rows">
        <PlainPage title="A plain page" intro={LONG}>
          <Part title="A part">
            <Facts
              facts={[
                ['Name', SHORT],
                ['Address', `${WORD}@example.com`],
              ]}
            />
            <Rows label="Rows">
              <Row detail={LONG} action={<Button variant="default">End</Button>}>
                {SHORT}
              </Row>
              <Row>{WORD}</Row>
              <Row detail={ARABIC}>{ARABIC}</Row>
            </Rows>
            <Note>{LONG}</Note>
          </Part>
        </PlainPage>
      </State>
    </main>
  );
}

showColorScheme();
const direction = new URLSearchParams(location.search).get('dir');
if (direction === 'rtl') document.documentElement.dir = 'rtl';
const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
const messages = await loadSections('en');
const element = document.getElementById('root');
if (element !== null) {
  createRoot(element).render(
    <WordsProvider language="en" messages={messages} choose={() => undefined}>
      <RouterContextProvider router={router as never}>
        <Parts />
      </RouterContextProvider>
    </WordsProvider>,
  );
}
