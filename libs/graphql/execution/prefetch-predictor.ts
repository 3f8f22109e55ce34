import { isDeepStrictEqual } from 'node:util';
import type { QueryResult, DatabaseContext, PrefetchCache, EncodedStatement } from '#db';
import type { Viewer } from '#identity';

/** How many executions are looked at before anything is predicted. */
const SAMPLES = 3;
/** What a wrong guess costs it, and a right one gives back; beyond the most, it is not guessed any more. */
const MISS = 5;
const HIT = 1;
const MOST_MISSED = 20;
/** How many profiles of callers and arguments are told apart for one operation. */
const MAX_PROFILES = 20;
/** Of arguments longer than this nothing is predicted. */
const LONGEST_PROFILE_NAME = 1_000;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Where an id comes from: a variable, the viewer, a column of the only row of a statement. Its name. */
type IdSource = string;

/** A value of a statement, cut where ids stand in it: always one text more than ids. */
interface ValueTemplate {
  readonly texts: readonly string[];
  /** For each id, all places where it may come from. */
  readonly ids: readonly ReadonlySet<IdSource>[];
}

interface StatementTemplate {
  readonly text: string;
  readonly values: readonly (ValueTemplate | null)[];
  /** How far it missed of late. */
  missed: number;
}

/** An answer of one row, and how much had been asked until it came. */
interface OnlyRow {
  readonly text: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly after: number;
}

/** What is known of one profile of callers and arguments. */
class CallerProfile {
  private samples = 0;
  private patterns: StatementTemplate[] = [];
  /** Statements of whose only row something is wanted: its columns. */
  private readonly wanted = new Map<string, Set<string>>();

  begin(prefetchCache: PrefetchCache, sources: IdSources): () => void {
    return this.samples < SAMPLES ? this.learn(prefetchCache, sources) : this.predict(prefetchCache, sources);
  }

