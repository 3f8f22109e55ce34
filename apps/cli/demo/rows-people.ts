import { createHash, randomBytes } from 'node:crypto';
import {
  API_TOKENS,
  AUDIT_ENTRIES,
  IMPORTS,
  INVITATIONS,
  ROLE_HOLDERS,
  type DemoAuditEntry,
} from './administration.js';
import type { Calendar, Days } from './calendar.js';
import { demoId, orderedId } from './ids.js';
import {
  CHANGES_OF_MANAGER,
  COMPANY,
  DEPARTMENTS,
  DOTTED_LINES,
  LOCATIONS,
  REPORTS,
  type PersonKey,
} from './people.js';
import {
  ORGANIZATION_ID as organization_id,
  PERSON_KEYS,
  addressOf,
  check,
  later,
  person,
  personId,
  zoneOf,
  type Row,
  type Tables,
} from './rows.js';

export interface DemoLine {
  readonly id: string;
  readonly report: PersonKey;
  readonly manager: PersonKey;
  readonly kind: 'PRIMARY' | 'DOTTED';
  readonly from: Days;
  readonly until?: Days;
}

/** All current and former reporting lines. */
export const LINES: readonly DemoLine[] = [...primaryLines(), ...dottedLines()];

/** The latest reporting line between two people in either direction, or undefined. */
export function lineBetween(one: PersonKey, other: PersonKey): DemoLine | undefined {
  return LINES.filter(
    ({ report, manager }) => (report === one && manager === other) || (report === other && manager === one),
  ).sort((a, b) => b.from - a.from)[0];
}

function* primaryLines(): Generator<DemoLine> {
  for (const [manager, reports] of Object.entries(REPORTS) as [PersonKey, readonly PersonKey[]][]) {
    for (const report of reports) {
      const changes = CHANGES_OF_MANAGER.filter((change) => change.report === report);
      check(changes.length <= 1, `${report} changed managers more than once.`);
      const [change] = changes;
      const joined = Math.max(person(report).joined, person(manager).joined);
      yield line('PRIMARY', report, manager, change?.on ?? joined);
      if (change) {
        yield line(
          'PRIMARY',
          report,
          change.from,
          Math.max(person(report).joined, person(change.from).joined),
          change.on,
        );
      }
    }
  }
}

function* dottedLines(): Generator<DemoLine> {
  for (const { report, manager, from } of DOTTED_LINES) yield line('DOTTED', report, manager, from);
}

function line(
  kind: DemoLine['kind'],
  report: PersonKey,
  manager: PersonKey,
  from: Days,
  until?: Days,
): DemoLine {
  const id = demoId('line', kind, report, manager);
  return { id, report, manager, kind, from, ...(until !== undefined && { until }) };
}

