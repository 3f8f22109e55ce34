import { useState, type ReactNode } from 'react';
import type { SettingsFormFragment, UpdateSettingsInput } from '../../graphql/graphql.ts';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Choice } from '../../parts/Field.tsx';
import { Part, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { TimeZoneSelect } from '../../parts/TimeZoneSelect.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { SaveButton } from './SaveButton.tsx';

const SETTINGS = graphql(`
  fragment SettingsForm on OrganizationSettings {
    id
    timeZone
    leadersShareFirst
    pulseRhythm
    minimumGroupSize
    trendsVisibleTo
    trendsPublishedAfterDays
    conversationRetentionMonths
    accessLogRetentionMonths
  }
`);

const UPDATE = graphql(`
  mutation UpdateSettings($input: UpdateSettingsInput!) {
    updateSettings(input: $input) {
      organization {
        id
        settings {
          id
          ...SettingsForm
        }
      }
    }
  }
`);

type Values = Omit<SettingsFormFragment, 'id' | '__typename' | ' $fragmentName'>;
const NUMBERS = [
  'minimumGroupSize',
  'trendsPublishedAfterDays',
  'conversationRetentionMonths',
  'accessLogRetentionMonths',
] as const;

/** The settings in one form, of which only what was changed is sent. */
export function SettingsForm({ settings }: { readonly settings: FragmentType<typeof SETTINGS> }): ReactNode {
  const words = useWords();
  const { say } = words;
  const saved: Values = readFragment(SETTINGS, settings);
  const [changes, setChanges] = useState<UpdateSettingsInput>({});
  const [isSaved, setSaved] = useState(false);
  const kept = useKept('settings');
  const [update, { isSaving, problem }] = useSave(UPDATE);
  const set = (change: UpdateSettingsInput): void => {
    setSaved(false);
    setChanges({ ...changes, ...change });
  };
  const values = { ...saved, ...changes };
  const keys = Object.keys(changes) as (keyof Values)[];
  const isChanged = keys.some((key) => changes[key] !== saved[key]);
  // Some numbers can only be raised or lowered.
  const ranges = {
    minimumGroupSize: { min: saved.minimumGroupSize, max: 1000 },
    trendsPublishedAfterDays: { min: 0, max: 14 },
    conversationRetentionMonths: { min: 1, max: 120 },
    accessLogRetentionMonths: { min: 1, max: saved.accessLogRetentionMonths },
  };
  const wordNumber = (key: (typeof NUMBERS)[number]): string | undefined => {
    const isOut = problem?.fields.some(({ path, code }) => path === key && code === 'OUT_OF_RANGE');
    return isOut === true ? say('admin.settings.range', ranges[key]) : wordField(problem, key, words);
  };
  const submit = async (): Promise<void> => {
    const input = Object.fromEntries(
      keys.filter((key) => changes[key] !== saved[key]).map((key) => [key, changes[key]]),
    );
    if ((await update({ input })) === undefined) return;
    kept.clear();
    setChanges({});
    setSaved(true);
  };
  return (
    <Part title={say('admin.settings.rules')}>
      <PlainForm kept={kept} submit={() => void submit()}>
        <TimeZoneSelect
          label={say('timeZone.title')}
          description={say('admin.settings.timeZone')}
          value={values.timeZone ?? saved.timeZone}
          error={wordField(problem, 'timeZone', words)}
          change={(timeZone) => {
            set({ timeZone });
          }}
        />
        <Choice
          type="checkbox"
          label={say('admin.settings.leadersShareFirst')}
          hint={say('admin.settings.leadersShareFirstText')}
          checked={values.leadersShareFirst ?? saved.leadersShareFirst}
          onChange={(leadersShareFirst) => {
            set({ leadersShareFirst });
          }}
        />
        <SelectField
          label={say('admin.settings.pulseRhythm')}
          hint={say('admin.settings.pulseRhythmText')}
          value={values.pulseRhythm ?? saved.pulseRhythm}
          change={(pulseRhythm) => {
            set({ pulseRhythm });
          }}
          choices={(['MONTHLY', 'QUARTERLY', 'OFF'] as const).map((value) => ({
            value,
            label: say(`admin.settings.pulse.${value}`),
          }))}
        />
        <SelectField
          label={say('admin.settings.trendsVisibleTo')}
          value={values.trendsVisibleTo ?? saved.trendsVisibleTo}
          change={(trendsVisibleTo) => {
            set({ trendsVisibleTo });
          }}
          choices={(['EVERYONE', 'LEADERS_AND_HR', 'HR'] as const).map((value) => ({
            value,
            label: say(`admin.settings.trends.${value}`),
          }))}
        />
        {NUMBERS.map((key) => (
          <TextField
            key={key}
            type="number"
            min={0}
            label={say(`admin.settings.${key}`)}
            hint={say(`admin.settings.${key}Text`)}
            value={String(values[key])}
            error={wordNumber(key)}
            change={(value) => {
              set({ [key]: Number(value) });
            }}
          />
        ))}
        <ProblemNote problem={problem} shownFields={['timeZone', ...NUMBERS]} />
        <SaveButton disabled={isSaving || !isChanged} isSaved={isSaved} />
      </PlainForm>
    </Part>
  );
}
