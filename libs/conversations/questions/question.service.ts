import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { badInput, notFound } from '#graphql';
import { OneToOneRepository } from '../pairs/one-to-one.repository.js';
import { QUESTION_BANK } from './question-bank.js';
import type { QuestionsArgs } from './question.inputs.js';
import type { ConversationQuestion } from './question.model.js';
import { QuestionRepository } from './question.repository.js';

/** How many questions are offered at once: few enough to choose from. */
const OFFERED = 2;

/** The question bank (docs/domain.md, Preparation). */
@Injectable()
export class QuestionService {
  constructor(
    private readonly database: Database,
    private readonly questions: QuestionRepository,
    private readonly oneToOnes: OneToOneRepository,
  ) {}

  /**
   * The next questions in the order of the bank, without those that the two have taken up lately. Fewer at the end of the bank.
   *
   * @throws NOT_FOUND; BAD_USER_INPUT for an `after` that is no question
   */
  offer(
    ctx: PersonContext,
    { oneToOneId, topic, after, language }: QuestionsArgs,
  ): Promise<ConversationQuestion[]> {
    const start = after == null ? 0 : QUESTION_BANK.findIndex(({ id }) => id === after) + 1;
    if (after != null && start === 0) {
      throw badInput('after', 'must be the ID of a question of the question bank.', 'NOT_FOUND');
    }
    return this.database.read(ctx, async (em) => {
      const [oneToOne, takenUp] = await Promise.all([
        this.oneToOnes.findById(em, oneToOneId),
        this.questions.findTakenUp(em, oneToOneId),
      ]);
      if (!oneToOne) throw notFound();
      return QUESTION_BANK.slice(start)
        .filter((one) => (topic == null || one.topic === topic) && !takenUp.has(one.id))
        .slice(0, OFFERED)
        .map((one) => ({ id: one.id, topic: one.topic, text: one[language ?? 'EN'] }));
    });
  }
}
