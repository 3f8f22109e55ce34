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
  return Array.from(regions, ([name, zones]) => ({ name, zones }));
}

/** "Buenos Aires" of America/Argentina/Buenos_Aires. */
export function placeOf(timeZone: string): string {
  return timeZone
    .slice(timeZone.indexOf('/') + 1)
    .split('/')
    .reverse()
    .join(', ')
    .replaceAll('_', ' ');
}
