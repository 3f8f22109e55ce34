import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { GoalsModule } from '#goals';
import { BarriersModule } from '#barriers';
import { BusinessGoalsModule } from '#business-goals';
import { PeopleModule } from '#people';
import { CarryOverRepository } from './agenda/carry-over.repository.js';
import { CarryOverService } from './agenda/carry-over.service.js';
import {
  ConversationFieldsResolver,
  ViewerConversationsResolver,
} from './agenda/conversation.fields.resolver.js';
import { ConversationLoader } from './agenda/conversation.loader.js';
import { ConversationMutationsResolver } from './agenda/conversation.mutations.resolver.js';
import { ConversationRepository } from './agenda/conversation.repository.js';
import { ConversationService } from './agenda/conversation.service.js';
import {
  ConversationPointsResolver,
  OneToOnePointsResolver,
  TalkingPointFieldsResolver,
} from './agenda/talking-point.fields.resolver.js';
import { TalkingPointLoader } from './agenda/talking-point.loader.js';
import { TalkingPointMutationsResolver } from './agenda/talking-point.mutations.resolver.js';
import { TalkingPointRepository } from './agenda/talking-point.repository.js';
import { TalkingPointService } from './agenda/talking-point.service.js';
import { WriteTargets } from './agenda/write-target.js';
import { FeedbackLoader } from './feedback/feedback.loader.js';
import { FeedbackRepository } from './feedback/feedback.repository.js';
import { ConversationFeedbackResolver, FeedbackFieldsResolver } from './feedback/feedback.resolver.js';
import { FeedbackService } from './feedback/feedback.service.js';
import { HandoverLoader } from './handover/handover.loader.js';
import { HandoverRepository } from './handover/handover.repository.js';
import {
  HandoverResolver,
  OfferedMandateResolver,
  OfferedPromiseResolver,
  ViewerHandoversResolver,
} from './handover/handover.resolver.js';
import { HandoverService } from './handover/handover.service.js';
import { ConversationChangeResolver } from './live/conversation-change.resolver.js';
import { ConversationChanges } from './live/conversation-changes.js';
import { LiveRepository } from './live/live.repository.js';
import { LiveService } from './live/live.service.js';
import {
  MandateFieldsResolver,
  OneToOneMandatesResolver,
  PersonMandatesResolver,
} from './mandates/mandate.fields.resolver.js';
import { MandateLoader } from './mandates/mandate.loader.js';
import { MandateMutationsResolver } from './mandates/mandate.mutations.resolver.js';
import { MandateRepository } from './mandates/mandate.repository.js';
import { MandateService } from './mandates/mandate.service.js';
import {
  ConversationNotesResolver,
  PrivateNotesResolver,
  SharedNotesResolver,
  TextVersionResolver,
} from './notes/notes.fields.resolver.js';
import { NotesImportLoader } from './notes-import/notes-import.loader.js';
import { NotesImportRepository } from './notes-import/notes-import.repository.js';
import {
  NotesImportFieldsResolver,
  NotesImportMutationsResolver,
  OneToOneNotesImportsResolver,
} from './notes-import/notes-import.resolver.js';
import { NotesImportService } from './notes-import/notes-import.service.js';
import { NotesLoader } from './notes/notes.loader.js';
import { NotesMutationsResolver } from './notes/notes.mutations.resolver.js';
import { NotesRepository } from './notes/notes.repository.js';
import { NotesService } from './notes/notes.service.js';
import { TextVersionRepository } from './notes/text-version.repository.js';
import {
  OneToOneFieldsResolver,
  PersonOneToOneResolver,
  ViewerOneToOnesResolver,
} from './pairs/one-to-one.fields.resolver.js';
import { OneToOneLoader } from './pairs/one-to-one.loader.js';
import { OneToOneMutationsResolver } from './pairs/one-to-one.mutations.resolver.js';
import { OneToOneRepository } from './pairs/one-to-one.repository.js';
import { OneToOneService } from './pairs/one-to-one.service.js';
import { RecurrenceService } from './pairs/recurrence.service.js';
import { PreparationLoader } from './preparation/preparation.loader.js';
import { PreparationRepository } from './preparation/preparation.repository.js';
import { ConversationPreparationResolver, SuggestionResolver } from './preparation/preparation.resolver.js';
import {
  ActionItemFieldsResolver,
  ConversationActionItemsResolver,
  OneToOneActionItemsResolver,
  ViewerActionItemsResolver,
} from './promises/action-item.fields.resolver.js';
import { ActionItemLoader } from './promises/action-item.loader.js';
import { ActionItemMutationsResolver } from './promises/action-item.mutations.resolver.js';
import { ActionItemRepository } from './promises/action-item.repository.js';
import { ActionItemService } from './promises/action-item.service.js';
import { QuestionRepository } from './questions/question.repository.js';
import { QuestionResolver } from './questions/question.resolver.js';
import { QuestionService } from './questions/question.service.js';
import { SearchRepository } from './search/search.repository.js';
import {
  OneToOneSearchResolver,
  SearchResultResolver,
  ViewerSearchResolver,
} from './search/search.resolver.js';
import { SearchService } from './search/search.service.js';
import { AgendaTemplateLoader } from './templates/agenda-template.loader.js';
import { AgendaTemplateRepository } from './templates/agenda-template.repository.js';
import {
  AgendaTemplateMutationsResolver,
  ViewerAgendaTemplatesResolver,
} from './templates/agenda-template.resolver.js';
import { AgendaTemplateService } from './templates/agenda-template.service.js';

