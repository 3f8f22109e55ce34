import type { Population } from './types.js';

/**
 * T1 for the conduct of leaders: positions of the leaders who count. Each needs a report who is counted for no other leader before
 * them, in the order of their numbers. Then any k leaders come with k reports, so that one closure, over the leaders, holds over the
 * reports too.
 */
export function leadersWithReports({ people, reports }: Population): Int32Array {
  if (reports === undefined) throw new Error('A population of leaders needs their reports.');
  const counted = new Set<number>();
  const positions: number[] = [];
  const inOrder = Int32Array.from(people.keys()).sort((a, b) => people[a]! - people[b]!);
  for (const position of inOrder) {
    const own = reports.items.subarray(reports.offsets[position], reports.offsets[position + 1]);
    const report = own.find((person) => !counted.has(person));
    if (report === undefined) continue;
    counted.add(report);
    positions.push(position);
  }
  return Int32Array.from(positions);
}
