import type { Period } from '../periods/period.model.js';
import type { Driver, PulseScale } from './pulse.model.js';

/** A pulse, as everybody in its organization sees it. */
export interface PulseRow {
  readonly id: string;
  readonly period: Period;
  readonly closesAt: Date;
}

/** A question of a pulse: that of the question bank with this id. */
export interface PulseQuestionRow {
  readonly id: string;
  readonly pulseId: string;
  readonly driver: Driver;
  readonly scale: PulseScale;
}
