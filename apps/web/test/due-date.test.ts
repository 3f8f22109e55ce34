/** The day in a promise. Needs no browser. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePromise } from '../src/pages/one-to-one/due-date.ts';

const MONDAY = '2026-11-30';
const WEDNESDAY = '2026-12-02';
const SUNDAY = '2026-12-06';

function due(line: string, today: string): string | undefined {
  return parsePromise(line, today).dueOn;
}

describe('the day in a promise', () => {
  it('reads a weekday as the coming one', () => {
    for (const line of ['Send it by Wednesday', 'Send it by this Wednesday', 'Schicke es bis Mittwoch']) {
      assert.equal(due(line, MONDAY), '2026-12-02', line);
      assert.equal(due(line, WEDNESDAY), '2026-12-09', line);
      assert.equal(due(line, SUNDAY), '2026-12-09', line);
    }
    assert.equal(due('Schicke es bis kommenden Mittwoch', MONDAY), '2026-12-02');
  });

  it('reads "next" before a weekday as that of the next calendar week', () => {
    for (const line of [
      'Send it by next Wednesday',
      'Send it next Wednesday',
      'Send it by Wednesday next week',
      'Schicke es bis nächsten Mittwoch',
      'Schicke es bis zum nächsten Mittwoch',
      'Schicke es am Mittwoch nächster Woche',
      'Schicke es bis nächste Woche Mittwoch',
    ]) {
      assert.equal(due(line, MONDAY), '2026-12-09', line);
      assert.equal(due(line, WEDNESDAY), '2026-12-09', line);
      assert.equal(due(line, SUNDAY), '2026-12-09', line);
    }
    assert.equal(due('Send it by next Sunday', SUNDAY), '2026-12-13');
    assert.equal(due('Send it by next Monday', SUNDAY), '2026-12-07');
  });

  it('reads next week as its Friday', () => {
    assert.equal(due('Send it by next week', MONDAY), '2026-12-11');
    assert.equal(due('Schicke es bis nächste Woche', SUNDAY), '2026-12-11');
  });

  it('leaves what is not about the day', () => {
    assert.deepEqual(parsePromise('Send the budget by next Wednesday', MONDAY), {
      text: 'Send the budget',
      dueOn: '2026-12-09',
    });
    assert.equal(due('Plan the next Wednesday club', MONDAY), undefined);
  });
});