  private learn(prefetchCache: PrefetchCache, sources: IdSources): () => void {
    const rows: OnlyRow[] = [];
    prefetchCache.onResult = ({ text }, answer) => {
      const row = onlyRow(answer);
      if (row !== undefined) rows.push({ text, row, after: prefetchCache.queried.length });
    };
    return () => {
      const seen = patternsOf(prefetchCache.queried, rows, sources);
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

  private predict(prefetchCache: PrefetchCache, sources: IdSources): () => void {
    if (this.patterns.length === 0) return nothing;
    const known = new Map<IdSource, string>();
    for (const [id, all] of sources) for (const source of all) known.set(source, id);
    let left = this.patterns;
    const predicted = new Map<EncodedStatement, StatementTemplate>();
    const prefetch = (): void => {
      left = left.filter((pattern) => {
        const statement = filled(pattern, known);
        if (statement === undefined) return true;
        predicted.set(statement, pattern);
        prefetchCache.prefetch(statement);
        return false;
      });
    };
    if (this.wanted.size > 0) {
      prefetchCache.onResult = ({ text }, answer) => {
        const columns = this.wanted.get(text);
        const row = columns && onlyRow(answer);
        if (columns === undefined || row === undefined) return;
        for (const column of columns) {
          const id = row[column];
          if (typeof id === 'string') known.set(`${text}${OF}${column}`, id);
        }
        prefetch();
      };
    }
    prefetch();
    return () => {
      const { unused } = prefetchCache;
      for (const [statement, pattern] of predicted) {
        pattern.missed = Math.max(0, pattern.missed + (unused.includes(statement) ? MISS : -HIT));
      }
      if (unused.length > 0) this.patterns = this.patterns.filter(({ missed }) => missed <= MOST_MISSED);
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
export class PrefetchPredictor {
  private readonly profiles = new Map<string, CallerProfile>();

  /** An execution begins. @returns to be called at its end */
  begin(
    { viewer, prefetchCache }: DatabaseContext<Viewer | null>,
    variables: Readonly<Record<string, unknown>>,
  ): () => void {
    if (prefetchCache === undefined || viewer === null) return nothing;
    const leaves = leavesOf(variables);
    if (leaves === undefined) return nothing;
    const { employed, roles, scopes } = viewer;
    const name = JSON.stringify([employed, roles, scopes, leaves]).replace(UUID, '');
    if (name.length > LONGEST_PROFILE_NAME) return nothing;
    const profile = this.profiles.get(name) ?? new CallerProfile();
    // The one seen longest ago stands first.
    this.profiles.delete(name);
    this.profiles.set(name, profile);
    const [eldest] = this.profiles.keys();
    if (this.profiles.size > MAX_PROFILES && eldest !== undefined) this.profiles.delete(eldest);
    return profile.begin(prefetchCache, sourcesOf(viewer, leaves));
  }
}

const OF = '\0';

function nothing(): void {
  // Nothing to learn from this.
}

type IdSources = Map<string, Set<IdSource>>;

function add(sources: IdSources, id: unknown, source: IdSource): void {
  if (typeof id !== 'string' || id.length !== 36) return;
  const known = sources.get(id) ?? new Set();
  sources.set(id, known.add(source));
}

function sourcesOf({ personId, organizationId }: Viewer, leaves: readonly Leaf[]): IdSources {
  const sources: IdSources = new Map();
  add(sources, personId, 'viewer.personId');
  add(sources, organizationId, 'viewer.organizationId');
  for (const [source, value] of leaves) add(sources, value, source);
  return sources;
}

/** A value inside of the variables, and its place. */
type Leaf = readonly [place: IdSource, value: unknown];

/**
 * Undefined where they are too many, or too deep, for anything to be predicted. Calls itself for nothing: what is sent may be as
 * deep as it is large.
 */
function leavesOf(variables: object): readonly Leaf[] | undefined {
  const leaves: Leaf[] = [];
  const left: Leaf[] = [['variables', variables]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [place, value] = next;
    const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (inside.length === 0) leaves.push(next);
    if (place.length + inside.length + left.length + leaves.length > LONGEST_PROFILE_NAME) return undefined;
    for (const [name, inner] of inside) left.push([`${place}.${name}`, inner]);
  }
  return leaves;
}

function onlyRow({ rows }: QueryResult): OnlyRow['row'] | undefined {
  return rows.length === 1 ? rows[0] : undefined;
}

function patternsOf(
  asked: readonly EncodedStatement[],
  rows: readonly OnlyRow[],
  sources: IdSources,
): StatementTemplate[] {
  return asked.flatMap((statement, index) => {
    for (const { text, row, after } of rows) {
      if (after > index || asked.filter((one) => one.text === text).length > 1) continue;
      for (const [column, id] of Object.entries(row)) add(sources, id, `${text}${OF}${column}`);
    }
    const values = statement.values.map((value) => cut(value, sources));
    return values.includes(undefined)
      ? []
      : [{ text: statement.text, values: values as StatementTemplate['values'], missed: 0 }];
  });
}

/** Undefined for a value with an id that comes from nowhere. */
function cut(value: string | Buffer | null, sources: IdSources): ValueTemplate | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'string') return undefined;
  const ids = (value.match(UUID) ?? []).map((id) => sources.get(id));
  return ids.includes(undefined)
    ? undefined
    : { texts: value.split(UUID), ids: ids.map((all) => new Set(all)) };
}

function inBoth(
  some: readonly StatementTemplate[],
  others: readonly StatementTemplate[],
): StatementTemplate[] {
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
function isAlike(one: StatementTemplate, other: StatementTemplate): boolean {
  return (
    one.text === other.text &&
    one.values.every((value, index) => isDeepStrictEqual(value?.texts, other.values[index]?.texts))
  );
}

/** Undefined while an id is not known. */
function filled(
  { text, values }: StatementTemplate,
  known: ReadonlyMap<IdSource, string>,
): EncodedStatement | undefined {
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
