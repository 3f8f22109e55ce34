import type { Role, Viewer } from '#identity';
import { RaisedCode, raisedCode } from '#db';
import { conflict, notPermitted } from '#graphql';

/**
 * Refuses a viewer without a role before anything is read. The policies refuse too, by returning no rows.
 *
 * @throws NOT_PERMITTED
 */
export function requireRole(viewer: Viewer, role: Role): void {
  if (!viewer.roles.includes(role)) throw missingRole(role);
}

/** The NOT_PERMITTED error for a missing role. */
export function missingRole(role: Role): Error {
  return notPermitted(`Only people with the role ${role} may do this.`);
}

/** Rethrows an error of the database, as a CONFLICT where it protects the last administrator. */
export function refuseLastAdministrator(error: unknown): never {
  if (raisedCode(error) !== RaisedCode.LAST_ADMINISTRATOR) throw error;
  throw conflict(
    'The organization needs an ORGANIZATION_ADMIN with an active account and no last day. Grant the role to another person first.',
  );
}
