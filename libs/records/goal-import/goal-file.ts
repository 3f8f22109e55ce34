import { cleanLine, cleanText, textProblem, titleProblem } from '#common';
import {
  assertNoFaults,
  badInput,
  CalendarDate,
  DateTime,
  isId,
  isMeasuredNumber,
  LONGEST_MARKDOWN,
  Markdown,
  textProblemCode,
  type FieldCode,
  type InputFault,
} from '#graphql';
import { Horizon, MOST_GOALS, PersonalGoalStatus } from '#goals';
import type { ExportedGoal } from '../export/exported-data.js';

/** The files that can be read: what docs/export-format.md calls goals.json. */
const FORMAT = 'mutual-goals';
const FORMAT_VERSION = 1;

const MOST_MILESTONES = 100;
const MOST_ENTRIES = 10_000;
const LONGEST_TITLE = 200;
const LONGEST_AREA = 100;
const LONGEST_UNIT = 50;
/** Far enough from the largest number of the column. */
const LARGEST_VERSION = 1_000_000_000;
/** More would not help anybody to find what is wrong, and reporting hundreds of thousands takes many seconds. */
const MOST_FAULTS = 50;

const FIRST_INSTANT = Date.UTC(1900, 0, 1);
/** The clocks of two installations differ. */
const AHEAD_MS = 86_400_000;

/**
 * The goals of a file. Texts are stored as those that are typed: in NFC, without invisible characters in titles. Properties that are not
 * known are ignored.
 *
 * @param path of the file in the arguments
 * @throws BAD_USER_INPUT with the path of each value that cannot be imported
 */
export function readGoalFile(text: string, path: string): ExportedGoal[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badInput(path, 'must be the content of goals.json, in JSON.');
  }
  const reader = new Reader();
  const goals = reader.file(value, path);
  assertNoFaults(reader.faults);
  return goals;
}

type Properties = Readonly<Record<string, unknown>>;

/** Reads values and collects what is wrong. What it returns is used only if nothing is. */
class Reader {
  readonly faults: InputFault[] = [];

  file(value: unknown, path: string): ExportedGoal[] {
    const { format, formatVersion, goals } = this.object(value, path);
    if (format === MISSING) return [];
    if (format !== FORMAT)
      this.refuse(`${path}.format`, `must be "${FORMAT}": choose goals.json of an export.`);
    else if (formatVersion !== FORMAT_VERSION)
      this.refuse(
        `${path}.formatVersion`,
        `must be ${String(FORMAT_VERSION)}; this file is of another version.`,
      );
    if (this.faults.length > 0) return [];
    const read = this.list(goals, `${path}.goals`, MOST_GOALS, (goal, at) => this.goal(goal, at));
    const seen = new Set<string>();
    read.forEach(({ id }, index) => {
      if (id !== '' && seen.has(id))
        this.refuse(`${path}.goals.${String(index)}.id`, 'must not be listed twice.', 'DUPLICATE');
      seen.add(id);
    });
    return read;
  }

  private goal(value: unknown, path: string): ExportedGoal {
    const goal = this.object(value, path);
    const at = (name: string): string => `${path}.${name}`;
    const version = this.version(goal.version, at('version'));
    const history = this.list(goal.history, at('history'), MOST_ENTRIES, (wording, place) =>
      this.wording(wording, place, version),
    );
    if (new Set(history.map((wording) => wording.version)).size < history.length)
      this.refuse(at('history'), 'must have each version once.', 'DUPLICATE');
    return {
      id: this.id(goal.id, at('id')),
      title: this.title(goal.title, at('title'), LONGEST_TITLE),
      why: this.orNull(goal.why, (why) => this.scalar(Markdown, why, at('why'))),
      area: this.orNull(goal.area, (area) => this.title(area, at('area'), LONGEST_AREA)),
      horizon: this.orNull(goal.horizon, (horizon) => this.oneOf(Horizon, horizon, at('horizon'))),
      targetOn: this.orNull(goal.targetOn, (day) => this.scalar(CalendarDate, day, at('targetOn'))),
      status: this.oneOf(PersonalGoalStatus, goal.status, at('status')),
      measure: this.orNull(goal.measure, (measure) => this.measure(measure, at('measure'))),
      version,
      createdAt: this.instant(goal.createdAt, at('createdAt')),
      updatedAt: this.instant(goal.updatedAt, at('updatedAt')),
      milestones: this.list(goal.milestones, at('milestones'), MOST_MILESTONES, (milestone, place) => {
        const { title, reachedOn } = this.object(milestone, place);
        return {
          title: this.title(title, `${place}.title`, LONGEST_TITLE),
          reachedOn: this.orNull(reachedOn, (day) => this.scalar(CalendarDate, day, `${place}.reachedOn`)),
        };
      }),
      updates: this.list(goal.updates, at('updates'), MOST_ENTRIES, (update, place) => {
        const { at: instant, text, measuredValue } = this.object(update, place);
        return {
          at: this.instant(instant, `${place}.at`),
          text: this.text(text, `${place}.text`),
          measuredValue: this.orNull(measuredValue, (number) =>
            this.number(number, `${place}.measuredValue`),
          ),
        };
      }),
      history,
    };
  }

