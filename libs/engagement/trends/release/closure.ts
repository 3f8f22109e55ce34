import { acceptanceOrder } from './acceptance-order.js';
import { sizeOf, sliceOf, type Members } from './members.js';
import { monthLabels } from './month-labels.js';
import { ParticipantGraph, type Side } from './participant-graph.js';
import { ParticipationHistory } from './participation-history.js';
import type { GroupTree, PeriodInput, Population, Reason, TreeName } from './types.js';

/** Figures with fewer people than this are quarterly, and part of the sealed participation history. */
export const SMALL = 50;

/** Teams are one side of the graph, the cells of departments and locations the other. */
const SIDES: Readonly<Record<TreeName, Side>> = { MANAGER: 0, DEPARTMENT: 1, LOCATION: 1 };

export interface Closure {
  /** For each tree and each of its groups: 1 if it is accepted. */
  readonly accepted: readonly Uint8Array[];
  readonly suppressed: readonly Readonly<Record<Reason, number>>[];
  /** Accepted groups that are new rows of the participation history, as positions of trees and groups. */
  readonly smallRows: readonly { readonly tree: number; readonly group: number }[];
  readonly graph: ParticipantGraph | null;
}

/**
 * Accepts groups one after the other, as long as T1, T2 and T4 hold for all that are accepted. Only membership decides. A month
 * accepts the groups that a quarter of the same people would, so that the quarter shows the same of those that both release.
 */
export function acceptGroups(
  { minimumGroupSize: minimum, people }: PeriodInput,
  trees: readonly GroupTree[],
  members: readonly Members[],
  asked: readonly Members[] | null,
  population: Population,
): Closure {
  const accepted = trees.map(({ keys }) => new Uint8Array(keys.length));
  const suppressed = trees.map(() => ({ FEW_ASKED: 0, CLOSURE: 0, HISTORY: 0, MONTHS_OF_QUARTER: 0 }));
  const smallRows: { tree: number; group: number }[] = [];
  const candidates = population.organizationOnly ? [] : acceptanceOrder(trees, members, minimum);
  const refuseAll = (reason: Reason): Closure => {
    for (const { tree } of candidates) suppressed[tree]![reason] += 1;
    return { accepted, suppressed, smallRows: [], graph: null };
  };

  const size = population.people.length;
  if (size < minimum) return refuseAll('CLOSURE');
  if (population.asked !== undefined && population.asked.length <= minimum) return refuseAll('FEW_ASKED');
  const history = new ParticipationHistory(population.history, people);
  if (size < SMALL) {
    if (!history.allows(population.people)) return refuseAll('HISTORY');
    history.add(population.people);
    smallRows.push({ tree: 0, group: 0 });
  }
  const labels = monthLabels(population, people, minimum);
  if (labels === null) return refuseAll('MONTHS_OF_QUARTER');
  const graph = new ParticipantGraph(population.people, labels, minimum);
  const askedGraph =
    population.asked === undefined
      ? null
      : new ParticipantGraph(population.asked, noLabels(people), minimum + 1);
  for (const groups of accepted) groups[0] = 1;

  const remaining = members.map((of) => {
    const counts = new Int32Array(of.start.length);
    counts[0] = size;
    return counts;
  });
  for (const { tree, group, size } of candidates) {
    const of = members[tree]!;
    const slice = sliceOf(of, group);
    const parent = acceptedAncestor(trees[tree]!, accepted[tree]!, group);
    const counts = remaining[tree]!;
    // What is left of the group above, once the groups beside this one are taken away, is this group.
    const isRemainder = counts[parent] === size && sizeOf(of, parent) < SMALL;
    const isSmall = size < SMALL;
    const side = SIDES[trees[tree]!.tree];
    if (isSmall && !isRemainder && !history.allows(slice)) suppressed[tree]!.HISTORY += 1;
    else if (!graph.accept(side, slice)) suppressed[tree]!.CLOSURE += 1;
    else if (askedGraph !== null && !askedGraph.accept(side, sliceOf(asked![tree]!, group))) {
      // That it is released would tell who of the people asked has answered.
      graph.undo();
      suppressed[tree]!.FEW_ASKED += 1;
    } else {
      accepted[tree]![group] = 1;
      counts[parent]! -= size;
      counts[group] = size;
      if (isSmall) {
        history.add(slice);
        smallRows.push({ tree, group });
      }
    }
  }
  return { accepted, suppressed, smallRows, graph };
}

function noLabels(people: number): readonly [Int32Array, Int32Array] {
  return [new Int32Array(people), new Int32Array(people)];
}

function acceptedAncestor({ parents }: GroupTree, accepted: Uint8Array, group: number): number {
  let ancestor = parents[group]!;
  while (accepted[ancestor] !== 1) ancestor = parents[ancestor]!;
  return ancestor;
}
