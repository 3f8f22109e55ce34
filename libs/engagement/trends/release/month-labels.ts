import { Contraction } from './contraction.js';
import { maxFlow } from './max-flow.js';
import type { MonthRows, Population, TreeName } from './types.js';

/** For each side of the participant graph, a label for each person. */
export type MonthLabels = readonly [Int32Array, Int32Array];

/**
 * How the months that were released within a quarter divide its people. People have the same label on a side if they were in the
 * same months and, in each, in the same released teams (first side), or departments and locations (second side).
 *
 * Null if that leaves parts that are not k-edge-connected, as where two people answered in one month only: then a figure of the
 * quarter, less one of the month, could depend on fewer than k people, and nothing of the quarter is released.
 */
export function monthLabels(
  { people, months }: Population,
  columns: number,
  minimum: number,
): MonthLabels | null {
  const labels: MonthLabels = [new Int32Array(columns), new Int32Array(columns)];
  for (const month of months) {
    for (let row = 0; row < month.trees.length; row++) {
      const side = SIDES[month.trees[row]!];
      refine(labels[side], month.rows.items.subarray(month.rows.offsets[row], month.rows.offsets[row + 1]));
    }
    const everybody = peopleOf(month);
    for (const label of labels) refine(label, everybody);
  }
  return months.length === 0 || isEdgeConnected(people, labels, minimum) ? labels : null;
}

const SIDES: Readonly<Record<TreeName, 0 | 1>> = { MANAGER: 0, DEPARTMENT: 1, LOCATION: 1 };

/** Separates the people of a row from those with the same label who are not in it. */
function refine(labels: Int32Array, row: Int32Array): void {
  let next = 1;
  for (const label of labels) next = Math.max(next, label + 1);
  const split = new Map<number, number>();
  for (const person of row) {
    // People who are in no population of the quarter, as they have left.
    if (person >= labels.length) continue;
    const before = labels[person]!;
    const after = split.get(before) ?? next++;
    split.set(before, after);
    labels[person] = after;
  }
}

function peopleOf({ rows }: MonthRows): Int32Array {
  return Int32Array.from(new Set(rows.items));
}

/** Whether no cut through a component of the graph of these people is smaller than the minimum. */
function isEdgeConnected(people: Int32Array, labels: MonthLabels, minimum: number): boolean {
  const vertices = new Map<string, number>();
  const vertexOf = (side: 0 | 1, person: number): number => {
    const name = `${side} ${labels[side][person]!}`;
    const vertex = vertices.get(name) ?? vertices.size;
    vertices.set(name, vertex);
    return vertex;
  };
  const pairs = Array.from(people, (person) => [vertexOf(0, person), vertexOf(1, person)] as const);
  const contraction = new Contraction(vertices.size, minimum);
  for (const [left, right] of pairs) contraction.add(left, right, 1, 1);
  contraction.contract();
  for (const pair of pairs) {
    const [u, v] = [contraction.find(pair[0]), contraction.find(pair[1])];
    if (u === v) continue;
    if (maxFlow(contraction.network, u, v, minimum).flow < minimum) return false;
    contraction.merge(u, v);
  }
  return true;
}
