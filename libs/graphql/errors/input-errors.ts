import {
  BREAK,
  coerceInputValue,
  GraphQLError,
  isInputObjectType,
  isNonNullType,
  Kind,
  typeFromAST,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { NOT_FINITE } from '../numbers.js';
import { validateInput } from '../validation.js';
import { badInput, tooComplex, type ApiError, type FieldCode, type FieldError } from './errors.js';

/*
 * What GraphQL itself refuses, in the form of the service's own refusals: BAD_USER_INPUT that names the fields, by path in the arguments.
 * GraphQL describes a refused value in a sentence and offers no other way, so its sentences are recognized here (graphql-js 16,
 * utilities/coerceInputValue.ts and validation/rules/ValuesOfCorrectTypeRule.ts). One that is not recognized stays as it is.
 */

const LONGEST_MESSAGE = 300;

/** The most fields of one refusal. */
const MOST_FIELDS = 50;

/** The position of a value: the field of the document whose argument it is, and its path in the arguments of that field. */
interface Place {
  readonly field: ASTNode | undefined;
  readonly path: string;
}

/** What is wrong with a value. */
interface Fault {
  readonly code: FieldCode;
  readonly message: string;
  /** The input field that it is about, where GraphQL names the object around it. */
  readonly within?: string;
}

type Recognize = (match: RegExpExecArray, schema: GraphQLSchema) => Fault;

const REQUIRED: Fault = { code: 'REQUIRED', message: 'is required.' };
const NOT_NULL: Fault = { code: 'REQUIRED', message: 'must not be null.' };

const SENTENCES: readonly (readonly [RegExp, Recognize])[] = [
  [
    /^Field "(?:\w+\.)?(\w+)" of required type ".*" was not provided\.$/,
    ([, within = '']) => ({ ...REQUIRED, within }),
  ],
  [/^Expected non-nullable type ".*" not to be null\.$/, () => NOT_NULL],
  [/^Expected value of type ".*!", found null\.$/, () => NOT_NULL],
  [
    /^Field "(\w+)" is not defined by type "(\w+)"\./,
    ([, within = '', type = '']) => ({
      code: 'UNKNOWN_FIELD',
      message: `"${within}" is not a field of ${type}.`,
      within,
    }),
  ],
  [/^(?:Exactly one key must be specified for OneOf type|OneOf Input Object) "(\w+)"/, notExactlyOne],
  [/^Field "(?:\w+\.)?(\w+)" must be non-null\.$/, () => NOT_NULL],
  [/^Value .* does not exist in "(\w+)" enum\./s, ([, type = '']) => notOfEnum(type)],
  [/^Enum "(\w+)" cannot represent/, ([, type = '']) => notOfEnum(type)],
  [/^String cannot represent/, () => invalid('must be a string.')],
  [/^ID cannot represent/, () => invalid('must be a valid ID.')],
  [/^Boolean cannot represent/, () => invalid('must be true or false.')],
  [
    /^Int cannot represent non 32-bit/,
    () => ({ code: 'OUT_OF_RANGE', message: 'must be from -2147483648 to 2147483647.' }),
  ],
  [/^Int cannot represent/, () => invalid('must be an integer.')],
  // A number in JSON that no floating-point number can hold (1e400); finiteNumbersRule refuses it in a document.
  [
    /^Float cannot represent non numeric value: -?Infinity$/,
    () => ({ code: 'OUT_OF_RANGE', message: NOT_FINITE }),
  ],
  [/^Float cannot represent/, () => invalid('must be a number.')],
  [/^Expected type "\w+" to be an object\.$/, () => invalid('must be an object.')],
];

function invalid(message: string): Fault {
  return { code: 'INVALID', message };
}

function notOfEnum(type: string): Fault {
  return invalid(`must be a value of the enum ${type}.`);
}

function notExactlyOne([, name = '']: RegExpExecArray, schema: GraphQLSchema): Fault {
  const type = schema.getType(name);
  const fields = isInputObjectType(type) ? Object.keys(type.getFields()).join(', ') : name;
  return { code: 'EXACTLY_ONE', message: `must have exactly one of these fields: ${fields}.` };
}

/** The fault that an error of GraphQL about a value describes. */
function faultOf(error: GraphQLError, schema: GraphQLSchema): Fault {
  const { fieldCode } = error.extensions;
  // The scalars of this service set the message and the code themselves.
  if (typeof fieldCode === 'string') return { code: fieldCode as FieldCode, message: error.message };
  for (const [sentence, recognize] of SENTENCES) {
    const match = sentence.exec(error.message);
    if (match) return recognize(match, schema);
  }
  return invalid(shortened(error.message));
}

/** GraphQL quotes the refused value, however long, and suggests names of the schema. */
function shortened(message: string): string {
  const words = message.replace(/ Did you mean [^?]*\?$/, '');
  return words.length > LONGEST_MESSAGE ? `${words.slice(0, LONGEST_MESSAGE)}…` : words;
}

/** The operation whose errors are mapped. */
interface RefusedRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode | undefined;
  readonly operation: OperationDefinitionNode | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The refusals that take the place of GraphQL's own errors about values: one for each field of the operation, with all that is wrong with its
 * arguments. An error outside of all arguments is mapped to undefined and left out of the answer, since the refusal before it includes it.
 */
export function inputErrors(
  errors: readonly GraphQLError[],
  { schema, document, operation, variables }: RefusedRequest,
): Map<GraphQLError, ApiError | undefined> {
  const replaced = new Map<GraphQLError, ApiError | undefined>();
  if (!document) return replaced;
  const literals = new Map<
    ASTNode | undefined,
    { readonly error: GraphQLError; readonly fields: FieldError[] }
  >();
  const ofVariables: GraphQLError[] = [];
  for (const error of errors) {
    const [node] = error.path === undefined ? (error.nodes ?? []) : [];
    if (node === undefined) continue;
    if (node.kind === Kind.VARIABLE_DEFINITION) {
      if (VARIABLE_REFUSED.test(error.message)) ofVariables.push(error);
    } else if (VALUES.has(node.kind)) {
      const { field, path } = placeOf(document, node);
      const known = literals.get(field) ?? { error, fields: [] };
      literals.set(field, known);
      const { within, ...fault } = faultOf(error, schema);
      // The path of an input field that does not exist ends in its name already.
      const isNamed = within === undefined || node.kind === Kind.OBJECT_FIELD;
      known.fields.push({ path: isNamed ? path : `${path}.${within}`, ...fault });
      replaced.set(error, undefined);
    }
  }
  for (const { error, fields } of literals.values()) replaced.set(error, badInput(fields));
  if (ofVariables.length > 0 && operation) {
    const refusals = refusedVariables({ schema, document, operation, variables });
    for (const [index, error] of ofVariables.entries()) replaced.set(error, refusals[index]);
  }
  return replaced;
}

const VARIABLE_REFUSED =
  /^Variable "\$\w+" (?:got invalid value|of required type|of non-null type|has invalid value)/;

/** All that is wrong with the variables, by the field of the operation that they are arguments of. */
function refusedVariables({
  schema,
  document,
  operation,
  variables,
}: {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}): ApiError[] {
  const byField = new Map<ASTNode | undefined, FieldError[]>();
  const whole: {
    readonly definition: VariableDefinitionNode;
    readonly place: Place;
    readonly value: unknown;
  }[] = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const type = typeFromAST(schema, definition.type as NamedTypeNode) as GraphQLInputType | undefined;
    if (!type) continue;
    const place = placeOfVariable(document, definition);
    const fields = byField.get(place.field) ?? [];
    byField.set(place.field, fields);
    const value = coerced(
      definition,
      type,
      variables,
      (path, fault) => {
        if (fields.length < MOST_FIELDS) fields.push({ path: [place.path, ...path].join('.'), ...fault });
      },
      schema,
    );
    whole.push({ definition, place, value });
  }
  // Also the faults that class-validator finds, so that a client gets all of them at once.
  for (const { definition, place, value } of whole) {
    const fields = byField.get(place.field) ?? [];
    if (fields.length === 0 || definition.type.kind === Kind.LIST_TYPE) continue;
    const named = definition.type.kind === Kind.NON_NULL_TYPE ? definition.type.type : definition.type;
    if (named.kind !== Kind.NAMED_TYPE || typeof value !== 'object' || value === null) continue;
    for (const other of validateInput(named.name.value, value, place.path)) {
      if (fields.length < MOST_FIELDS && !fields.some(({ path }) => overlap(path, other.path)))
        fields.push(other);
    }
  }
  return Array.from(byField.values())
    .filter((fields) => fields.length > 0)
    .map((fields) => badInput(fields));
}

