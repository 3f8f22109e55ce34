/**
 * Capacities by vertex: `network[u].get(v)` is the capacity from u to v. Where there is a capacity from u to v there is an entry
 * from v to u too, which may be 0.
 */
export type Network = readonly Map<number, number>[];

export interface FlowResult {
  /** The flow, or `wanted` where it is at least that. */
  readonly flow: number;
  /** Where the flow is smaller: the vertices on one side of a minimum cut, and whether the source is among them. */
  readonly cut: { readonly side: ReadonlySet<number>; readonly ofSource: boolean } | null;
}

/** Below this, what is left of a capacity counts as nothing. */
const NOTHING = 1e-9;

/**
 * The maximum flow from source to target, up to `wanted`, by augmenting paths. Paths are searched from both ends in turn, so that
 * finding none costs no more than the smaller side of the cut.
 */
export function maxFlow(network: Network, source: number, target: number, wanted: number): FlowResult {
  const flows = new Map<number, number>();
  const residual = (u: number, v: number, capacity: number): number =>
    capacity - (flows.get(u * network.length + v) ?? 0);
  const push = (u: number, v: number, amount: number): void => {
    const forth = u * network.length + v;
    const back = v * network.length + u;
    flows.set(forth, (flows.get(forth) ?? 0) + amount);
    flows.set(back, (flows.get(back) ?? 0) - amount);
  };
  let flow = 0;
  while (flow < wanted - NOTHING) {
    const found = findPath(network, source, target, residual);
    if ('cut' in found) return { flow, cut: found.cut };
    let amount = wanted - flow;
    for (let step = 1; step < found.path.length; step++) {
      const [u, v] = [found.path[step - 1]!, found.path[step]!];
      amount = Math.min(amount, residual(u, v, network[u]!.get(v)!));
    }
    for (let step = 1; step < found.path.length; step++)
      push(found.path[step - 1]!, found.path[step]!, amount);
    flow += amount;
  }
  return { flow: wanted, cut: null };
}

type Residual = (u: number, v: number, capacity: number) => number;

/** One end of the search: the vertices that were reached, each with the one before it, and how far they have been looked at. */
interface Search {
  readonly before: Map<number, number>;
  readonly queue: number[];
  next: number;
  scanned: number;
}

function findPath(
  network: Network,
  source: number,
  target: number,
  residual: Residual,
): { path: number[] } | { cut: NonNullable<FlowResult['cut']> } {
  const forward: Search = { before: new Map([[source, -1]]), queue: [source], next: 0, scanned: 0 };
  const backward: Search = { before: new Map([[target, -1]]), queue: [target], next: 0, scanned: 0 };
  for (;;) {
    const isForward = forward.scanned <= backward.scanned;
    const [search, other] = isForward ? [forward, backward] : [backward, forward];
    const vertex = search.queue[search.next++];
    if (vertex === undefined) {
      return { cut: { side: new Set(search.before.keys()), ofSource: isForward } };
    }
    const neighbours = network[vertex]!;
    search.scanned += neighbours.size;
    for (const [neighbour, capacity] of neighbours) {
      // Nothing goes through a vertex with one neighbour. In large organizations most teams are such, as all are of one department.
      if (network[neighbour]!.size === 1 && neighbour !== source && neighbour !== target) continue;
      if (search.before.has(neighbour)) continue;
      const left = isForward
        ? residual(vertex, neighbour, capacity)
        : residual(neighbour, vertex, network[neighbour]!.get(vertex)!);
      if (left <= NOTHING) continue;
      search.before.set(neighbour, vertex);
      if (other.before.has(neighbour)) {
        return { path: [...trace(forward, neighbour).reverse(), ...trace(backward, neighbour).slice(1)] };
      }
      search.queue.push(neighbour);
    }
  }
}

/** From a vertex back to where the search began. */
function trace({ before }: Search, vertex: number): number[] {
  const path: number[] = [];
  for (let at = vertex; at >= 0; at = before.get(at)!) path.push(at);
  return path;
}
