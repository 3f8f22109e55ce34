import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import type { DatabaseContext, EncodedStatement, PrefetchCache, QueryResult } from '#db';
import type { Viewer } from '#identity';

/** How many executions are observed before statements are predicted. */
const SAMPLES = 3;
/** An unused prediction adds MISS to its template's score, a used one subtracts HIT. Above MAX_SCORE it is dropped. */
const MISS = 5;
const HIT = 1;
const MAX_SCORE = 20;
/** How many profiles are kept for one operation. */
const MAX_PROFILES = 20;
/** Variables that make a longer profile name are not predicted for. */
const MAX_PROFILE_NAME_LENGTH = 1_000;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Where an ID comes from: a variable, the viewer, or a column of a statement's only row. */
type IdSource = string;

/** All known IDs and where each may come from. */
type IdSources = Map<string, Set<IdSource>>;

/** A value of a statement, split at its IDs: there is one text more than there are IDs. */
interface ValueTemplate {
  readonly texts: readonly string[];
  /** For each ID, its possible sources. */
  readonly ids: readonly ReadonlySet<IdSource>[];
}

/** A statement whose IDs are replaced by their sources. */
interface StatementTemplate {
  readonly text: string;
  readonly values: readonly (ValueTemplate | null)[];
  score: number;
}

/** The result of a statement that returned one row, and how many statements had been queried before it arrived. */
interface SingleRow {
  readonly text: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly queriedBefore: number;
}

/** What is known about one operation for viewers with the same roles and for similar variables. */
class Profile {
  private samples = 0;
  private templates: StatementTemplate[] = [];
  /** For each statement whose only row is the source of an ID: the columns. */
  private readonly sourceColumns = new Map<string, Set<string>>();

  begin(cache: PrefetchCache, sources: IdSources): () => void {
    return this.samples < SAMPLES ? this.learn(cache, sources) : this.predict(cache, sources);
  }

  private learn(cache: PrefetchCache, sources: IdSources): () => void {
    const rows: SingleRow[] = [];
    cache.onResult = ({ text }, result) => {
      const row = singleRow(result);
      if (row !== undefined) rows.push({ text, row, queriedBefore: cache.queried.length });
    };
    return () => {
      const templates = templatesOf(cache.queried, rows, sources);
      this.templates = this.samples === 0 ? templates : intersection(this.templates, templates);
      this.samples += 1;
      if (this.samples < SAMPLES) return;
      const used = this.templates.flatMap(({ values }) => values.flatMap((value) => value?.ids ?? []));
      for (const source of used.flatMap((all) => [...all])) {
        const [text, column] = source.split(COLUMN_SEPARATOR);
        if (text === undefined || column === undefined) continue;
        const columns = this.sourceColumns.get(text) ?? new Set();
        this.sourceColumns.set(text, columns.add(column));
      }
    };
  }

  private predict(cache: PrefetchCache, sources: IdSources): () => void {
    if (this.templates.length === 0) return ignore;
    const ids = new Map<IdSource, string>();
    for (const [id, all] of sources) for (const source of all) ids.set(source, id);
    let remaining = this.templates;
    const predicted = new Map<EncodedStatement, StatementTemplate>();
    const prefetchKnown = (): void => {
      remaining = remaining.filter((template) => {
        const statement = fillIn(template, ids);
        if (statement === undefined) return true;
        predicted.set(statement, template);
        cache.prefetch(statement);
        return false;
      });
    };
    if (this.sourceColumns.size > 0) {
      cache.onResult = ({ text }, result) => {
        const columns = this.sourceColumns.get(text);
        const row = columns && singleRow(result);
        if (columns === undefined || row === undefined) return;
        for (const column of columns) {
          const id = row[column];
          if (typeof id === 'string') ids.set(`${text}${COLUMN_SEPARATOR}${column}`, id);
        }
        prefetchKnown();
      };
    }
    prefetchKnown();
    return () => {
      const { unused } = cache;
      for (const [statement, template] of predicted) {
        template.score = Math.max(0, template.score + (unused.includes(statement) ? MISS : -HIT));
      }
      if (unused.length > 0) this.templates = this.templates.filter(({ score }) => score <= MAX_SCORE);
    };
  }
}

/**
 * Predicts which statements a query operation will send: those that it sent in every observed execution and whose IDs come from a
 * variable, the viewer or a row read before. They are sent at the beginning, or as soon as the row is there, instead of at the level of
 * the operation that needs them.
 *
 * A prediction cannot change a response: it is read as the same viewer, under the same policies, and is used only for exactly the
 * same statement and values. A wrong one costs a read.
 */
export class PrefetchPredictor {
  private readonly profiles = new LRUCache<string, Profile>({ max: MAX_PROFILES });

