import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance, Transform } from 'class-transformer';
import {
  ValidateBy,
  ValidateIf,
  validateSync,
  type ValidationError,
  type ValidationOptions,
} from 'class-validator';
import { cleanLine, cleanText, nameProblem, notStorable, textProblem, titleProblem } from '#common';
import { badInput, type FieldError } from './errors/errors.js';

/** The most characters of a title or name, as a reader counts them. */
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
  return both(check, changed(inLowerCase));
}

/**
 * For a field of an update that can be left out, but not cleared: null is BAD_USER_INPUT. The other checks of the field run
 * unless it is left out. Use `@IsOptional()` for a field that null clears.
 */
export function CanBeOmitted(): PropertyDecorator {
  return both(
    ValidateIf((_, value) => value !== undefined),
    refusedFor('isNotNull', (value) => (value === null ? 'cannot be null.' : undefined)),
  );
}

/** A decorator that changes a value, or each of a list, before it is checked. */
function changed(change: (value: unknown) => unknown): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map(change) : change(value),
  );
}

function both(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

function inLowerCase(value: unknown): unknown {
  return isId(value) ? value.toLowerCase() : value;
}

/**
 * A title: one line in which something is visible, of at most `max` characters as a reader counts them. It is stored in NFC, without
 * invisible characters that mean nothing and without white space around it.
 */
export function IsTitle(max = LONGEST_TITLE, options?: ValidationOptions): PropertyDecorator {
  return both(
    refusedFor(
      'isTitle',
      (value) => (typeof value === 'string' ? titleProblem(value, max) : NO_TEXT),
      options,
    ),
    changed(clean(cleanOneLine)),
  );
}

/** A name or an id of another system, of which no two that look alike may exist: a title that an index can hold. */
export function IsName(max = LONGEST_TITLE, options?: ValidationOptions): PropertyDecorator {
  return both(
    refusedFor('isName', (value) => (typeof value === 'string' ? nameProblem(value, max) : NO_TEXT), options),
    changed(clean(cleanOneLine)),
  );
}

/** Text on as many lines as wanted, in which something is visible: at most `max` code points. It is stored in NFC. */
export function IsText(max: number, options?: ValidationOptions): PropertyDecorator {
  return both(
    refusedFor('isText', (value) => (typeof value === 'string' ? textProblem(value, max) : NO_TEXT), options),
    changed(clean(cleanText)),
  );
}

/** Text that may also be empty: at most `max` code points. */
export function IsPossiblyEmptyText(max: number, options?: ValidationOptions): PropertyDecorator {
  return both(
    refusedFor(
      'isPossiblyEmptyText',
      (value) =>
        typeof value !== 'string'
          ? NO_TEXT
          : value === ''
            ? undefined
            : textProblem(value, max, { mayBeBlank: true }),
      options,
    ),
    changed(clean(cleanText)),
  );
}

const NO_TEXT = 'must be text.';

/** Text that cannot be stored stays as it is, and is refused. */
function clean(change: (text: string) => string): (value: unknown) => unknown {
  return (value) => (typeof value === 'string' && notStorable(value) === undefined ? change(value) : value);
}

/** Text on several lines stays as it is, and is refused. */
function cleanOneLine(text: string): string {
  return LINE_BREAK.test(text) ? text : cleanLine(text);
}

const LINE_BREAK = /[\n\r\u2028\u2029]/;

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
