import {
  GraphQLNonNull,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { peopleFile } from './csv.js';
import { goalFile } from './goal-file.js';
import { hostileCursor, hostileValue, HOSTILE_TEXTS, Verbatim } from './hostile-values.js';
import type { Random } from './random.js';

/** What is known of a world besides its schema: ids of rows, their versions, and cursors that were given out. */
export interface Seeds {
  /** Types by name, each with ids of rows that the caller may read and of rows that they may not. */
  ids(type: string): readonly string[];
  readonly types: readonly string[];
  readonly versions: ReadonlyMap<string, number>;
  /** By the field that gave them out. */
  readonly cursors: ReadonlyMap<string, readonly string[]>;
  /** Words found nowhere else, to be recognized wherever they turn up. */
  mark(): string;
}

/** The arguments that page forward and backward. */
const FORWARD: readonly string[] = ['first', 'after'];
const BACKWARD: readonly string[] = ['last', 'before'];

function isPageSize(argument: string): boolean {
  return argument === 'first' || argument === 'last';
}

function isCursor(argument: string): boolean {
  return argument === 'after' || argument === 'before';
}

/** A request's body before it is text. */
export interface Request {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly [more: string]: unknown;
}

export interface Generated {
  readonly request: Request;
  readonly isMutation: boolean;
}

/** The body as it is sent. A lone surrogate is written as an escape; JSON can carry what JavaScript's text encoders cannot. */
export function bodyOf(request: unknown): string {
  const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };
  const raw: string[] = [];
  const text = JSON.stringify(request, (_key, value: unknown) => {
    if (!(value instanceof Verbatim)) return value;
    // JSON.rawJSON takes numbers only; for the rest a place is kept.
    if (/^-?[\d.]/.test(value.text)) return rawJSON(value.text);
    raw.push(value.text);
    return `\u0000verbatim ${String(raw.length - 1)}\u0000`;
  });
  return text.replace(/"\\u0000verbatim (\d+)\\u0000"/g, (_, index: string) => raw[Number(index)] ?? 'null');
}

