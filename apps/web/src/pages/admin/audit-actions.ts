import type { AuditAction } from '../../graphql/graphql.ts';

/** What the audit trail records, in the order in which people look for it. */
export const AUDIT_ACTIONS = [
  'PEOPLE_IMPORTED',
  'PERSON_CREATED',
  'PERSON_CHANGED',
  'PERSON_INVITED',
  'ACCOUNT_DISABLED',
  'ACCOUNT_ENABLED',
  'ROLE_GRANTED',
  'ROLE_REVOKED',
  'SETTINGS_CHANGED',
  'API_TOKEN_CREATED',
  'API_TOKEN_USED',
  'API_TOKEN_REVOKED',
  'DEPARTMENT_RENAMED',
  'DEPARTMENTS_MERGED',
  'LOCATION_RENAMED',
  'LOCATIONS_MERGED',
  'PROCEDURE_AREA_CHANGED',
  'ORGANIZATION_CREATED',
  'ORGANIZATION_RENAMED',
  'DATA_ERASED',
  'DATABASE_RESTORED',
  'TREND_ERRATUM_ADDED',
] as const satisfies readonly AuditAction[];
