import type { ApolloCache } from '@apollo/client';
import { useId, useState, type SyntheticEvent, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { KeptFields } from '../../parts/Field.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { WrittenField } from '../../parts/WrittenField.tsx';
import { graphql } from '../../graphql/index.ts';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Quarters.module.css';
import type { ShownTrend } from './search.ts';

const RESPOND = graphql(`
  mutation RespondToTrend($input: RespondToTrendInput!) {
    respondToTrend(input: $input) {
      response {
        id
        ...Response
      }
    }
  }
`);

/** What somebody is going to do about a quarter, for the group that is shown. */
export function RespondForm({
  releaseId,
  period,
  shown: { tree, group, metric },
  onDone,
}: {
  readonly releaseId: string;
  readonly period: string;
  readonly shown: ShownTrend;
  /** With the id of the response, or without one if it was given up. */
  readonly onDone: (responseId?: string) => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const why = useId();
  const [text, setText, draft] = useDraft(`trend-response:${period}:${tree}:${group}`, '');
  const [dueOn, setDueOn] = useState('');
  const [isAboutMetric, setAboutMetric] = useState(true);
  const kept = useKept(`trend-response:${period}:${tree}:${group}`);
  const [respond, { isSaving, problem, clear }] = useSave(RESPOND, {
    update: (cache: ApolloCache, { data }) => {
      const response = data?.respondToTrend?.response;
      if (response === undefined) return;
      cache.modify<{ responses: readonly { __ref: string }[]; isResponseOverdue: boolean }>({
        id: `TrendRelease:${releaseId}`,
        fields: {
          responses: (present) => [
            ...(present as readonly { __ref: string }[]),
            { __ref: `TrendResponse:${response.id}` },
          ],
          isResponseOverdue: () => false,
        },
      });
    },
  });
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const saved = await respond({
      input: { period, tree, group, text, dueOn, ...(isAboutMetric && { metric }) },
    });
    const id = saved?.respondToTrend?.response.id;
    if (id === undefined) return;
    draft.clear();
    kept.clear();
    onDone(id);
  };

  return (
    <form className={classes['form']} aria-describedby={why} onSubmit={(event) => void submit(event)}>
      <p id={why} className={classes['soft']}>
        {say('trends.form.everybody')}
      </p>
      <WrittenField
        label={say('trends.form.text')}
        value={text}
        onChange={(typed) => {
          setText(typed);
          clear();
        }}
        required
        autoFocus
        error={wordField(problem, 'text', words)}
      />
      <div className={classes['fields']}>
        <SelectField
          label={say('trends.form.about')}
          value={isAboutMetric ? 'metric' : 'quarter'}
          change={(value) => {
            setAboutMetric(value === 'metric');
          }}
          choices={[
            { value: 'metric', label: say(`trends.metric.${metric}`) },
            { value: 'quarter', label: say('trends.form.quarter') },
          ]}
        />
        <KeptFields kept={kept}>
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
        </KeptFields>
      </div>
      <ProblemNote problem={problem} shownFields={['text', 'dueOn']} />
      <div className={classes['buttons']}>
        <Button type="submit" disabled={isSaving || text.trim() === '' || dueOn === ''}>
          {say('trends.form.publish')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            onDone();
          }}
        >
          {say('trends.form.cancel')}
        </Button>
      </div>
    </form>
  );
}
