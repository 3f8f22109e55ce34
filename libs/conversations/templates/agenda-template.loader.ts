import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { AgendaTemplateRow } from './agenda-template.entity.js';
import { AgendaTemplateRepository } from './agenda-template.repository.js';

/** The viewer's templates. */
@Injectable()
export class AgendaTemplateLoader {
  constructor(
    private readonly database: Database,
    private readonly templates: AgendaTemplateRepository,
  ) {}

  readonly byId = createLoader<string, AgendaTemplateRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.templates.findByIds(em, ids);
      return new Map(found.map((template) => [template.id, template]));
    }),
  );
}
