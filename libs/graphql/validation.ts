import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { TypeMetadataStorage } from '@nestjs/graphql';
import { plainToInstance, Transform } from 'class-transformer';
import {
  ValidateBy,
  ValidateIf,
  validateSync,
  type ValidationError,
  type ValidationOptions,
} from 'class-validator';
import { LRUCache } from 'lru-cache';
import { cleanLine, cleanText, nameProblem, notStorable, textProblem, titleProblem } from '#common';
import { badInput, type FieldCode, type FieldError } from './errors/errors.js';

/** The maximum length of a title or name, in grapheme clusters. */
const LONGEST_TITLE = 200;

const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The id of no row. */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Whether this has the form of an id. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/**
 * For an id argument: a malformed id becomes the id of no row, so that it is answered like an id that does not exist and never
 * reaches a cast in SQL.
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

/** Why a value is refused. */
interface Reason {
  readonly code: FieldCode;
  readonly message: string;
}

/** A decorator from a function that gives the reason for refusing a value, or undefined. */
function refusedFor(
  name: string,
  reason: (value: unknown) => Reason | undefined,
  options: ValidationOptions = {},
): PropertyDecorator {
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value) => reason(value) === undefined,
        defaultMessage: (found) => encoded(reasonsOf(found?.value, reason)),
      },
    },
    options,
  );
}

/** A reason, and the item that it is about where the value is a list. */
type ReasonOfItem = Reason & { readonly item?: number };

function reasonsOf(value: unknown, reason: (value: unknown) => Reason | undefined): ReasonOfItem[] {
  if (!Array.isArray(value)) return [reason(value) ?? NOT_VALID];
  // With `each` the value is the whole list, and class-validator does not say which of its items are refused.
  return value.flatMap((one, item) => {
    const refused = reason(one);
    return refused ? [{ ...refused, item }] : [];
  });
}

const NOT_VALID: Reason = { code: 'INVALID', message: 'is not valid.' };

/** class-validator passes on only a message. Ours begins with this mark and encodes codes and items. */
const MARK = '\u0000';

function encoded(reasons: readonly ReasonOfItem[]): string {
  return MARK + JSON.stringify(reasons);
}

/** Decodes a message of class-validator; for its built-in checks the code follows from the check's name. */
function decoded(check: string, message: string, property: string): readonly ReasonOfItem[] {
  if (message.startsWith(MARK)) return JSON.parse(message.slice(MARK.length)) as ReasonOfItem[];
  const words = message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
  return [{ code: CODES[check] ?? 'INVALID', message: words }];
}

const CODES: Readonly<Record<string, FieldCode>> = {
  isDefined: 'REQUIRED',
  isNotEmpty: 'REQUIRED',
  arrayNotEmpty: 'REQUIRED',
  arrayMinSize: 'REQUIRED',
  arrayMaxSize: 'TOO_MANY',
  arrayUnique: 'DUPLICATE',
  maxLength: 'TOO_LONG',
  min: 'OUT_OF_RANGE',
  max: 'OUT_OF_RANGE',
  minDate: 'OUT_OF_RANGE',
  maxDate: 'OUT_OF_RANGE',
  isMeasuredNumber: 'OUT_OF_RANGE',
  notForward: 'NOT_ALLOWED',
};

function textReason(problem: string | undefined): Reason | undefined {
  return problem === undefined ? undefined : { code: textProblemCode(problem), message: problem };
}

/** The code for a problem of a text that libs/common reports. */
export function textProblemCode(problem: string): FieldCode {
  if (problem === 'must not be blank.') return 'REQUIRED';
  return problem.startsWith('must be at most ') ? 'TOO_LONG' : 'INVALID';
}

/** An id in upper or lower case; converted to lower case, as stored, because ids are compared. */
export function IsId(options?: ValidationOptions): PropertyDecorator {
  const check = refusedFor(
    'isId',
    (value) => (isId(value) ? undefined : { code: 'INVALID', message: 'must be a valid ID.' }),
    options,
  );
  return both(check, changed(inLowerCase));
}

/**
 * For a field of an update that can be omitted but not cleared: null is BAD_USER_INPUT. The field's other checks run unless it is
 * omitted. Use `@IsOptional()` for a field that null clears.
 */
