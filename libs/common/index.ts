/** Text, dates, time zones, JSON and errors: values and pure functions, without a domain and without a database. */
export { isCalendarDate } from './dates/calendar-date.js';
export * from './errors/index.js';
export { canonicalJson } from './json/canonical-json.js';
export * from './text/index.js';
export { findTimeZone, TIME_ZONE_REFUSED, usableTimeZone } from './time-zones/time-zones.js';
export { TIME_ZONE_NAMES } from './time-zones/names.js';
