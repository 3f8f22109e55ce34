import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { graphql } from '../../graphql/index.ts';
import { Choices, YesNo } from '../../parts/Choices.tsx';
import { Buttons, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { WrittenField } from '../../parts/WrittenField.tsx';

const ANSWER = graphql(`
  mutation AnswerBarrier($input: AnswerBarrierInput!) {
    answerBarrier(input: $input) {
      barrier {
        id
        ...BarrierCard
        answers(first: 50) {
          nodes {
            id
            at
            text
            by {
              id
              name
            }
            ...AnswerFacts
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

const DECISIONS = ['REMOVED', 'TRIAL_WITHOUT', 'INVESTIGATING', 'STAYS'] as const;
const SHOWN_FIELDS = [
  'text',
  'trialUntil',
  'requiredByLaw',
  'lossLastHappened',
  'lossesAYear',
  'costToOthers',
];

/** The answer to a barrier. What stays needs a legal provision, or three facts: "policy" alone is no answer. */
export function AnswerForm({ id, onDone }: { readonly id: string; readonly onDone: () => void }): ReactNode {
  const words = useWords();
  const { say } = words;
  const [text, setText, textDraft] = useDraft(`barrier-answer:${id}`, '');
  const [cost, setCost, costDraft] = useDraft(`barrier-answer:${id}:cost`, '');
  const [status, setStatus] = useState<(typeof DECISIONS)[number]>();
  const [reason, setReason] = useState<'facts' | 'legal'>('facts');
  const [provision, setProvision] = useState('');
  const [lastHappened, setLastHappened] = useState('');
  const [aYear, setAYear] = useState('');
  const [trialUntil, setTrialUntil] = useState('');
  const [gotItWrong, setGotItWrong] = useState(false);
  const kept = useKept(`barrier-answer:${id}`);
  const [answer, { isSaving, problem, clear }] = useSave(ANSWER);

  const submit = async (): Promise<void> => {
    if (status === undefined) return;
    const stays = status === 'STAYS';
    const saved = await answer({
      input: {
        id,
        status,
        text,
        gotItWrong,
        ...(status === 'TRIAL_WITHOUT' && { trialUntil: trialUntil === '' ? null : trialUntil }),
        ...(stays && reason === 'legal' && { requiredByLaw: provision }),
        ...(stays &&
          reason === 'facts' && {
            lossLastHappened: lastHappened,
            lossesAYear: aYear === '' ? null : Number(aYear.replace(',', '.')),
            costToOthers: cost,
          }),
      },
    });
    if (saved?.answerBarrier == null) return;
    textDraft.clear();
    costDraft.clear();
    kept.clear();
    onDone();
  };
  const shortField = (
    key: 'legal' | 'last' | 'often',
    value: string,
    set: (value: string) => void,
    path: string,
  ): ReactNode => (
    <TextField
      label={say(`barriers.form.${key}`)}
      hint={say(`barriers.form.${key}Hint`)}
      value={value}
      change={(typed) => {
        set(typed);
        clear();
      }}
      error={wordField(problem, path, words)}
      required
      dir="auto"
      inputMode={key === 'often' ? 'decimal' : 'text'}
    />
  );

  return (
    <PlainForm kept={kept} submit={() => void submit()}>
      <Choices
        name="decision"
        autoFocus
        legend={say('barriers.form.decision')}
        value={status}
        onChange={(value) => {
          setStatus(value);
          clear();
        }}
        options={DECISIONS.map((value) => ({ value, label: say(`barriers.decision.${value}`) }))}
      />
      {status === 'TRIAL_WITHOUT' && (
        <TextField
          type="date"
          label={say('barriers.form.trialUntil')}
          hint={say('barriers.form.trialHint')}
          value={trialUntil}
          change={(day) => {
            setTrialUntil(day);
            clear();
          }}
          error={wordField(problem, 'trialUntil', words)}
          required
        />
      )}
      {status === 'STAYS' && (
        <>
          <Choices
            name="reason"
            legend={say('barriers.form.reason')}
            hint={say('barriers.form.reasonHint')}
            value={reason}
            onChange={(value) => {
              setReason(value);
              clear();
            }}
            options={[
              { value: 'facts', label: say('barriers.form.facts') },
              { value: 'legal', label: say('barriers.form.legally') },
            ]}
          />
          {reason === 'legal' ? (
            shortField('legal', provision, setProvision, 'requiredByLaw')
          ) : (
            <>
              {shortField('last', lastHappened, setLastHappened, 'lossLastHappened')}
              {shortField('often', aYear, setAYear, 'lossesAYear')}
              <WrittenField
                label={say('barriers.form.cost')}
                value={cost}
                onChange={setCost}
                error={wordField(problem, 'costToOthers', words)}
                required
                rows={3}
              />
            </>
          )}
        </>
      )}
      <WrittenField
        label={say('barriers.form.answer')}
        value={text}
        onChange={setText}
        error={wordField(problem, 'text', words)}
        required
        rows={3}
      />
      <YesNo label={say('barriers.gotItWrong')} isChosen={gotItWrong} onChange={setGotItWrong} />
      <ProblemNote problem={problem} shownFields={SHOWN_FIELDS} />
      <Buttons>
        <Button type="submit" disabled={isSaving || status === undefined || text.trim() === ''}>
          {say('barriers.form.send')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {say('barriers.form.cancel')}
        </Button>
      </Buttons>
    </PlainForm>
  );
}
