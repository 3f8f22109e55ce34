import { useRef, useState, type PointerEvent } from 'react';
import type { Disc } from './fit-map.ts';

/** How far the pointer moves before it is a drag and not a click. */
const THRESHOLD = 6;
/** The target of the tray; other targets are the ids of goals. */
export const TRAY = 'tray';

export interface Drag {
  /** The target under the pointer while a disc is dragged. */
  readonly over: string | undefined;
  readonly isDragging: boolean;
  /** Handlers of the button of a disc. A click that ends a drag does nothing else. */
  readonly handlersOf: (disc: Disc) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
  };
  /** Whether the last click belongs to a drag. */
  readonly wasDragged: () => boolean;
}

/**
 * Drags discs with a mouse or a pen to elements with `data-target`. With a finger the page scrolls, and by keyboard a disc is selected:
 * both have the dialog that a click opens.
 */
export function useDrag(drop: (disc: Disc, target: string) => void): Drag {
  const start = useRef<{ x: number; y: number; isMoving: boolean }>(undefined);
  const wasDragged = useRef(false);
  const [over, setOver] = useState<string>();
  const [isDragging, setDragging] = useState(false);

  const end = (element: HTMLElement): void => {
    start.current = undefined;
    element.style.translate = '';
    setDragging(false);
    setOver(undefined);
  };
  return {
    over,
    isDragging,
    wasDragged: () => wasDragged.current,
    handlersOf: (disc) => ({
      onPointerDown: (event) => {
        wasDragged.current = false;
        if (event.pointerType === 'touch' || event.button !== 0) return;
        // From the beginning: the first move of a fast pointer is outside of the disc.
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, y: event.clientY, isMoving: false };
      },
      onPointerMove: (event) => {
        const from = start.current;
        if (from === undefined) return;
        const [x, y] = [event.clientX - from.x, event.clientY - from.y];
        if (!from.isMoving) {
          if (Math.hypot(x, y) < THRESHOLD) return;
          from.isMoving = true;
          setDragging(true);
        }
        // Without React: the disc follows the pointer in the same frame.
        event.currentTarget.style.translate = `${x}px ${y}px`;
        setOver(targetAt(event));
      },
      onPointerUp: (event) => {
        if (start.current?.isMoving !== true) {
          start.current = undefined;
          return;
        }
        wasDragged.current = true;
        const target = targetAt(event);
        end(event.currentTarget);
        if (target !== undefined && target !== (disc.placement?.goalId ?? TRAY)) drop(disc, target);
      },
      onPointerCancel: (event) => {
        end(event.currentTarget);
      },
    }),
  };
}

function targetAt({ clientX, clientY }: PointerEvent): string | undefined {
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const target = element instanceof HTMLElement ? element.dataset['target'] : undefined;
    if (target !== undefined) return target;
  }
  return undefined;
}