  private wording(value: unknown, path: string, newest: number): ExportedGoal['history'][number] {
    const wording = this.object(value, path);
    const version = this.version(wording.version, `${path}.version`);
    if (version > newest)
      this.refuse(`${path}.version`, 'must not be above the version of the goal.', 'OUT_OF_RANGE');
    return {
      version,
      at: this.instant(wording.at, `${path}.at`),
      title: this.title(wording.title, `${path}.title`, LONGEST_TITLE),
      why: this.orNull(wording.why, (why) => this.scalar(Markdown, why, `${path}.why`)),
    };
  }

  private measure(value: unknown, path: string): ExportedGoal['measure'] {
    const { unit, start, current, target } = this.object(value, path);
    return {
      unit: this.title(unit, `${path}.unit`, LONGEST_UNIT),
      start: this.number(start, `${path}.start`),
      current: this.number(current, `${path}.current`),
      target: this.number(target, `${path}.target`),
    };
  }

  // ------------------------------------------------------------------------------------------------- values

  private refuse(path: string, message: string, code: FieldCode = 'INVALID'): void {
    this.faults.push({ path, message, code });
    if (this.faults.length >= MOST_FAULTS) assertNoFaults(this.faults);
  }

  private object(value: unknown, path: string): Properties {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Properties;
    this.refuse(path, 'must be an object.');
    // Its properties are not reported too.
    return new Proxy({}, { get: () => MISSING });
  }

  private list<T>(value: unknown, path: string, most: number, read: (one: unknown, path: string) => T): T[] {
    if (value === MISSING) return [];
    if (!Array.isArray(value)) this.refuse(path, 'must be a list.');
    else if (value.length > most) this.refuse(path, `must have at most ${String(most)} items.`, 'TOO_MANY');
    else return value.map((one, index) => read(one, `${path}.${String(index)}`));
    return [];
  }

  private orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
    return value === null || value === undefined || value === MISSING ? null : read(value);
  }

  private id(value: unknown, path: string): string {
    if (isId(value)) return value.toLowerCase();
    if (value !== MISSING) this.refuse(path, 'must be a valid ID.');
    return '';
  }

  private title(value: unknown, path: string, longest: number): string {
    if (value === MISSING) return '';
    if (typeof value !== 'string') this.refuse(path, 'must be text.');
    else {
      const problem = titleProblem(value, longest);
      if (problem === undefined) return cleanLine(value);
      this.refuse(path, problem, textProblemCode(problem));
    }
    return '';
  }

  private text(value: unknown, path: string): string {
    if (value === MISSING) return '';
    if (typeof value !== 'string') this.refuse(path, 'must be text.');
    else {
      // NFC can make a text longer.
      const text = cleanText(value);
      const problem = textProblem(text, LONGEST_MARKDOWN);
      if (problem === undefined) return text;
      this.refuse(path, problem, textProblemCode(problem));
    }
    return '';
  }

  private number(value: unknown, path: string): number {
    if (isMeasuredNumber(value)) return value;
    if (value !== MISSING)
      this.refuse(path, 'must be a number: 0, or between 1e-15 and 1e15 in size.', 'OUT_OF_RANGE');
    return 0;
  }

  private version(value: unknown, path: string): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LARGEST_VERSION)
      return value;
    if (value !== MISSING) this.refuse(path, 'must be a whole number from 1 on.', 'OUT_OF_RANGE');
    return 1;
  }

  private oneOf(values: Readonly<Record<string, string>>, value: unknown, path: string): string {
    if (typeof value === 'string' && Object.hasOwn(values, value)) return value;
    if (value !== MISSING) this.refuse(path, `must be one of ${Object.keys(values).join(', ')}.`);
    return '';
  }

  private instant(value: unknown, path: string): string {
    const instant = this.scalar(DateTime, value, path);
    if (!(instant instanceof Date)) return '';
    if (instant.getTime() < FIRST_INSTANT || instant.getTime() > Date.now() + AHEAD_MS)
      this.refuse(path, 'must be from 1900 on and not in the future.', 'OUT_OF_RANGE');
    return instant.toISOString();
  }

  /** As GraphQL reads a value of this scalar. */
  private scalar<T>(scalar: { parseValue(value: unknown): T }, value: unknown, path: string): T {
    if (value === MISSING) return '' as T;
    try {
      return scalar.parseValue(value);
    } catch (error) {
      const { message, extensions } = error as { message: string; extensions?: { fieldCode?: FieldCode } };
      this.refuse(path, message, extensions?.fieldCode);
      return '' as T;
    }
  }
}

/** A property of what is not an object. */
const MISSING = Symbol('missing');
