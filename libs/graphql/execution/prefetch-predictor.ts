import { isDeepStrictEqual } from 'node:util';
import type { Answer, DatabaseContext, Reading, SendableStatement } from '#db';
import type { Viewer } from '#identity';

/** How many executions are looked at before anything is foreseen. */
const SAMPLES = 3;
/** What a wrong guess costs it, and a right one gives back; beyond the most, it is not guessed any more. */
const MISS = 5;
const HIT = 1;
const MOST_MISSED = 20;
/** How many kinds of callers and arguments are told apart for one operation. */
const MOST_KINDS = 20;
/** Of arguments longer than this nothing is foreseen. */
const LONGEST_KIND = 1_000;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Where an id comes from: a variable, the viewer, a column of the only row of a statement. Its name. */
type Source = string;

/** A value of a statement, cut where ids stand in it: always one text more than ids. */
interface Cut {
  readonly texts: readonly string[];
  /** For each id, all places where it may come from. */
  readonly ids: readonly ReadonlySet<Source>[];
}

interface Pattern {
  readonly text: string;
  readonly values: readonly (Cut | null)[];
  /** How far it missed of late. */
  missed: number;
}

/** An answer of one row, and how much had been asked until it came. */
interface OnlyRow {
  readonly text: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly after: number;
}

/** What is known of one kind of callers and arguments. */
class Kind {
  private samples = 0;
  private patterns: Pattern[] = [];
  /** Statements of whose only row something is wanted: its columns. */
  private readonly wanted = new Map<string, Set<string>>();

  begin(reading: Reading, sources: Sources): () => void {
    return this.samples < SAMPLES ? this.observe(reading, sources) : this.foresee(reading, sources);
  }

  private observe(reading: Reading, sources: Sources): () => void {
    const rows: OnlyRow[] = [];
    reading.onAnswer = ({ text }, answer) => {
      const row = onlyRow(answer);
      if (row !== undefined) rows.push({ text, row, after: reading.asked.length });
    };
    return () => {
      const seen = patternsOf(reading.asked, rows, sources);
      this.patterns = this.samples === 0 ? seen : inBoth(this.patterns, seen);
      this.samples += 1;
      if (this.samples < SAMPLES) return;
      const used = this.patterns.flatMap(({ values }) => values.flatMap((cut) => cut?.ids ?? []));
      for (const source of used.flatMap((all) => [...all])) {
        const [text, column] = source.split(OF);
        if (text === undefined || column === undefined) continue;
        const columns = this.wanted.get(text) ?? new Set();
        this.wanted.set(text, columns.add(column));
      }
    };
  }

  private foresee(reading: Reading, sources: Sources): () => void {
    if (this.patterns.length === 0) return nothing;
    const known = new Map<Source, string>();
    for (const [id, all] of sources) for (const source of all) known.set(source, id);
    let left = this.patterns;
    const foreseen = new Map<SendableStatement, Pattern>();
    const askAhead = (): void => {
      left = left.filter((pattern) => {
        const statement = filled(pattern, known);
        if (statement === undefined) return true;
        foreseen.set(statement, pattern);
        reading.askAhead(statement);
        return false;
      });
    };
    if (this.wanted.size > 0) {
      reading.onAnswer = ({ text }, answer) => {
        const columns = this.wanted.get(text);
        const row = columns && onlyRow(answer);
        if (columns === undefined || row === undefined) return;
        for (const column of columns) {
          const id = row[column];
          if (typeof id === 'string') known.set(`${text}${OF}${column}`, id);
        }
        askAhead();
      };
    }
    askAhead();
    return () => {
      const { unwanted } = reading;
      for (const [statement, pattern] of foreseen) {
        pattern.missed = Math.max(0, pattern.missed + (unwanted.includes(statement) ? MISS : -HIT));
      }
      if (unwanted.length > 0) this.patterns = this.patterns.filter(({ missed }) => missed <= MOST_MISSED);
    };
  }
}

/**
 * What an operation is going to read, as far as that can be said before: which statements it asked every time, and from where
 * the ids in them came (a variable, the viewer, a row that was read before). Such statements are asked ahead, all at once,
 * instead of each when the level of the operation is reached that wants it. Learned by looking on; nobody has to say anything.
 *
 * A guess changes no answer. What is asked ahead is asked as the same viewer under the same law, and is given only to whoever
 * comes to ask for exactly that; a wrong guess costs a read.
 */
export class Foresight {
  private readonly kinds = new Map<string, Kind>();

