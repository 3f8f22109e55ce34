import {
  GraphQLError,
  Kind,
  visit,
  BREAK,
  type ASTNode,
  type DocumentNode,
  type VariableDefinitionNode,
} from 'graphql';
import { badInput, tooComplex, type ApiError } from './errors.js';
import { NOT_FINITE } from '../numbers.js';

/*
 * What GraphQL itself refuses, in the form in which we refuse: BAD_USER_INPUT that names the field. GraphQL gives a
 * sentence; its parts are taken from there, since it offers no other way (graphql-js 16, execution/values.ts and
 * validation/rules/ValuesOfCorrectTypeRule.ts). A sentence that is not recognised stays what it was.
 */

const LONGEST_MESSAGE = 300;

const VARIABLE_REFUSED =
  /^Variable "\$(\w+)" (?:got invalid value|of required type|of non-null type|has invalid value)/;

/**
 * A variable that does not fit its type.
 *
 * @param argument where the variable is used in the arguments (`input`, where a document says `input: $i`)
 */
export function refusedVariable(error: GraphQLError, argument?: string): ApiError | undefined {
  const name = VARIABLE_REFUSED.exec(error.message)?.[1];
  if (name === undefined || error.nodes?.[0]?.kind !== Kind.VARIABLE_DEFINITION) return undefined;
  const place = argument ?? name;
  const inner = error.originalError;
  if (!(inner instanceof GraphQLError) || !error.message.endsWith(`; ${inner.message}`)) {
    return badInput(place, error.message.includes('must not be null') ? 'must not be null.' : 'is required.');
  }
  // The words before the last "; " end in the path, and quote the value, which is not repeated here.
  const before = error.message.slice(0, -`; ${inner.message}`.length);
  const path = / at "([\w.[\]]+)"$/.exec(before)?.[1];
  const within = path?.startsWith(name) ? path.slice(name.length).replace(/\[(\d+)\]/g, '.$1') : '';
  return badInput(place + within, inShort(inner.message));
}

/** GraphQL quotes the refused value, however long, and suggests names of the schema to whoever guesses. */
export function inShort(message: string): string {
  // A number in JSON that no floating-point number can hold (1e400); finiteNumbersRule refuses it in a document.
  if (/^Float cannot represent non numeric value: -?Infinity$/.test(message)) return NOT_FINITE;
  const words = message.replace(/ Did you mean [^?]*\?$/, '');
  return words.length > LONGEST_MESSAGE ? `${words.slice(0, LONGEST_MESSAGE)}…` : words;
}

/** An argument whose variable turns out null while it runs. */
export function refusedArgument(error: unknown): ApiError | undefined {
  const inner = error instanceof GraphQLError ? error.originalError : undefined;
  if (!(inner instanceof GraphQLError) || inner.originalError !== undefined) return undefined;
  const name = /^Argument "(\w+)" (?:of (?:non-null|required) type|has invalid value)/.exec(
    inner.message,
  )?.[1];
  return name === undefined ? undefined : badInput(name, 'must not be null.');
}

/** A document that was not parsed to its end, or whose fields were not all compared with one another. */
export function givenUp({ message }: GraphQLError): ApiError | undefined {
  const [, limit, what] =
    /contains more tha[tn] (\d+) (tokens|comments|UTF-16 code units)/.exec(message) ?? [];
  if (limit !== undefined) {
    const things = what === 'tokens' || what === 'comments' ? what : 'characters';
    return tooComplex(
      `This operation has more than the ${Number(limit).toLocaleString('en')} ${things} that are allowed.`,
    );
  }
  // GraphQL's parser calls itself for each bracket in a bracket, and runs out of stack before it runs out of tokens.
  if (message === 'Maximum call stack size exceeded') {
    return tooComplex('This operation is nested deeper than can be read.');
  }
  if (message === 'Validation aborted.') {
    return tooComplex('This operation asks for the same fields more often than can be compared.');
  }
  // The first ones have been named.
  if (message.startsWith('Too many errors processing variables')) {
    return tooComplex('More values than are named here are refused.');
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

/** Where a value stands that was written into the document: `input.chapters.1.title`; undefined for any other node. */
export function pathOfLiteral(document: DocumentNode, node: ASTNode | undefined): string | undefined {
  return node && VALUES.has(node.kind) ? pathOf(document, node) : undefined;
}

/** Where in the arguments a variable is used first (`input`, `input.title`), by its definition; undefined for any other node. */
export function pathOfVariable(document: DocumentNode, node: ASTNode | undefined): string | undefined {
  if (node?.kind !== Kind.VARIABLE_DEFINITION) return undefined;
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
    if (use) return pathOf(document, use);
  }
  return undefined;
}

function usesOwn(definition: ASTNode, variable: VariableDefinitionNode): boolean {
  return (
    definition.kind === Kind.OPERATION_DEFINITION &&
    Boolean(definition.variableDefinitions?.includes(variable))
  );
}

/** The names of the argument and of the fields and places in lists around a value. */
function pathOf(document: DocumentNode, node: ASTNode): string | undefined {
  let path: string | undefined;
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
        }
      });
      path = names.join('.');
      return BREAK;
    },
  });
  return path;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
