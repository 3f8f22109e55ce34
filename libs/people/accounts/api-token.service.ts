import { Injectable } from '@nestjs/common';
import { hashToken, newToken } from '#auth';
import { Database, type PersonContext } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import type { Role, TokenScope } from '#identity';
import { AuditTrail } from '../organization/audit.service.js';
import { ApiTokenRepository, type ApiTokenRow } from './api-token.repository.js';

/** Who makes which (domain.md, Session); app.token_scopes says the same. */
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
  list(ctx: PersonContext): Promise<ApiTokenRow[]> {
    return this.database.read(ctx, (em) => this.tokens.findLive(em, ctx.viewer.organizationId));
  }

  /** @throws NOT_PERMITTED for a scope that the viewer's roles may not give; BAD_USER_INPUT */
  async create(
    ctx: PersonContext,
    { label, scopes, expiresAt = null }: NewApiToken,
  ): Promise<{ apiToken: ApiTokenRow; secret: string }> {
    const beyond = scopes.find((scope) => !ctx.viewer.roles.includes(MADE_BY[scope]));
    if (beyond !== undefined) throw notPermitted(`${beyond} is given by the role ${MADE_BY[beyond]}.`);
    if (expiresAt && (expiresAt.getTime() <= Date.now() || expiresAt.getTime() > Date.now() + A_YEAR_MS)) {
      throw badInput('input.expiresAt', 'must lie within the next year.');
    }
    const secret = `${PREFIX}${newToken()}`;
    return this.database.write(ctx, async (em) => {
      const apiToken = await this.tokens.add(em, ctx.viewer, {
        label,
        scopes,
        expiresAt,
        tokenHash: hashToken(secret),
      });
      await this.trail.record(em, ctx, 'API_TOKEN_CREATED', `API token ${apiToken.id}: ${scopes.join(', ')}`);
      return { apiToken, secret };
    });
  }

  /** Ends one from the next request on. @throws NOT_FOUND, also for one that the viewer's roles may not make */
  async revoke(ctx: PersonContext, id: string): Promise<{ apiToken: ApiTokenRow; secret: null }> {
    return this.database.write(ctx, async (em) => {
      const apiToken = await this.tokens.revoke(em, ctx.viewer.organizationId, id);
      if (!apiToken) throw notFound();
      await this.trail.record(em, ctx, 'API_TOKEN_REVOKED', `API token ${apiToken.id}`);
      return { apiToken, secret: null };
    });
  }
}
