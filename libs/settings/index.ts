export { readSettings, SettingsError } from './read.js';
export { Settings } from './settings.js';
export type { ProcessName } from './setting.js';

/** @public for scripts/settings-table.mjs */
export { settingNotes } from './read.js';
