/** Dates, time zones and text: values and pure functions, without a domain and without a database. */
export * from './text/index.js';
