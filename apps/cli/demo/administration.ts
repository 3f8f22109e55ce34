import type { Days } from './calendar.js';
import { demoId } from './ids.js';
import type { PersonKey } from './people.js';

export type RoleName = 'PEOPLE_ADMIN' | 'HR_ANALYST' | 'ORGANIZATION_ADMIN' | 'AUDITOR';

/** A holder for each role. The first was created with the organization. */
export const ROLE_HOLDERS: readonly {
  readonly person: PersonKey;
  readonly role: RoleName;
  readonly on: Days;
}[] = [
  { person: 'matthias', role: 'ORGANIZATION_ADMIN', on: -402 },
  { person: 'lucia', role: 'PEOPLE_ADMIN', on: -401 },
  { person: 'tomasz', role: 'HR_ANALYST', on: -401 },
  { person: 'rosalind', role: 'AUDITOR', on: -400 },
];

export interface DemoAuditEntry {
  readonly on: Days;
  readonly by?: PersonKey;
  readonly action: string;
  readonly subject: string;
}

function person(key: PersonKey): string {
  return `Person ${demoId('person', key)}`;
}

/** Entries of the audit trail, except those that follow from other tables (roles, invitations, imports, tokens). */
export const AUDIT_ENTRIES: readonly DemoAuditEntry[] = [
  { on: -402, action: 'ORGANIZATION_CREATED', subject: `Organization ${demoId('organization')}` },
  { on: -399, by: 'matthias', action: 'SETTINGS_CHANGED', subject: 'timeZone' },
  { on: -122, by: 'lucia', action: 'PERSON_CHANGED', subject: person('eszter') },
  { on: -110, by: 'lucia', action: 'PERSON_CHANGED', subject: person('henrik') },
  { on: -64, by: 'lucia', action: 'PERSON_CHANGED', subject: person('emre') },
  { on: -64, by: 'lucia', action: 'PERSON_CHANGED', subject: person('johanna') },
  { on: -64, by: 'lucia', action: 'PERSON_CHANGED', subject: person('siobhan') },
  {
    on: -52,
    by: 'lucia',
    action: 'DEPARTMENT_RENAMED',
    subject: `Department ${demoId('department', 'people')}`,
  },
  { on: -40, by: 'lucia', action: 'ACCOUNT_DISABLED', subject: person('abel') },
  { on: -40, by: 'lucia', action: 'ACCOUNT_ENABLED', subject: person('abel') },
  { on: -25, by: 'lucia', action: 'PERSON_CHANGED', subject: person('teodoro') },
  { on: -2, by: 'lucia', action: 'PERSON_CREATED', subject: person('ximena') },
];

/** Invitations. `on` undefined: sent a few hours before loading, and still open. */
export const INVITATIONS: readonly { readonly person: PersonKey; readonly on?: Days }[] = [
  { person: 'celeste', on: -321 },
  { person: 'baraka', on: -279 },
  { person: 'ximena' },
];

export const API_TOKENS: readonly {
  readonly label: string;
  readonly scope: 'DIRECTORY_READ' | 'TRENDS_READ' | 'SCHEMA_READ';
  readonly by: PersonKey;
  readonly on: Days;
  readonly used?: Days;
}[] = [
  { label: 'Birthday page of the intranet', scope: 'DIRECTORY_READ', by: 'lucia', on: -140, used: -1 },
  { label: 'Figures for the works council', scope: 'TRENDS_READ', by: 'tomasz', on: -33 },
  { label: "Meera's editor", scope: 'SCHEMA_READ', by: 'matthias', on: -21, used: -4 },
];

export interface DemoImport {
  readonly on: Days;
  readonly dryRun: boolean;
  readonly rows: number;
  readonly created?: number;
  readonly changed?: number;
  readonly ended?: number;
  readonly managersChanged?: number;
  readonly unchanged?: number;
  readonly errors?: readonly { readonly line: number; readonly column: string; readonly message: string }[];
  readonly absent?: readonly string[];
}

/** The results of imports and dry runs, all by Lucía. */
export const IMPORTS: readonly DemoImport[] = [
  {
    on: -401,
    dryRun: true,
    rows: 128,
    errors: [
      { line: 14, column: 'email', message: 'email is the address of the person in line 9 too.' },
      {
        line: 41,
        column: 'manager_external_id',
        message: '"QG-O31" is not an external ID of a person in the file or the directory.',
      },
    ],
  },
  { on: -401, dryRun: false, rows: 128, created: 123, changed: 3, managersChanged: 124, unchanged: 2 },
  {
    on: -64,
    dryRun: false,
    rows: 131,
    changed: 3,
    ended: 1,
    managersChanged: 3,
    unchanged: 127,
    absent: ['QG-007'],
  },
];
