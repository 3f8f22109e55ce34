import { Injectable } from '@nestjs/common';
import { Database, RaisedCode, raisedCode, type PersonContext } from '#db';
import {
  assertNoFaults,
  conflict,
  notFound,
  notPermitted,
  type InputFault,
  type PersonRequest,
} from '#graphql';
import type { PulseQuestionRow, PulseRow } from './pulse.entity.js';
import type { AnswerPulseInput } from './pulse.inputs.js';
import { PulseLoader } from './pulse.loader.js';
import { scoresOf } from './pulse.rules.js';
import { PulseRepository } from './pulse.repository.js';

/** Pulses are opened by the worker, answered by the people who were employed then, and read by nobody. */
@Injectable()
export class PulseService {
  constructor(
    private readonly database: Database,
    private readonly pulses: PulseRepository,
    private readonly loader: PulseLoader,
  ) {}

  async findOpen(ctx: PersonContext): Promise<PulseRow | null> {
    const [open] = await this.database.read(ctx, (em) => this.pulses.findOpen(em));
    return open ?? null;
  }

  /**
   * Answers a pulse with nothing that connects the answer with the viewer: the transaction writes one row of scores.
   *
   * @throws NOT_FOUND; CONFLICT for a closed pulse; NOT_PERMITTED for a viewer who was not asked; BAD_USER_INPUT
   */
  async answer(ctx: PersonRequest, { id, scores }: AnswerPulseInput): Promise<{ pulse: PulseRow }> {
    try {
      await this.database.write(ctx, async (em) => {
        const questions = (await this.pulses.findQuestions(em, [id])).get(id);
        if (!questions) throw noSuchPulse();
        await this.pulses.answer(em, id, checkedScores(questions, scores));
      });
    } catch (error) {
      throw toApiError(error);
    }
    const pulse = await this.loader.byId(ctx).load(id);
    if (!pulse) throw noSuchPulse();
    return { pulse };
  }
}

/** @throws BAD_USER_INPUT with all faults */
function checkedScores(
  questions: readonly PulseQuestionRow[],
  scores: AnswerPulseInput['scores'],
): (number | null)[] {
  const faults: InputFault[] = [];
  const given = scoresOf(questions, scores, faults);
  assertNoFaults(faults);
  return given;
}

function toApiError(error: unknown): unknown {
  switch (raisedCode(error)) {
    case RaisedCode.PULSE_CLOSED:
      return conflict('This pulse is closed. Answers to it can no longer be given or changed.');
    case RaisedCode.NOT_ASKED:
      return notPermitted(
        'This pulse asks the people who were employed when it opened. You can answer the next one.',
      );
    case RaisedCode.NO_SUCH_PULSE:
      return noSuchPulse();
    default:
      return error;
  }
}

function noSuchPulse(): Error {
  return notFound('No pulse with this ID exists in your organization.');
}
