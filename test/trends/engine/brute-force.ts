/** What the engine promises, found by trying everything: shares no code with it, and is slow. */

/** A published row: whose values it averages, and between which sums of their values it says that they are. */
export interface PublishedRow {
  readonly people: readonly number[];
  readonly least: number;
  readonly most: number;
}

/** The fewest people on whom a linear combination of the rows depends, if that is below `limit`; otherwise null. */
export function smallestSupport(rows: readonly (readonly number[])[], limit: number): number[] | null {
  const columns = [...new Set(rows.flat())];
  const matrix = (without: ReadonlySet<number>): number[][] =>
    rows.map((row) =>
      columns.filter((person) => !without.has(person)).map((person) => (row.includes(person) ? 1 : 0)),
    );
  const full = rank(matrix(new Set()));
  // Removing some of the people of the same rows, and not all, leaves the rank as it is.
  const classes = [
    ...Map.groupBy(columns, (person) => rows.map((row) => row.includes(person)).join()).values(),
  ];
  const search = (next: number, removed: readonly number[]): number[] | null => {
    if (removed.length > 0 && rank(matrix(new Set(removed))) < full) return [...removed];
    for (let index = next; index < classes.length; index++) {
      const more = [...removed, ...classes[index]!];
      if (more.length >= limit) continue;
      const found = search(index + 1, more);
      if (found !== null) return found;
    }
    return null;
  };
  return search(0, []);
}

/** The rank of a matrix of small whole numbers. */
function rank(matrix: number[][]): number {
  const rows = matrix.map((row) => [...row]);
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0) && found < rows.length; column++) {
    let pivot = found;
    for (let row = found; row < rows.length; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    }
    if (Math.abs(rows[pivot]![column]!) < 1e-9) continue;
    [rows[found], rows[pivot]] = [rows[pivot]!, rows[found]!];
    const top = rows[found]!;
    for (let row = found + 1; row < rows.length; row++) {
      const factor = rows[row]![column]! / top[column]!;
      if (factor !== 0) rows[row] = rows[row]!.map((value, index) => value - factor * top[index]!);
    }
    found += 1;
  }
  return found;
}

/** How many steps a search may take: one that needs more has found nothing. */
const PATIENCE = 20_000;

/**
 * For each person and each possible value: whether an assignment of values to everybody fits all rows. Returns those for which there
 * is none. `values` are evenly spaced.
 */
export function excludedValues(
  people: number,
  values: readonly number[],
  rows: readonly PublishedRow[],
): { person: number; value: number }[] {
  const names = Array.from({ length: people }, (_, person) =>
    rows.map((row) => row.people.includes(person)).join(),
  );
  const excluded: { person: number; value: number }[] = [];
  const seen = new Set<string>();
  for (let person = 0; person < people; person++) {
    // The same is true of everybody in the same rows.
    if (seen.has(names[person]!)) continue;
    seen.add(names[person]!);
    const classes = [
      ...Map.groupBy(
        Array.from({ length: people }, (_, other) => other).filter((other) => other !== person),
        (other) => names[other]!,
      ).values(),
    ];
    for (const value of values) {
      if (!exists(classes, { person, value }, values, rows)) excluded.push({ person, value });
    }
  }
  return excluded;
}

function exists(
  classes: readonly (readonly number[])[],
  fixed: { person: number; value: number },
  values: readonly number[],
  rows: readonly PublishedRow[],
): boolean {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const step = values.length > 1 ? (highest - lowest) / (values.length - 1) : 1;
  const rowsOf = classes.map((people) =>
    rows.flatMap((row, index) => (row.people.includes(people[0]!) ? [index] : [])),
  );
  const rest = rows.map(({ people, least, most }) => {
    const taken = people.includes(fixed.person) ? fixed.value : 0;
    return { least: least - taken, most: most - taken };
  });
  const bounds = classes.map(({ length }) => ({ low: length * lowest, high: length * highest }));
  const classesOf = rows.map((_, row) =>
    classes.flatMap((_, index) => (rowsOf[index]!.includes(row) ? [index] : [])),
  );
  let steps = 0;
  const search = (before: readonly { low: number; high: number }[]): boolean => {
    if (++steps > PATIENCE) return false;
    const now = before.map((bound) => ({ ...bound }));
    for (let changed = true; changed;) {
      changed = false;
      for (let row = 0; row < rows.length; row++) {
        let [low, high] = [0, 0];
        for (const index of classesOf[row]!) {
          low += now[index]!.low;
          high += now[index]!.high;
        }
        const { least, most } = rest[row]!;
        if (low > most + 1e-9 || high < least - 1e-9) return false;
        for (const index of classesOf[row]!) {
          const bound = now[index]!;
          const base = classes[index]!.length * lowest;
          const up = base + Math.floor((most - low + bound.low - base) / step + 1e-6) * step;
          const down = base + Math.ceil((least - high + bound.high - base) / step - 1e-6) * step;
          if (up < bound.high - 1e-9) {
            high -= bound.high - up;
            bound.high = up;
            changed = true;
          }
          if (down > bound.low + 1e-9) {
            low += down - bound.low;
            bound.low = down;
            changed = true;
          }
          if (bound.low > bound.high + 1e-9) return false;
        }
      }
    }
    let widest = -1;
    for (let index = 0; index < now.length; index++) {
      const width = now[index]!.high - now[index]!.low;
      if (width > 1e-9 && (widest < 0 || width < now[widest]!.high - now[widest]!.low)) widest = index;
    }
    if (widest < 0) return true;
    const { low, high } = now[widest]!;
    const middle = low + Math.floor((high - low) / 2 / step + 1e-6) * step;
    const half = (low: number, high: number): boolean =>
      low <= high + 1e-9 && search(now.map((bound, index) => (index === widest ? { low, high } : bound)));
    return half(middle, middle) || half(low, middle - step) || half(middle + step, high);
  };
  return search(bounds);
}
