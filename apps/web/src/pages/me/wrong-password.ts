import type { Problem } from '../../saving/problem.ts';

/** Whether something was refused because the viewer's own password was wrong. The session goes on. */
export function isWrongPassword(problem: Problem | undefined): boolean {
  return problem?.code === 'INVALID_CREDENTIALS';
}
