import { useApolloClient } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { CyclesQuery } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { today, useDates } from '../../parts/dates.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Buttons, Note, PlainForm, PlainPage, Row, Rows } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { ListForm, NewInList, useOpenForm } from './ListForm.tsx';

const CYCLES = graphql(`
  query Cycles {
    organization {
      id
      cycles {
        id
        name
        startsOn
        endsOn
      }
    }
  }
`);

const CREATE = graphql(`
  mutation CreateCycle($input: CreateCycleInput!) {
    createCycle(input: $input) {
      cycle {
        id
      }
    }
  }
`);

const UPDATE = graphql(`
  mutation UpdateCycle($input: UpdateCycleInput!) {
    updateCycle(input: $input) {
      cycle {
        id
        name
        startsOn
        endsOn
      }
    }
  }
`);

type Cycle = NonNullable<CyclesQuery['organization']>['cycles'][number];

/** The periods that business goals belong to. */
export function Cycles(): ReactNode {
  const { say } = useWords();
  const { date } = useDates();
  const cycles = usePageQuery(CYCLES, {}).organization?.cycles ?? [];
  const form = useOpenForm();
  const { open, closed, show, close } = form;
  const wordDays = ({ startsOn, endsOn }: Cycle): string =>
    say(startsOn <= today() && today() <= endsOn ? 'admin.cycles.now' : 'admin.cycles.days', {
      from: date(startsOn),
      to: date(endsOn),
    });
  return (
    <PlainPage title={say('admin.cycles')} intro={say('admin.cyclesText')}>
      {cycles.length === 0 && <Note>{say('admin.cycles.none')}</Note>}
      {cycles.length > 0 && (
        <Rows label={say('admin.cycles')}>
          {cycles.map((cycle) =>
            open === cycle.id ? (
              <Row key={cycle.id}>
                <ListForm title={say('admin.cycles.editTitle', { name: cycle.name })}>
                  <CycleForm cycle={cycle} close={close} />
                </ListForm>
              </Row>
            ) : (
              <Row
                key={cycle.id}
                detail={wordDays(cycle)}
                action={
                  <Button
                    size="xs"
                    variant="default"
                    autoFocus={closed === cycle.id}
                    aria-label={say('admin.cycles.editOf', { name: cycle.name })}
                    onClick={() => {
                      show(cycle.id);
                    }}
                  >
                    {say('edit')}
                  </Button>
                }
              >
                {cycle.name}
              </Row>
            ),
          )}
        </Rows>
      )}
      <NewInList label={say('admin.cycles.new')} title={say('admin.cycles.newTitle')} form={form}>
        <CycleForm close={close} />
      </NewInList>
    </PlainPage>
  );
}

function CycleForm({ cycle, close }: { readonly cycle?: Cycle; readonly close: () => void }): ReactNode {
  const words = useWords();
  const { say } = words;
  const client = useApolloClient();
  const [name, setName] = useState(cycle?.name ?? '');
  const [startsOn, setStartsOn] = useState(cycle?.startsOn ?? '');
  const [endsOn, setEndsOn] = useState(cycle?.endsOn ?? '');
  const kept = useKept(`cycle:${cycle?.id ?? 'new'}`);
  const [create, creating] = useSave(CREATE);
  const [update, updating] = useSave(UPDATE);
  const problem = creating.problem ?? updating.problem;
  const submit = async (): Promise<void> => {
    const input = { name: name.trim(), startsOn, endsOn };
    const saved =
      cycle === undefined ? await create({ input }) : await update({ input: { id: cycle.id, ...input } });
    if (saved === undefined) return;
    // The list is in the order of the days.
    await client.query({ query: CYCLES, fetchPolicy: 'network-only' });
    leave();
  };
  const leave = (): void => {
    kept.clear();
    close();
  };
  return (
    <PlainForm kept={kept} submit={() => void submit()}>
      <TextField
        label={say('admin.cycles.name')}
        value={name}
        change={setName}
        error={wordField(problem, 'name', words)}
      />
      <TextField
        type="date"
        label={say('admin.cycles.from')}
        value={startsOn}
        change={setStartsOn}
        error={wordField(problem, 'startsOn', words)}
      />
      <TextField
        type="date"
        label={say('admin.cycles.to')}
        value={endsOn}
        change={setEndsOn}
        error={wordField(problem, 'endsOn', words)}
      />
      <ProblemNote problem={problem} shownFields={['name', 'startsOn', 'endsOn']} />
      <Buttons>
        <Button
          type="submit"
          disabled={
            creating.isSaving || updating.isSaving || name.trim() === '' || startsOn === '' || endsOn === ''
          }
        >
          {say('save')}
        </Button>
        <Button variant="default" onClick={leave}>
          {say('cancel')}
        </Button>
      </Buttons>
    </PlainForm>
  );
}
