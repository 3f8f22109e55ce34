import type { Provider } from '@nestjs/common';
import { ActionItemLoader } from './action-item.loader.js';
import { ActionItemRepository } from './action-item.repository.js';
import {
  ActionItemResolver,
  ConversationActionItemsResolver,
  OneToOneActionItemsResolver,
  PromisesResolver,
  ViewerActionItemsResolver,
} from './action-item.resolver.js';
import { ActionItemService } from './action-item.service.js';
import { NotesLoader } from './notes.loader.js';
import { NotesRepository } from './notes.repository.js';
import { ConversationNotesResolver, SharedNotesResolver, TextVersionResolver } from './notes.resolver.js';
import { NotesService } from './notes.service.js';
import { SearchLoader } from './search.loader.js';
import { OneToOneSearchResolver } from './search.resolver.js';
import { TalkingPointLoader } from './talking-point.loader.js';
import { TalkingPointRepository } from './talking-point.repository.js';
import {
  ConversationPointsResolver,
  OneToOnePointsResolver,
  TalkingPointResolver,
} from './talking-point.resolver.js';
import { TalkingPointService } from './talking-point.service.js';
import { TextVersionRepository } from './text-version.repository.js';
import { WritingPlaces } from './writing-place.js';

/** What the two people write: points, notes, promises. */
export const writingProviders: Provider[] = [
  ActionItemLoader,
  ActionItemRepository,
  ActionItemResolver,
  ActionItemService,
  ConversationActionItemsResolver,
  ConversationNotesResolver,
  ConversationPointsResolver,
  NotesLoader,
  NotesRepository,
  NotesService,
  OneToOneActionItemsResolver,
  OneToOnePointsResolver,
  OneToOneSearchResolver,
  PromisesResolver,
  SearchLoader,
  SharedNotesResolver,
  TalkingPointLoader,
  TalkingPointRepository,
  TalkingPointResolver,
  TalkingPointService,
  TextVersionRepository,
  TextVersionResolver,
  ViewerActionItemsResolver,
  WritingPlaces,
];