/** The value of a variable, without its invalid parts. */
function coerced(
  { variable, defaultValue }: VariableDefinitionNode,
  type: GraphQLInputType,
  variables: Readonly<Record<string, unknown>>,
  refuse: (path: readonly (string | number)[], fault: Omit<Fault, 'within'>) => void,
  schema: GraphQLSchema,
): unknown {
  const { value: name } = variable.name;
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (value === undefined) {
    if (isNonNullType(type) && !defaultValue) refuse([], REQUIRED);
    return undefined;
  }
  return coerceInputValue(value, type, (path, _value, error) => {
    const { within, ...fault } = faultOf(error, schema);
    refuse(within === undefined ? path : [...path, within], fault);
  });
}

function overlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

/** An argument whose variable is null at execution. */
export function refusedArgument(error: unknown): ApiError | undefined {
  const inner = error instanceof GraphQLError ? error.originalError : undefined;
  if (!(inner instanceof GraphQLError) || inner.originalError !== undefined) return undefined;
  const name = /^Argument "(\w+)" (?:of (?:non-null|required) type|has invalid value)/.exec(
    inner.message,
  )?.[1];
  return name === undefined ? undefined : badInput(name, NOT_NULL.message, NOT_NULL.code);
}

/** A document that exceeds a limit of the parser or of validation. */
export function givenUp({ message }: GraphQLError): ApiError | undefined {
  const [, limit, what] =
    /contains more tha[tn] (\d+) (tokens|comments|UTF-16 code units)/.exec(message) ?? [];
  if (limit !== undefined) {
    const things = what === 'tokens' || what === 'comments' ? what : 'characters';
    return tooComplex(
      `This operation has more than the ${Number(limit).toLocaleString('en')} ${things} that are allowed.`,
    );
  }
  // GraphQL's parser is recursive, and exceeds the stack before the limit of tokens.
  if (message === 'Maximum call stack size exceeded') {
    return tooComplex('This operation is nested too deeply: request fewer levels.');
  }
  if (message === 'Validation aborted.') {
    return tooComplex('This operation selects the same fields too often: merge its selections.');
  }
  // The first ones have been named.
  if (message.startsWith('Too many errors processing variables')) {
    return tooComplex('There are more invalid values than the errors above list.');
  }
  return undefined;
}

