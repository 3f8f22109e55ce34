import { graphql } from '../../graphql/index.ts';

/** A procedure area, as far as it can be chosen. */
export const AREA_CHOICE = graphql(`
  fragment AreaChoice on ProcedureArea {
    id
    name
  }
`);
