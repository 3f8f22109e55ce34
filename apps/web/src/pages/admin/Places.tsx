import type { ReactNode } from 'react';
import { graphql, readFragment } from '../../graphql/index.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Note, Part, PlainPage, Rows } from '../../parts/Plain.tsx';
import { useWords } from '../../words/words.tsx';
import { PlaceRow } from './PlaceRow.tsx';
import { PLACES } from './PersonFields.tsx';

const ADMIN_PLACES = graphql(`
  query AdminPlaces {
    organization {
      id
      ...PlaceNames
    }
  }
`);

/** Departments and locations, which can be renamed and merged. New ones come with the people who are in them. */
export function Places(): ReactNode {
  const { say } = useWords();
  const organization = usePageQuery(ADMIN_PLACES, {}).organization;
  if (organization == null) return null;
  const { departments, locations } = readFragment(PLACES, organization);
  return (
    <PlainPage title={say('admin.places')} intro={say('admin.placesText')}>
      {(
        [
          ['department', departments],
          ['location', locations],
        ] as const
      ).map(([kind, places]) => (
        <Part key={kind} title={say(`admin.places.${kind}`)}>
          {places.length === 0 ? (
            <Note>{say(`admin.places.${kind}.none`)}</Note>
          ) : (
            <Rows>
              {places.map((place) => (
                <PlaceRow key={place.id} kind={kind} place={place} places={places} />
              ))}
            </Rows>
          )}
        </Part>
      ))}
    </PlainPage>
  );
}
