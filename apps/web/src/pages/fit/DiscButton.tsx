import type { CSSProperties, ReactNode } from 'react';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import type { Disc } from './fit-map.ts';
import classes from './Fit.module.css';
import { Shortened } from './Shortened.tsx';
import type { Drag } from './useDrag.ts';

/** The height of a line in a disc, in pixels. */
const LINE = 17;
/** A smaller disc has no room for words: its name is read out, and shown by the pointer and in the list. */
const LEAST_FOR_WORDS = 60;

/** A business goal: dragged into a goal, or pressed to choose one from a list. */
export function DiscButton({
  disc,
  diameter,
  style,
  drag,
  open,
}: {
  readonly disc: Disc;
  /** Undefined in a list, where a disc is a line. */
  readonly diameter: number | undefined;
  readonly style?: CSSProperties;
  readonly drag: Drag;
  readonly open: (disc: Disc) => void;
}): ReactNode {
  const { say } = useWords();
  return (
    <button
      type="button"
      className={classes['disc']}
      data-disc={disc.businessGoalId}
      data-round={diameter !== undefined || undefined}
      style={{
        ...style,
        ...(diameter !== undefined && {
          width: diameter,
          height: diameter,
          ...roomIn(diameter),
        }),
      }}
      title={disc.title}
      aria-label={say('fit.disc', { title: disc.title })}
      aria-haspopup="dialog"
      onClick={() => {
        if (!drag.wasDragged()) open(disc);
      }}
      {...drag.handlersOf(disc)}
    >
      {diameter === undefined ? (
        <Written>{disc.title}</Written>
      ) : (
        diameter >= LEAST_FOR_WORDS && (
          <Written>
            <Shortened text={disc.title} room={diameter} />
          </Written>
        )
      )}
    </button>
  );
}

/** The rim, and as much room inside of it. */
const RIM = 4;

/** How many lines a circle has room for, and how much of its width they must leave free: the corners of a full text touch the rim. */
function roomIn(diameter: number): CSSProperties {
  const lines = Math.max(1, Math.floor((diameter * 0.66) / LINE));
  const radius = diameter / 2 - RIM;
  const half = Math.sqrt(Math.max(0, radius ** 2 - ((lines * LINE) / 2) ** 2));
  return { ['--lines' as string]: lines, paddingInline: diameter / 2 - half - RIM / 2 };
}
