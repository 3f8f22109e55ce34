export { readSettings, settingNotes, SettingsError } from './read.js';
export type { SettingNote } from './setting.js';
export { Settings } from './settings.js';
