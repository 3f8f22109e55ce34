/**
 * npm run check:words: words and phrases that documents, comments, descriptions and messages of this project do not use, because
 * plain present-day English has better ones (CONTRIBUTING.md).
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownFiles, reportCheck, root } from './processes.mjs';

/** A pattern, and what to write instead. */
const BANNED = [
  ['whoever|whomever', 'the person who, everybody who, the caller'],
  ['anew', 'again'],
  ['lest', 'so that … not'],
  ['told(?! apart)', 'returned, reported, given'],
  ['said', 'named, reported, documented'],
  ['thereof|therein|thereby|hereby|wherein', 'of it, in it'],
  ["of (its|their|his|her|our|one’s|one's) own(?! \\p{L})", 'its own …, separate'],
  ["(somebody|someone|anybody|nobody) else('|’)s", 'another person’s'],
  ['(is|are|was|were|be) let (through|in|go)', 'is allowed, is accepted'],
  ['all the same to', 'does not depend on'],
  ['in (our|its) words', 'as a message'],
  ['stands? (in|on|by|beside|with|there|alone)', 'is in, is stored in, means'],
  ['laws?', 'policy, policies, rule'],
  ['doors?', 'SECURITY DEFINER function, entry point'],
  ['roads?', 'path, query'],
  ['teeth', 'sensitivity'],
  ['foresight', 'prefetch'],
  ['upkeep', 'cleanup, maintenance'],
  ['careless', 'vulnerable'],
  ['rubbish', 'malformed input'],
  ['tally|tallies', 'count, statistics'],
];

/** Files in which words are data, or whose text is generated from another file or fixed by a checksum. */
const EXCLUDED = [
  /^(LICENSE|package(-lock)?\.json|schema\.(sql|graphql)|bench\/(package-lock\.json|names\.ts))$/,
  /^docs\/(licences\.md|visibility\.md|queries\/)/,
  // A migration that has been applied never changes.
  /^migrations\/00[012]\d/,
  // What the people of the demo organization wrote.
  /^apps\/cli\/demo\//,
  /^test\/recurrence\/answers\.json$/,
  /^scripts\/banned-words\.mjs$/,
];

/** True uses, removed from a line before it is searched. */
const ALLOWED = [
  /\bdata[- ]protection laws?\b/gi,
  /\blabou?r laws?\b/gi,
  /\bThe law may give\b/g,
  // Quotations, as of the titles of tests.
  /“[^”]*”/g,
];

const PATTERNS = BANNED.map(([pattern, instead]) => ({
  pattern: new RegExp(`(?<![\\p{L}\\d_])(?:${pattern})(?![\\p{L}\\d_])`, 'giu'),
  instead,
}));

/** The banned words of a text: `{ line, word, instead }`. */
export function findBannedWords(text) {
  return text.split('\n').flatMap((content, index) => {
    const searched = ALLOWED.reduce((rest, allowed) => rest.replace(allowed, ''), content);
    return PATTERNS.flatMap(({ pattern, instead }) =>
      Array.from(searched.matchAll(pattern), ([word]) => ({ line: index + 1, word, instead })),
    );
  });
}

/** `{ counted, problems }` for every file of the working copy. */
export async function bannedWords() {
  const paths = (await ownFiles()).filter(
    (path) =>
      /\.(ts|js|mjs|cjs|sql|md|json|sh|toml|service)$|^\.(ci|env)/.test(path) &&
      !EXCLUDED.some((excluded) => excluded.test(path)),
  );
  const problems = [];
  for (const path of paths) {
    for (const { line, word, instead } of findBannedWords(await readFile(join(root, path), 'utf8'))) {
      problems.push(`${path}:${line} “${word}”: write ${instead}`);
    }
  }
  return { counted: `${paths.length} files`, problems };
}

await reportCheck(import.meta.url, bannedWords);
