/** People who are in the same rows: how many, in which of the rows (by position), and whether they are in the new one. */
export interface RowClass {
  readonly people: number;
  readonly rows: readonly number[];
  readonly isInNew: boolean;
}

/** Null vectors are looked for among whole numbers of 1/SCALE. */
const SCALE = 12;

/**
 * Whether no linear combination of some rows and a new one, with the new one in it, depends on one or two of these people only. Where it
 * cannot be shown, false.
 *
 * The proof are vectors of the null space: weights of people that cancel in every row. A combination f of the new row and others has
 * the same product with such a vector as the new row has. If f depended on one or two people, these products would be a combination of
 * those people's weights; so it is enough that they are not. Vectors are found by elimination and checked in whole numbers.
 */
export function dependOnThree(classes: readonly RowClass[], rows: number): boolean {
  const vectors = nullSpace(classes, rows);
  const products = vectors.map((vector) =>
    vector.reduce((sum, weight, index) => sum + (classes[index]!.isInNew ? weight : 0), 0),
  );
  const pivot = products.findIndex((product) => product !== 0);
  if (pivot < 0) return false;
  const weightsOf = (index: number): number[] => vectors.map((vector) => vector[index]!);
  const singles: number[][] = [];
  for (const [index, { people }] of classes.entries()) {
    if (people > 2) continue;
    const weights = weightsOf(index);
    if (areParallel(products, weights)) return false;
    if (people === 1) singles.push(weights);
  }
  for (const first of singles.filter((weights) => weights[pivot] !== 0)) {
    const rest = without(products, first, pivot);
    for (const second of singles) {
      if (second !== first && areParallel(rest, without(second, first, pivot))) return false;
    }
  }
  return true;
}

/** What is left of a vector when its part along `first` at the pivot is taken away, times a whole number. */
function without(vector: readonly number[], first: readonly number[], pivot: number): number[] {
  return vector.map((value, index) => value * first[pivot]! - first[index]! * vector[pivot]!);
}

/** Whether the first, which is not zero, is a multiple of the second. */
function areParallel(first: readonly number[], second: readonly number[]): boolean {
  const pivot = first.findIndex((value) => value !== 0);
  const [scale, factor] = [first[pivot]!, second[pivot]!];
  return factor !== 0 && first.every((value, index) => value * factor === second[index]! * scale);
}

/** Vectors of whole numbers, one entry for each class, that cancel in every row. */
function nullSpace(classes: readonly RowClass[], rows: number): number[][] {
  const matrix = Array.from({ length: rows }, () => new Float64Array(classes.length));
  for (const [index, of] of classes.entries()) for (const row of of.rows) matrix[row]![index] = 1;
  const pivots = eliminate(matrix, classes.length);
  const isPivot = new Set(pivots);
  const vectors: number[][] = [];
  for (let free = 0; free < classes.length; free++) {
    if (isPivot.has(free)) continue;
    const vector = new Array<number>(classes.length).fill(0);
    vector[free] = SCALE;
    pivots.forEach((pivot, row) => (vector[pivot] = Math.round(-matrix[row]![free]! * SCALE)));
    if (cancels(vector, classes, rows)) vectors.push(vector);
  }
  return vectors;
}

/** Brings a matrix into reduced row echelon form; the pivot columns of its first rows. */
function eliminate(matrix: Float64Array[], columns: number): number[] {
  const pivots: number[] = [];
  for (let column = 0; column < columns && pivots.length < matrix.length; column++) {
    const top = pivots.length;
    let best = top;
    for (let row = top; row < matrix.length; row++) {
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[best]![column]!)) best = row;
    }
    const divisor = matrix[best]![column]!;
    if (Math.abs(divisor) < 1e-9) continue;
    [matrix[top], matrix[best]] = [matrix[best]!, matrix[top]!];
    const pivotRow = matrix[top].map((value) => value / divisor);
    matrix[top] = pivotRow;
    for (const [index, row] of matrix.entries()) {
      const factor = row[column]!;
      if (index === top || factor === 0) continue;
      for (let at = column; at < columns; at++) row[at]! -= factor * pivotRow[at]!;
    }
    pivots.push(column);
  }
  return pivots;
}

function cancels(vector: readonly number[], classes: readonly RowClass[], rows: number): boolean {
  const sums = new Float64Array(rows);
  for (const [index, of] of classes.entries()) for (const row of of.rows) sums[row]! += vector[index]!;
  return sums.every((sum) => sum === 0);
}
