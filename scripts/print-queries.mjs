/**
 * node scripts/print-queries.mjs: prints, as JSON, the SQL of every repository method, for docs/queries.
 *
 * Each public method that takes an EntityManager is called with one that records statements and returns one made-up row. Arguments are made
 * from the declared types: several times, so that optional ones are present and absent, and each value of an enum is passed.
 */
import 'reflect-metadata';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { formatSql } from './format-sql.mjs';
import { Stop, main, root } from './processes.mjs';

const CALLS_A_METHOD = 8;
/** A method that loops until nothing is left would never end with an EntityManager that always returns a row. */
const MOST_STATEMENTS = 12;
const UUID = '01234567-89ab-4cde-8f01-23456789abcd';

class Enough extends Error {}

/** A row that has every property. */
const anyRow = new Proxy(
  {},
  {
    get: (_target, name) => {
      if (typeof name === 'symbol' || name === 'then' || name === 'toJSON') return undefined;
      if (/(^|[a-z])(at|At|since|until)$/.test(name)) return new Date(0);
      if (/(On|on|day|Day|date)$/.test(name)) return '2030-01-15';
      if (/(count|Count|version|total|order|place|position|Minutes|number|Number)$/.test(name)) return 1;
      if (/^(is|has|may|can)[A-Z]|^(visible|exists|found)$/.test(name)) return true;
      return UUID;
    },
    has: () => true,
  },
);

/** A substitute for an EntityManager that records the statements. */
function recorder(statements) {
  return {
    queryRunner: {
      query: async (text) => {
        statements.push(text);
        if (statements.length >= MOST_STATEMENTS) throw new Enough();
        return { records: [anyRow], affected: 1 };
      },
    },
  };
}

class Arguments {
  constructor(checker, sql) {
    this.checker = checker;
    this.sql = sql;
  }

  /** A value of a type; `call` numbers the calls of one method. */
  value(type, name, call, em, without, depth = 0) {
    const { checker } = this;
    const again = (inner, as = name) => this.value(inner, as, call, em, without, depth + 1);
    const symbol = (type.aliasSymbol ?? type.symbol)?.name;
    if (symbol === 'EntityManager') return em;
    if (depth > 6) return undefined;
    if (type.isUnion()) {
      const all = type.types.filter(({ flags }) => !(flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)));
      const absent = type.types.find(({ flags }) => flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined));
      if (absent && call % 2 === 1) return absent.flags & ts.TypeFlags.Null ? null : undefined;
      return again(all[(absent ? call >> 1 : call) % all.length]);
    }
    if (type.flags & ts.TypeFlags.BooleanLiteral) return type.intrinsicName === 'true';
    if (type.isLiteral()) return type.value;
    if (type.flags & ts.TypeFlags.StringLike) return textFor(name);
    if (type.flags & ts.TypeFlags.NumberLike) return 1;
    if (type.flags & ts.TypeFlags.BigIntLike) return 1n;
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return textFor(name);
    if (type.flags & ts.TypeFlags.TypeParameter) {
      const constraint = checker.getBaseConstraintOfType(type);
      return constraint ? again(constraint) : {};
    }
    const own = type.symbol?.name;
    if (own === 'Sql') return this.sql(['true']);
    if (own === 'Date') return new Date(0);
    if (own === 'Buffer' || own === 'Uint8Array') return new Uint8Array(32);
    if (checker.isTupleType(type)) return checker.getTypeArguments(type).map((of) => again(of));
    if (own === 'Array' || own === 'ReadonlyArray') {
      return [again(checker.getTypeArguments(type)[0], name.replace(/s$/, ''))];
    }
    if (own === 'Map' || own === 'ReadonlyMap') {
      const [key, of] = checker.getTypeArguments(type);
      return new Map([[again(key, 'id'), again(of)]]);
    }
    if (own === 'Set' || own === 'ReadonlySet') return new Set([again(checker.getTypeArguments(type)[0])]);
    const [signature] = type.getCallSignatures();
    if (signature) return () => again(signature.getReturnType());
    const index = checker.getIndexInfosOfType(type)[0];
    const properties = checker.getPropertiesOfType(type).filter((property) => !without.has(property.name));
    if (properties.length === 0 && index) return { key: again(index.type) };
    return Object.fromEntries(
      properties
        .filter((property, place) => !(property.flags & ts.SymbolFlags.Optional) || isPassed(place, call))
        .map((property) => [property.name, again(checker.getTypeOfSymbol(property), property.name)]),
    );
  }
}

/** Which optional properties are passed: all, none, and combinations of them. */
function isPassed(place, call) {
  return call === 0 || (call > 1 && ((call >> (place % 3)) & 1) === 0);
}

function textFor(name) {
  if (/ids?$|Ids?$|By$|^one$|^other$/.test(name)) return UUID;
  if (/(On|day|Day|date|today|from|to)$/.test(name)) return '2030-01-15';
  if (/zone/i.test(name)) return 'Europe/Berlin';
  if (/hash/i.test(name)) return '00'.repeat(32);
  return 'text';
}

