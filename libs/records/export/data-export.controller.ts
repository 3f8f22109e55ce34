import { Controller, Get, Header, Param, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CostBudget, SessionTokens } from '#auth';
import { Authenticator, isId, notFound, RequestContext, unauthenticated } from '#graphql';
import { Public } from '#identity';
import { DataExportService } from './data-export.service.js';

/** What a download costs, of the same budget as operations: a file is larger than what most of them return. */
const COST = 100;

/** Downloads of exports. The session is checked here, because the guard knows those of operations only. */
@Public()
@Controller('exports')
export class DataExportController {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly tokens: SessionTokens,
    private readonly budget: CostBudget,
    private readonly exports: DataExportService,
  ) {}

  /** @throws UNAUTHENTICATED; NOT_FOUND for any id but that of one of the caller's exports; RATE_LIMITED */
  @Get(':id')
  @Header('Content-Type', 'application/zip')
  async download(@Param('id') id: string, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const viewer = await this.authenticator.authenticate(this.tokens.of(request));
    if (viewer === null) throw unauthenticated();
    const ctx = new RequestContext({
      viewer,
      requestId: request.id,
      clientAddress: request.ip,
      userAgent: '',
    });
    await this.budget.reserve(ctx, COST);
    const file = isId(id) ? await this.exports.file(ctx, id) : undefined;
    if (file === undefined) throw notFound();
    const day = file.requestedAt.toISOString().slice(0, 10);
    return new StreamableFile(file.content, { disposition: `attachment; filename="mutual-${day}.zip"` });
  }
}
