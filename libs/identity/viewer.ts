/** What an administrator may hold beside being a person (domain.md, Role). No role reads personal goals or conversations. */
export const ROLES = ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'] as const;
export type Role = (typeof ROLES)[number];

/** What an API token may be used for (domain.md, Session). None of them reaches personal content. */
export const TOKEN_SCOPES = ['TRENDS_READ', 'DIRECTORY_READ', 'DIRECTORY_WRITE', 'SCHEMA_READ'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/**
 * The person or API token behind a request: a pure value. What a viewer may see is decided in PostgreSQL from `sessionHash` alone; the
 * other fields serve early, clear errors and filters that the policies repeat.
 */
export interface Viewer {
  /** Hex SHA-256 of the bearer token: the only identity that the policies accept. Never logged. */
  readonly sessionHash: string;
  readonly sessionId: string;
  readonly organizationId: string;
  /** Null for an API token. */
  readonly personId: string | null;
  /** False once employment has ended: the person's own goals only. */
  readonly employed: boolean;
  readonly roles: readonly Role[];
  /** Of an API token; empty for a person. */
  readonly scopes: readonly TokenScope[];
}

/** A viewer with a person behind them: everybody but an API token. */
export type PersonViewer = Viewer & { readonly personId: string };
