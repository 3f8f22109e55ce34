import { useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { graphql } from '../../graphql/index.ts';
import type { Problem } from '../../saving/problem.ts';
import { useSave } from '../../saving/useSave.ts';

const MOVE_POINT = graphql(`
  mutation MovePoint($input: MoveTalkingPointInput!) {
    moveTalkingPoint(input: $input) {
      conversation {
        id
        ...Agenda
      }
    }
  }
`);

export interface Handle {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
}

export interface Order {
  /** The ids in the order that is shown: while somebody drags, and until the service has answered, the chosen one. */
  readonly ids: readonly string[];
  /** Which one is being dragged. */
  readonly lifted: string | undefined;
  /** Where the last one was moved to, to announce it. */
  readonly moved: number | undefined;
  readonly problem: Problem | undefined;
  readonly handleOf: (id: string, at: number) => Handle;
}

/**
 * The order of a list that is changed by dragging a handle, or with the arrow keys on it.
 *
 * @param saved the ids as the service has them
 * @param list the element whose children are the items
 */
export function useOrder(saved: readonly string[], list: RefObject<HTMLElement | null>): Order {
  const [chosen, setChosen] = useState<readonly string[]>();
  const [lifted, setLifted] = useState<string>();
  const [moved, setMoved] = useState<number>();
  const [save, { problem }] = useSave(MOVE_POINT);
  // What the other participant added or removed in the meantime keeps its place at the end.
  const ids =
    chosen === undefined
      ? saved
      : [...chosen.filter((id) => saved.includes(id)), ...saved.filter((id) => !chosen.includes(id))];

  const store = async (id: string, next: readonly string[]): Promise<void> => {
    setChosen(next);
    const at = next.indexOf(id);
    setMoved(at);
    await save({ input: { id, beforeId: next[at + 1] ?? null } });
    // A later move has its own answer.
    setChosen((now) => (now === next ? undefined : now));
  };

  const handleOf = (id: string, at: number): Handle => ({
    onKeyDown: (event) => {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (step === 0) return;
      event.preventDefault();
      const to = at + step;
      if (to < 0 || to >= ids.length) return;
      void store(id, moveTo(ids, id, to));
    },
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      const handle = event.currentTarget as HTMLElement;
      handle.focus();
      handle.setPointerCapture(event.pointerId);
      setLifted(id);
      let latest = ids;
      const onMove = ({ clientY }: globalThis.PointerEvent): void => {
        const items = [...(list.current?.children ?? [])];
        const to = items.filter((item, index) => {
          const { top, height } = item.getBoundingClientRect();
          return latest[index] !== id && top + height / 2 < clientY;
        }).length;
        latest = moveTo(latest, id, to);
        setChosen(latest);
      };
      const stop = new AbortController();
      const end = (isDropped: boolean): void => {
        stop.abort();
        setLifted(undefined);
        if (isDropped && latest.indexOf(id) !== saved.indexOf(id)) void store(id, latest);
        else setChosen(undefined);
      };
      const { signal } = stop;
      handle.addEventListener('pointermove', onMove, { signal });
      handle.addEventListener('pointerup', () => { end(true); }, { signal }); // prettier-ignore
      handle.addEventListener('pointercancel', () => { end(false); }, { signal }); // prettier-ignore
      addEventListener('keydown', ({ key }) => { if (key === 'Escape') end(false); }, { signal }); // prettier-ignore
    },
  });
  return { ids, lifted, moved, problem, handleOf };
}

function moveTo(ids: readonly string[], id: string, to: number): readonly string[] {
  const others = ids.filter((one) => one !== id);
  return [...others.slice(0, to), id, ...others.slice(to)];
}
