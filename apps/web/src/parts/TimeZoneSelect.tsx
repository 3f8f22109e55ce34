import { useMemo, type ReactNode } from 'react';
import { Field } from './Field.tsx';
import { timeZoneRegions } from './time-zones.ts';

/** A list of all time zones by region. A native one, which a phone shows as a wheel and where typing finds a place. */
export function TimeZoneSelect({
  label,
  description,
  value,
  change,
  error,
}: {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly change: (timeZone: string) => void;
  readonly error?: string | undefined;
}): ReactNode {
  const regions = useMemo(() => timeZoneRegions(value), [value]);
  return (
    <Field label={label} hint={description} error={error}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={({ currentTarget }) => {
            change(currentTarget.value);
          }}
        >
          {regions.map(({ name, zones }) => (
            <optgroup key={name} label={name}>
              {zones.map(({ id, place }) => (
                <option key={id} value={id}>
                  {place}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
