import { useState, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { deviceTimeZone, placeOf } from '../../parts/time-zones.ts';
import { TimeZoneSelect } from '../../parts/TimeZoneSelect.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { UPDATE_PROFILE } from './profile.ts';

const TIME_ZONE = graphql(`
  fragment TimeZoneSetting on Person {
    id
    timeZone
  }
`);

/** The time zone of the viewer, saved as soon as it is chosen. */
export function TimeZoneSetting({ person }: { readonly person: FragmentType<typeof TIME_ZONE> }): ReactNode {
  const { say } = useWords();
  const { timeZone } = readFragment(TIME_ZONE, person);
  const [chosen, setChosen] = useState<string>();
  const [save, { problem }] = useSave(UPDATE_PROFILE);
  const change = async (next: string): Promise<void> => {
    setChosen(next);
    await save({ input: { timeZone: next } });
    setChosen(undefined);
  };
  return (
    <div>
      <TimeZoneSelect
        label={say('timeZone.title')}
        description={
          deviceTimeZone === timeZone
            ? say('timeZone.text')
            : say('timeZone.differs', { place: placeOf(deviceTimeZone) })
        }
        value={chosen ?? timeZone}
        change={(next) => void change(next)}
      />
      <ProblemNote problem={problem} />
    </div>
  );
}