const VALUES: ReadonlySet<Kind> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
]);

/** Where in the arguments a variable is used first (`input`, `input.title`), by its definition. */
function placeOfVariable(document: DocumentNode, node: VariableDefinitionNode): Place {
  // Its operation first; a fragment only where that does not use it, since another operation may define the same name.
  const definitions = [...document.definitions].sort(
    (a, b) => Number(usesOwn(b, node)) - Number(usesOwn(a, node)),
  );
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION && !usesOwn(definition, node)) continue;
    let use: ASTNode | undefined;
    visit(definition, {
      VariableDefinition: () => false,
      Variable(variable) {
        if (variable.name.value !== node.variable.name.value) return undefined;
        use = variable;
        return BREAK;
      },
    });
    if (use) return placeOf(document, use);
  }
  return { field: undefined, path: node.variable.name.value };
}

function usesOwn(definition: ASTNode, variable: VariableDefinitionNode): boolean {
  return (
    definition.kind === Kind.OPERATION_DEFINITION &&
    Boolean(definition.variableDefinitions?.includes(variable))
  );
}

/** The names of the argument, of the input fields and of the places in lists around a value. */
function placeOf(document: DocumentNode, node: ASTNode): Place {
  let path = '';
  let field: ASTNode | undefined;
  visit(document, {
    enter(entered, _key, parent, _path, ancestors) {
      if (entered !== node) return undefined;
      const names: (string | number)[] = [];
      const around = [...ancestors, parent, entered];
      around.forEach((ancestor, index) => {
        if (Array.isArray(ancestor)) {
          const list = around[index - 1];
          if (!isNode(list) || list.kind !== Kind.LIST) return;
          names.push(ancestor.indexOf(around[index + 1]));
        } else if (isNode(ancestor)) {
          if (ancestor.kind === Kind.ARGUMENT || ancestor.kind === Kind.OBJECT_FIELD)
            names.push(ancestor.name.value);
          if (ancestor.kind === Kind.VARIABLE_DEFINITION) names.push(ancestor.variable.name.value);
          if (ancestor.kind === Kind.FIELD) field = ancestor;
        }
      });
      path = names.join('.');
      return BREAK;
    },
  });
  return { field, path };
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