/** Makes every list accept made-up cursors, so that queries of later pages are recorded too. */
async function acceptAnyCursor(load, sql) {
  const { keyset } = await load('libs/graphql/index.ts');
  const prototype = Object.getPrototypeOf(keyset('list', { expression: sql(['1']), type: 'int' }));
  if (typeof prototype.keysOf !== 'function') throw new Stop('Keyset no longer has a method keysOf.');
  prototype.keysOf = function keysOf() {
    return this.keys.map(() => '1');
  };
}

/** Repositories: classes of `*.repository.ts` that are not abstract. */
function repositoriesOf(program, checker) {
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(join(root, 'libs')) && fileName.endsWith('.repository.ts'))
    .flatMap((file) =>
      checker
        .getExportsOfModule(checker.getSymbolAtLocation(file))
        .filter(({ name, valueDeclaration: node }) => {
          if (!node || !ts.isClassDeclaration(node) || !name.endsWith('Repository')) return false;
          return !(ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract);
        })
        .map((symbol) => ({
          name: symbol.name,
          path: relative(root, file.fileName),
          type: checker.getDeclaredTypeOfSymbol(symbol),
          constructorTypes: (
            checker.getTypeOfSymbol(symbol).getConstructSignatures()[0]?.getParameters() ?? []
          ).map((parameter) => checker.getTypeOfSymbol(parameter)),
        })),
    );
}

/** The public methods that take an EntityManager, in the order of the source. */
function methodsOf(checker, type) {
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const node = property.valueDeclaration;
    if (!node || !ts.isMethodDeclaration(node)) return [];
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    if (ts.getCombinedModifierFlags(node) & hidden) return [];
    const [signature] = checker.getTypeOfSymbolAtLocation(property, node).getCallSignatures();
    const parameters = signature.getParameters().map((parameter) => ({
      name: parameter.name,
      type: checker.getTypeOfSymbol(parameter),
    }));
    const takesManager = parameters.some(({ type: of }) => of.symbol?.name === 'EntityManager');
    return takesManager ? [{ name: property.name, parameters }] : [];
  });
}

/** The different statements of a method, or why there are none. */
async function statementsOf(make, repository, instance, { name, parameters }) {
  const found = new Map();
  const failures = new Set();
  const without = new Set();
  for (let call = 0; call < CALLS_A_METHOD; call += 1) {
    const statements = [];
    const em = recorder(statements);
    const given = parameters.map((parameter) =>
      make.value(parameter.type, parameter.name, call, em, without),
    );
    try {
      await instance[name](...given);
    } catch (error) {
      const refused = /\.(\w+) is (?:declared with \w+: false|no column)/.exec(error.message)?.[1];
      if (refused !== undefined && !without.has(refused)) {
        without.add(refused);
        call -= 1;
        continue;
      }
      if (!(error instanceof Enough)) failures.add(error.message);
    }
    for (const text of statements) found.set(formatSql(text), true);
  }
  if (found.size > 0) return { statements: [...found.keys()] };
  const problem = `${repository}.${name} sent no statement when it was called with made-up arguments (${[...failures].join('; ')}): scripts/print-queries.mjs has to make what it needs`;
  return { statements: [], problem };
}

await main(async () => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(
    fileNames.filter((name) => name.endsWith('.repository.ts')),
    options,
  );
  const checker = program.getTypeChecker();
  const load = (path) => import(pathToFileURL(join(root, 'dist', path.replace(/\.ts$/, '.js'))).href);
  const { sql } = await load('libs/db/index.ts');
  await acceptAnyCursor(load, sql);
  const make = new Arguments(checker, sql);
  const files = [];
  const problems = [];
  for (const { name, path, type, constructorTypes } of repositoriesOf(program, checker)) {
    const { [name]: Repository } = await load(path);
    const given = constructorTypes.map((of) => make.value(of, '', 0, undefined, new Set()));
    const instance = new Repository(...given);
    const methods = [];
    for (const method of methodsOf(checker, type)) {
      const { statements, problem } = await statementsOf(make, name, instance, method);
      if (problem !== undefined) problems.push(problem);
      methods.push(`-- ${method.name}\n${statements.map((text) => `${text};`).join('\n\n')}\n`);
    }
    if (methods.length === 0) continue;
    const [, library] = path.split('/');
    const base = path.slice(path.lastIndexOf('/') + 1).replace('.repository.ts', '.sql');
    const file = `docs/queries/${library}/${base}`;
    const text = [`-- ${name} in ${path}. Written by npm run schema.\n`, ...methods].join('\n');
    // Repositories of one source file share a file here.
    const shared = files.find((one) => one.path === file);
    if (shared === undefined) files.push({ path: file, text, count: methods.length });
    else {
      shared.text += `\n${text}`;
      shared.count += methods.length;
    }
  }
  process.stdout.write(JSON.stringify({ files, problems }));
});