  /** An execution begins. @returns a function to call when it ends */
  begin(
    { viewer, prefetchCache }: DatabaseContext<Viewer | null>,
    variables: Readonly<Record<string, unknown>>,
  ): () => void {
    if (prefetchCache === undefined || viewer === null) return ignore;
    const leaves = leavesOf(variables);
    if (leaves === undefined) return ignore;
    const { employed, roles, scopes } = viewer;
    const name = JSON.stringify([employed, roles, scopes, leaves]).replace(UUID, '');
    if (name.length > MAX_PROFILE_NAME_LENGTH) return ignore;
    const profile = this.profiles.get(name) ?? new Profile();
    this.profiles.set(name, profile);
    return profile.begin(prefetchCache, sourcesOf(viewer, leaves));
  }
}

const COLUMN_SEPARATOR = '\0';

function ignore(): void {
  // Nothing can be learned from this execution.
}

function addSource(sources: IdSources, id: unknown, source: IdSource): void {
  if (typeof id !== 'string' || id.length !== 36) return;
  const known = sources.get(id) ?? new Set();
  sources.set(id, known.add(source));
}

function sourcesOf({ personId, organizationId }: Viewer, leaves: readonly Leaf[]): IdSources {
  const sources: IdSources = new Map();
  addSource(sources, personId, 'viewer.personId');
  addSource(sources, organizationId, 'viewer.organizationId');
  for (const [source, value] of leaves) addSource(sources, value, source);
  return sources;
}

/** A value in the variables, and its path. */
type Leaf = readonly [path: IdSource, value: unknown];

/** Undefined for variables that are too many or too deep. Iterative, because variables can be nested deeply. */
function leavesOf(variables: object): readonly Leaf[] | undefined {
  const leaves: Leaf[] = [];
  const remaining: Leaf[] = [['variables', variables]];
  for (let next = remaining.pop(); next !== undefined; next = remaining.pop()) {
    const [path, value] = next;
    const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (inner.length === 0) leaves.push(next);
    if (path.length + inner.length + remaining.length + leaves.length > MAX_PROFILE_NAME_LENGTH)
      return undefined;
    for (const [name, innerValue] of inner) remaining.push([`${path}.${name}`, innerValue]);
  }
  return leaves;
}

function singleRow({ rows }: QueryResult): SingleRow['row'] | undefined {
  return rows.length === 1 ? rows[0] : undefined;
}

function templatesOf(
  queried: readonly EncodedStatement[],
  rows: readonly SingleRow[],
  sources: IdSources,
): StatementTemplate[] {
  return queried.flatMap((statement, index) => {
    for (const { text, row, queriedBefore } of rows) {
      if (queriedBefore > index || queried.filter((other) => other.text === text).length > 1) continue;
      for (const [column, id] of Object.entries(row)) {
        addSource(sources, id, `${text}${COLUMN_SEPARATOR}${column}`);
      }
    }
    const values = statement.values.map((value) => templateOf(value, sources));
    return values.includes(undefined)
      ? []
      : [{ text: statement.text, values: values as StatementTemplate['values'], score: 0 }];
  });
}

/** Undefined for a value with an ID of unknown source. */
function templateOf(value: string | Buffer | null, sources: IdSources): ValueTemplate | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'string') return undefined;
  const ids = (value.match(UUID) ?? []).map((id) => sources.get(id));
  return ids.includes(undefined)
    ? undefined
    : { texts: value.split(UUID), ids: ids.map((all) => new Set(all)) };
}

/** The templates that are in both lists, with the sources that they share. */
function intersection(
  some: readonly StatementTemplate[],
  others: readonly StatementTemplate[],
): StatementTemplate[] {
  const remaining = [...others];
  return some.flatMap((template) => {
    const index = remaining.findIndex((other) => isSameExceptSources(template, other));
    const [other] = index < 0 ? [] : remaining.splice(index, 1);
    if (!other) return [];
    const values = template.values.map(
      (value, position) =>
        value && {
          texts: value.texts,
          ids: value.ids.map(
            (all, id) => new Set([...all].filter((source) => other.values[position]?.ids[id]?.has(source))),
          ),
        },
    );
    const isComplete = values.every((value) => value?.ids.every(({ size }) => size > 0) ?? true);
    return isComplete ? [{ ...template, values }] : [];
  });
}

function isSameExceptSources(one: StatementTemplate, other: StatementTemplate): boolean {
  return (
    one.text === other.text &&
    one.values.every((value, index) => isDeepStrictEqual(value?.texts, other.values[index]?.texts))
  );
}

/** Undefined as long as an ID is unknown. */
function fillIn(
  { text, values }: StatementTemplate,
  ids: ReadonlyMap<IdSource, string>,
): EncodedStatement | undefined {
  const filled: (string | null)[] = [];
  for (const value of values) {
    if (value === null) {
      filled.push(null);
      continue;
    }
    let whole = value.texts[0] ?? '';
    for (const [index, sources] of value.ids.entries()) {
      let id: string | undefined;
      for (const source of sources) id ??= ids.get(source);
      if (id === undefined) return undefined;
      whole += id + (value.texts[index + 1] ?? '');
    }
    filled.push(whole);
  }
  return { text, values: filled };
}
