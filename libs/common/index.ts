/** Text, time zones and errors: values and pure functions, without a domain and without a database. */
export * from './errors/index.js';
export * from './text/index.js';
export { findTimeZone, TIME_ZONE_REFUSED, usableTimeZone } from './time-zones/time-zones.js';
export { TIME_ZONE_NAMES } from './time-zones/names.js';
