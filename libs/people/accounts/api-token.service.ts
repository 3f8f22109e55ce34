import { Injectable } from '@nestjs/common';
import { hashToken, newToken } from '#auth';
import { Database, type PersonContext } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import type { Role, TokenScope } from '#identity';
import { AuditTrail } from '../organization/audit.service.js';
import { ApiTokenRepository, type ApiTokenRow } from './api-token.repository.js';

/** Which role grants each scope; app.scopes_of_roles says the same. */
const GRANTED_BY: Readonly<Record<TokenScope, Role>> = {
  TRENDS_READ: 'HR_ANALYST',
  DIRECTORY_READ: 'PEOPLE_ADMIN',
  DIRECTORY_WRITE: 'PEOPLE_ADMIN',
  SCHEMA_READ: 'ORGANIZATION_ADMIN',
};

const A_YEAR_MS = 366 * 24 * 3_600_000;

/** Lets secret scanners recognize a leaked token. */
const PREFIX = 'mutual_';

export interface NewApiToken {
  readonly label: string;
  readonly scopes: readonly TokenScope[];
  /** 90 days from now by default. */
  readonly expiresAt?: Date | null;
}

/** API tokens belong to the organization: everybody with the role behind their scopes can list and revoke them. */
@Injectable()
export class ApiTokenService {
  constructor(
    private readonly database: Database,
    private readonly tokens: ApiTokenRepository,
    private readonly trail: AuditTrail,
  ) {}

  /** The working tokens whose scopes the viewer's roles may grant. */
  list(ctx: PersonContext): Promise<ApiTokenRow[]> {
    return this.database.read(ctx, (em) => this.tokens.findLive(em, ctx.viewer.organizationId));
  }

  /** @throws NOT_PERMITTED for a scope that the viewer's roles may not give; BAD_USER_INPUT */
  async create(
    ctx: PersonContext,
    { label, scopes, expiresAt = null }: NewApiToken,
  ): Promise<{ apiToken: ApiTokenRow; secret: string }> {
    const beyond = scopes.find((scope) => !ctx.viewer.roles.includes(GRANTED_BY[scope]));
    if (beyond !== undefined)
      throw notPermitted(`Only people with the role ${GRANTED_BY[beyond]} can grant the scope ${beyond}.`);
    if (expiresAt && (expiresAt.getTime() <= Date.now() || expiresAt.getTime() > Date.now() + A_YEAR_MS)) {
      throw badInput(
        'input.expiresAt',
        'must be in the future and at most 366 days from now.',
        'OUT_OF_RANGE',
      );
    }
    const secret = `${PREFIX}${newToken()}`;
    return this.database.write(ctx, async (em) => {
      const apiToken = await this.tokens.add(em, ctx.viewer, {
        label,
        scopes,
        expiresAt,
        tokenHash: hashToken(secret),
      });
      await this.trail.record(em, ctx, 'API_TOKEN_CREATED', {
        type: 'API token',
        id: apiToken.id,
        detail: scopes.join(', '),
      });
      return { apiToken, secret };
    });
  }

  /** Revokes a token from the next request on. @throws NOT_FOUND, also for one whose scopes the viewer's roles may not grant */
  async revoke(ctx: PersonContext, id: string): Promise<{ apiToken: ApiTokenRow; secret: null }> {
    return this.database.write(ctx, async (em) => {
      const apiToken = await this.tokens.revoke(em, ctx.viewer.organizationId, id);
      if (!apiToken) throw notFound();
      await this.trail.record(em, ctx, 'API_TOKEN_REVOKED', { type: 'API token', id: apiToken.id });
      return { apiToken, secret: null };
    });
  }
}
