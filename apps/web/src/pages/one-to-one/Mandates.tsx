import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { dayOf } from '../../parts/dates.ts';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { WritingField } from '../../parts/WritingField.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import headClasses from './Head.module.css';
import { MandateLine, MANDATE_LINE } from './MandateLine.tsx';
import classes from './Mandates.module.css';
import type { Pair } from './pair.ts';

const PAIR_MANDATES = graphql(`
  fragment PairMandates on OneToOne {
    id
    mandates(first: 100) {
      nodes {
        id
        ...MandateLine
      }
    }
  }
`);

const GRANT = graphql(`
  mutation GrantMandate($input: GrantMandateInput!) {
    grantMandate(input: $input) {
      mandate {
        id
        ...MandateLine
        oneToOne {
          id
          ...PairMandates
        }
      }
    }
  }
`);

/** What one of the two may decide for a customer without asking. Renders nothing where there is nothing to grant and nothing granted. */
export function Mandates({
  oneToOne,
  pair,
  mayGrant,
}: {
  readonly oneToOne: FragmentType<typeof PAIR_MANDATES>;
  readonly pair: Pair;
  readonly mayGrant: boolean;
}): ReactNode {
  const { say } = useWords();
  const { nodes } = readFragment(PAIR_MANDATES, oneToOne).mandates;
  const [isAdding, setAdding] = useState(false);
  const mandates = nodes.filter((one) => readFragment(MANDATE_LINE, one).endedAt == null);
  const { name } = pair.counterpart;
  if (mandates.length === 0 && !mayGrant) return null;
  return (
    <section aria-labelledby="mandates" className={classes['mandates']}>
      <h2 id="mandates" className={classes['title']}>
        {mayGrant ? say('mandates.theirs', { name }) : say('mandates.mine')}
      </h2>
      <ul>
        {mandates.map((mandate) => (
          <MandateLine key={mandate.id} mandate={mandate} viewerId={pair.viewerId} name={name} />
        ))}
      </ul>
      {mayGrant && mandates.length === 0 && (
        <p className={classes['soft']}>{say('mandates.none', { name })}</p>
      )}
      {mayGrant && !isAdding && (
        <p>
          <QuietButton
            onClick={() => {
              setAdding(true);
            }}
          >
            {say('mandates.add', { name })}
          </QuietButton>
        </p>
      )}
      {isAdding && (
        <Grant
          pair={pair}
          onDone={() => {
            setAdding(false);
          }}
        />
      )}
    </section>
  );
}

function Grant({ pair, onDone }: { readonly pair: Pair; readonly onDone: () => void }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { oneToOneId, counterpart } = pair;
  const [text, setText, draft] = useDraft(`grant-mandate:${oneToOneId}`, '');
  const [lastDay, setLastDay] = useState('');
  const [grant, { isSaving, problem }] = useSave(GRANT);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void grant({
          input: { oneToOneId, text: text.trim(), lastDay: lastDay === '' ? null : lastDay },
        }).then((saved) => {
          if (saved === undefined) return;
          draft.clear();
          onDone();
        });
      }}
    >
      <WritingField
        autoFocus
        label={say('mandates.text', { name: counterpart.name })}
        placeholder={say('mandates.example')}
        value={text}
        error={wordField(problem, 'text', words)}
        onChange={setText}
      />
      <div className={headClasses['fields']}>
        <label>
          {say('mandates.lastDay')}
          <input
            type="date"
            min={dayOf(new Date().toISOString())}
            value={lastDay}
            onChange={({ target }) => {
              setLastDay(target.value);
            }}
          />
        </label>
        <Button type="submit" disabled={isSaving || text.trim() === ''}>
          {say('mandates.grant')}
        </Button>
        <QuietButton onClick={onDone}>{say('pair.cancel')}</QuietButton>
      </div>
      <ProblemNote problem={problem} shownFields={['text']} />
    </form>
  );
}
