import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { PulseScale } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { Choices } from '../../parts/Choices.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Pulse.module.css';

/** It must be the only field of its operation, and takes no Idempotency-Key: nothing connects the answer with the person. */
const ANSWER = graphql(`
  mutation AnswerPulse($input: AnswerPulseInput!) {
    answerPulse(input: $input) {
      pulse {
        id
        answered
      }
    }
  }
`);

const NO_ANSWER = 'none';

const SCORES: Record<PulseScale, readonly number[]> = {
  ONE_TO_FIVE: [1, 2, 3, 4, 5],
  ZERO_TO_TEN: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
};

/** The scores are in the memory of this page only: neither the device nor the service can show them again. */
export function PulseForm({
  pulse: { id, answered, questions },
}: {
  readonly pulse: {
    readonly id: string;
    readonly answered: boolean;
    readonly questions: readonly { readonly id: string; readonly scale: PulseScale; readonly text: string }[];
  };
}): ReactNode {
  const { say } = useWords();
  const [scores, setScores] = useState<Readonly<Record<string, number>>>({});
  const [sent, setSent] = useState<'answered' | 'withdrawn'>();
  const status = useRef<HTMLParagraphElement>(null);
  const [answer, { isSaving, problem, clear }] = useSave(ANSWER, { keyless: true });
  const count = Object.keys(scores).length;
  useEffect(() => {
    if (sent !== undefined) status.current?.focus();
  }, [sent]);

  const send = async (given: Readonly<Record<string, number>>): Promise<void> => {
    setSent(undefined);
    const saved = await answer({
      input: { id, scores: Object.entries(given).map(([questionId, score]) => ({ questionId, score })) },
    });
    if (saved?.answerPulse != null) setSent(Object.keys(given).length === 0 ? 'withdrawn' : 'answered');
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void send(scores);
  };
  const choose = (question: string, score: number | undefined): void => {
    clear();
    setSent(undefined);
    setScores(({ [question]: _, ...others }) =>
      score === undefined ? others : { ...others, [question]: score },
    );
  };

  const label = (scale: PulseScale, score: number): string => {
    if (scale === 'ONE_TO_FIVE') return say(`pulse.score.${String(score) as '1'}`);
    return score === 0 || score === 10 ? say(`pulse.likely.${score}`) : String(score);
  };

  return (
    <form className={classes['form']} onSubmit={submit}>
      {answered && sent === undefined && <p className={classes['note']}>{say('pulse.answered')}</p>}
      {questions.map((question) => (
        <Choices
          key={question.id}
          name={question.id}
          legend={question.text}
          size="large"
          layout={question.scale === 'ONE_TO_FIVE' ? 'row-or-list' : 'row'}
          value={String(scores[question.id] ?? NO_ANSWER)}
          onChange={(value) => {
            choose(question.id, value === NO_ANSWER ? undefined : Number(value));
          }}
          options={[
            ...SCORES[question.scale].map((score) => ({
              value: String(score),
              label: label(question.scale, score),
            })),
            { value: NO_ANSWER, label: say('pulse.noAnswer') },
          ]}
        />
      ))}
      <ProblemNote problem={problem} />
      <div className={classes['buttons']}>
        <Button type="submit" disabled={isSaving || count === 0}>
          {say(answered ? 'pulse.replace' : 'pulse.send', { count })}
        </Button>
        {answered && (
          <Button
            variant="default"
            disabled={isSaving}
            onClick={() => {
              setScores({});
              void send({});
            }}
          >
            {say('pulse.withdraw')}
          </Button>
        )}
      </div>
      <p ref={status} role="status" tabIndex={-1} className={classes['note']}>
        {sent !== undefined && say(`pulse.sent.${sent}`)}
      </p>
    </form>
  );
}
