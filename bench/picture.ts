import type { ContestantName, Question } from './contestant.ts';
import { shown } from './numbers.ts';
import { titles } from './questions.ts';
import type { Line } from './line.ts';

const WIDTH = 760;
const LABEL = 110;
const RIGHT = 150;
const BAR = 16;
const GAP = 6;
const HEAD = 34;

/** A bar chart of responses per second relative to the limit, for light and dark pages. */
export function picture(lines: readonly Line[]): string {
  const questions = [...new Set(lines.map(({ question }) => question))];
  const most = Math.max(1, ...lines.map(({ ofLimit }) => ofLimit).filter(Number.isFinite));
  const scale = (WIDTH - LABEL - RIGHT) / most;
  const parts: string[] = [];
  let y = 10;
  for (const question of questions) {
    parts.push(heading(question, y + 18));
    y += HEAD;
    const own = lines.filter((line) => line.question === question);
    const bottom = y + own.length * (BAR + GAP);
    parts.push(
      `<line class="goal" x1="${at(0.75 * scale)}" x2="${at(0.75 * scale)}" y1="${String(y - 4)}" y2="${String(bottom)}"/>`,
    );
    for (const line of own) {
      const length = Number.isFinite(line.ofLimit) ? line.ofLimit * scale : 0;
      const middle = String(y + BAR / 2 + 4);
      parts.push(
        `<text class="name" x="${String(LABEL - 8)}" y="${middle}">${line.name}</text>`,
        `<rect class="${classOf(line.name)}" x="${String(LABEL)}" y="${String(y)}" width="${length.toFixed(1)}" height="${String(BAR)}" rx="2"/>`,
        `<text x="${at(length + 8)}" y="${middle}">${shown(line.ofLimit, 2)} · ${shown(line.rate, 0)}/s</text>`,
      );
      y += BAR + GAP;
    }
    y += 10;
  }
  parts.push(
    `<text class="note" x="${String(LABEL)}" y="${String(y + 10)}">Responses per second, relative to the limit. Dashed: the goal, 0.75.</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(y + 24)}" role="img" aria-label="Responses per second of each server, relative to the limit">
<style>
text { font: 12px system-ui, sans-serif; fill: #24292f; }
.question { font-weight: 600; font-size: 14px; }
.name { text-anchor: end; }
.note { fill: #6e7781; font-size: 11px; }
.product { fill: #0969da; }
.limit { fill: #8c959f; }
.peer { fill: #c2c9d1; }
.goal { stroke: #6e7781; stroke-dasharray: 3 3; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .note { fill: #8d96a0; }
  .product { fill: #4493f8; }
  .limit { fill: #6e7681; }
  .peer { fill: #3d444d; }
  .goal { stroke: #8d96a0; }
}
</style>
${parts.join('\n')}
</svg>
`;
}

const at = (x: number): string => (LABEL + x).toFixed(1);

function heading(question: Question, y: number): string {
  return `<text class="question" x="${String(LABEL)}" y="${String(y)}">${question}: ${titles[question]}</text>`;
}

function classOf(name: ContestantName): string {
  return name === 'product' || name === 'limit' ? name : 'peer';
}
