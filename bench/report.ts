/** Results: a table for the terminal, a page, a chart, and a last line for programs. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { ContestantName, Question } from './contestant.ts';
import { median, shown } from './numbers.ts';
import { root } from './paths.ts';
import type { Line } from './line.ts';
import { picture } from './picture.ts';
import { titles } from './questions.ts';

/** Some seconds of one question to one contestant. */
export interface Slot {
  readonly round: number;
  readonly contestant: ContestantName;
  readonly question: Question;
  /** Responses per second. */
  readonly rate: number;
  /** In milliseconds, as are those below. */
  readonly p50: number;
  readonly p99: number;
  /** CPU for each answer. */
  readonly serverCpu: number;
  readonly postgresCpu: number;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  readonly commit: string;
}

export interface Result {
  readonly at: string;
  readonly machine: Machine & {
    readonly pinned: boolean;
    readonly postgres: { readonly version: string; readonly settings: string };
  };
  readonly people: number;
  readonly connections: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly compared: number;
  readonly contestants: readonly {
    readonly name: ContestantName;
    readonly about: string;
    readonly peakMemory: number;
    readonly statements: Readonly<Partial<Record<Question, number>>>;
  }[];
  readonly questions: readonly Question[];
  readonly slots: readonly Slot[];
}

export function describeMachine(): Machine {
  const [processor] = cpus();
  const git = (...args: string[]): string => {
    try {
      return execFileSync('git', args, {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    } catch {
      return '';
    }
  };
  return {
    processor: processor?.model ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    system: `${type()} ${release().split('.').slice(0, 2).join('.')}`,
    node: process.versions.node,
    commit: git('rev-parse', '--short', 'HEAD'),
  };
}

export function linesOf(result: Result): Line[] {
  return result.questions.flatMap((question) =>
    result.contestants
      .filter(({ statements }) => question in statements)
      .map(({ name, statements }): Line => {
        const own = result.slots.filter((slot) => slot.question === question && slot.contestant === name);
        const middle = (value: (slot: Slot) => number): number => median(own.map(value));
        return {
          question,
          name,
          rate: middle(({ rate }) => rate),
          ofLimit: ratio(result, question, name, 'limit'),
          p50: middle(({ p50 }) => p50),
          p99: middle(({ p99 }) => p99),
          serverCpu: middle(({ serverCpu }) => serverCpu),
          postgresCpu: middle(({ postgresCpu }) => postgresCpu),
          statements: statements[question] ?? NaN,
        };
      }),
  );
}

/** The median over the rounds of one's rate divided by the other's in the same round. */
function ratio(result: Result, question: Question, name: ContestantName, by: ContestantName): number {
  const rates = (of: ContestantName): Map<number, number> =>
    new Map(
      result.slots
        .filter((slot) => slot.question === question && slot.contestant === of)
        .map(({ round, rate }) => [round, rate]),
    );
  const divisors = rates(by);
  return median(Array.from(rates(name), ([round, rate]) => rate / (divisors.get(round) ?? NaN)));
}

/** `limit Q1 0.00 … postgraphile Q1 0.0 …`: what the product reaches of the limit, and how many times PostGraphile. */
export function lastLine(result: Result): string {
  const part = (by: ContestantName, digits: number): string =>
    [
      by,
      ...result.questions.flatMap((question) => {
        const value = ratio(result, question, 'product', by);
        return [question, Number.isNaN(value) ? '-' : value.toFixed(digits)];
      }),
    ].join(' ');
  return `${part('limit', 2)} ${part('postgraphile', 1)}`;
}

const HEADINGS = [
  'responses/s',
  '÷ limit',
  'p50 ms',
  'p99 ms',
  'server CPU ms',
  'Postgres CPU ms',
  'statements',
] as const;

function cells(line: Line): string[] {
  return [
    shown(line.rate, 0),
    shown(line.ofLimit, 2),
    shown(line.p50, 1),
    shown(line.p99, 1),
    shown(line.serverCpu, 2),
    shown(line.postgresCpu, 2),
    shown(line.statements, 1),
  ];
}

/** For the terminal. */
export function table(result: Result): string {
  const rows = linesOf(result).map((line) => [line.question, line.name, ...cells(line)]);
  return aligned([['', '', ...HEADINGS], ...rows], 2);
}

/** In columns, the first ones to the left and the rest, numbers, to the right. */
export function aligned(rows: readonly (readonly string[])[], textColumns: number): string {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, i) => Math.max(cell.length, most[i] ?? 0)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i < textColumns ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A table of Markdown, with columns as Prettier aligns them. */
export function markdownTable(rows: readonly (readonly string[])[], textColumns: number): string {
  const [headings = [], ...rest] = rows;
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, i) => Math.max(cell.length, most[i] ?? 3)),
    [],
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => (i < textColumns ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i < textColumns ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(headings), rule, ...rest.map(line)].join('\n');
}

