import { useState, type SyntheticEvent, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { WrittenField } from '../../parts/WrittenField.tsx';
import type { ResponseFragment, TrendResponseState } from '../../graphql/graphql.ts';
import { graphql, readFragment } from '../../graphql/index.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { Written } from '../../parts/Written.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Quarters.module.css';
import { RESPONSE } from './response-fragment.ts';

const UPDATE = graphql(`
  mutation UpdateTrendResponse($input: UpdateTrendResponseInput!) {
    updateTrendResponse(input: $input) {
      __typename
      ... on TrendResponsePayload {
        response {
          id
          ...Response
        }
      }
      ... on EditConflict {
        current {
          __typename
          ... on TrendResponse {
            id
            ...Response
          }
        }
      }
    }
  }
`);

const STATES = ['OPEN', 'DONE', 'NOT_DONE'] as const satisfies readonly TrendResponseState[];

/** What became of a response, and its text and date while it is open. */
export function EditResponse({
  response,
  onDone,
}: {
  readonly response: ResponseFragment;
  readonly onDone: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [text, setText, textDraft] = useDraft(`trend-response:${response.id}:text`, response.text);
  const [outcome, setOutcome, outcomeDraft] = useDraft(
    `trend-response:${response.id}:outcome`,
    response.outcome ?? '',
  );
  const [state, setState] = useState(response.state);
  const [dueOn, setDueOn] = useState(response.dueOn);
  // Of the version that this edit is based on. A conflict brings a later one, which the reader sees before saving again.
  const [version, setVersion] = useState(response.version);
  const [other, setOther] = useState<ResponseFragment>();
  const [update, { isSaving, problem, clear }] = useSave(UPDATE);
  const needsOutcome = state === 'NOT_DONE' && outcome.trim() === '';

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const saved = await update({
      input: {
        id: response.id,
        version,
        text,
        state,
        outcome: outcome.trim() === '' ? null : outcome,
        ...(dueOn !== response.dueOn && { dueOn }),
      },
    });
    const result = saved?.updateTrendResponse;
    if (result == null) return;
    if (result.__typename === 'EditConflict') {
      if (result.current.__typename !== 'TrendResponse') return;
      const current = readFragment(RESPONSE, result.current);
      setVersion(current.version);
      setOther(current);
      return;
    }
    textDraft.clear();
    outcomeDraft.clear();
    onDone();
  };

  return (
    <form className={classes['form']} onSubmit={(event) => void submit(event)}>
      <WrittenField
        label={say('trends.form.text')}
        value={text}
        onChange={(typed) => {
          setText(typed);
          clear();
        }}
        required
        error={wordField(problem, 'text', words)}
      />
      <SelectField
        label={say('trends.form.state')}
        value={state}
        change={setState}
        choices={STATES.map((value) => ({ value, label: say(`trends.state.${value}`) }))}
        autoFocus
      />
      {state === 'OPEN' && (
        <TextField
          type="date"
          label={say('trends.form.due')}
          value={dueOn}
          change={(day) => {
            setDueOn(day);
            clear();
          }}
          required
          error={wordField(problem, 'dueOn', words)}
        />
      )}
      <WrittenField
        label={say(`trends.outcome.${state}`)}
        description={state === 'NOT_DONE' ? say('trends.form.outcomeNeeded') : undefined}
        value={outcome}
        onChange={(typed) => {
          setOutcome(typed);
          clear();
        }}
        error={wordField(problem, 'outcome', words)}
      />
      {other !== undefined && (
        <div role="alert" className={classes['outcome']}>
          <p>{say('trends.form.conflict')}</p>
          <Written as="div">
            <Markdown text={other.text} />
            {other.outcome != null && <Markdown text={other.outcome} />}
          </Written>
        </div>
      )}
      <ProblemNote problem={problem} shownFields={['text', 'outcome', 'dueOn']} />
      <div className={classes['buttons']}>
        <Button type="submit" disabled={isSaving || needsOutcome || text.trim() === ''}>
          {say('trends.form.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {say('trends.form.cancel')}
        </Button>
      </div>
    </form>
  );
}