/** One-to-ones, their conversations, and what the participants write in them. */
@Module({
  imports: [BarriersModule, BusinessGoalsModule, GoalsModule, PeopleModule],
  providers: [
    // pairs
    OneToOneFieldsResolver,
    OneToOneLoader,
    OneToOneMutationsResolver,
    OneToOneRepository,
    OneToOneService,
    PersonOneToOneResolver,
    RecurrenceService,
    ViewerOneToOnesResolver,
    // agenda
    CarryOverRepository,
    CarryOverService,
    ConversationFieldsResolver,
    ConversationLoader,
    ConversationMutationsResolver,
    ConversationPointsResolver,
    ConversationRepository,
    ConversationService,
    OneToOnePointsResolver,
    TalkingPointFieldsResolver,
    TalkingPointLoader,
    TalkingPointMutationsResolver,
    TalkingPointRepository,
    TalkingPointService,
    ViewerConversationsResolver,
    WriteTargets,
    // notes
    ConversationNotesResolver,
    NotesLoader,
    NotesMutationsResolver,
    NotesRepository,
    NotesService,
    PrivateNotesResolver,
    SharedNotesResolver,
    TextVersionRepository,
    TextVersionResolver,
    // notes-import
    NotesImportFieldsResolver,
    NotesImportLoader,
    NotesImportMutationsResolver,
    NotesImportRepository,
    NotesImportService,
    OneToOneNotesImportsResolver,
    // promises
    ActionItemFieldsResolver,
    ActionItemLoader,
    ActionItemMutationsResolver,
    ActionItemRepository,
    ActionItemService,
    ConversationActionItemsResolver,
    OneToOneActionItemsResolver,
    ViewerActionItemsResolver,
    // feedback
    ConversationFeedbackResolver,
    FeedbackFieldsResolver,
    FeedbackLoader,
    FeedbackRepository,
    FeedbackService,
    // handover
    HandoverLoader,
    HandoverRepository,
    HandoverResolver,
    HandoverService,
    OfferedMandateResolver,
    OfferedPromiseResolver,
    ViewerHandoversResolver,
    // live
    ConversationChangeResolver,
    ConversationChanges,
    LiveRepository,
    LiveService,
    // mandates
    MandateFieldsResolver,
    MandateLoader,
    MandateMutationsResolver,
    MandateRepository,
    MandateService,
    OneToOneMandatesResolver,
    PersonMandatesResolver,
    // preparation
    ConversationPreparationResolver,
    PreparationLoader,
    PreparationRepository,
    SuggestionResolver,
    // questions
    QuestionRepository,
    QuestionResolver,
    QuestionService,
    // search
    OneToOneSearchResolver,
    SearchRepository,
    SearchResultResolver,
    SearchService,
    ViewerSearchResolver,
    // templates
    AgendaTemplateLoader,
    AgendaTemplateMutationsResolver,
    AgendaTemplateRepository,
    AgendaTemplateService,
    ViewerAgendaTemplatesResolver,
  ],
})
export class ConversationsModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly oneToOnes: OneToOneLoader,
    private readonly conversations: ConversationLoader,
    private readonly points: TalkingPointLoader,
    private readonly items: ActionItemLoader,
    private readonly mandates: MandateLoader,
    private readonly handovers: HandoverLoader,
    private readonly notes: NotesLoader,
    private readonly templates: AgendaTemplateLoader,
    private readonly notesImports: NotesImportLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'OneToOne', table: sql`one_to_one`, load: this.oneToOnes.byId },
      { typename: 'Conversation', table: sql`conversation`, load: this.conversations.byId },
      { typename: 'TalkingPoint', table: sql`talking_point`, load: this.points.byId },
      { typename: 'ActionItem', table: sql`action_item`, load: this.items.byId },
      { typename: 'NotesImport', table: sql`notes_import`, load: this.notesImports.byId },
      { typename: 'AgendaTemplate', table: sql`agenda_template`, load: this.templates.byId },
      { typename: 'Mandate', table: sql`mandate`, load: this.mandates.byId },
      // A handover has the ID of the reporting line with the former manager.
      { typename: 'Handover', table: sql`reporting_line`, load: this.handovers.byId },
    );
    this.nodes.registerParts(
      { typename: 'SharedNotes', load: this.notes.sharedById },
      { typename: 'PrivateNotes', load: this.notes.private },
    );
  }
}
