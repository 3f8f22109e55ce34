import type { Provider } from '@nestjs/common';
import { ActionItemLoader } from './promises/action-item.loader.js';
import { ActionItemRepository } from './promises/action-item.repository.js';
import {
  ActionItemFieldsResolver,
  ConversationActionItemsResolver,
  OneToOneActionItemsResolver,
  ViewerActionItemsResolver,
} from './promises/action-item.fields.resolver.js';
import { ActionItemMutationsResolver } from './promises/action-item.mutations.resolver.js';
import { ActionItemService } from './promises/action-item.service.js';
import { NotesLoader } from './notes/notes.loader.js';
import { NotesRepository } from './notes/notes.repository.js';
import {
  ConversationNotesResolver,
  SharedNotesResolver,
  TextVersionResolver,
} from './notes/notes.resolver.js';
import { NotesService } from './notes/notes.service.js';
import { SearchLoader } from './pairs/search.loader.js';
import { OneToOneSearchResolver } from './pairs/search.resolver.js';
import { TalkingPointLoader } from './agenda/talking-point.loader.js';
import { TalkingPointRepository } from './agenda/talking-point.repository.js';
import {
  ConversationPointsResolver,
  OneToOnePointsResolver,
  TalkingPointResolver,
} from './agenda/talking-point.resolver.js';
import { TalkingPointService } from './agenda/talking-point.service.js';
import { TextVersionRepository } from './notes/text-version.repository.js';
import { WritingPlaces } from './agenda/writing-place.js';

/** What the two people write: points, notes, promises. */
export const writingProviders: Provider[] = [
  ActionItemFieldsResolver,
  ActionItemLoader,
  ActionItemRepository,
  ActionItemMutationsResolver,
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
