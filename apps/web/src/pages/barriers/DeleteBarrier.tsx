import type { ApolloCache } from '@apollo/client';
import { useNavigate, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { useSave } from '../../saving/useSave.ts';
import { DeleteLater } from './DeleteLater.tsx';

const DELETE = graphql(`
  mutation DeleteBarrier($input: DeleteInput!) {
    deleteBarrier(input: $input) {
      deletedId
    }
  }
`);

/** Deletes a barrier that the viewer raised in their name, while it is not answered. */
export function DeleteBarrier({ id }: { readonly id: string }): ReactNode {
  const navigate = useNavigate();
  const router = useRouter();
  const [remove, { problem }] = useSave(DELETE, {
    update: (cache: ApolloCache, { data }) => {
      if (data?.deleteBarrier == null) return;
      cache.evict({ id: `Barrier:${id}` });
      cache.gc();
    },
  });
  const finish = async (): Promise<boolean> => {
    const saved = await remove({ input: { id } });
    if (saved?.deleteBarrier == null) return false;
    if (router.state.location.pathname.endsWith(id)) await navigate({ to: '/barriers', replace: true });
    return true;
  };
  return <DeleteLater remove={finish} problem={problem} />;
}
