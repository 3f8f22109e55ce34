import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'A zip file with the viewer’s own goals and own words, as documented JSON and as Markdown. Only the viewer can see it.',
})
export class DataExport {
  @Field(() => ID, { description: 'The ID of the export.' })
  id!: string;

  @Field(() => Date, { description: 'When it was requested.' })
  requestedAt!: Date;

  @Field(() => Date, { description: 'When the file was complete.' })
  readyAt!: Date;

  @Field(() => Date, { description: 'When the file is deleted, 7 days after it was requested.' })
  expiresAt!: Date;

  @Field(() => String, { description: 'The SHA-256 of the file, in hexadecimal.' })
  sha256!: string;
}

@ObjectType({ description: 'The export that was made.' })
export class ExportPayload {
  @Field(() => DataExport, { description: 'The export, ready to download.' })
  dataExport!: DataExport;
}
