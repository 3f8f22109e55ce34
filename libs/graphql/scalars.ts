import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { RRuleTemporal } from 'rrule-temporal';
import {
  cleanText,
  findTimeZone,
  hasAtMost,
  isCalendarDate,
  readEmailAddress,
  notStorable,
  TIME_ZONE_REFUSED,
} from '#common';
import type { FieldCode } from './errors/errors.js';

/** The most characters of a Markdown text. */
export const LONGEST_MARKDOWN = 20_000;

/** How a scalar parses and serializes values. */
interface Definition<Internal, External> {
  readonly name: string;
  readonly description: string;
  readonly specifiedByURL?: string;
  /** @throws Refused */
  readonly parse: (text: string) => Internal;
  readonly serialize: (value: unknown) => External;
}

function refuse(message: string, fieldCode: FieldCode = 'INVALID'): GraphQLError {
  return new GraphQLError(message, { extensions: { fieldCode } });
}

/** All scalars are strings for clients. Other values are refused and not converted. */
function scalar<Internal, External>({
  name,
  description,
  specifiedByURL,
  parse,
  serialize,
}: Definition<Internal, External>): GraphQLScalarType<Internal, External> {
  return new GraphQLScalarType<Internal, External>({
    name,
    description,
    ...(specifiedByURL !== undefined && { specifiedByURL }),
    serialize,
    parseValue: (value) => {
      if (typeof value !== 'string') throw refuse('must be a string.');
      return parse(value);
    },
    parseLiteral: (node: ValueNode) => {
      if (node.kind !== Kind.STRING) throw new GraphQLError('must be a string.', { nodes: node });
      try {
        return parse(node.value);
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        throw new GraphQLError(error.message, { nodes: node, extensions: error.extensions });
      }
    },
  });
}

/** Serializes a string unchanged. */
function text(name: string): (value: unknown) => string {
  return (value) => {
    if (typeof value !== 'string') throw new TypeError(`${name} is not a string`);
    return value;
  };
}

// RFC 3339 section 5.6; "T" and "Z" in capitals, seconds required, an offset allowed and turned into UTC.
const RFC_3339 =
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** An instant. A JavaScript Date in the code, with milliseconds. */
export const DateTime = scalar<Date, string>({
  name: 'DateTime',
  description:
    'A date and time in RFC 3339 format. Returned in UTC, for example 2026-05-04T09:30:00.000Z; any offset is accepted.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  parse: (value) => {
    if (!RFC_3339.test(value) || !isCalendarDate(value.slice(0, 10))) {
      throw refuse('must be a date and time in RFC 3339 format, for example 2026-05-04T09:30:00Z.');
    }
    const date = new Date(value);
    // Converted to UTC, it can be outside of the years 0001 to 9999.
    if (!/^(?!0000)\d{4}-/.test(date.toISOString())) {
      throw refuse('must be in the years 0001 to 9999.', 'OUT_OF_RANGE');
    }
    return date;
  },
  serialize: (value) => {
    if (!(value instanceof Date) || Number.isNaN(value.getTime()))
      throw new TypeError('DateTime is not a valid Date');
    return value.toISOString();
  },
});

/** The first and last date that input accepts. Other dates are typing errors. */
export const FIRST_DAY = '1900-01-01';
export const LAST_DAY = '2199-12-31';

/** A calendar date. Also a string in the code, because it has no time zone. */
export const CalendarDate = scalar<string, string>({
  name: 'Date',
  description: `A date as YYYY-MM-DD, from ${FIRST_DAY} to ${LAST_DAY}.`,
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  parse: (value) => {
    if (!isCalendarDate(value)) {
      throw refuse('must be a date, for example 2026-05-04.');
    }
    if (value < FIRST_DAY || value > LAST_DAY)
      throw refuse(`must be from ${FIRST_DAY} to ${LAST_DAY}.`, 'OUT_OF_RANGE');
    return value;
  },
  serialize: text('Date'),
});

