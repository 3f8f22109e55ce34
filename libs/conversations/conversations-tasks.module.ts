import { Module } from '@nestjs/common';
import { ConversationRemindersTask } from './pairs/conversation-reminders.task.js';
import { PlanConversationsTask } from './pairs/plan-conversations.task.js';
import { PlanningRepository } from './pairs/planning.repository.js';

/** The part of one-to-ones in the worker. */
@Module({ providers: [ConversationRemindersTask, PlanConversationsTask, PlanningRepository] })
export class ConversationsTasksModule {}
