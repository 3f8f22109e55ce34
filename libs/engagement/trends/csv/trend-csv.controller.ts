import { Readable } from 'node:stream';
import { Controller, Get, Header, Param, Query, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CostBudget, SessionTokens } from '#auth';
import type { ViewerContext } from '#db';
import { Authenticator, notFound, RequestContext, unauthenticated } from '#graphql';
import { Public } from '#identity';
import type { TrendReleaseRow } from '../trend-release.entity.js';
import { TrendCsvService } from './trend-csv.service.js';

/** What a release costs, of the same budget as operations. */
const COST = 100;

/** Released figures as one long table. The session is checked here, because the guard knows those of operations only. */
@Public()
@Controller()
export class TrendCsvController {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly tokens: SessionTokens,
    private readonly budget: CostBudget,
    private readonly csv: TrendCsvService,
  ) {}

  /** All months and quarters within a range of months. @throws UNAUTHENTICATED; NOT_PERMITTED; BAD_USER_INPUT; RATE_LIMITED */
  @Get('trends.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  async range(
    @Req() request: FastifyRequest,
    @Query('from') from: unknown,
    @Query('to') to: unknown,
  ): Promise<StreamableFile> {
    const ctx = await this.contextOf(request);
    const releases = await this.csv.releasesWithin(ctx, { from: textOf(from), to: textOf(to) });
    return this.send(ctx, releases, `trends-${textOf(from)}-${textOf(to)}.csv`);
  }

  /** One period. @throws UNAUTHENTICATED; NOT_PERMITTED; NOT_FOUND; RATE_LIMITED */
  @Get('trends/:file')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  async period(@Req() request: FastifyRequest, @Param('file') file: string): Promise<StreamableFile> {
    const ctx = await this.contextOf(request);
    if (!file.endsWith('.csv')) throw notFound();
    const release = await this.csv.release(ctx, file.slice(0, -'.csv'.length));
    return this.send(ctx, [release], `trends-${file}`);
  }

  private async contextOf(request: FastifyRequest): Promise<ViewerContext & RequestContext> {
    const viewer = await this.authenticator.authenticate(this.tokens.of(request));
    if (viewer === null) throw unauthenticated();
    const ctx = new RequestContext({
      viewer,
      requestId: request.id,
      clientAddress: request.ip,
      userAgent: '',
    });
    return Object.assign(ctx, { viewer });
  }

  private async send(
    ctx: ViewerContext & RequestContext,
    releases: readonly TrendReleaseRow[],
    name: string,
  ): Promise<StreamableFile> {
    await this.budget.reserve(ctx, COST * Math.max(releases.length, 1));
    const lines = Readable.from(this.csv.file(ctx, releases));
    return new StreamableFile(lines, { disposition: `attachment; filename="${name}"` });
  }
}

/** A parameter that is missing or given twice is no period. */
function textOf(parameter: unknown): string {
  return typeof parameter === 'string' ? parameter : '';
}
