import { packEnclose, packSiblings } from 'd3-hierarchy';

/** A circle, in pixels of the picture. */
export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

export interface Layout {
  readonly circles: readonly Circle[];
  readonly height: number;
}

const GAP = 16;
/** The radius of a goal: all have the same, because a life is not weighed. Below the least, its title would not fit. */
const MOST = 152;
const LEAST = 104;

/** Where the circles of goals are: packed as closely as they go, or in rows where they would become too small for their words. */
export function layOutGoals(count: number, width: number): Layout {
  if (count === 0 || width === 0) return { circles: [], height: 0 };
  const packed = lieDown(packSiblings(Array.from({ length: count }, () => ({ r: 1, x: 0, y: 0 }))));
  const left = Math.min(...packed.map(({ x }) => x - 1));
  const top = Math.min(...packed.map(({ y }) => y - 1));
  const across = Math.max(...packed.map(({ x }) => x + 1)) - left;
  const down = Math.max(...packed.map(({ y }) => y + 1)) - top;
  const unit = Math.min(width / across, MOST + GAP / 2);
  if (unit - GAP / 2 < LEAST) return layOutRows(count, width);
  const indent = (width - across * unit) / 2;
  return {
    circles: packed.map(({ x, y }) => ({
      x: indent + (x - left) * unit,
      y: (y - top) * unit,
      r: unit - GAP / 2,
    })),
    height: down * unit,
  };
}

/** Turns a picture that is taller than wide, so that it fits a screen. */
function lieDown(circles: readonly Circle[]): readonly Circle[] {
  const spread = (of: 'x' | 'y'): number =>
    Math.max(...circles.map((circle) => circle[of])) - Math.min(...circles.map((circle) => circle[of]));
  return spread('y') <= spread('x') ? circles : circles.map(({ x, y, r }) => ({ x: y, y: x, r }));
}

/** Rows of which each second is shifted; on a phone, one circle a row, left and right in turn. */
function layOutRows(count: number, width: number): Layout {
  const columns = Math.max(1, Math.floor(width / (2 * LEAST + GAP) - 0.5));
  const r =
    columns === 1 ? Math.min(MOST, width * 0.36) : Math.min(MOST, (width / (columns + 0.5) - GAP) / 2);
  const step = 2 * r + GAP;
  const shift = columns === 1 ? Math.min(width - 2 * r, step * 0.8) : step / 2;
  const rowHeight = Math.sqrt(step ** 2 - shift ** 2);
  const circles = Array.from({ length: count }, (_, at) => {
    const row = Math.floor(at / columns);
    return {
      x: r + (at % columns) * step + (row % 2 === 1 ? shift : 0),
      y: r + row * rowHeight,
      r,
    };
  });
  return { circles, height: (circles.at(-1)?.y ?? 0) + r };
}

/** Where the discs in a goal are, from the corner of the box around its circle. Its title is above them. */
export function layOutDiscs(count: number, radius: number): readonly Circle[] {
  const middle = { x: radius, y: radius * 1.32 };
  if (count === 0) return [];
  if (count === 1) return [{ ...middle, r: radius * 0.46 }];
  if (count === 2) {
    return [-1, 1].map((side) => ({ x: middle.x + side * radius * 0.43, y: middle.y, r: radius * 0.4 }));
  }
  const packed = packSiblings(Array.from({ length: count }, () => ({ r: 1, x: 0, y: 0 })));
  const around = packEnclose(packed);
  const unit = (radius * 0.62) / around.r;
  return packed.map(({ x, y }) => ({
    x: middle.x + (x - around.x) * unit,
    y: middle.y + (y - around.y) * unit,
    r: unit - 2,
  }));
}

/** The circle at a point, if there is one. */
export function circleAt(circles: readonly Circle[], x: number, y: number): number | undefined {
  const at = circles.findIndex((circle) => Math.hypot(circle.x - x, circle.y - y) <= circle.r);
  return at < 0 ? undefined : at;
}
