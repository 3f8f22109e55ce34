import type { Provider } from '@nestjs/common';
import { CarryOverRepository } from '../agenda/carry-over.repository.js';
import { ConversationLoader } from '../agenda/conversation.loader.js';
import { ConversationRepository } from '../agenda/conversation.repository.js';
import { ConversationResolver, ViewerConversationsResolver } from '../agenda/conversation.resolver.js';
import { ConversationService } from '../agenda/conversation.service.js';
import { OneToOneLoader } from './one-to-one.loader.js';
import { OneToOneRepository } from './one-to-one.repository.js';
import { OneToOneResolver, PersonOneToOneResolver, ViewerOneToOnesResolver } from './one-to-one.resolver.js';
import { OneToOneService } from './one-to-one.service.js';
import { RecurrenceService } from './recurrence.service.js';

/** One-to-ones and the state of their conversations. */
export const oneToOneProviders: Provider[] = [
  CarryOverRepository,
  ConversationLoader,
  ConversationRepository,
  ConversationResolver,
  ConversationService,
  OneToOneLoader,
  OneToOneRepository,
  OneToOneResolver,
  OneToOneService,
  PersonOneToOneResolver,
  RecurrenceService,
  ViewerConversationsResolver,
  ViewerOneToOnesResolver,
];
