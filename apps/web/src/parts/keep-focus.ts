import type { AnyRouter } from '@tanstack/react-router';

/** What the keyboard reaches. */
const REACHABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]';

/**
 * Keeps the focus where the eye is. When what has it goes, it moves to what came in its place (a form to the button that opened it), to the
 * next or previous of its kind (of a list), or up to the page. A button that is disabled while it saves gets it back. On another page, it
 * is at the beginning of that page.
 */
export function keepFocus(router: AnyRouter): void {
  let last: HTMLElement | undefined;
  let removals: readonly MutationRecord[] = [];
  let frame = 0;

  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) last = target;
  });
  const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;
  // Somebody who points at nothing wants the focus nowhere.
  document.addEventListener('pointerup', () => {
    if (isLost() && last?.isConnected === true) last = undefined;
  });

  const look = (): void => {
    frame = 0;
    const seen = removals;
    removals = [];
    if (last === undefined || !isLost()) return;
    (last.isConnected ? visible(last) : placeOf(last, seen))?.focus({ preventScroll: true });
  };
  const later = (): void => {
    // What the components focus themselves comes first.
    if (frame === 0) frame = requestAnimationFrame(() => (frame = requestAnimationFrame(look)));
  };
  new MutationObserver((records) => {
    const removing = records.filter(({ removedNodes }) => removedNodes.length > 0);
    if (last === undefined) return;
    if (!last.isConnected) removals = [...removals, ...removing];
    if (isLost()) later();
  }).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['disabled', 'style', 'hidden'],
  });

  router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
    if (fromLocation === undefined || !pathChanged) return;
    const page = document.getElementById('page');
    if (page?.contains(document.activeElement) !== true || document.activeElement === page) {
      page?.focus({ preventScroll: true });
    }
  });
}

/** An element, if the keyboard reaches it at the moment. */
function visible(element: HTMLElement): HTMLElement | undefined {
  return element.matches(`${REACHABLE}, [tabindex]`) && element.checkVisibility() ? element : undefined;
}

function firstIn(element: Element): HTMLElement | undefined {
  const all = [element, ...element.querySelectorAll(REACHABLE)];
  return all.find(
    (one): one is HTMLElement =>
      one instanceof HTMLElement && one.matches(REACHABLE) && visible(one) !== undefined,
  );
}

/** Where the focus goes from an element that was removed. */
function placeOf(gone: Node, removals: readonly MutationRecord[]): HTMLElement | undefined {
  const recordOf = (node: Node): MutationRecord | undefined =>
    removals.find(({ removedNodes }) => [...removedNodes].some((one) => one.contains(node)));
  const previous = (node: Node): Node | null => {
    const before = recordOf(node)?.previousSibling ?? null;
    return before === null || before.isConnected ? before : previous(before);
  };
  let node = gone;
  let record = recordOf(node);
  while (record !== undefined && !record.target.isConnected) {
    node = record.target;
    record = recordOf(node);
  }
  const page = document.getElementById('page') ?? undefined;
  if (record === undefined) return page;
  let parent = record.target instanceof Element ? record.target : null;
  if (parent === page) return page;
  const before = previous(node);
  const following = siblings(
    before === null ? (parent?.firstChild ?? null) : before.nextSibling,
    'nextSibling',
  );
  // What is between the two now has come in its place; then what follows, then what precedes.
  for (const one of [...following, ...siblings(before, 'previousSibling')]) {
    const first = one instanceof Element ? firstIn(one) : undefined;
    if (first !== undefined) return first;
  }
  for (; parent !== null && parent !== page; parent = parent.parentElement) {
    const heading = parent.querySelector<HTMLElement>('h1, h2, h3');
    const first = firstIn(parent) ?? heading;
    if (first === null) continue;
    if (first === heading) heading.tabIndex = -1;
    return first;
  }
  return page;
}

function siblings(from: Node | null, side: 'previousSibling' | 'nextSibling'): readonly Node[] {
  const all: Node[] = [];
  for (let one = from; one !== null; one = one[side]) all.push(one);
  return all;
}
