import {
  doubling,
  ifExecuted,
  nested,
  refused,
  SUGGESTION,
  times,
  TRACE,
  unread,
  type Attack,
} from './attacks.js';
import { errorsOf } from './target.js';

/** A subscription to the conversation whose ID is the variable `$id`. */
const changed = (selection: string, fragments = ''): string =>
  `subscription ($id: ID!) { conversationChanged(conversationId: $id) { __typename ${selection} } } ${fragments}`;
const conversation = (selection: string, fragments = ''): string =>
  changed(`... on Conversation { ${selection} }`, fragments);

const HONEST = changed('');

/** A person for each conversation of the one-to-one, with these fragments. */
const counterparts = (first: number, fragments: string): string =>
  conversation(
    `oneToOne { conversations(first: ${String(first)}) { nodes { oneToOne { counterpart { ...F0 } } } } }`,
    fragments,
  );

/** The attacks of attacks.ts in the form that only a WebSocket accepts. */
export const SUBSCRIPTION_ATTACKS: readonly Attack[] = [
  refused(
    'alias overload',
    conversation(times(101, (n) => `a${String(n)}: id`)),
    conversation(times(20, (n) => `a${String(n)}: id`)),
  ),
  {
    name: 'overload with directives that do not exist',
    find: async (target) => {
      const reply = await target.ask(conversation(`id ${'@aa'.repeat(10)}`));
      return errorsOf(reply).length >= 10
        ? `${String(errorsOf(reply).length)} errors looked for`
        : ifExecuted(reply);
    },
    honest: conversation('id @include(if: true)'),
  },
  refused(
    'overload with directives that do',
    conversation(times(19, (n) => `a${String(n)}: id @include(if: true) @skip(if: false)`)),
    conversation(times(9, (n) => `a${String(n)}: id @include(if: true) @skip(if: false)`)),
  ),
  refused('field duplication', conversation('id '.repeat(500)), conversation('id '.repeat(20))),
  refused(
    'circular fragments',
    conversation('...A', 'fragment A on Conversation { id ...B } fragment B on Conversation { ...A }'),
    conversation('...A', 'fragment A on Conversation { id ...B } fragment B on Conversation { id }'),
  ),
  refused(
    'many root fields',
    `subscription ($id: ID!) { ${times(30, (n) => `a${String(n)}: conversationChanged(conversationId: $id) { __typename }`)} }`,
    HONEST,
  ),
  refused(
    'a root field that is there on a condition',
    'subscription ($id: ID!, $if: Boolean = true) { conversationChanged(conversationId: $id) @include(if: $if) { __typename } }',
    HONEST,
  ),
  refused(
    'depth',
    conversation(`${'oneToOne { next { '.repeat(8)}id${' } }'.repeat(8)}`),
    conversation('oneToOne { next { oneToOne { id } } }'),
  ),
  refused(
    'width: pages in pages',
    conversation(
      'oneToOne { conversations(first: 100) { nodes { oneToOne { conversations(first: 100) { nodes { oneToOne { conversations(first: 100) { nodes { id } } } } } } } } }',
    ),
    conversation(
      'oneToOne { conversations(first: 5) { nodes { oneToOne { conversations(first: 5) { nodes { id } } } } } }',
    ),
  ),
  refused('fragments that double, seven times', counterparts(100, doubling(7)), counterparts(5, doubling(3))),
  refused(
    'many words',
    conversation(times(3_000, (n) => `a${String(n % 10)}: id`)),
    conversation(times(30, (n) => `a${String(n % 10)}: id`)),
  ),
  refused('many comments', `${HONEST} ${'#\n'.repeat(20_000)}`, `${HONEST} # why\n`),
  refused('long text', `${HONEST} # ${'x'.repeat(1_000_000)}`, `${HONEST} # ${'x'.repeat(1_000)}`),
  unread(
    'values in values',
    `subscription { conversationChanged(conversationId: ${'['.repeat(5_000)}${']'.repeat(5_000)}) { __typename } }`,
    HONEST,
  ),
  unread('selections in selections', `subscription { ${nested(3_000, 'a', 'b')} }`, HONEST),
  refused('a huge text in a variable', HONEST, HONEST, { x: 'x'.repeat(9_000_000) }),
  refused('twenty thousand values in a variable', HONEST, HONEST, { x: Array<number>(20_000).fill(1) }),
  {
    name: 'field and argument suggestions',
    find: async (target) => {
      for (const query of [
        'subscription ($id: ID!) { conversationChangd(conversationId: $id) { __typename } }',
        'subscription ($id: ID!) { conversationChanged(conversatonId: $id) { __typename } }',
        conversation('statu'),
        changed('... on Conversaton { id }'),
      ]) {
        const { text } = await target.ask(query);
        if (SUGGESTION.test(text)) return text.slice(0, 200);
      }
      return null;
    },
    honest: HONEST,
  },
  {
    name: 'trace and debug modes',
    find: async (target) => {
      for (const query of [
        HONEST,
        'subscription cop { abc }',
        'subscription { ',
        'subscription { __typename }',
      ]) {
        const found = TRACE.exec((await target.ask(query)).text)?.[0];
        if (found !== undefined) return found;
      }
      return null;
    },
    honest: HONEST,
  },
  {
    name: 'a refused value that comes back',
    find: async (target) => {
      const long = 'x'.repeat(50_000);
      for (const { text } of [
        await target.ask(HONEST, { id: { long } }),
        await target.ask(conversation(`oneToOne { conversations(first: "${long}") { nodes { id } } }`)),
      ]) {
        if (text.length > 10_000) return `${String(text.length)} characters`;
      }
      return null;
    },
    honest: HONEST,
  },
  {
    name: 'many errors, each reported',
    find: async (target) => {
      const { length } = errorsOf(await target.ask(conversation(times(200, (n) => `x${String(n)}`))));
      return length > 10 ? `${String(length)} errors` : null;
    },
    honest: HONEST,
  },
];