/** An e-mail address, as it is stored. */
export const EmailAddress = scalar<string, string>({
  name: 'EmailAddress',
  description:
    'An e-mail address, for example name@example.com. Surrounding white space is ignored. Addresses that differ only in case, full-width letters, Unicode normalization, or the spelling of the domain (bücher.example, xn--bcher-kva.example) are the same address.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc6531',
  parse: (value) => {
    const address = readEmailAddress(value);
    if (address === undefined) throw refuse('must look like name@example.com.');
    return address;
  },
  serialize: text('EmailAddress'),
});

export const TimeZone = scalar<string, string>({
  name: 'TimeZone',
  description:
    'An IANA time zone name or alias, for example Asia/Kolkata. Case is ignored. Abbreviations such as IST are not accepted.',
  specifiedByURL: 'https://www.iana.org/time-zones',
  parse: (value) => {
    const found = findTimeZone(value);
    if (found === undefined) throw refuse(TIME_ZONE_REFUSED);
    return found;
  },
  serialize: text('TimeZone'),
});

const LONGEST_RULE = 500;

/** A recurrence: the value of an RRULE. In the code it is in capitals, without the name of the property. */
export const RecurrenceRule = scalar<string, string>({
  name: 'RecurrenceRule',
  description:
    'A recurrence rule: the value of an RRULE of RFC 5545, for example FREQ=WEEKLY;INTERVAL=2;BYDAY=TU. The prefix RRULE:, a trailing semicolon, lower case, and UNTIL as a date are accepted.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10',
  parse: (value) => {
    const rule = plainRule(value);
    if (rule.length === 0 || value.length > LONGEST_RULE || !isRecurrenceRule(rule)) {
      throw refuse(
        `must be an RRULE of RFC 5545 with at most ${String(LONGEST_RULE)} characters, for example FREQ=WEEKLY;INTERVAL=2;BYDAY=TU.`,
      );
    }
    return rule;
  },
  serialize: text('RecurrenceRule'),
});

/** The value in the notation of RFC 5545, from what calendars export or people type. */
function plainRule(value: string): string {
  return value
    .trim()
    .replace(/^RRULE:/i, '')
    .replace(/;+$/, '')
    .toUpperCase();
}

/** Whether this is the value of an RRULE. recurrenceProblem checks whether a one-to-one can use it. */
function isRecurrenceRule(value: string): boolean {
  // Only the value: a line break or a property name would smuggle in DTSTART, RDATE or EXDATE.
  if (!/^[A-Z]+=[\w,+-]+(?:;[A-Z]+=[\w,+-]+)*$/.test(value)) return false;
  try {
    // UNTIL may also be a date, or in local time: what it means depends on a time zone.
    const strict = value.replace(/UNTIL=(\d{8})(?:T(\d{6}))?(?=;|$)/, (_, date: string, time = '235959') => {
      return `UNTIL=${date}T${String(time)}Z`;
    });
    new RRuleTemporal({ rruleString: `DTSTART:20260101T000000Z\nRRULE:${strict}`, strict: true });
    return true;
  } catch {
    return false;
  }
}

/** Text in CommonMark. Clients convert it to HTML and sanitize it. */
export const Markdown = scalar<string, string>({
  name: 'Markdown',
  description: 'CommonMark, at most 20,000 Unicode code points, returned in NFC and otherwise as written.',
  specifiedByURL: 'https://spec.commonmark.org/',
  parse: (value) => {
    const reason = notStorable(value);
    if (reason) throw refuse(reason);
    const text = cleanText(value);
    if (!hasAtMost(LONGEST_MARKDOWN, 'code points', text)) {
      throw refuse(`must be at most ${LONGEST_MARKDOWN.toLocaleString('en')} characters.`, 'TOO_LONG');
    }
    return text;
  },
  serialize: text('Markdown'),
});

/** For Nest's schema builder: a property of type Date is a DateTime. */
export const SCALARS = [{ type: Date, scalar: DateTime }];
