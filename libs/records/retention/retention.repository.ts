import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { scalar, sql } from '#db';

/** What is deleted after a time, through the functions of the worker's login (policies/70-retention.sql). */
@Injectable()
export class RetentionRepository {
  /** @returns how many conversations were deleted, at most `atMost` */
  async deleteConversations(em: EntityManager, atMost: number): Promise<number> {
    return (await scalar<number>(em, sql`select app.delete_expired_conversations(${atMost}) as count`)) ?? 0;
  }

  /** Action items that were made outside of conversations. @returns how many were deleted, at most `atMost` */
  async deleteActionItems(em: EntityManager, atMost: number): Promise<number> {
    return (await scalar<number>(em, sql`select app.delete_expired_action_items(${atMost}) as count`)) ?? 0;
  }

  /** Proposals to import notes that nobody answered. @returns how many were deleted, at most `atMost` */
  async deleteLapsedNotesImports(em: EntityManager, atMost: number): Promise<number> {
    return (await scalar<number>(em, sql`select app.delete_lapsed_notes_imports(${atMost}) as count`)) ?? 0;
  }

  /** @returns how many entries of the access log were deleted, at most `atMost` */
  async deleteAccessLog(em: EntityManager, atMost: number): Promise<number> {
    return (await scalar<number>(em, sql`select app.delete_expired_access_log(${atMost}) as count`)) ?? 0;
  }

  /** @returns how many expired export files were deleted, at most `atMost` */
  async deleteExports(em: EntityManager, atMost: number): Promise<number> {
    return (await scalar<number>(em, sql`select app.delete_expired_exports(${atMost}) as count`)) ?? 0;
  }

  /** @returns how many erasures of long ago were deleted, at most `atMost` */
  async deleteErasures(em: EntityManager, atMost: number): Promise<number> {
    return (await scalar<number>(em, sql`select app.delete_finished_erasures(${atMost}) as count`)) ?? 0;
  }

  /** Queues reminders to people who have left. @returns how many mails */
  async remindLeavers(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.remind_leavers() as mails`)) ?? 0;
  }
}