/** Makes operations out of the schema, without knowing what they are about. */
export class Generator {
  /** Fields of Query and Mutation that have answered: asked more often, since there is more to find behind them. */
  private readonly fruitful = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
  ) {}

  /** Learns which fields of an answer there were. */
  learn(data: object): void {
    for (const [name, value] of Object.entries(data)) {
      if (value !== null) this.fruitful.add(name.replace(/_\d+$/, ''));
    }
  }

  /**
   * One operation: half are valid in all they say, the rest hold one or many hostile values.
   *
   * @param only the one kind that is wanted; as many of both by default
   */
  next(seeds: Seeds, only?: 'query' | 'mutation'): Generated {
    const { random } = this;
    if (random.chance(0.1) && only !== 'mutation') return { request: this.sweep(seeds), isMutation: false };
    const evil = random.chance(0.5) ? 0 : random.pick([0.03, 0.1, 0.4]);
    const isMutation = only === undefined ? random.chance(0.5) : only === 'mutation';
    const root = isMutation ? this.schema.getMutationType() : this.schema.getQueryType();
    if (!root) throw new Error('the schema has no such operation');
    const fields = Object.values(root.getFields());
    const fruitful = fields.filter(({ name }) => this.fruitful.has(name));
    const among = fruitful.length > 0 && random.chance(0.4) ? fruitful : fields;
    const chosen = random.some(among, isMutation ? (random.chance(0.1) ? 3 : 1) : 3);
    return {
      request: new Writer(this.schema, random, seeds, evil).operation(
        chosen,
        isMutation ? 'mutation' : 'query',
      ),
      isMutation,
    };
  }

  /** A subscription; now and then a query, which cannot be sent in its place. */
  subscription(seeds: Seeds): Request {
    const { random } = this;
    if (random.chance(0.1)) return this.next(seeds).request;
    const evil = random.chance(0.6) ? 0 : random.pick([0.03, 0.1, 0.4]);
    const fields = Object.values(this.schema.getSubscriptionType()?.getFields() ?? {});
    const chosen = random.some(fields, random.chance(0.9) ? 1 : 2);
    return new Writer(this.schema, random, seeds, evil).operation(chosen, 'subscription');
  }

  /** Asks for many rows at once, of any type, by ids that may be known and by ids that may not: all that each says of itself. */
  private sweep(seeds: Seeds): Request {
    const { random, schema } = this;
    const pools = seeds.types.map((type) => [...new Set(seeds.ids(type))]).filter((ids) => ids.length > 0);
    const ids = Array.from({ length: 60 }, () => random.pick(random.pick(pools)));
    const node = schema.getType('Node');
    if (!isInterfaceType(node)) throw new Error('the schema has no nodes');
    // Fields of one name and of different types cannot stand side by side.
    const kinds = new Map<string, Set<string>>();
    const types = schema.getPossibleTypes(node).map((type) => {
      const fields = Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)));
      for (const { name, type: kind } of fields) {
        kinds.set(name, (kinds.get(name) ?? new Set<string>()).add(kind.toString()));
      }
      return { type, fields };
    });
    const parts = types.map(({ type, fields }) => {
      const written = fields.map(({ name }) =>
        kinds.get(name)?.size === 1 ? name : `${type.name}_${name}: ${name}`,
      );
      return `... on ${type.name} { ${written.join(' ')} }`;
    });
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ${parts.join(' ')} } }`;
    return { query, variables: { ids } };
  }
}

/** One operation while it is written. */
class Writer {
  private readonly definitions: string[] = [];
  private readonly variables: Record<string, unknown> = {};
  private readonly fragments: string[] = [];
  private aliases = 0;
  private directives = 0;
  private fieldsLeft: number;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
    private readonly seeds: Seeds,
    private readonly evil: number,
  ) {
    this.fieldsLeft = random.pick([5, 15, 40, 90]);
  }

  operation(
    chosen: readonly GraphQLField<unknown, unknown>[],
    kind: 'query' | 'mutation' | 'subscription',
  ): Request {
    const { random } = this;
    const depth = random.int(2, 9);
    const selections = chosen.map((field) => this.field(field, depth, 'root'));
    if (kind !== 'subscription' && random.chance(0.1)) selections.push('__typename');
    const definitions = this.definitions.length > 0 ? `(${this.definitions.join(', ')})` : '';
    const name = random.chance(0.6) || definitions !== '' ? 'MalformedRequest' : '';
    const keyword = kind !== 'query' ? kind : name === '' && random.chance(0.5) ? '' : 'query';
    const query = `${keyword} ${keyword === '' ? '' : name}${definitions} { ${selections.join(' ')} } ${this.fragments.join(' ')}`;
    return {
      query: query.trim(),
      ...((definitions !== '' || random.chance(0.5)) && { variables: this.variables }),
      ...(name !== '' && keyword !== '' && random.chance(0.3) && { operationName: name }),
    };
  }

  // ---------------------------------------------------------------------------------------------------- selections

  private field(field: GraphQLField<unknown, unknown>, depth: number, on: string, renamed = false): string {
    this.fieldsLeft -= 1;
    const { random } = this;
    const type = getNamedType(field.type);
    // A page is read in one direction; both at once are refused, so that is tried seldom.
    const left = random.chance(0.85) ? BACKWARD : random.chance(0.9) ? FORWARD : [];
    const given = field.args
      .filter(({ name }) => !left.includes(name))
      .flatMap((argument) => this.argument(argument, field, on));
    // Two uses of a field with other arguments cannot be merged, so those get aliases.
    const alias =
      given.length > 0 || renamed || random.chance(0.03) ? `${field.name}_${String(++this.aliases)}: ` : '';
    const args = given.length > 0 ? `(${given.join(', ')})` : '';
    const selection = isCompositeType(type) ? ` ${this.selectionSet(type, depth - 1)}` : '';
    return `${alias}${field.name}${args}${this.directive()}${selection}`;
  }

  private selectionSet(type: GraphQLCompositeType, depth: number): string {
    if (!isAbstractType(type)) return `{ ${this.fieldsOf(type, depth)} }`;
    const possible = this.random.some(this.schema.getPossibleTypes(type), 3);
    // Fields of one name and of different types cannot stand side by side, so those of all but one type are renamed.
    const parts = possible.map((one, index) => {
      return `... on ${one.name}${this.directive()} { ${this.fieldsOf(one, depth, index > 0)} }`;
    });
    return `{ __typename ${parts.join(' ')} }`;
  }

  private fieldsOf(type: GraphQLObjectType, depth: number, renamed = false): string {
    const { random } = this;
    const all = Object.values(type.getFields());
    const possible = all.filter(
      (field) => isLeafType(getNamedType(field.type)) || (depth > 0 && this.fieldsLeft > 0),
    );
    if (possible.length === 0) return '__typename';
    // What leads on to other rows is where something can be found.
    const onward = possible.filter((field) => !isLeafType(getNamedType(field.type)));
    const chosen = new Set(random.some(possible, 4));
    if (onward.length > 0 && random.chance(0.7)) chosen.add(random.pick(onward));
    const written = [...chosen].map((field) => this.field(field, depth, type.name, renamed));
    if (random.chance(0.1)) written.push('__typename');
    if (random.chance(0.06)) return `... on ${type.name}${this.directive()} { ${written.join(' ')} }`;
    if (random.chance(0.06)) {
      const name = `F${String(this.fragments.length + 1)}`;
      this.fragments.push(`fragment ${name} on ${type.name} { ${written.join(' ')} }`);
      return `...${name}${this.directive()}`;
    }
    return written.join(' ');
  }

  private directive(): string {
    const { random } = this;
    if (this.directives >= 15 || !random.chance(0.02)) return '';
    this.directives += 1;
    const name = random.pick(['include', 'skip']);
    const condition = random.chance(0.5)
      ? String(random.chance(0.5))
      : this.variable('Boolean!', random.chance(0.5));
    return ` @${name}(if: ${condition})`;
  }

  // ---------------------------------------------------------------------------------------------------- values

  private argument(argument: GraphQLArgument, field: GraphQLField<unknown, unknown>, on: string): string[] {
    const { random } = this;
    const required = isNonNullType(argument.type) && argument.defaultValue === undefined;
    const left = isCursor(argument.name) ? 0.85 : isPageSize(argument.name) ? 0.1 : 0.5;
    if (random.chance(required ? this.evil / 4 : left)) return [];
    const value = this.value(argument.type, argument.name, field.name, getNamedType(field.type).name);
    // A list multiplies in the estimate of the cost: small pages let larger operations pass.
    const asVariable = on === 'root' ? random.chance(0.85) : random.chance(0.3);
    const written = asVariable ? this.variable(argument.type.toString(), value) : literal(value);
    return [`${argument.name}: ${written}`];
  }

  private variable(type: string, value: unknown): string {
    const name = `v${String(this.definitions.length + 1)}`;
    const { random } = this;
    const declared = random.chance(this.evil / 10)
      ? random.pick(['Int', 'ID!', '[String]', 'Nonsense', 'Person!'])
      : type;
    this.definitions.push(`$${name}: ${declared}`);
    if (!random.chance(this.evil / 10)) this.variables[name] = value;
    return `$${name}`;
  }

  /** @param owner the field or input that it is for, which says what a mere "id" is of */
  private value(type: GraphQLInputType, name: string, owner: string, answer: string): unknown {
    const { random } = this;
    const bare = getNullableType(type);
    if (!isNonNullType(type) && random.chance(0.08)) return null;
    if (random.chance(this.evil / 5)) return hostileValue(random, getNamedType(type).name);
    if (isListType(bare)) {
      const item = bare.ofType;
      const length = random.chance(this.evil / 10) ? 10_000 : random.int(0, 3);
      const items = Array.from({ length: Math.min(length, 20) }, () => this.value(item, name, owner, answer));
      return length > 20 ? Array.from({ length }, (_, index) => items[index % 20]) : items;
    }
    if (isInputObjectType(bare)) return this.inputObject(bare, owner, answer);
    if (isEnumType(bare)) {
      if (random.chance(this.evil))
        return random.pick(['NOPE', 'active', '', 0, '__proto__', 'ACTIVE ', null]);
      return new EnumValue(random.pick(bare.getValues()).name);
    }
    return this.scalar(getNamedType(bare).name, name, owner, answer);
  }

  private inputObject(type: GraphQLInputObjectType, owner: string, answer: string): unknown {
    const { random } = this;
    const values: Record<string, unknown> = {};
    if (type.isOneOf && !random.chance(this.evil / 2)) {
      const field = random.pick(Object.values(type.getFields()));
      return {
        [field.name]: this.value(new GraphQLNonNull(getNullableType(field.type)), field.name, owner, answer),
      };
    }
    for (const field of Object.values(type.getFields())) {
      if (isRequiredInputField(field) ? random.chance(this.evil / 8) : random.chance(0.5)) continue;
      values[field.name] = this.value(field.type, field.name, owner, answer);
    }
    if (random.chance(this.evil / 8))
      values[random.pick(['id', 'ownerId', 'organizationId', '__proto__', 'x'])] = 1;
    // An edit that saw another version is refused before anything happens, so most name the present one.
    if ('version' in values && random.chance(0.8)) {
      const known = Object.values(values).map((value) =>
        this.seeds.versions.get(String(value).toLowerCase()),
      );
      values.version = known.find((version) => version !== undefined) ?? values.version;
    }
    return values;
  }

  private scalar(scalar: string, name: string, owner: string, answer: string): unknown {
    const { random, seeds } = this;
    if (random.chance(this.evil)) {
      return isCursor(name)
        ? this.tamperedCursor(owner)
        : name === 'csv' || name === 'file'
          ? this.file(name)
          : hostileValue(random, scalar);
    }
    switch (scalar) {
      case 'ID':
        return this.id(name, owner, answer);
      case 'Int':
        return isPageSize(name) ? random.pick([1, 1, 2, 2, 3, 5, 20, 100]) : random.int(0, 6);
      case 'Float':
        return random.pick([0, 1, 0.5, 10, 99.5, -3]);
      case 'Boolean':
        return random.chance(0.5);
      case 'Date':
        return new Date(Date.now() + random.int(-100, 400) * 86_400_000).toISOString().slice(0, 10);
      case 'DateTime':
        return new Date(Date.now() + random.int(-100, 400) * 3_600_000).toISOString();
      case 'TimeZone':
        return random.pick(['Europe/Lisbon', 'Asia/Tokyo', 'America/St_Johns', 'UTC']);
      case 'RecurrenceRule':
        return random.pick(['FREQ=WEEKLY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'FREQ=MONTHLY;BYMONTHDAY=31']);
      case 'EmailAddress':
        return `${seeds.mark()}@example.com`;
      default:
        return this.text(name, owner);
    }
  }

  private text(name: string, owner: string): string {
    const { random, seeds } = this;
    if (isCursor(name)) return this.cursor(owner) ?? hostileCursor(random);
    if (name === 'csv' || name === 'file') return this.file(name);
    if (/password/i.test(name)) return `correct horse ${seeds.mark()}`;
    if (random.chance(0.1)) return random.pick(HOSTILE_TEXTS);
    return `${random.pick(['Words', 'More words', 'Ünïcödé 🌱'])} ${seeds.mark()}`;
  }

  private file(name: string): string {
    const { random, seeds } = this;
    const evil = Math.max(this.evil, 0.2);
    const mark = (): string => seeds.mark();
    return name === 'csv'
      ? peopleFile(random, evil, mark)
      : goalFile(random, evil, mark, seeds.ids('PersonalGoal'));
  }

  /** An id of what the name speaks of, or of anything. */
  private id(name: string, owner: string, answer: string): string {
    const { random, seeds } = this;
    const subject = (name.replace(/Ids?$/, '') || owner).toLowerCase();
    const fits = (type: string): boolean => {
      const words = type.toLowerCase();
      return subject.endsWith(words) || (name.length > 3 && words.endsWith(subject));
    };
    let types = seeds.types.filter(fits);
    if (types.length === 0)
      types = seeds.types.filter(
        (type) => answer.startsWith(type) || owner.endsWith(type.replace(/^[A-Z][a-z]+/, '')),
      );
    if (types.length === 0 && random.chance(0.5)) types = ['Person'];
    const any = types.length === 0 || random.chance(0.1);
    const ids = seeds.ids(random.pick(any ? seeds.types : types));
    const id = ids.length > 0 ? random.pick(ids) : '00000000-0000-0000-0000-000000000000';
    return random.chance(0.05) ? id.toUpperCase() : id;
  }

  /** One that this list gave out, or now and then another one. */
  private cursor(field: string): string | undefined {
    const { random, seeds } = this;
    const own = random.chance(0.8) ? seeds.cursors.get(field) : undefined;
    const cursors = own ?? [...seeds.cursors.values()].flat();
    return cursors.length > 0 ? random.pick(cursors) : undefined;
  }

  private tamperedCursor(field: string): unknown {
    const { random } = this;
    const cursor = this.cursor(field);
    if (cursor === undefined || random.chance(0.4)) return hostileCursor(random);
    const at = random.int(0, cursor.length);
    return random.pick([
      cursor.slice(0, at),
      `${cursor.slice(0, at)}A${cursor.slice(at)}`,
      cursor.repeat(3),
      Buffer.from(Buffer.from(cursor, 'base64url').toString().replace(/\d/, "'")).toString('base64url'),
      Buffer.from(
        Buffer.from(cursor, 'base64url')
          .toString()
          .replace(/"[^"]*"/, 'null'),
      ).toString('base64url'),
      Buffer.from(Buffer.from(cursor, 'base64url').toString().replace(/\d\d/, '99')).toString('base64url'),
    ]);
  }
}

/** The name of an enum's value, which a document writes without quotation marks. */
class EnumValue {
  constructor(private readonly name: string) {}

  toJSON(): string {
    return this.name;
  }

  toString(): string {
    return this.name;
  }
}

/** A value as a document writes it. */
function literal(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (value instanceof EnumValue) return value.toString();
  if (value instanceof Verbatim) return /^-?\d|^\[+1/.test(value.text) ? value.text : 'null';
  if (Array.isArray(value)) return `[${value.map((item: unknown) => literal(item)).join(', ')}]`;
  if (typeof value === 'object') {
    const fields = Object.entries(value).map(([name, field]) => `${name}: ${literal(field)}`);
    return `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value);
}
