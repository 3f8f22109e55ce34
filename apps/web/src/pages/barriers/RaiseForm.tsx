import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Choices } from '../../parts/Choices.tsx';
import { Buttons, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { writeDrafts } from '../../saving/drafts.ts';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { AREA_CHOICE } from './area-choice.ts';
import classes from './Barriers.module.css';
import { WrittenField } from '../../parts/WrittenField.tsx';

const RAISE = graphql(`
  mutation RaiseBarrier($input: RaiseBarrierInput!) {
    raiseBarrier(input: $input) {
      barrier {
        id
        ...BarrierCard
      }
    }
  }
`);

/** It must be the only field of its operation, and takes no Idempotency-Key: nothing connects it with the person. */
const RAISE_NAMELESS = graphql(`
  mutation RaiseNamelessBarrier($input: RaiseNamelessBarrierInput!) {
    raiseNamelessBarrier(input: $input) {
      appearsOn
    }
  }
`);

const WHOM = ['customers', 'colleagues'] as const;
const NAMES = ['named', 'nameless'] as const;

/** Raises a barrier, with the name of the person or without it. A name that is left out cannot be added later. */
export function RaiseForm({
  areas,
  onDone,
}: {
  readonly areas: readonly FragmentType<typeof AREA_CHOICE>[];
  /** With the day on which it appears, where it was raised without a name. */
  readonly onDone: (appearsOn?: string) => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const navigate = useNavigate();
  const [title, setTitle, titleDraft] = useDraft('barrier:title', '');
  const [description, setDescription, descriptionDraft] = useDraft('barrier:description', '');
  const [remedy, setRemedy, remedyDraft] = useDraft('barrier:remedy', '');
  const [whom, setWhom] = useState<(typeof WHOM)[number]>('customers');
  const [areaId, setAreaId] = useState('');
  const [isNameless, setNameless] = useState(false);
  const [raise, named] = useSave(RAISE);
  const [raiseNameless, nameless] = useSave(RAISE_NAMELESS, { keyless: true });
  const { problem } = isNameless ? nameless : named;
  const isSaving = named.isSaving || nameless.isSaving;

  const submit = async (): Promise<void> => {
    const input = {
      title,
      description: description.trim() === '' ? null : description,
      proposedRemedy: remedy.trim() === '' ? null : remedy,
      hindersCustomers: whom === 'customers',
      procedureAreaId: areaId === '' ? null : areaId,
    };
    const appearsOn = isNameless
      ? (await raiseNameless({ input }))?.raiseNamelessBarrier?.appearsOn
      : undefined;
    const barrierId = isNameless ? undefined : (await raise({ input }))?.raiseBarrier?.barrier.id;
    if (appearsOn === undefined && barrierId === undefined) return;
    for (const draft of [titleDraft, descriptionDraft, remedyDraft]) draft.clear();
    // What was raised without a name must not stay on the device until the drafts are written the next time.
    await writeDrafts();
    onDone(appearsOn);
    if (barrierId !== undefined) await navigate({ to: '/barriers/$barrierId', params: { barrierId } });
  };

  return (
    <section aria-label={say('barriers.raise')} className={classes['raise']}>
      <h2>{say('barriers.raise')}</h2>
      <PlainForm kept={undefined} submit={() => void submit()}>
        <Choices
          name="whom"
          legend={say('barriers.form.whom')}
          layout="row"
          value={whom}
          onChange={setWhom}
          options={WHOM.map((value) => ({ value, label: say(`barriers.form.${value}`) }))}
        />
        <WrittenField
          label={say(`barriers.form.title.${whom}`)}
          description={say('barriers.form.titleHint')}
          value={title}
          onChange={setTitle}
          error={wordField(problem, 'title', words)}
          required
          rows={1}
          autoFocus
        />
        <WrittenField
          label={say('barriers.form.description')}
          value={description}
          onChange={setDescription}
          rows={3}
          error={wordField(problem, 'description', words)}
        />
        <WrittenField
          label={say('barriers.form.remedy')}
          value={remedy}
          onChange={setRemedy}
          error={wordField(problem, 'proposedRemedy', words)}
        />
        <SelectField
          label={say('barriers.form.area')}
          value={areaId}
          change={setAreaId}
          choices={[
            { value: '', label: say('barriers.form.unknownArea') },
            ...readFragment(AREA_CHOICE, areas).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Choices
          name="name"
          legend={say('barriers.form.name')}
          value={isNameless ? 'nameless' : 'named'}
          onChange={(value) => {
            setNameless(value === 'nameless');
            named.clear();
            nameless.clear();
          }}
          options={NAMES.map((value) => ({ value, label: say(`barriers.form.${value}`) }))}
        />
        {isNameless && (
          <ul className={classes['honest']} aria-live="polite">
            {(['forever', 'tomorrow', 'nothing', 'words', 'operator'] as const).map((key) => (
              <li key={key}>{say(`barriers.nameless.${key}`)}</li>
            ))}
          </ul>
        )}
        <ProblemNote problem={problem} shownFields={['title', 'description', 'proposedRemedy']} />
        <Buttons>
          <Button type="submit" disabled={isSaving || title.trim() === ''}>
            {say(isNameless ? 'barriers.form.submitNameless' : 'barriers.form.submit')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              onDone();
            }}
          >
            {say('barriers.form.cancel')}
          </Button>
        </Buttons>
      </PlainForm>
    </section>
  );
}
