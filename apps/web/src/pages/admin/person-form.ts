/** The fields of a person in the directory, as they are typed. */
export interface PersonForm {
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly externalId: string;
  readonly department: string;
  readonly location: string;
  readonly hiredOn: string;
}

export const EMPTY: PersonForm = {
  name: '',
  title: '',
  email: '',
  externalId: '',
  department: '',
  location: '',
  hiredOn: '',
};

/** The fields that differ, as the service takes them: null clears one. */
export function changesOf(
  before: PersonForm,
  after: PersonForm,
): Partial<Record<keyof PersonForm, string | null>> {
  const keys = Object.keys(after) as (keyof PersonForm)[];
  return Object.fromEntries(
    keys
      .filter((key) => after[key].trim() !== before[key].trim())
      .map((key) => [key, after[key].trim() === '' ? null : after[key].trim()]),
  );
}