export function CanBeOmitted(): PropertyDecorator {
  return both(
    ValidateIf((_, value) => value !== undefined),
    refusedFor('isNotNull', (value) =>
      value === null ? { code: 'REQUIRED', message: 'cannot be cleared.' } : undefined,
    ),
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
 * A title: one line with visible content, at most `max` grapheme clusters. It is stored in NFC, without meaningless invisible characters
 * and surrounding white space.
 */
export function IsTitle(max = LONGEST_TITLE, options?: ValidationOptions): PropertyDecorator {
  return both(
    refusedFor(
      'isTitle',
      (value) => (typeof value === 'string' ? textReason(titleProblem(value, max)) : NO_TEXT),
      options,
    ),
    changed(clean(cleanOneLine)),
  );
}

/** A name or external id, of which no two that look alike can exist: a title that fits into an index. */
export function IsName(max = LONGEST_TITLE, options?: ValidationOptions): PropertyDecorator {
  return both(
    refusedFor(
      'isName',
      (value) => (typeof value === 'string' ? textReason(nameProblem(value, max)) : NO_TEXT),
      options,
    ),
    changed(clean(cleanOneLine)),
  );
}

/** Text with visible content, on any number of lines, at most `max` code points. It is stored in NFC. */
export function IsText(max: number, options?: ValidationOptions): PropertyDecorator {
  return both(
    refusedFor(
      'isText',
      (value) => (typeof value === 'string' ? textReason(textProblem(value, max)) : NO_TEXT),
      options,
    ),
    changed(clean(cleanText)),
  );
}

/** Text that can be empty, at most `max` code points. */
export function IsPossiblyEmptyText(max: number, options?: ValidationOptions): PropertyDecorator {
  return both(
    refusedFor(
      'isPossiblyEmptyText',
      (value) =>
        typeof value !== 'string'
          ? NO_TEXT
          : value === ''
            ? undefined
            : textReason(textProblem(value, max, { mayBeBlank: true })),
      options,
    ),
    changed(clean(cleanText)),
  );
}

const NO_TEXT: Reason = { code: 'INVALID', message: 'must be text.' };

/** Text that cannot be stored is left unchanged, and refused by validation. */
function clean(change: (text: string) => string): (value: unknown) => unknown {
  return (value) => (typeof value === 'string' && notStorable(value) === undefined ? change(value) : value);
}

/** Text on several lines is left unchanged, and refused by validation. */
function cleanOneLine(text: string): string {
  return LINE_BREAK.test(text) ? text : cleanLine(text);
}

const LINE_BREAK = /[\n\r\u2028\u2029]/;

/**
 * Converts arguments to instances of their classes (@ArgsType, @InputType) and validates them with class-validator. GraphQL has
 * checked their types already. Nested inputs need `@Type(() => Nested)` and `@ValidateNested()`.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  /** Valid arguments by class and values, since most are the first page of a usual size. None contain text. */
  private readonly valid = new Map<Type, LRUCache<string, object>>();

  transform(value: unknown, { metatype, data, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || !isClass(metatype) || typeof value !== 'object' || value === null) return value;
    const key = isWithoutText(value) ? JSON.stringify(value) : undefined;
    const known = key === undefined ? undefined : this.valid.get(metatype)?.get(key);
    if (known) return known;
    const { instance, fields } = validated(metatype, value, data === undefined ? [] : [data]);
    if (fields.length > 0) throw badInput(fields);
    if (key !== undefined) this.cacheOf(metatype).set(key, Object.freeze(instance));
    return instance;
  }

  private cacheOf(metatype: Type): LRUCache<string, object> {
    const cache = this.valid.get(metatype) ?? new LRUCache({ max: MAX_VALID_ARGUMENTS });
    this.valid.set(metatype, cache);
    return cache;
  }
}

/** Of each class. */
const MAX_VALID_ARGUMENTS = 200;

/** Numbers, booleans and null only. */
function isWithoutText(value: object): boolean {
  return Object.values(value).every(
    (inner) => inner === null || (typeof inner !== 'string' && typeof inner !== 'object'),
  );
}

const NOT_CLASSES: ReadonlySet<unknown> = new Set([String, Boolean, Number, Array, Object, Date]);

function isClass(metatype: ArgumentMetadata['metatype']): metatype is Type {
  return metatype !== undefined && !NOT_CLASSES.has(metatype);
}

function validated(
  metatype: Type,
  value: object,
  path: readonly string[],
): { readonly instance: object; readonly fields: readonly FieldError[] } {
  const instance = plainToInstance(metatype, value) as object;
  const errors = validateSync(instance, { forbidUnknownValues: false, stopAtFirstError: true });
  return { instance, fields: fieldsOf(errors, path) };
}

/** What class-validator refuses of a value of an input type of GraphQL, as far as the value is there. */
export function validateInput(typeName: string, value: object, path: string): readonly FieldError[] {
  const type = TypeMetadataStorage.getInputTypesMetadata().find(({ name }) => name === typeName);
  return type ? validated(type.target as Type, value, [path]).fields : [];
}

/** Every refused value of a tree of errors, by its path. */
function fieldsOf(errors: readonly ValidationError[], path: readonly string[] = []): FieldError[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const here = [...path, property];
    const own = Object.entries(constraints ?? {}).flatMap(([check, text]) =>
      decoded(check, text, property).map(({ item, code, message }) => ({
        path: [...here, ...(item === undefined ? [] : [item])].join('.'),
        code,
        message,
      })),
    );
    return [...own, ...fieldsOf(children ?? [], here)];
  });
}
