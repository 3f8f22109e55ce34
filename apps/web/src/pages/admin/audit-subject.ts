import type { Words } from '../../words/words.tsx';
import { ROLES, SCOPES } from './roles.ts';

const ID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/;
const SETTINGS = [
  'leadersShareFirst',
  'pulseRhythm',
  'trendsVisibleTo',
  'minimumGroupSize',
  'trendsPublishedAfterDays',
  'conversationRetentionMonths',
  'accessLogRetentionMonths',
] as const;

const KINDS = [
  ['API token', 'admin.audit.token'],
  ['Import', 'admin.audit.import'],
  ['Person', 'admin.audit.person'],
  ['Department', 'admin.person.department'],
  ['Location', 'admin.person.location'],
  ['Procedure area', 'admin.audit.area'],
] as const;

/** What an entry of the audit trail is about. */
export interface AuditSubject {
  /** The name of the object, or its kind where it is none that has a name, and what was given or changed. */
  readonly text: string;
  /** The ID of an object whose name is not known: it tells entries about one object apart from those about others. */
  readonly id: string | undefined;
}

/**
 * Words for a label like `Person 0198…: HR_ANALYST`, or `timeZone` for a setting.
 *
 * @param name of the object, while it is there
 */
export function auditSubject(label: string, name: string | undefined, { say }: Words): AuditSubject {
  const [object = '', detail] = label.split(/: (.*)/s, 2);
  const details = detail?.split(', ').map((word) => detailName(word, say)) ?? [];
  const id = ID.exec(object)?.[0];
  const kind = id === undefined ? settingName(object, say) : kindName(object.replace(ID, '').trim(), say);
  return { text: [name ?? kind, ...details].join(', '), id: name === undefined ? id : undefined };
}

/** What an object is whose name is not known. */
function kindName(kind: string, say: Words['say']): string {
  const known = KINDS.find(([one]) => one === kind);
  return known === undefined ? kind : say(known[1]);
}

function settingName(setting: string, say: Words['say']): string {
  if (setting === 'timeZone') return say('timeZone.title');
  const known = SETTINGS.find((one) => one === setting);
  return known === undefined ? setting : say(`admin.settings.${known}`);
}

function detailName(word: string, say: Words['say']): string {
  const role = ROLES.find((one) => one === word);
  if (role !== undefined) return say(`admin.role.${role}`);
  const scope = SCOPES.find((one) => one.scope === word)?.scope;
  return scope === undefined ? word : say(`admin.scope.${scope}`);
}
