import { RecordedToday } from './recorded-today.js';

const showing = (goalId: string, kind: 'LISTED' | 'OPENED' = 'LISTED') => ({ readerId: 'r', goalId, kind });

describe('RecordedToday', () => {
  it('remembers a reader, goal and kind until the owner’s day ends', () => {
    const recorded = new RecordedToday();
    recorded.add(showing('a'), 60, 1_000);
    expect(recorded.has(showing('a'), 60_999)).toBe(true);
    expect(recorded.has(showing('a', 'OPENED'), 60_999)).toBe(false);
    expect(recorded.has({ ...showing('a'), readerId: 'other' }, 60_999)).toBe(false);
    expect(recorded.has(showing('a'), 61_000)).toBe(false);
    // Gone for good, also for a clock that goes back.
    expect(recorded.has(showing('a'), 1_000)).toBe(false);
  });

  it('forgets the least recently used first', () => {
    const recorded = new RecordedToday(2);
    recorded.add(showing('a'), 60, 0);
    recorded.add(showing('b'), 60, 0);
    expect(recorded.has(showing('a'), 1)).toBe(true);
    recorded.add(showing('c'), 60, 1);
    expect(['a', 'b', 'c'].map((id) => recorded.has(showing(id), 2))).toEqual([true, false, true]);
  });
});
