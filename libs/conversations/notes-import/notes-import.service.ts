import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, conflict, notFound, notPermitted, type FieldCode } from '#graphql';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOneRepository } from '../pairs/one-to-one.repository.js';
import { assertOpen } from '../pairs/one-to-one.rules.js';
import { readDatedNotes, type ReadNotes } from './dated-notes.js';
import type { NotesImportRow } from './notes-import.entity.js';
import type { ImportConversationNotesInput, PreviewConversationNotesArgs } from './notes-import.inputs.js';
import type { ConversationNotesPreview } from './notes-import.model.js';
import { NotesImportRepository } from './notes-import.repository.js';

/** Takes documents over as notes of past conversations, once both agree (docs/domain.md, Bringing the past along). */
@Injectable()
export class NotesImportService {
  constructor(
    private readonly database: Database,
    private readonly imports: NotesImportRepository,
    private readonly oneToOnes: OneToOneRepository,
  ) {}

  /** @throws NOT_FOUND, BAD_USER_INPUT; CONFLICT where the one-to-one is not open */
  preview(ctx: PersonContext, args: PreviewConversationNotesArgs): Promise<ConversationNotesPreview> {
    return this.database.read(ctx, async (em) => {
      const pair = await this.oneToOnes.findById(em, args.oneToOneId);
      const { notes, leftOut } = await this.readNotes(em, pair, args, '');
      return { conversations: notes.map(({ heldOn, text }) => ({ heldOn, text })), leftOut };
    });
  }

  /** @throws NOT_FOUND, BAD_USER_INPUT; CONFLICT where the one-to-one is not open, or has a proposal already */
  propose(ctx: PersonContext, input: ImportConversationNotesInput): Promise<OneToOneRow> {
    return this.database.write(ctx, async (em) => {
      const pair = await this.oneToOnes.lockById(em, input.oneToOneId);
      const { notes } = await this.readNotes(em, pair, input, 'input.');
      if (!pair) throw notFound();
      const id = await this.imports.insert(
        em,
        { organizationId: pair.organizationId, oneToOneId: pair.id, proposedById: ctx.viewer.personId },
        notes,
      );
      if (id === undefined) {
        throw conflict('Another import of notes waits for an answer. Accept, decline or withdraw it first.');
      }
      return pair;
    });
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for the proposer; CONFLICT where it was accepted, or the one-to-one is not open */
  accept(ctx: PersonContext, id: string): Promise<OneToOneRow> {
    return this.database.write(ctx, async (em) => {
      const { pair, notesImport } = await this.lock(em, id);
      if (notesImport.acceptedAt !== null) throw conflict('This import has been accepted already.');
      if (notesImport.proposedById === ctx.viewer.personId) {
        throw notPermitted('Only the other participant can accept an import of notes.');
      }
      assertOpen(pair);
      if (!(await this.imports.accept(em, id)))
        throw conflict('This import was changed at the same time. Try again.');
      return pair;
    });
  }

  /** Withdraws the viewer's own proposal, or declines the other's. @throws NOT_FOUND; CONFLICT where it was accepted */
  async delete(ctx: PersonContext, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      await this.lock(em, id);
      if (!(await this.imports.delete(em, id))) {
        throw conflict('This import has been accepted already. Undo it instead.');
      }
    });
  }

  /** @throws NOT_FOUND; CONFLICT where it was not accepted, after 7 days, or where the one-to-one is not open */
  undo(ctx: PersonContext, id: string): Promise<OneToOneRow> {
    return this.database.write(ctx, async (em) => {
      const { pair, notesImport } = await this.lock(em, id);
      if (notesImport.acceptedAt === null) throw conflict('This import has not been accepted yet.');
      assertOpen(pair);
      if (!(await this.imports.undo(em, id))) {
        throw conflict('This import was accepted more than 7 days ago and can no longer be undone.');
      }
      return pair;
    });
  }

  /** Locks the one-to-one, and then reads the import again. */
  private async lock(
    em: EntityManager,
    id: string,
  ): Promise<{ pair: OneToOneRow; notesImport: NotesImportRow }> {
    const [seen] = await this.imports.findByIds(em, [id]);
    if (!seen) throw notFound();
    const pair = await this.oneToOnes.lockById(em, seen.oneToOneId);
    const [notesImport] = await this.imports.findByIds(em, [id]);
    if (!pair || !notesImport) throw notFound();
    return { pair, notesImport };
  }

  /** @param path where the arguments are */
  private async readNotes(
    em: EntityManager,
    pair: OneToOneRow | undefined,
    { text, dateOrder = null }: PreviewConversationNotesArgs | ImportConversationNotesInput,
    path: string,
  ): Promise<ReadNotes> {
    if (!pair) throw notFound();
    assertOpen(pair);
    const read = readDatedNotes(text, dateOrder, todayIn(pair.timeZone));
    const fields: { path: string; code: FieldCode; message: string }[] = read.faults.map(
      ({ about, code, message }) => ({
        path: `${path}${about === 'TEXT' ? 'text' : 'dateOrder'}`,
        code,
        message,
      }),
    );
    const held = await this.imports.findHeldOn(
      em,
      pair,
      read.notes.map(({ heldOn }) => heldOn),
    );
    for (const { heldOn, line } of read.notes.filter((one) => held.has(one.heldOn))) {
      const message = `has ${heldOn} in line ${String(line)}, a day on which you have a conversation already. Add the notes there instead.`;
      fields.push({ path: `${path}text`, code: 'TAKEN', message });
    }
    const { deletedUntil, months } = await this.imports.findRetention(em, pair.organizationId);
    for (const { heldOn, line } of read.notes.filter((one) => one.heldOn <= deletedUntil)) {
      const message = `has ${heldOn} in line ${String(line)}, which is too long ago: your organization keeps conversations for ${String(months)} months.`;
      fields.push({ path: `${path}text`, code: 'OUT_OF_RANGE', message });
    }
    if (fields.length > 0) throw badInput(fields);
    return read;
  }
}

function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date());
}
