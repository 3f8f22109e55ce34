import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance, Transform } from 'class-transformer';
import { ValidateBy, validateSync, type ValidationError, type ValidationOptions } from 'class-validator';
import { badInput, type FieldError } from './errors.js';
import { notStorable } from './scalars.js';

/** The most characters of a title. */
const LONGEST_TITLE = 200;

const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The id of no row. */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Whether this may be the id of a row. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/**
 * For an id that stands alone as an argument: one of no possible shape becomes the id of no row, so that it is answered
 * as an id that nobody has, and never reaches a cast in SQL.
 *
 * ```ts
 * person(@Args('id', { type: () => ID }, IdPipe) id: string)
 * ```
 */
@Injectable()
export class IdPipe implements PipeTransform<unknown, string | null> {
  transform(value: unknown): string | null {
    if (value === null || value === undefined) return null;
    return isId(value) ? value.toLowerCase() : NO_ID;
  }
}

/** A decorator from a test that gives the reason for refusing, or undefined. */
function refusedFor(
  name: string,
  reason: (value: unknown) => string | undefined,
  options: ValidationOptions = {},
): PropertyDecorator {
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value) => reason(value) === undefined,
        defaultMessage: (found) => reasonOf(found?.value, reason),
      },
    },
    options,
  );
}

function reasonOf(value: unknown, reason: (value: unknown) => string | undefined): string {
  if (!Array.isArray(value)) return reason(value) ?? 'is not valid.';
  // With `each` the value is the whole list, and class-validator does not say which of it: the first one refused.
  const reasons = value.map(reason);
  const index = reasons.findIndex((one) => one !== undefined);
  return `${ITEM}${String(index)} ${reasons[index] ?? 'is not valid.'}`;
}

/** Before a message: which item of the list it is about. Becomes a part of the path. */
const ITEM = '\u0000';

/** The id of something, in any case; read in the one in which rows have theirs, since ids are compared. */
export function IsId(options?: ValidationOptions): PropertyDecorator {
  const check = refusedFor('isId', (value) => (isId(value) ? undefined : 'must be an id.'), options);
  const lower = Transform(({ value }: { value: unknown }) => {
    return Array.isArray(value) ? value.map(inLowerCase) : inLowerCase(value);
  });
  return (target, property) => {
    check(target, property);
    lower(target, property);
  };
}

function inLowerCase(value: unknown): unknown {
  return isId(value) ? value.toLowerCase() : value;
}

/** One line of words: not blank, at most `max` characters. */
export function IsTitle(max = LONGEST_TITLE, options?: ValidationOptions): PropertyDecorator {
  return refusedFor(
    'isTitle',
    (value) => {
      if (typeof value === 'string' && /[\n\r\u2028\u2029]/.test(value)) return 'must be one line.';
      return wordsRefused(value, max);
    },
    options,
  );
}

/** Words, on as many lines as wanted: not blank, at most `max` characters. */
export function IsText(max: number, options?: ValidationOptions): PropertyDecorator {
  return refusedFor('isText', (value) => wordsRefused(value, max), options);
}

/** Words that may also be none at all: at most `max` characters. */
export function IsPossiblyEmptyText(max: number, options?: ValidationOptions): PropertyDecorator {
  return refusedFor(
    'isPossiblyEmptyText',
    (value) => (value === '' ? undefined : (tooLongOrNotStorable(value, max) ?? undefined)),
    options,
  );
}

function wordsRefused(value: unknown, max: number): string | undefined {
  if (typeof value === 'string' && value.trim() === '') return 'must not be blank.';
  return tooLongOrNotStorable(value, max);
}

function tooLongOrNotStorable(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return 'must be text.';
  // As Postgres counts: an emoji is one character, though two in JavaScript.
  if (value.length > max && Array.from(value).length > max) {
    return `must be at most ${max.toLocaleString('en')} characters.`;
  }
  return notStorable(value);
}

/**
 * Makes instances of the classes that arguments are declared with (@ArgsType, @InputType) and checks what class-validator
 * knows of them. GraphQL has made sure of the types already. Nested inputs need `@Type(() => Nested)` and
 * `@ValidateNested()`.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  /** Arguments that were found right, by class and values: most are the first page of a usual size. Only numbers and the like. */
  private readonly right = new Map<Type, Map<string, object>>();

  transform(value: unknown, { metatype, data, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || !isClass(metatype) || typeof value !== 'object' || value === null) return value;
    const key = keyOf(value);
    const known = key === undefined ? undefined : this.right.get(metatype)?.get(key);
    if (known) return known;
    const instance = plainToInstance(metatype, value) as object;
    const errors = validateSync(instance, { forbidUnknownValues: false, stopAtFirstError: true });
    if (errors.length > 0) throw badInput(fieldsOf(errors, data === undefined ? [] : [data]));
    if (key !== undefined) this.remember(metatype, key, Object.freeze(instance));
    return instance;
  }

  private remember(metatype: Type, key: string, instance: object): void {
    const ofClass = this.right.get(metatype) ?? new Map<string, object>();
    this.right.set(metatype, ofClass);
    if (ofClass.size < MOST_REMEMBERED) ofClass.set(key, instance);
  }
}

/** Of each class of arguments. */
const MOST_REMEMBERED = 200;

/** The values in one text; undefined where one is a text or an object. */
function keyOf(value: object): string | undefined {
  let key = '';
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    if (typeof inner === 'string' || (typeof inner === 'object' && inner !== null)) return undefined;
    key += `${name} ${String(inner)} `;
  }
  return key;
}

const NOT_CLASSES: ReadonlySet<unknown> = new Set([String, Boolean, Number, Array, Object, Date]);

function isClass(metatype: ArgumentMetadata['metatype']): metatype is Type {
  return metatype !== undefined && !NOT_CLASSES.has(metatype);
}

/** Every refused value of a tree of errors, by its path. */
function fieldsOf(errors: readonly ValidationError[], path: readonly string[] = []): FieldError[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const here = [...path, property];
    const own = Object.values(constraints ?? {}).map((message) => {
      const words = message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
      if (!words.startsWith(ITEM)) return { path: here.join('.'), message: words };
      const end = words.indexOf(' ');
      return { path: [...here, words.slice(ITEM.length, end)].join('.'), message: words.slice(end + 1) };
    });
    return [...own, ...fieldsOf(children ?? [], here)];
  });
}
