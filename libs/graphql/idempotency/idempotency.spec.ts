import { remembered } from './idempotency.js';

const ID = '0197b3c8-6d1e-7c3a-9f00-000000000001';
const OTHER = '0197b3c8-6d1e-7c3a-9f00-000000000002';

describe('what is remembered of what a write resolved to', () => {
  it.each<[string, unknown, unknown]>([
    ['nothing', undefined, null],
    ['an id', ID, ID],
    ['a word of our own code', 'DONE', 'DONE'],
    ['a yes', true, true],
    [
      'a row: id and type',
      { __typename: 'Goal', id: ID, title: 'DIVORCE', ownerId: OTHER },
      { __typename: 'Goal', id: ID },
    ],
    [
      'rows inside',
      { updated: { id: ID, title: 'Leave', draft: true }, noteId: OTHER, fresh: false },
      { updated: { id: ID }, noteId: OTHER, fresh: false },
    ],
    ['a list', [{ id: ID, address: 'a@example.com' }, { id: OTHER }], [{ id: ID }, { id: OTHER }]],
    [
      'a member of a union',
      { __typename: 'EditConflict', current: { id: ID, text: 'x' } },
      { __typename: 'EditConflict', current: { id: ID } },
    ],
  ])('%s', (_what, result, kept) => {
    expect(remembered(result)).toEqual(kept);
  });

  it.each<[string, unknown]>([
    ['a text', 'Leave the company'],
    ['a text in capitals, inside', { title: 'DIVORCE' }],
    ['a number', 42],
    ['a time', new Date()],
    ['what looks like a type and is none', { __typename: { text: 'secret' }, why: 'x' }],
    ['texts in a list', ['DIVORCE', 'b']],
  ])('never %s', (_what, result) => {
    expect(JSON.stringify(remembered(result))).not.toMatch(/DIVORCE|Leave|42|20\d\d-|secret|"x"|"b"/);
  });
});
