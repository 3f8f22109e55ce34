import type { Scene } from './stage.ts';
import { ACCOUNT } from './scenes-account.ts';
import { ADMINISTRATION } from './scenes-admin.ts';
import { OWN } from './scenes-own.ts';
import { TOGETHER } from './scenes-together.ts';
import { COMPANY } from './scenes-company.ts';

/** Every page of src/router.tsx, and what opens on it. */
export const SCENES: readonly Scene[] = [...ACCOUNT, ...TOGETHER, ...OWN, ...COMPANY, ...ADMINISTRATION];
