/**
 * A network whose vertices are merged where no cut of interest can separate them: if `enough` can flow from each to the other, every
 * cut that separates them is at least that large, and merging leaves all other cuts as they are.
 */
export class Contraction {
  readonly network: Map<number, number>[];
  private readonly parents: Int32Array;
  private pending: [number, number][] = [];
  /** Called after a vertex was merged into another. */
  onMerge: (into: number, from: number) => void = () => undefined;

  constructor(
    vertices: number,
    private readonly enough: number,
  ) {
    this.network = Array.from({ length: vertices }, () => new Map<number, number>());
    this.parents = Int32Array.from({ length: vertices }, (_, vertex) => vertex);
  }

  find(vertex: number): number {
    let root = vertex;
    while (this.parents[root] !== root) root = this.parents[root]!;
    for (let at = vertex; at !== root;) {
      const next = this.parents[at]!;
      this.parents[at] = root;
      at = next;
    }
    return root;
  }

  /** Changes the capacities between two vertices. */
  add(from: number, to: number, forth: number, back: number): void {
    const [u, v] = [this.find(from), this.find(to)];
    if (u === v) return;
    this.increase(u, v, forth);
    this.increase(v, u, back);
    this.noticePair(u, v);
  }

  merge(from: number, to: number): void {
    this.pending.push([from, to]);
    this.contract();
  }

  /** Merges pairs of neighbours between which enough can flow directly, until there is none. */
  contract(): void {
    for (let pair = this.pending.pop(); pair !== undefined; pair = this.pending.pop()) {
      const [u, v] = [this.find(pair[0]), this.find(pair[1])];
      if (u === v) continue;
      const [into, from] = this.network[u]!.size < this.network[v]!.size ? [v, u] : [u, v];
      this.parents[from] = into;
      this.network[into]!.delete(from);
      const neighbours = this.network[from]!;
      neighbours.delete(into);
      this.network[from] = new Map();
      for (const [neighbour, capacity] of neighbours) {
        const back = this.network[neighbour]!.get(from)!;
        this.network[neighbour]!.delete(from);
        this.increase(into, neighbour, capacity);
        this.increase(neighbour, into, back);
        this.noticePair(into, neighbour);
      }
      this.onMerge(into, from);
    }
  }

  private increase(u: number, v: number, amount: number): void {
    this.network[u]!.set(v, (this.network[u]!.get(v) ?? 0) + amount);
  }

  private noticePair(u: number, v: number): void {
    if (this.network[u]!.get(v)! >= this.enough && this.network[v]!.get(u)! >= this.enough)
      this.pending.push([u, v]);
  }
}
