import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { notesOf, type ProcessName, type SettingNote } from './setting.js';
import { Settings } from './settings.js';

/** A setting is missing or invalid. The message is for the operator, with one sentence per line. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads and checks the settings.
 *
 * @param of the process whose required settings are checked in production; commands need those of the API
 * @throws {SettingsError} naming each variable that is wrong or missing, and what to do
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  of: ProcessName = 'api',
): Settings {
  const given: Record<string, string> = {};
  for (const { property, name, byDefault } of notesOf(Settings)) {
    const text = environment[name]?.trim() ?? '';
    const value = text === '' ? byDefault : text;
    if (value !== '') given[property] = value;
  }
  const settings = plainToInstance(Settings, given);
  const problems = [...wrong(settings), ...missing(settings, environment, of)];
  if (settings.metricsPort !== undefined && settings.metricsPort === settings.port) {
    problems.push(
      'METRICS_PORT and PORT name the same port: change one of them in the environment or in .env.',
    );
  }
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return Object.freeze(settings);
}

/**
 * All settings in order, for documentation.
 *
 * @public scripts/settings-table.mjs writes the documentation from it
 */
export function settingNotes(): readonly SettingNote[] {
  return notesOf(Settings);
}

function wrong(settings: Settings): string[] {
  const names = new Map(notesOf(Settings).map(({ property, name }) => [property, name]));
  return validateSync(settings).map(({ property, constraints = {} }) => {
    const [message = 'is wrong'] = Object.values(constraints);
    return `${names.get(property) ?? property} ${message}: change it in the environment or in .env.`;
  });
}

function missing(
  settings: Settings,
  environment: Readonly<Record<string, string | undefined>>,
  of: ProcessName,
): string[] {
  if (settings.nodeEnv !== 'production') return [];
  return notesOf(Settings)
    .filter(
      ({ name, neededInProduction }) =>
        neededInProduction.includes(of) && (environment[name]?.trim() ?? '') === '',
    )
    .map(
      ({ name, note }) =>
        `${name} is missing, and production needs it: set it in the environment or in .env. ${note}`,
    );
}
