import { toStoredResult } from './stored-result.js';

const ID = '0197b3c8-6d1e-7c3a-9f00-000000000001';
const OTHER = '0197b3c8-6d1e-7c3a-9f00-000000000002';

describe('toStoredResult', () => {
  it.each<[string, unknown, unknown]>([
    ['nothing as null', undefined, null],
    ['an ID', ID, ID],
    ['a constant of the code', 'DONE', 'DONE'],
    ['a boolean', true, true],
    [
      'the ID and type of a row',
      { __typename: 'Goal', id: ID, title: 'DIVORCE', ownerId: OTHER },
      { __typename: 'Goal', id: ID },
    ],
    [
      'nested rows',
      { updated: { id: ID, title: 'Leave', draft: true }, noteId: OTHER, fresh: false },
      { updated: { id: ID }, noteId: OTHER, fresh: false },
    ],
    ['a list', [{ id: ID, address: 'a@example.com' }, { id: OTHER }], [{ id: ID }, { id: OTHER }]],
    [
      'a member of a union',
      { __typename: 'EditConflict', current: { id: ID, text: 'x' } },
      { __typename: 'EditConflict', current: { id: ID } },
    ],
  ])('stores %s', (_what, result, kept) => {
    expect(toStoredResult(result)).toEqual(kept);
  });

  it.each<[string, unknown]>([
    ['text', 'Leave the company'],
    ['nested text in capitals', { title: 'DIVORCE' }],
    ['a number', 42],
    ['a time', new Date()],
    ['an object named like a type', { __typename: { text: 'secret' }, why: 'x' }],
    ['text in a list', ['DIVORCE', 'b']],
  ])('does not store %s', (_what, result) => {
    expect(JSON.stringify(toStoredResult(result))).not.toMatch(/DIVORCE|Leave|42|20\d\d-|secret|"x"|"b"/);
  });
});
