import { Module } from '@nestjs/common';
import { AnnounceFeedbackTask } from './feedback/announce-feedback.task.js';
import { AnnounceChanges } from './live/announce-changes.js';
import { LiveRepository } from './live/live.repository.js';
import { ConversationRemindersTask } from './pairs/conversation-reminders.task.js';
import { PlanConversationsTask } from './pairs/plan-conversations.task.js';
import { PlanningRepository } from './pairs/planning.repository.js';

/** The part of one-to-ones in the worker. */
@Module({
  providers: [
    AnnounceChanges,
    AnnounceFeedbackTask,
    ConversationRemindersTask,
    LiveRepository,
    PlanConversationsTask,
    PlanningRepository,
  ],
})
export class ConversationsTasksModule {}
