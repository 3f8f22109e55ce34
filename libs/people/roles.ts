import type { Role, Viewer } from '#db';
import { notPermitted } from '#graphql';

/**
 * Refuses at once whoever lacks a role: politeness, for the law would give them no rows.
 *
 * @throws NOT_PERMITTED
 */
export function requireRole(viewer: Viewer, role: Role): void {
  if (!viewer.roles.includes(role)) throw notPermitted(`This is for the role ${role}.`);
}
