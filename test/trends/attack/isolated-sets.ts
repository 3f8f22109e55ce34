/**
 * The linear algebra. Exact figures of groups are the products of a matrix (groups × columns) with the unknown values. Somebody can
 * compute a combination of the values of a set T of people exactly when the row space holds a vector with support in T, that is, when
 * rank(A without T's columns) < rank(A). Equivalently: when the rows of a kernel basis of A that belong to T are linearly dependent, which
 * is what is tested, since the kernel is computed once.
 *
 * A vector of the row space is constant over equal columns, so that a smallest such T consists of whole classes of people with equal
 * columns. So it is enough to keep one column of each class, and to try every set of classes with fewer than k people in total.
 */

/** One column a value; columns of one owner are values of one person. */
export interface Matrix {
  rows: readonly (readonly number[])[];
  owners: readonly string[];
}

/** Both below 2^26, so that products of residues are exact in a double. */
const PRIMES = [67_108_859, 67_108_837] as const;

/** The smallest sets of fewer than `minimum` people that a combination of the rows depends on alone. */
export function isolatedSets(matrix: Matrix, minimum: number): string[][] {
  if (matrix.rows.length === 0) return [];
  const all = classesOf(matrix);
  const reduced = matrix.rows.map((row) =>
    all.flatMap(({ columns }) => columns.map((column) => row[column]!)),
  );
  const [first, second] = PRIMES.map((prime) => kernelOf(reduced, reduced[0]!.length, prime));
  // A rank is never higher modulo a prime; a prime that lowers it divides a minor.
  const [kernel, prime] = first!.rank >= second!.rank ? [first!, PRIMES[0]] : ([second!, PRIMES[1]] as const);
  let position = 0;
  const classes = all
    .map(({ people, columns }) => ({ people, positions: columns.map(() => position++) }))
    .filter(({ people }) => people.length < minimum);
  const found: string[][] = [];
  const extend = (from: number, people: readonly string[], echelon: Echelon) => {
    for (let index = from; index < classes.length; index += 1) {
      const next = classes[index]!;
      if (people.length + next.people.length >= minimum) continue;
      const extended = echelon.copy();
      const together = [...people, ...next.people];
      const independent = next.positions.every((column) => extended.add(kernel.rows[column]!));
      if (independent) extend(index + 1, together, extended);
      else found.push(together);
    }
  };
  extend(0, [], new Echelon(prime));
  return found.filter(
    (people) =>
      !found.some((other) => other.length < people.length && other.every((id) => people.includes(id))) &&
      exactRank(without(matrix, people)) < exactRank(matrix.rows),
  );
}

/** People with equal columns, and the columns of one of them. */
function classesOf({ rows, owners }: Matrix): { people: string[]; columns: number[] }[] {
  const columnsOf = new Map<string, number[]>();
  for (const [column, owner] of owners.entries())
    columnsOf.set(owner, [...(columnsOf.get(owner) ?? []), column]);
  const classes = new Map<string, { people: string[]; columns: number[] }>();
  for (const [owner, columns] of columnsOf) {
    // The order of somebody's columns is that of the metrics, which is the same for everybody.
    const key = columns.map((column) => rows.map((row) => row[column]).join()).join(';');
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { people: [owner], columns });
    else known.people.push(owner);
  }
  return [...classes.values()];
}

function without({ rows, owners }: Matrix, people: readonly string[]): number[][] {
  return rows.map((row) => row.filter((_, column) => !people.includes(owners[column]!)));
}

/** A kernel basis as the columns of a matrix, of which each row belongs to one column of A. */
function kernelOf(rows: Matrix['rows'], columns: number, prime: number): { rank: number; rows: number[][] } {
  const reduced: number[][] = [];
  const pivots: number[] = [];
  for (const row of rows) {
    const left = row.map((value) => modulo(value, prime));
    for (const [index, pivot] of pivots.entries()) subtract(left, reduced[index]!, left[pivot]!, prime);
    const pivot = left.findIndex((value) => value !== 0);
    if (pivot < 0) continue;
    scale(left, inverse(left[pivot]!, prime), prime);
    for (const other of reduced) subtract(other, left, other[pivot]!, prime);
    reduced.push(left);
    pivots.push(pivot);
  }
  const free = Array.from({ length: columns }, (_, column) => column).filter(
    (column) => !pivots.includes(column),
  );
  const kernel = Array.from({ length: columns }, (_, column) => {
    const pivot = pivots.indexOf(column);
    return free.map((other) =>
      pivot < 0 ? Number(other === column) : modulo(-reduced[pivot]![other]!, prime),
    );
  });
  return { rank: pivots.length, rows: kernel };
}

/** Vectors modulo a prime, reduced as they come. */
class Echelon {
  private vectors: { pivot: number; vector: number[] }[] = [];

  constructor(private readonly prime: number) {}

  copy(): Echelon {
    const copy = new Echelon(this.prime);
    copy.vectors = [...this.vectors];
    return copy;
  }

  /** @returns whether it is independent of those that were added before */
  add(vector: readonly number[]): boolean {
    const left = [...vector];
    for (const { pivot, vector: known } of this.vectors) subtract(left, known, left[pivot]!, this.prime);
    const pivot = left.findIndex((value) => value !== 0);
    if (pivot < 0) return false;
    scale(left, inverse(left[pivot]!, this.prime), this.prime);
    this.vectors.push({ pivot, vector: left });
    return true;
  }
}

function subtract(vector: number[], other: readonly number[], factor: number, prime: number): void {
  if (factor === 0) return;
  for (let index = 0; index < vector.length; index += 1)
    vector[index] = modulo(vector[index]! - ((factor * other[index]!) % prime), prime);
}

function scale(vector: number[], factor: number, prime: number): void {
  for (let index = 0; index < vector.length; index += 1) vector[index] = (vector[index]! * factor) % prime;
}

const modulo = (value: number, prime: number) => ((value % prime) + prime) % prime;

/** By Fermat: value^(prime − 2). */
function inverse(value: number, prime: number): number {
  let result = 1;
  let base = value;
  for (let exponent = prime - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % prime;
    base = (base * base) % prime;
  }
  return result;
}

/** Over the rationals, by fraction-free elimination (Bareiss). */
export function exactRank(rows: readonly (readonly number[])[]): number {
  const matrix = rows.map((row) => row.map((value) => BigInt(value)));
  let previous = 1n;
  let rank = 0;
  for (let column = 0; column < (matrix[0]?.length ?? 0) && rank < matrix.length; column += 1) {
    const pivot = matrix.findIndex((row, index) => index >= rank && row[column] !== 0n);
    if (pivot < 0) continue;
    [matrix[rank], matrix[pivot]] = [matrix[pivot]!, matrix[rank]!];
    const head = matrix[rank]!;
    for (const row of matrix.slice(rank + 1)) {
      const factor = row[column]!;
      for (let index = column; index < row.length; index += 1)
        row[index] = (row[index]! * head[column]! - factor * head[index]!) / previous;
    }
    previous = head[column]!;
    rank += 1;
  }
  return rank;
}
