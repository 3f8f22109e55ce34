import { RecordedAccess } from './recorded-access.js';

const showing = (goalId: string, kind: 'LISTED' | 'OPENED' = 'LISTED') => ({
  readerId: 'r',
  goalId,
  kind,
  day: '2026-05-04',
});

describe('RecordedAccess', () => {
  it('knows a reader, goal and kind on one day of the owner', () => {
    const recorded = new RecordedAccess();
    recorded.add(showing('a'));
    expect(recorded.has(showing('a'))).toBe(true);
    expect(recorded.has(showing('a', 'OPENED'))).toBe(false);
    expect(recorded.has({ ...showing('a'), readerId: 'other' })).toBe(false);
    expect(recorded.has({ ...showing('a'), day: '2026-05-05' })).toBe(false);
    expect(recorded.has({ ...showing('a'), day: '2026-05-03' })).toBe(false);
  });

  it('forgets the least recently used first', () => {
    const recorded = new RecordedAccess(2);
    recorded.add(showing('a'));
    recorded.add(showing('b'));
    expect(recorded.has(showing('a'))).toBe(true);
    recorded.add(showing('c'));
    expect(['a', 'b', 'c'].map((id) => recorded.has(showing(id)))).toEqual([true, false, true]);
  });
});
