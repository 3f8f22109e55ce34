/** node test/policies/print-visibility.js: prints docs/visibility.md, for npm run schema. The matrix is TypeScript and a test. */
import '../setup/compile-typescript.js';

const { printVisibility } = await import('./visibility-page.js');
process.stdout.write(await printVisibility(process.env));
