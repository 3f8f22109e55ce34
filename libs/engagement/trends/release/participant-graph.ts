import { maxFlow } from './max-flow.js';

/** Which trees the atoms of a side are made of: teams on one, the cells of departments and locations on the other. */
export type Side = 0 | 1;

/** How many vertices short paths are searched through from each neighbour of a vertex. */
const LOOKED_AT = 200;

/**
 * The bipartite multigraph of a population. Its vertices are atoms: on one side people in the same released teams and in none below,
 * on the other people in the same released departments and locations. Each person is an edge. No cut through a component has fewer than
 * `minimum` people: `accept` keeps that, and refuses what would end it (docs/decisions/0091).
 */
export class ParticipantGraph {
  /** The vertex of each person on each side; -1 for everybody who is not in the population. */
  readonly vertexOf: readonly [Int32Array, Int32Array];
  /** How many people join two vertices. */
  private readonly neighbours: Map<number, number>[] = [];
  private readonly degree: number[] = [];
  /** What the last `accept` did. */
  private splits: { readonly side: Side; vertex: number; created: number; inside: readonly number[] }[] = [];

  /** `labels`: for each side, people with the same label begin in the same vertex. */
  constructor(
    people: Int32Array,
    labels: readonly [Int32Array, Int32Array],
    private readonly minimum: number,
  ) {
    this.vertexOf = [new Int32Array(labels[0].length).fill(-1), new Int32Array(labels[1].length).fill(-1)];
    for (const side of [0, 1] as const) {
      const vertices = new Map<number, number>();
      for (const person of people) {
        const label = labels[side][person]!;
        const vertex = vertices.get(label) ?? this.addVertex();
        vertices.set(label, vertex);
        this.vertexOf[side][person] = vertex;
      }
    }
    for (const person of people) {
      this.join(this.vertexOf[0][person]!, this.vertexOf[1][person]!, 1);
    }
  }

  /** How many there are, on both sides together. */
  get vertices(): number {
    return this.degree.length;
  }

  /** Splits atoms by whether people are members of a group; false, and nothing changes, if a component would not be k-edge-connected. */
  accept(side: Side, members: Int32Array): boolean {
    const parts = this.partsOf(side, members);
    for (const [vertex, inside] of parts) {
      if (Math.min(inside.length, this.degree[vertex]! - inside.length) < this.minimum) return false;
    }
    this.splits = [];
    for (const [vertex, inside] of parts) {
      const created = this.addVertex();
      this.move(side, inside, vertex, created);
      this.splits.push({ side, vertex, created, inside });
      if (!this.isStillConnected(vertex, created)) {
        this.undo();
        return false;
      }
    }
    return true;
  }

  /** Takes back what the last `accept` did. */
  undo(): void {
    for (const { side, inside, created, vertex } of this.splits.reverse())
      this.move(side, inside, created, vertex);
    this.removeVertices(this.splits.length);
    this.splits = [];
  }

  /** The members in each vertex of which they are a part and not the whole. */
  private partsOf(side: Side, members: Int32Array): [number, number[]][] {
    const parts = new Map<number, number[]>();
    for (const person of members) {
      const vertex = this.vertexOf[side][person]!;
      const part = parts.get(vertex);
      if (part === undefined) parts.set(vertex, [person]);
      else part.push(person);
    }
    return [...parts]
      .filter(([vertex, inside]) => inside.length < this.degree[vertex]!)
      .sort(([a], [b]) => a - b);
  }

  /**
   * Whether a component stays k-edge-connected after one of its vertices became two. A cut that does not separate the two was a cut
   * before; so it is enough that the smallest that does has k people, or that there is none because they are in two components.
   */
  private isStillConnected(vertex: number, created: number): boolean {
    const [few, many] =
      this.neighbours[vertex]!.size < this.neighbours[created]!.size ? [vertex, created] : [created, vertex];
    if (this.areJoinedByShortPaths(few, many)) return true;
    const { flow } = maxFlow(this.neighbours, few, many, this.minimum);
    return flow === 0 || flow >= this.minimum;
  }

  /**
   * Whether paths of two and four edges that share no edge have room for k people: they nearly always do, and the network is not searched.
   * What a path of four edges goes through in its middle is passed once, so that only its first and last edges have to be counted.
   */
  private areJoinedByShortPaths(few: number, many: number): boolean {
    const goal = this.neighbours[many]!;
    const used = new Map<number, number>();
    const starts: [vertex: number, people: number][] = [];
    let found = 0;
    for (const [vertex, people] of this.neighbours[few]!) {
      const short = Math.min(people, goal.get(vertex) ?? 0);
      found += short;
      used.set(vertex, short);
      starts.push([vertex, people - short]);
    }
    const passed = new Set([few, many]);
    for (const [start, people] of starts) {
      let left = people;
      let looked = 0;
      for (const [middle, toMiddle] of this.neighbours[start]!) {
        if (found >= this.minimum) return true;
        if (left === 0 || ++looked > LOOKED_AT) break;
        if (passed.has(middle)) continue;
        const fromMiddle = this.neighbours[middle]!;
        const [smaller, larger] = fromMiddle.size < goal.size ? [fromMiddle, goal] : [goal, fromMiddle];
        for (const last of smaller.keys()) {
          if (last === start || !larger.has(last)) continue;
          const room = goal.get(last)! - (used.get(last) ?? 0);
          const amount = Math.min(left, toMiddle, fromMiddle.get(last)!, room);
          if (amount === 0) continue;
          used.set(last, (used.get(last) ?? 0) + amount);
          passed.add(middle);
          found += amount;
          left -= amount;
          break;
        }
      }
    }
    return found >= this.minimum;
  }

  private move(side: Side, people: readonly number[], from: number, to: number): void {
    const opposite = this.vertexOf[side === 0 ? 1 : 0];
    for (const person of people) {
      const neighbour = opposite[person]!;
      this.join(from, neighbour, -1);
      this.join(to, neighbour, 1);
      this.vertexOf[side][person] = to;
    }
  }

  private join(u: number, v: number, people: 1 | -1): void {
    const joining = (this.neighbours[u]!.get(v) ?? 0) + people;
    if (joining === 0) {
      this.neighbours[u]!.delete(v);
      this.neighbours[v]!.delete(u);
    } else {
      this.neighbours[u]!.set(v, joining);
      this.neighbours[v]!.set(u, joining);
    }
    this.degree[u]! += people;
    this.degree[v]! += people;
  }

  private addVertex(): number {
    this.neighbours.push(new Map());
    return this.degree.push(0) - 1;
  }

  private removeVertices(count: number): void {
    this.neighbours.length -= count;
    this.degree.length -= count;
  }
}
