import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Pulse.module.css';
import { Question, type PulseQuestion } from './Question.tsx';

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

/** The scores are in the memory of this page only: neither the device nor the service can show them again. */
export function PulseForm({
  pulse: { id, answered, questions },
}: {
  readonly pulse: {
    readonly id: string;
    readonly answered: boolean;
    readonly questions: readonly PulseQuestion[];
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

  return (
    <form className={classes['form']} onSubmit={submit}>
      {answered && sent === undefined && <p className={classes['note']}>{say('pulse.answered')}</p>}
      {questions.map((question) => (
        <Question
          key={question.id}
          question={question}
          score={scores[question.id]}
          choose={(score) => {
            choose(question.id, score);
          }}
        />
      ))}
      <div className={classes['end']}>
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
      </div>
      <p ref={status} role="status" tabIndex={-1} className={classes['note']}>
        {sent !== undefined && say(`pulse.sent.${sent}`)}
      </p>
    </form>
  );
}