/** People and the rows that belong to them, including accounts. */
export function peopleTables(calendar: Calendar, passwordHash: string): Tables {
  const employed = PERSON_KEYS.filter((key) => person(key).invited !== true);
  return {
    organization: [
      {
        id: organization_id,
        name: COMPANY.name,
        time_zone: COMPANY.timeZone,
        created_at: calendar.moment(-402, 'organization'),
      },
    ],
    department: Object.entries(DEPARTMENTS).map(([key, name]) => ({
      id: demoId('department', key),
      organization_id,
      name,
    })),
    location: Object.entries(LOCATIONS).map(([key, { name }]) => ({
      id: demoId('location', key),
      organization_id,
      name,
    })),
    person: PERSON_KEYS.map((key, index) => personRow(calendar, key, index)),
    person_time_zone: PERSON_KEYS.filter((key) => zoneOf(key) !== COMPANY.timeZone).map((key) => ({
      person_id: personId(key),
      organization_id,
      time_zone: zoneOf(key),
    })),
    employment_end: PERSON_KEYS.flatMap((key) => {
      const { leaves } = person(key);
      return leaves === undefined
        ? []
        : [{ person_id: personId(key), organization_id, ended_on: calendar.day(leaves) }];
    }),
    reporting_line: LINES.map(({ id, report, manager, kind, from, until }) => ({
      id,
      organization_id,
      report_id: personId(report),
      manager_id: personId(manager),
      kind,
      starts_on: calendar.day(from),
      closed_on: until === undefined ? null : calendar.day(until),
    })),
    role_grant: ROLE_HOLDERS.map(({ person: holder, role, on }, index) => ({
      person_id: personId(holder),
      role,
      organization_id,
      granted_by: index === 0 ? null : personId('matthias'),
      granted_at: calendar.moment(on, 'role', holder),
    })),
    account: employed.map((key) => {
      const since = calendar.moment(Math.max(person(key).joined + 2, -399), 'account', key);
      return {
        person_id: personId(key),
        organization_id,
        sign_in_address: addressOf(key),
        password_hash: passwordHash,
        password_changed_at: since,
        created_at: since,
      };
    }),
    invitation: INVITATIONS.map(({ person: key, on }) => {
      const sentAt = on === undefined ? later(calendar.now, -5 * 60) : calendar.moment(on, 'invitation', key);
      return {
        id: orderedId('invitation', on ?? 0, key),
        organization_id,
        person_id: personId(key),
        address: addressOf(key),
        sent_by: personId('lucia'),
        sent_at: sentAt,
        expires_at: later(sentAt, 72 * 60),
        accepted_at: on === undefined ? null : later(sentAt, 26 * 60),
        token_hash: nobodysToken(),
      };
    }),
    session: API_TOKENS.map(({ label, scope, by, on, used }) => {
      const made = calendar.moment(on, 'token', label);
      return {
        id: orderedId('session', on, label),
        organization_id,
        scopes: [scope],
        label,
        created_by: personId(by),
        created_at: made,
        last_seen_at: used === undefined ? made : calendar.moment(used, 'used', label),
        expires_at: later(made, 365 * 24 * 60),
        token_hash: nobodysToken(),
      };
    }),
    import_report: IMPORTS.map(({ on, dryRun, rows, errors = [] }, index) => ({
      id: orderedId('import', on, index),
      organization_id,
      at: later(calendar.moment(on, 'import'), index * 20),
      by_id: personId('lucia'),
      dry_run: dryRun,
      rows,
      error_count: errors.length,
      errors,
    })),
    import_outcome: IMPORTS.map(
      ({ on, created, changed, ended, managersChanged, unchanged, absent = [] }, index) => ({
        report_id: orderedId('import', on, index),
        organization_id,
        created: created ?? 0,
        changed: changed ?? 0,
        ended: ended ?? 0,
        restored: 0,
        managers_changed: managersChanged ?? 0,
        unchanged: unchanged ?? 0,
        error_count: 0,
        absent_count: absent.length,
        absent,
      }),
    ),
    audit_entry: auditEntries().map(({ on, by, action, subject }, index) => ({
      id: orderedId('audit', index, action, subject),
      organization_id,
      at: later(calendar.moment(on, 'audit', action, subject), index),
      actor_id: by === undefined ? null : personId(by),
      action,
      subject,
    })),
  };
}

function personRow(calendar: Calendar, key: PersonKey, index: number): Row {
  const { name, title, department, location, joined } = person(key);
  return {
    id: personId(key),
    organization_id,
    external_id: `QG-${String(index + 1).padStart(3, '0')}`,
    name,
    email: addressOf(key),
    title,
    department_id: demoId('department', department),
    location_id: demoId('location', location),
    hired_on: calendar.day(joined),
    created_at: calendar.moment(Math.max(joined, -401), 'person', key),
  };
}

function auditEntries(): readonly DemoAuditEntry[] {
  return [
    ...AUDIT_ENTRIES,
    ...ROLE_HOLDERS.slice(1).map(({ person: holder, role, on }) => ({
      on,
      by: 'matthias' as const,
      action: 'ROLE_GRANTED',
      subject: `Person ${personId(holder)}: ${role}`,
    })),
    ...INVITATIONS.filter(({ on }) => on !== undefined).map(({ person: key, on = -1 }) => ({
      on,
      by: 'lucia' as const,
      action: 'PERSON_INVITED',
      subject: `Person ${personId(key)}`,
    })),
    ...IMPORTS.filter(({ dryRun }) => !dryRun).map(({ on }) => ({
      on,
      by: 'lucia' as const,
      action: 'PEOPLE_IMPORTED',
      subject: `Import ${orderedId(
        'import',
        on,
        IMPORTS.findIndex((one) => one.on === on && !one.dryRun),
      )}`,
    })),
    ...API_TOKENS.flatMap(({ label, by, on, used }) => {
      const subject = `API token ${orderedId('session', on, label)}`;
      const made = { on, by, action: 'API_TOKEN_CREATED', subject };
      return used === undefined ? [made] : [made, { on: used, action: 'API_TOKEN_USED', subject }];
    }),
  ].sort((a, b) => a.on - b.on);
}

/** The hash of a token that nobody has, as Postgres reads bytes. */
function nobodysToken(): string {
  return `\\x${createHash('sha256').update(randomBytes(32)).digest('hex')}`;
}