const page = join(root, 'docs', 'benchmarks.md');

/** Writes the questions' section of docs/benchmarks.md and the picture beside it; its other sections stay. */
export async function writeReport(result: Result): Promise<void> {
  await writeFile(join(root, 'docs', 'benchmarks.svg'), picture(linesOf(result)));
  await writeSection('questions', section(result));
}

/** Replaces a section of the page between its marks, or appends it. */
export async function writeSection(name: 'questions' | 'growth' | 'trends', text: string): Promise<void> {
  const [begin, end] = [`<!-- ${name}: written by npm run bench -->`, `<!-- end of ${name} -->`];
  const before = await readFile(page, 'utf8').catch(() => '# How fast it is\n');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  const whole = `${begin}\n\n${text.trim()}\n\n${end}`;
  const after =
    from < 0 || to < 0
      ? `${before.trimEnd()}\n\n${whole}\n`
      : before.slice(0, from) + whole + before.slice(to + end.length);
  await writeFile(page, after);
}

function section(result: Result): string {
  const { machine } = result;
  const lines = linesOf(result);
  return `
## Comparison

![Responses per second of each server, relative to the limit](benchmarks.svg)

${result.questions
  .map((question) => {
    const rows = lines.filter((line) => line.question === question);
    return `### ${question}: ${titles[question]}\n\n${markdownTable(
      [['', ...HEADINGS], ...rows.map((line) => [line.name, ...cells(line)])],
      1,
    )}`;
  })
  .join('\n\n')}

${result.contestants
  .map(
    ({ name, about, peakMemory }) =>
      `- **${name}** (${shown(peakMemory / 2 ** 20, 0)} MiB of memory): ${about}`,
  )
  .join('\n')}

All servers use one database with ${result.people.toLocaleString('en')} people, the same role and the same row-level security, with ten connections
each, and authenticate every request by its bearer token. Before the measurement, their responses to ${String(result.compared)} different callers of each
question are compared byte by byte. ${String(result.connections)} connections send requests without pause, in ${String(result.rounds)} rounds; in each round every server gets every question
for ${String(result.seconds)} seconds. Ratios are computed within a round; all numbers are medians over the rounds. CPU and statements are per response,
including BEGIN and COMMIT. Unlike the limit, the product validates and limits the operation, writes the access log (once a day for
each reader and goal; it checks every time), records every five minutes that a session was used, and logs each request.

${machine.processor}, ${String(machine.cores)} cores, ${String(Math.round(machine.memory / 2 ** 30))} GiB, ${machine.system}; Node.js ${machine.node}; PostgreSQL ${machine.postgres.version}
(${machine.postgres.settings}). ${
    machine.pinned
      ? 'The measured server uses one core exclusively; PostgreSQL and the load generator share the others.'
      : 'Processes were not pinned to cores.'
  } Measured on ${result.at.slice(0, 10)}, commit ${machine.commit}.
Run it with \`npm run bench\` on an otherwise idle machine; \`npm run bench -- --quick\` gives an estimate in two minutes.`;
}
