/** The time zone of this device. */
export const deviceTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A part of the world, and the time zones in it by place. */
export interface Region {
  readonly name: string;
  readonly zones: readonly { readonly id: string; readonly place: string }[];
}

/** All time zones that this browser knows, and one that it may not know, by region. */
export function timeZoneRegions(current: string): readonly Region[] {
  const ids = new Set([...Intl.supportedValuesOf('timeZone'), deviceTimeZone, current, 'UTC']);
  const regions = new Map<string, { id: string; place: string }[]>();
  for (const id of Array.from(ids).sort()) {
    const slash = id.indexOf('/');
    const region = slash < 0 ? 'UTC' : id.slice(0, slash);
    const zones = regions.get(region) ?? [];
    zones.push({ id, place: placeOf(id) });
    regions.set(region, zones);
  }
  for (const zones of regions.values()) zones.sort((a, b) => a.place.localeCompare(b.place));
  return Array.from(regions, ([name, zones]) => ({ name, zones }));
}

/** Names that browsers still use for places which have another name by now. */
const PRESENT_NAMES: Readonly<Record<string, string>> = {
  Calcutta: 'Kolkata',
  Faeroe: 'Faroe',
  Godthab: 'Nuuk',
  Katmandu: 'Kathmandu',
  Kiev: 'Kyiv',
  Rangoon: 'Yangon',
  Saigon: 'Ho Chi Minh City',
};

/** "Buenos Aires" of America/Argentina/Buenos_Aires. */
export function placeOf(timeZone: string): string {
  return timeZone
    .slice(timeZone.indexOf('/') + 1)
    .split('/')
    .map((place) => PRESENT_NAMES[place] ?? place)
    .reverse()
    .join(', ')
    .replaceAll('_', ' ');
}
