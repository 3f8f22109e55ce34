import type { Role, Viewer } from '#identity';
import { RaisedCode, raisedCode } from '#db';
import { conflict, notPermitted } from '#graphql';

/**
 * Refuses at once whoever lacks a role: politeness, for the law would give them no rows.
 *
 * @throws NOT_PERMITTED
 */
export function requireRole(viewer: Viewer, role: Role): void {
  if (!viewer.roles.includes(role)) throw missingRole(role);
}

/** NOT_PERMITTED, for want of a role. */
export function missingRole(role: Role): Error {
  return notPermitted(`This is for the role ${role}.`);
}

/** Says so where an error of the database means that. @throws CONFLICT, or the error */
export function refuseLastAdministrator(error: unknown): never {
  if (raisedCode(error) !== RaisedCode.LAST_ADMINISTRATOR) throw error;
  throw conflict(
    'The organization needs an ORGANIZATION_ADMIN with an open account and no last day. Grant the role to somebody else first.',
  );
}
