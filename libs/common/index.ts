/** Used by every library; knows no domain and no database. */
export { findTimeZone, TIME_ZONE_REFUSED, usableTimeZone } from './time-zones/time-zones.js';
export { TIME_ZONE_NAMES } from './time-zones/names.js';
