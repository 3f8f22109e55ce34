import { graphql } from '../../graphql/index.ts';

export const UPDATE_PROFILE = graphql(`
  mutation UpdateProfile($input: UpdateMyProfileInput!) {
    updateMyProfile(input: $input) {
      person {
        id
        timeZone
      }
    }
  }
`);
