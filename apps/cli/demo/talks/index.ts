import type { DemoPair } from '../shapes.js';
import { driveAndDesignTalks } from './drive-and-design.js';
import { frameTalks } from './frames.js';
import { leaderTalks } from './leaders.js';
import { otherTalks } from './others.js';
import { portoTalks } from './porto.js';
import { serviceTalks } from './service.js';

/** Every one-to-one, by its key. */
export const PAIRS: Readonly<Record<string, DemoPair>> = {
  ...leaderTalks,
  ...frameTalks,
  ...driveAndDesignTalks,
  ...portoTalks,
  ...serviceTalks,
  ...otherTalks,
};
