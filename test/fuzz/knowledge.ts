import { Oracle } from '../policies/oracle.js';
import { TABLES, type TableName, type Tables, type World } from '../policies/rows.js';
import type { Seeds } from './operations.js';

type Place = { readonly [T in TableName]: { readonly table: T; readonly row: Tables[T] } }[TableName];

const MARK = /zq\d+z/g;
const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** Words of which each was made up once. */
export class Marks {
  private count = 0;

  next = (): string => `zq${String(++this.count)}z`;
}

/** All rows at one moment, and which of them one caller may see: by the oracle of test/policies, not by the policies. */
export class Knowledge {
  private readonly ids = new Map<string, Place>();
  private readonly marks = new Map<string, Place[]>();
  private readonly secrets = new Set<string>();
  private readonly idsByType = new Map<string, string[]>();
  readonly versions = new Map<string, number>();
  readonly oracle: Oracle;

  constructor(
    readonly world: World,
    sessionHash: string | null,
  ) {
    this.oracle = new Oracle(world, sessionHash);
    for (const table of TABLES) for (const row of world[table]) this.learn({ table, row } as Place);
  }

  private learn(place: Place): void {
    const row: Readonly<Record<string, unknown>> = { ...place.row };
    const { id, version } = row;
    if (typeof id === 'string') {
      this.ids.set(id, place);
      const type = pascal(place.table);
      const known = this.idsByType.get(type) ?? [];
      known.push(id);
      this.idsByType.set(type, known);
    }
    if (typeof version === 'number' && !place.table.endsWith('_version')) {
      for (const key of [id, row.goal_id, row.conversation_id]) {
        if (typeof key === 'string' && !(key !== id && this.versions.has(key)))
          this.versions.set(key, version);
      }
    }
    for (const [column, value] of Object.entries(row)) {
      if (column.endsWith('_hash') && typeof value === 'string') this.secrets.add(value);
      const text = typeof value === 'string' ? value : Array.isArray(value) ? JSON.stringify(value) : '';
      for (const [mark] of text.matchAll(MARK)) {
        const places = this.marks.get(mark) ?? [];
        places.push(place);
        this.marks.set(mark, places);
      }
    }
  }

  private mayRead(place: Place): boolean {
    return this.oracle.mayRead(place.table, place.row);
  }

  /** Whether the caller may come to know this id or these words; also where nothing of the kind is there. */
  mayKnow(found: string): boolean {
    if (this.secrets.has(found)) return false;
    const place = this.ids.get(found);
    if (place !== undefined) return this.mayRead(place);
    const places = this.marks.get(found);
    return places === undefined || places.some((one) => this.mayRead(one));
  }

  isThere(found: string): boolean {
    return this.ids.has(found) || this.marks.has(found) || this.secrets.has(found);
  }

  /** Whether a row says anywhere whose it is, or with whom, and that is the caller. */
  private mentionsCaller(id: string): boolean {
    const row = this.ids.get(id)?.row;
    return this.oracle.self !== null && row !== undefined && Object.values(row).includes(this.oracle.self);
  }

  /** Where a value was found, as text. */
  whereIs(found: string): string {
    const places = [this.ids.get(found), ...(this.marks.get(found) ?? [])].filter(
      (place) => place !== undefined,
    );
    return places.length > 0 ? [...new Set(places.map(({ table }) => table))].join(', ') : 'a secret';
  }

  private readonly seedIds = new Map<string, readonly string[]>();

  /** @param organizationIds where the ids are from: not everything that there is, or a run could not be repeated alone */
  seeds(organizationIds: readonly string[], cursors: Seeds['cursors'], mark: () => string): Seeds {
    const chosen = this.seedIds;
    if (chosen.size === 0) {
      for (const [type, all] of this.idsByType) {
        const ids = all.filter((id) => organizationIds.includes(organizationOf(this.ids.get(id))));
        const readable = ids.filter((id) => this.mayKnow(id));
        const own = ids.filter((id) => this.mentionsCaller(id));
        chosen.set(type, [...ids, ...repeated(readable, ids.length), ...repeated(own, ids.length * 2)]);
      }
    }
    return {
      ids: (type) => chosen.get(type) ?? [],
      types: [...chosen.keys()],
      versions: this.versions,
      cursors,
      mark,
    };
  }
}

/** Ids, marks and hashes in a text; also within cursors, which are keys in base64. */
export function findings(text: string): ReadonlySet<string> {
  const inside = [...text.matchAll(/"(?:cursor|startCursor|endCursor)":"([\w-]+)"/g)].map(([, cursor = '']) =>
    Buffer.from(cursor, 'base64url').toString('utf8'),
  );
  const all = [text, ...inside].join('\n');
  return new Set([
    ...[...all.matchAll(ID)].map(([id]) => id.toLowerCase()),
    ...[...all.matchAll(MARK)].map(([mark]) => mark),
    ...[...all.matchAll(/\b[\da-f]{64}\b/g)].map(([hash]) => hash),
  ]);
}

/** The same again until there are so many: what is rare is to be chosen as often as what is common. */
function repeated(ids: readonly string[], count: number): string[] {
  return ids.length === 0 ? [] : Array.from({ length: count }, (_, index) => ids[index % ids.length] ?? '');
}

function organizationOf(place: Place | undefined): string {
  const row: Readonly<Record<string, unknown>> = { ...place?.row };
  return String(place?.table === 'organization' ? row.id : row.organization_id);
}

function pascal(table: string): string {
  return table.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
