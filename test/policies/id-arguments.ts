import { randomUUID } from 'node:crypto';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { TableName } from './rows.js';

/** A field of the API with an id in its arguments, and how to ask it about any row. */
export interface IdArgument {
  readonly operation: 'query' | 'mutation';
  readonly field: string;
  /** Where the id stands, as in input.goalId. */
  readonly path: string;
  /** Whose rows' ids belong there. */
  readonly tables: readonly TableName[];
  /** The document, taking the arguments as variables. */
  readonly document: string;
  /** The arguments with this id in that place; `other` gives ids for the places beside it. */
  variables(id: string, other: (tables: readonly TableName[]) => string | undefined): Record<string, unknown>;
}

const BY_FIELD: Readonly<Record<string, readonly TableName[]>> = {
  goalId: ['personal_goal'],
  personalGoalId: ['personal_goal'],
  businessGoalId: ['business_goal'],
  parentId: ['business_goal'],
  conversationId: ['conversation'],
  oneToOneId: ['one_to_one'],
  aboutId: ['personal_goal', 'business_goal'],
  beforeId: ['talking_point'],
  cycleId: ['cycle'],
  departmentId: ['department'],
  locationId: ['location'],
  keyResultId: ['key_result'],
  barrierId: ['barrier'],
  procedureAreaId: ['procedure_area'],
};

/** What an argument called just "id" means, by words in the field's name. */
const BY_OPERATION: readonly (readonly [RegExp, TableName])[] = [
  [/PersonalGoalUpdate/, 'goal_update'],
  [/PersonalGoal/i, 'personal_goal'],
  [/BusinessGoal/i, 'business_goal'],
  [/Share$/, 'goal_share'],
  [/Alignment/, 'alignment'],
  [/AgendaTemplate/, 'agenda_template'],
  [/NotesImport/, 'notes_import'],
  [/OneToOne/i, 'one_to_one'],
  [/OffTheRecord/, 'conversation'],
  [/Conversation/i, 'conversation'],
  [/TalkingPoint/, 'talking_point'],
  [/ActionItem/, 'action_item'],
  [/Mandate$/, 'mandate'],
  [/Handover$/, 'handover'],
  [/adoptActionItem/, 'handover_offer'],
  [/Cycle/, 'cycle'],
  [/changeReportingLine|endEmployment|setAccountDisabled/, 'person'],
  [/Organization/, 'organization'],
  [/Department/, 'department'],
  [/Location/, 'location'],
  [/Session|ApiToken/, 'session'],
  [/KeyResults/, 'key_result'],
  [/Milestone/, 'milestone'],
  [/Barrier/, 'barrier'],
  [/Pulse/, 'pulse'],
  [/Story/, 'story'],
  [/ProcedureArea/, 'procedure_area'],
  [/TrendResponse/, 'trend_response'],
  [/[Pp]erson/, 'person'],
];

/** Where "id" means another row than the words in the field's name say. */
const BY_PATH: Readonly<Record<string, readonly TableName[]>> = {
  'setKeyResults(input.id)': ['business_goal'],
  'setMilestones(input.id)': ['personal_goal'],
};

function tablesOf(field: string, path: string): readonly TableName[] {
  const exact = BY_PATH[`${field}(${path})`];
  if (exact !== undefined) return exact;
  const plain = (path.split('.').at(-1) ?? '').replace(/Ids$/, 'Id');
  const known = BY_FIELD[plain];
  if (known !== undefined) return known;
  // The target of a merge has the type of what is merged.
  if (plain !== 'id' && plain !== 'intoId') return ['person'];
  const found = BY_OPERATION.find(([words]) => words.test(field));
  return found === undefined ? [] : [found[1]];
}

const WORDS: Readonly<Record<string, unknown>> = {
  String: 'Words',
  Markdown: 'Words',
  Int: 1,
  Float: 1,
  Boolean: false,
  Date: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10),
  DateTime: new Date(Date.now() + 20 * 86_400_000).toISOString(),
  EmailAddress: 'somebody@example.com',
  TimeZone: 'Europe/Paris',
};

/** Paths of the ids among these arguments; into lists of objects, but not into the same type twice. */
function idPaths(type: GraphQLInputType, path: string): readonly string[] {
  const named = getNamedType(type);
  if (named.name === 'ID') return [path];
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => idPaths(field.type, `${path}.${field.name}`));
}

/** Every argument of the schema that takes an id. */
export function idArgumentsOf(schema: GraphQLSchema): readonly IdArgument[] {
  const fieldsOf = (operation: IdArgument['operation']): readonly GraphQLField<unknown, unknown>[] => {
    const type = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
    return Object.values(type?.getFields() ?? {});
  };
  return (['query', 'mutation'] as const).flatMap((operation) =>
    fieldsOf(operation).flatMap((field) =>
      field.args
        .flatMap((argument) => idPaths(argument.type, argument.name))
        .filter(() => field.name !== 'nodes' && field.name !== 'node')
        .map((path) => idArgument(operation, field, path)),
    ),
  );
}

function idArgument(
  operation: IdArgument['operation'],
  field: GraphQLField<unknown, unknown>,
  path: string,
): IdArgument {
  const needed = field.args.filter(({ name, type }) => isNonNullType(type) || path.split('.')[0] === name);
  const given = needed.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const answered = getNamedType(field.type).name.endsWith('Connection')
    ? '{ nodes { id } }'
    : '{ __typename }';
  const passed = needed.map(({ name }) => `${name}: $${name}`).join(', ');
  return {
    operation,
    field: field.name,
    path,
    tables: tablesOf(field.name, path),
    document: `${operation} (${given}) { ${field.name}(${passed}) ${answered} }`,
    variables: (id, other) =>
      Object.fromEntries(
        needed.map(({ name, type }) => [name, valueOf(type, name, field.name, path, id, other)]),
      ),
  };
}

/** A value for one argument: the guessed id in its place, something plausible where something is needed, else nothing. */
function valueOf(
  type: GraphQLInputType,
  path: string,
  field: string,
  target: string,
  id: string,
  other: (tables: readonly TableName[]) => string | undefined,
): unknown {
  const onTheWay = target === path || target.startsWith(`${path}.`);
  if (!isNonNullType(type) && !onTheWay) return undefined;
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) {
    return onTheWay ? [valueOf(inner.ofType, path, field, target, id, other)] : [];
  }
  if (isInputObjectType(inner)) {
    return Object.fromEntries(
      Object.values(inner.getFields())
        .map((of) => [of.name, valueOf(of.type, `${path}.${of.name}`, field, target, id, other)] as const)
        .filter(([, value]) => value !== undefined),
    );
  }
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (inner.name === 'ID') {
    return target === path ? id : (other(tablesOf(field, path)) ?? randomUUID());
  }
  return WORDS[inner.name];
}
