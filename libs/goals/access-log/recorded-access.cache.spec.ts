import { RecordedAccessCache } from './recorded-access.cache.js';

const read = (goalId: string, kind: 'LISTED' | 'OPENED' = 'LISTED') => ({
  readerId: 'r',
  goalId,
  kind,
  day: '2026-05-04',
});

describe('RecordedAccessCache', () => {
  it('holds an entry by reader, goal, kind and day', () => {
    const recorded = new RecordedAccessCache();
    recorded.add(read('a'));
    expect(recorded.has(read('a'))).toBe(true);
    expect(recorded.has(read('a', 'OPENED'))).toBe(false);
    expect(recorded.has({ ...read('a'), readerId: 'other' })).toBe(false);
    expect(recorded.has({ ...read('a'), day: '2026-05-05' })).toBe(false);
    expect(recorded.has({ ...read('a'), day: '2026-05-03' })).toBe(false);
  });

  it('evicts the least recently used entry first', () => {
    const recorded = new RecordedAccessCache(2);
    recorded.add(read('a'));
    recorded.add(read('b'));
    expect(recorded.has(read('a'))).toBe(true);
    recorded.add(read('c'));
    expect(['a', 'b', 'c'].map((id) => recorded.has(read(id)))).toEqual([true, false, true]);
  });
});