  /** An execution begins. @returns to be called at its end */
  begin(
    { viewer, reading }: DatabaseContext<Viewer | null>,
    variables: Readonly<Record<string, unknown>>,
  ): () => void {
    if (reading === undefined || viewer === null) return nothing;
    const leaves = leavesOf(variables);
    if (leaves === undefined) return nothing;
    const { employed, roles, scopes } = viewer;
    const name = JSON.stringify([employed, roles, scopes, leaves]).replace(UUID, '');
    if (name.length > LONGEST_KIND) return nothing;
    const kind = this.kinds.get(name) ?? new Kind();
    // The one seen longest ago stands first.
    this.kinds.delete(name);
    this.kinds.set(name, kind);
    const [eldest] = this.kinds.keys();
    if (this.kinds.size > MOST_KINDS && eldest !== undefined) this.kinds.delete(eldest);
    return kind.begin(reading, sourcesOf(viewer, leaves));
  }
}

const OF = '\0';

function nothing(): void {
  // Nothing to learn from this.
}

type Sources = Map<string, Set<Source>>;

function add(sources: Sources, id: unknown, source: Source): void {
  if (typeof id !== 'string' || id.length !== 36) return;
  const known = sources.get(id) ?? new Set();
  sources.set(id, known.add(source));
}

function sourcesOf({ personId, organizationId }: Viewer, leaves: readonly Leaf[]): Sources {
  const sources: Sources = new Map();
  add(sources, personId, 'viewer.personId');
  add(sources, organizationId, 'viewer.organizationId');
  for (const [source, value] of leaves) add(sources, value, source);
  return sources;
}

/** A value inside of the variables, and its place. */
type Leaf = readonly [place: Source, value: unknown];

/**
 * Undefined where they are too many, or too deep, for anything to be foreseen. Calls itself for nothing: what is sent may be as
 * deep as it is large.
 */
function leavesOf(variables: object): readonly Leaf[] | undefined {
  const leaves: Leaf[] = [];
  const left: Leaf[] = [['variables', variables]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [place, value] = next;
    const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (inside.length === 0) leaves.push(next);
    if (place.length + inside.length + left.length + leaves.length > LONGEST_KIND) return undefined;
    for (const [name, inner] of inside) left.push([`${place}.${name}`, inner]);
  }
  return leaves;
}

function onlyRow({ rows }: Answer): OnlyRow['row'] | undefined {
  return rows.length === 1 ? rows[0] : undefined;
}

function patternsOf(
  asked: readonly SendableStatement[],
  rows: readonly OnlyRow[],
  sources: Sources,
): Pattern[] {
  return asked.flatMap((statement, index) => {
    for (const { text, row, after } of rows) {
      if (after > index || asked.filter((one) => one.text === text).length > 1) continue;
      for (const [column, id] of Object.entries(row)) add(sources, id, `${text}${OF}${column}`);
    }
    const values = statement.values.map((value) => cut(value, sources));
    return values.includes(undefined)
      ? []
      : [{ text: statement.text, values: values as Pattern['values'], missed: 0 }];
  });
}

/** Undefined for a value with an id that comes from nowhere. */
function cut(value: string | Buffer | null, sources: Sources): Cut | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'string') return undefined;
  const ids = (value.match(UUID) ?? []).map((id) => sources.get(id));
  return ids.includes(undefined)
    ? undefined
    : { texts: value.split(UUID), ids: ids.map((all) => new Set(all)) };
}

function inBoth(some: readonly Pattern[], others: readonly Pattern[]): Pattern[] {
  const left = [...others];
  return some.flatMap((pattern) => {
    const index = left.findIndex((other) => isAlike(pattern, other));
    const [other] = index < 0 ? [] : left.splice(index, 1);
    if (!other) return [];
    const values = pattern.values.map(
      (value, place) =>
        value && {
          texts: value.texts,
          ids: value.ids.map(
            (all, id) => new Set([...all].filter((source) => other.values[place]?.ids[id]?.has(source))),
          ),
        },
    );
    const whole = values.every((value) => value?.ids.every(({ size }) => size > 0) ?? true);
    return whole ? [{ ...pattern, values }] : [];
  });
}

/** But for where its ids come from. */
function isAlike(one: Pattern, other: Pattern): boolean {
  return (
    one.text === other.text &&
    one.values.every((value, index) => isDeepStrictEqual(value?.texts, other.values[index]?.texts))
  );
}

/** Undefined while an id is not known. */
function filled(
  { text, values }: Pattern,
  known: ReadonlyMap<Source, string>,
): SendableStatement | undefined {
  const given: (string | null)[] = [];
  for (const value of values) {
    if (value === null) {
      given.push(null);
      continue;
    }
    let whole = value.texts[0] ?? '';
    for (const [index, sources] of value.ids.entries()) {
      let id: string | undefined;
      for (const source of sources) id ??= known.get(source);
      if (id === undefined) return undefined;
      whole += id + (value.texts[index + 1] ?? '');
    }
    given.push(whole);
  }
  return { text, values: given };
}
