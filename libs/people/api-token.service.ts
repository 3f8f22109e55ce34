import { Injectable } from '@nestjs/common';
import { hashToken, newToken } from '#auth';
import { Database, type PersonViewer, type Role, type TokenScope } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import { ApiTokenRepository, type ApiTokenRow } from './api-token.repository.js';
import { AuditTrail } from './audit.service.js';

/** Who makes which (domain.md, Session); law.token_scopes says the same. */
const MADE_BY: Readonly<Record<TokenScope, Role>> = {
  TRENDS_READ: 'HR_ANALYST',
  DIRECTORY_READ: 'PEOPLE_ADMIN',
  DIRECTORY_WRITE: 'PEOPLE_ADMIN',
  SCHEMA_READ: 'ORGANIZATION_ADMIN',
};

const A_YEAR_MS = 366 * 24 * 3_600_000;

/** What scanners for leaked secrets know our tokens by. */
const PREFIX = 'mutual_';

export interface NewApiToken {
  readonly label: string;
  readonly scopes: readonly TokenScope[];
  /** Ninety days from now unless told. */
  readonly expiresAt?: Date | null;
}

/** Credentials of programs. They belong to the organization: whoever holds the role lists and revokes them. */
@Injectable()
export class ApiTokenService {
  constructor(
    private readonly database: Database,
    private readonly tokens: ApiTokenRepository,
    private readonly trail: AuditTrail,
  ) {}

  /** Those that the viewer's roles may make, whoever made them, as long as they work. */
  list(viewer: PersonViewer): Promise<ApiTokenRow[]> {
    return this.database.read(viewer, (em) => this.tokens.findLive(em, viewer.organizationId));
  }

  /** @throws NOT_PERMITTED for a scope that the viewer's roles may not give; BAD_USER_INPUT */
  async create(
    viewer: PersonViewer,
    { label, scopes, expiresAt = null }: NewApiToken,
  ): Promise<{ apiToken: ApiTokenRow; secret: string }> {
    const beyond = scopes.find((scope) => !viewer.roles.includes(MADE_BY[scope]));
    if (beyond !== undefined) throw notPermitted(`${beyond} is given by the role ${MADE_BY[beyond]}.`);
    if (expiresAt && (expiresAt.getTime() <= Date.now() || expiresAt.getTime() > Date.now() + A_YEAR_MS)) {
      throw badInput('input.expiresAt', 'must lie within the next year.');
    }
    const secret = `${PREFIX}${newToken()}`;
    return this.database.write(viewer, async (em) => {
      const apiToken = await this.tokens.add(em, viewer, {
        label,
        scopes,
        expiresAt,
        tokenHash: hashToken(secret),
      });
      await this.trail.record(
        em,
        viewer,
        'API_TOKEN_CREATED',
        `API token ${apiToken.id}: ${scopes.join(', ')}`,
      );
      return { apiToken, secret };
    });
  }

  /** Ends one from the next request on. @throws NOT_FOUND, also for one that the viewer's roles may not make */
  async revoke(viewer: PersonViewer, id: string): Promise<{ apiToken: ApiTokenRow; secret: null }> {
    return this.database.write(viewer, async (em) => {
      const apiToken = await this.tokens.revoke(em, viewer.organizationId, id);
      if (!apiToken) throw notFound();
      await this.trail.record(em, viewer, 'API_TOKEN_REVOKED', `API token ${apiToken.id}`);
      return { apiToken, secret: null };
    });
  }
}
