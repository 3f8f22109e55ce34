import { useLazyQuery } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { Suggestion } from '../../parts/suggestions/Suggestion.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import type { Pair } from './pair.ts';
import classes from './Prepare.module.css';
import type { PreparationState } from './usePreparation.ts';
import { useAddPoint } from './useAddPoint.ts';

const QUESTIONS = graphql(`
  query Questions($oneToOneId: ID!, $language: QuestionLanguage!, $after: ID) {
    questions(oneToOneId: $oneToOneId, language: $language, after: $after) {
      id
      text
    }
  }
`);

/** What the viewer may want to bring up. Theirs alone, and folded away once the conversation has begun. */
export function Prepare({
  conversationId,
  pair,
  preparation: { asks, agree, isLoading, suggestions, points },
  isOpen,
  setOpen,
}: {
  readonly conversationId: string;
  readonly pair: Pair;
  readonly preparation: PreparationState;
  readonly isOpen: boolean;
  readonly setOpen: (isOpen: boolean) => void;
}): ReactNode {
  const { say } = useWords();
  const { name } = pair.counterpart;
  return (
    <section className={classes['prepare']} aria-labelledby="prepare" data-beside>
      <h2 id="prepare" className={classes['title']}>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {say('prepare.title')}
        </button>
      </h2>
      <p className={classes['soft']}>{say('prepare.onlyYou')}</p>
      {isOpen && (
        <>
          {asks ? (
            <div className={classes['ask']}>
              <p>{say('prepare.ask', { name })}</p>
              <Button variant="default" onClick={agree}>
                {say('prepare.agree')}
              </Button>
            </div>
          ) : (
            <ul className={classes['list']}>
              {suggestions.map((suggestion) => (
                <Suggestion
                  key={suggestion.id}
                  suggestion={suggestion}
                  conversationId={conversationId}
                  viewerId={pair.viewerId}
                  personId={pair.counterpart.id}
                  name={name}
                  points={points}
                />
              ))}
            </ul>
          )}
          {!asks && !isLoading && suggestions.length === 0 && (
            <p className={classes['soft']}>{say('prepare.nothing')}</p>
          )}
          <Stuck pair={pair} conversationId={conversationId} />
        </>
      )}
    </section>
  );
}

/** Questions of the bank, only when somebody asks for them. */
function Stuck({
  pair,
  conversationId,
}: {
  readonly pair: Pair;
  readonly conversationId: string;
}): ReactNode {
  const { say, language } = useWords();
  const [ask, { data, loading }] = useLazyQuery(QUESTIONS);
  const { add, isSaving } = useAddPoint(conversationId);
  const [taken, setTaken] = useState<readonly string[]>([]);
  const questions = data?.questions ?? [];
  const more = (after: string | null): void => {
    void ask({
      variables: { oneToOneId: pair.oneToOneId, language: language === 'de' ? 'DE' : 'EN', after },
    });
  };
  return (
    <div className={classes['stuck']}>
      <QuietButton
        disabled={loading}
        onClick={() => {
          more(questions.at(-1)?.id ?? null);
        }}
      >
        {say(questions.length === 0 ? 'prepare.stuck' : 'prepare.others')}
      </QuietButton>
      <ul className={classes['list']} aria-live="polite">
        {questions.map(({ id, text }) => (
          <li key={id} className={classes['question']}>
            <Written>{text}</Written>
            {taken.includes(id) ? (
              <span className={classes['soft']}>{say('prepare.taken')}</span>
            ) : (
              <QuietButton
                disabled={isSaving}
                aria-label={`${say('suggestion.take')}: ${text}`}
                onClick={() =>
                  void add({ text, questionId: id }).then((point) => {
                    if (point !== undefined) setTaken((before) => [...before, id]);
                  })
                }
              >
                {say('suggestion.take')}
              </QuietButton>
            )}
          </li>
        ))}
      </ul>
      {data !== undefined && questions.length === 0 && (
        <p className={classes['soft']}>{say('prepare.noMore')}</p>
      )}
    </div>
  );
}
