import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { ReportingLineKind, ReportingLinesFragment } from '../../graphql/graphql.ts';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { today, useDates, type Dates } from '../../parts/dates.ts';
import { Opener } from '../../parts/Opener.tsx';
import { PersonPicker, type Picked } from '../../parts/PersonPicker.tsx';
import { Buttons, Note, Part, PlainForm, Row, Rows } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords, type Words } from '../../words/words.tsx';

const LINES = graphql(`
  fragment ReportingLines on Person {
    id
    name
    manager {
      id
      name
    }
    reportingLines {
      id
      kind
      startsOn
      lastDay
      manager {
        id
        name
      }
    }
  }
`);

const CHANGE = graphql(`
  mutation ChangeReportingLine($input: ChangeReportingLineInput!) {
    changeReportingLine(input: $input) {
      person {
        id
        ...ReportingLines
      }
    }
  }
`);

/** Whom a person reports to, now, before and later, and a change of it from a day on. */
export function ReportingLines({ person }: { readonly person: FragmentType<typeof LINES> }): ReactNode {
  const words = useWords();
  const { say } = words;
  const dates = useDates();
  const { id, name, manager, reportingLines } = readFragment(LINES, person);
  return (
    <Part title={say('admin.lines')}>
      {reportingLines.length === 0 ? (
        <Note>{say('admin.lines.none', { name })}</Note>
      ) : (
        <Rows>
          {reportingLines.map((line) => (
            <Row key={line.id} detail={wordLine(line, words, dates)}>
              {line.manager.name}
            </Row>
          ))}
        </Rows>
      )}
      <Opener label={say('admin.lines.change')}>
        {(close) => <LineForm personId={id} hasManager={manager != null} close={close} />}
      </Opener>
    </Part>
  );
}

function wordLine(
  { kind, startsOn, lastDay }: ReportingLinesFragment['reportingLines'][number],
  { say }: Words,
  { date }: Dates,
): string {
  const what = say(`admin.lines.${kind}`);
  return lastDay == null
    ? say(startsOn > today() ? 'admin.lines.startsOn' : 'admin.lines.since', {
        what,
        day: date(startsOn),
      })
    : say('admin.lines.fromTo', { what, day: date(startsOn), lastDay: date(lastDay) });
}

function LineForm({
  personId,
  hasManager,
  close,
}: {
  readonly personId: string;
  readonly hasManager: boolean;
  readonly close: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [kind, setKind] = useState<ReportingLineKind>('PRIMARY');
  const [manager, setManager] = useState<Picked | null>();
  const [startsOn, setStartsOn] = useState('');
  const [lastDay, setLastDay] = useState('');
  const kept = useKept(`line:${personId}`);
  const [change, { isSaving, problem }] = useSave(CHANGE);
  const submit = async (): Promise<void> => {
    if (manager === undefined) return;
    const saved = await change({
      input: {
        id: personId,
        kind,
        managerId: manager?.id ?? null,
        ...(startsOn !== '' && { startsOn }),
        ...(kind === 'DOTTED' && lastDay !== '' && { lastDay }),
      },
    });
    if (saved !== undefined) leave();
  };
  const leave = (): void => {
    kept.clear();
    close();
  };
  return (
    <PlainForm kept={kept} submit={() => void submit()}>
      <SelectField
        label={say('admin.lines.kind')}
        value={kind}
        change={setKind}
        choices={[
          { value: 'PRIMARY', label: say('admin.lines.PRIMARY') },
          { value: 'DOTTED', label: say('admin.lines.DOTTED') },
        ]}
      />
      <PersonPicker
        label={say('admin.person.manager')}
        hint={
          manager === undefined
            ? say('admin.person.pick')
            : manager === null
              ? say('admin.lines.nobody')
              : say('admin.person.picked', { name: manager.name })
        }
        without={[personId]}
        pick={setManager}
      />
      {kind === 'PRIMARY' && hasManager && (
        <Button
          variant="default"
          onClick={() => {
            setManager(null);
          }}
        >
          {say('admin.lines.noManager')}
        </Button>
      )}
      <TextField
        type="date"
        label={say('admin.lines.from')}
        hint={say('admin.lines.fromText')}
        value={startsOn}
        error={wordField(problem, 'startsOn', words)}
        change={setStartsOn}
      />
      {kind === 'DOTTED' && (
        <TextField
          type="date"
          label={say('admin.lines.until')}
          value={lastDay}
          error={wordField(problem, 'lastDay', words)}
          change={setLastDay}
        />
      )}
      <ProblemNote problem={problem} shownFields={['startsOn', 'lastDay']} />
      <Buttons>
        <Button type="submit" disabled={isSaving || manager === undefined}>
          {say('save')}
        </Button>
        <Button variant="default" onClick={leave}>
          {say('cancel')}
        </Button>
      </Buttons>
    </PlainForm>
  );
}
